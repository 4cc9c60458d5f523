"""Writes the generated parts of the documentation, or says with --check what is out of date.

    python scripts/docs.py [--check]

docs/rules/*.md        one page per rule, from the rules' docstrings
docs/guide*.md         the commands and their options, from the command line itself
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo

from mingzhang.cli import COMMANDS
from mingzhang.rules.docs import pages

ROOT = Path(__file__).parents[1]
GUIDES = {"docs/guide.md": "en", "docs/guide.zh-CN.md": "zh"}
BEGIN, END = "<!-- commands:begin -->", "<!-- commands:end -->"
_HEADS = {"zh": ("参数", "含义"), "en": ("argument or option", "meaning")}


def wanted(root: Path = ROOT) -> Mapping[Path, str]:
    """Every generated file with the text that it should have."""
    out = {root / "docs" / "rules" / name: text for name, text in pages().items()}
    for name, lang in GUIDES.items():
        text = (root / name).read_text("utf-8")
        out[root / name] = filled(text, commands(lang))
    return out


def stale(root: Path = ROOT) -> list[Path]:
    """Generated files that are missing, differ from what they should be, or belong to nothing."""
    should = wanted(root)
    differ = [p for p, text in should.items() if not p.is_file() or p.read_text("utf-8") != text]
    left_over = [p for p in (root / "docs" / "rules").glob("*.md") if p not in should]
    return sorted(differ + left_over)


def write(root: Path = ROOT) -> list[Path]:
    """Brings every generated file up to date; returns those it touched."""
    touched = stale(root)
    should = wanted(root)
    for path in touched:
        if path in should:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(should[path], "utf-8")
        else:
            path.unlink()
    return touched


def filled(text: str, block: str) -> str:
    """``text`` with ``block`` between its markers. Raises ValueError if it has none."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n\n{block}\n{END}{tail}"


def commands(lang: str) -> str:
    """What ``mingzhang --help`` says of every command, as Markdown in one language."""
    return "\n".join(_command(name, COMMANDS[name], lang) for name in sorted(COMMANDS))


def _command(name: str, command: Callable[..., None], lang: str) -> str:
    shown = list(parameters(command, lang))
    usage = " ".join(["mingzhang", name, *(n for n, _ in shown if not n.startswith("-"))])
    about = [line for line in map(str.strip, (command.__doc__ or "").splitlines()) if line]
    left, right = _HEADS[lang]
    lines = [f"### `{usage}`", ""]
    for line in about:
        lines += [_in_language(line, lang), ""]
    lines += [f"| {left} | {right} |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in shown]
    return "\n".join(lines) + "\n"


def parameters(command: Callable[..., None], lang: str) -> Iterator[tuple[str, str]]:
    """(name as typed, meaning) of every parameter, from the annotations that typer reads."""
    for name, hint in get_type_hints(command, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            continue
        kind, info = get_args(hint)[:2]
        meaning = _in_language(info.help or "", lang)
        if isinstance(kind, type) and issubclass(kind, Enum):
            values = ", ".join(f"`{choice.value}`" for choice in kind)
            meaning += f"：{values}" if lang == "zh" else f": {values}"
        if isinstance(info, ArgumentInfo):
            yield name.upper() + ("…" if get_origin(kind) is list else ""), meaning
        else:
            # In an Annotated the first name is handed over as if it were the default.
            names = (info.default, *(info.param_decls or ()))
            yield ", ".join(n for n in names if isinstance(n, str) and n[:1] == "-"), meaning


def _in_language(text: str, lang: str) -> str:
    """One half of a text that is written as ``中文 / English`` or ``中文。English``."""
    for pattern in (r"(?P<zh>.*?) / (?P<en>.*)", r"(?P<zh>[^a-zA-Z]*[。：])\s*(?P<en>.+)"):
        found = re.fullmatch(pattern, text)
        if found:
            return found[lang]
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail if out of date")
    check = parser.parse_args().check
    paths = stale() if check else write()
    for path in paths:
        print("out of date:" if check else "written:", path.relative_to(ROOT))
    if check and paths:
        print("run `make docs`")
    return int(check and bool(paths))


if __name__ == "__main__":
    sys.exit(main())
