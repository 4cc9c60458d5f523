"""The Markdown files of tests/rules: cases of one rule as book fragments.

A file holds cases under headings ``## 报：…`` (fires), ``## 不报：…`` (silent) and ``## 边界：…`` (borderline,
either). Each case has one fenced block ``book`` (a whole small book) or ``change`` (lines of base.txt: ``- ``
taken out, ``+ `` put in their place), and, if it fires, a block ``expect`` with one line per finding:
``severity | words of the Chinese message or of an excerpt``. ``→`` stands for a tab.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingzhang.model.book import Book
from mingzhang.read import read_text_book

HERE = Path(__file__).parent
_HEADING = re.compile(r"^## (报|不报|边界)[:：](.+)$")
_FENCE = re.compile(r"^```(book|change|expect)\s*$")


@dataclass(frozen=True)
class Case:
    """One case: whether it must fire ("" for borderline), its fragment, and what is expected."""

    rule: str
    kind: str
    name: str
    blocks: tuple[tuple[str, str], ...]

    @property
    def expected(self) -> list[tuple[str, str]]:
        lines = [ln for k, text in self.blocks if k == "expect" for ln in text.splitlines() if ln]
        return [(a.strip(), b.strip()) for a, b in (ln.split("|", 1) for ln in lines)]

    def text(self) -> str:
        """The book's text."""
        out = base()
        for kind, text in self.blocks:
            if kind == "book":
                out = text.replace("→", "\t")
            elif kind == "change":
                out = changed(out, text.replace("→", "\t"))
        return out

    def book(self) -> Book:
        return read(self.text())


@cache
def read(text: str) -> Book:
    """The book in a text."""
    return read_text_book(text, "fragment.txt")


@cache
def base() -> str:
    """A clean little book of our own: no rule finds anything in it."""
    return (HERE / "base.txt").read_text("utf-8")


def changed(text: str, change: str) -> str:
    """``text`` with each run of ``- `` lines replaced by the ``+ `` lines after it."""
    old: list[str] = []
    new: list[str] = []
    for line in [*change.splitlines(), "- "]:
        if line.startswith("+ ") or line == "+":
            new.append(line[2:])
        elif line.startswith("-"):
            if new or line == "- ":
                text = _replaced(text, old, new)
                old, new = [], []
            old.append(line[2:])
    return text


def _replaced(text: str, old: list[str], new: list[str]) -> str:
    if not old and not new:
        return text
    wanted = "\n".join(old)
    count = text.count(wanted)
    if count != 1:
        raise ValueError(f"{count} times in the base book: {wanted!r}")
    return text.replace(wanted, "\n".join(new))


def cases(path: Path) -> list[Case]:
    """All cases of one Markdown file."""
    out: list[Case] = []
    kind = name = fence = ""
    blocks: list[tuple[str, str]] = []
    lines: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), "## 报：end"]:
        heading = _HEADING.match(line)
        if fence:
            if line == "```":
                blocks.append((fence, "\n".join(lines)))
                fence, lines = "", []
            else:
                lines.append(line)
        elif heading:
            if name:
                out.append(Case(path.stem, kind, name, tuple(blocks)))
            kind, name, blocks = heading.group(1), heading.group(2).strip(), []
        elif _FENCE.match(line):
            found = _FENCE.match(line)
            assert found is not None
            fence = found.group(1)
    return out


def all_cases() -> list[Case]:
    """Every case of every rule."""
    return [case for path in sorted(HERE.glob("MZ*.md")) for case in cases(path)]
