"""Automatic numbering 自动编号: the "一、" and "（一）" that a DOCX prints but does not hold as text.

Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from mingzhang.read.docx.counting import counted
from mingzhang.read.docx.xml import attribute, child, is_on, local, number

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, and the text around the count ("第%1部分")."""

    start: int
    number_format: str
    text: str
    suffix: str
    style: str
    all_decimal: bool
    restarts: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the abstract list it counts in, its own levels, and where it starts anew."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted."""

    lists: Mapping[str, _List]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """Count on by one, and give the text printed before the paragraph ("" for a bullet)."""
        found = self.lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self.counts.setdefault(found.abstract, [None] * _LEVELS)
        fresh = level in found.starts and (list_id, level) not in self.begun
        self.begun.add((list_id, level))
        held = counts[level]
        if fresh:
            counts[level] = found.starts[level]
        else:
            counts[level] = found.levels[level].start if held is None else held + 1
        for deeper in range(level + 1, _LEVELS):
            if deeper not in found.levels or found.levels[deeper].restarts:
                counts[deeper] = None
        return _printed(found, level, counts)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list gives to a paragraph style."""
        found = self.lists.get(list_id)
        levels = found.levels if found else {}
        return next((i for i, level in levels.items() if style and level.style == style), None)


def _printed(found: _List, level: int, counts: list[int | None]) -> str:
    own = found.levels[level]
    if own.number_format == "bullet":
        return ""

    def fill(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        of = found.levels.get(index)
        if of is None:
            return ""
        value = counts[index]
        decimal = own.all_decimal and index != level
        return counted(
            of.start if value is None else value, "decimal" if decimal else of.number_format
        )

    text = _PLACEHOLDER.sub(fill, own.text)
    # a tab or space follows; after full-width punctuation it is not worth keeping
    gap = " " if own.suffix != "nothing" and text and text[-1].isascii() else ""
    return text.strip() + gap if text.strip() else ""


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of numbering.xml (None: the document has none)."""
    if root is None:
        return Numbering({})
    abstracts: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}  # name of a list style -> the abstract list that defines it
    uses: dict[str, str] = {}
    for item in root.iterchildren("{*}abstractNum"):
        key = attribute(item, "abstractNumId") or ""
        abstracts[key] = _levels(item)
        if name := attribute(child(item, "styleLink")):
            linked[name] = key
        if name := attribute(child(item, "numStyleLink")):
            uses[key] = name
    lists: dict[str, _List] = {}
    for item in root.iterchildren("{*}num"):
        key = attribute(child(item, "abstractNumId")) or ""
        key = linked.get(uses.get(key, ""), key)
        levels, starts = dict(abstracts.get(key, {})), {}
        for override in item.iterchildren("{*}lvlOverride"):
            index = number(override, "ilvl") or 0
            start = number(child(override, "startOverride"))
            if start is not None:
                starts[index] = start
            levels.update(_levels(override))
        lists[attribute(item, "numId") or ""] = _List(key, levels, starts)
    return Numbering(lists)


def _levels(parent: etree._Element) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for item in parent:
        index = number(item, "ilvl")
        if local(item) != "lvl" or index is None or not 0 <= index < _LEVELS:
            continue
        start = number(child(item, "start"))
        out[index] = Level(
            1 if start is None else start,
            attribute(child(item, "numFmt")) or "decimal",
            attribute(child(item, "lvlText")) or "",
            attribute(child(item, "suff")) or "tab",
            attribute(child(item, "pStyle")) or "",
            is_on(child(item, "isLgl")),
            number(child(item, "lvlRestart")) != 0,
        )
    return out
