"""Report: bench/figures.json → the summary in both READMEs and all tables in docs/measured*.md.

python -m bench.report           rewrite them
python -m bench.report --check   exit status 1 if they would change
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.results import load
from bench.summary import summary
from bench.tables import tables

ROOT = Path(__file__).parents[1]
Made = Callable[[Mapping[str, Any], str], str]
FILES: Mapping[Path, tuple[str, Made]] = {
    ROOT / "README.md": ("en", summary),
    ROOT / "README.zh-CN.md": ("zh", summary),
    ROOT / "docs" / "measured.md": ("en", tables),
    ROOT / "docs" / "measured.zh-CN.md": ("zh", tables),
}
NOTHING = {"en": "*Not measured yet.*", "zh": "*尚未测量。*"}
_MARKS = re.compile(r"(<!-- bench:begin -->\n).*?(<!-- bench:end -->)", re.DOTALL)


def rewritten(text: str, found: Mapping[str, Any], lang: str, made: Made = tables) -> str:
    """``text`` with new tables between the marks. Raises ValueError without marks."""
    new = made(found, lang) or NOTHING[lang]
    text, count = _MARKS.subn(lambda m: m[1] + new + "\n" + m[2], text)
    if count != 1:
        raise ValueError(f"{count} places between bench:begin and bench:end, not one")
    return text


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(argv)
    found = load()
    stale = []
    for file, (lang, made) in FILES.items():
        old = file.read_text("utf-8")
        new = rewritten(old, found, lang, made)
        if new != old:
            stale.append(file.name)
            if not options.check:
                file.write_text(new, "utf-8")
    print("changed: " + ", ".join(stale) if stale else "up to date")
    return int(options.check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
