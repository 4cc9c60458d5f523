"""bench/figures.json: the last measured results, one key per benchmark."""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("figures.json")


def load(file: Path = FILE) -> dict[str, Any]:
    """Everything measured so far; empty if nothing was."""
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


def store(key: str, entry: dict[str, Any], result: object, file: Path = FILE) -> None:
    """Put ``result`` under ``key`` and ``entry`` names; other results stay as they are."""
    everything = load(file)
    section = everything.setdefault(key, {})
    section["measured"] = {
        "date": date.today().isoformat(),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        **entry,
    }
    section["results"] = result
    text = json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True)
    part = file.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    part.replace(file)
