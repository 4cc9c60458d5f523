"""docs/own-rules.md is run: its first block is the rule's file, the others use it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "own-rules.md"


def test_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    rule, *uses = found
    assert len(uses) == 2
    (tmp_path / "city01_comparison.py").write_text(rule, "utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {}
    for number, code in enumerate(uses, 2):
        exec(compile(code, f"own-rules.md block {number}", "exec"), space)
