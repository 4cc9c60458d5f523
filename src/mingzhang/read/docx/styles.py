"""Styles 样式: what a paragraph's or run's style says of outline level, numbering and hiding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from mingzhang.read.docx.xml import attribute, child, is_on, number

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = {"title", "标题"}


@dataclass(frozen=True, slots=True)
class Style:
    """One style, as far as it says something; ``base`` is the style it rests on."""

    base: str
    level: int | None
    list_id: str | None
    list_level: int | None
    hidden: bool | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id."""

    by_id: Mapping[str, Style]
    default: str = ""

    def chain(self, style_id: str) -> Iterator[tuple[str, Style]]:
        """The style and those it rests on, nearest first."""
        seen: set[str] = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            yield style_id, self.by_id[style_id]
            style_id = self.by_id[style_id].base

    def level(self, style_id: str) -> int:
        """The outline level 大纲级别 of the style: 1 for a chapter, 0 for body text."""
        return next((s.level for _, s in self.chain(style_id) if s.level is not None), 0)

    def numbering(self, style_id: str) -> tuple[str, str, int | None] | None:
        """(list, style that names it, level) by the style; None if it is not numbered."""
        for name, style in self.chain(style_id):
            if style.list_id is not None:
                return style.list_id, name, style.list_level
        return None

    def hides(self, style_id: str) -> bool:
        return next((s.hidden for _, s in self.chain(style_id) if s.hidden is not None), False)


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of styles.xml (None: the document has none)."""
    if root is None:
        return Styles({})
    by_id: dict[str, Style] = {}
    default = ""
    for item in root.iterchildren("{*}style"):
        key = attribute(item, "styleId") or ""
        properties = child(item, "pPr")
        numbers = child(properties, "numPr")
        vanish = child(item, "rPr", "vanish")
        by_id[key] = Style(
            attribute(child(item, "basedOn")) or "",
            _level(item),
            attribute(child(numbers, "numId")),
            number(child(numbers, "ilvl")),
            None if vanish is None else is_on(vanish),
        )
        if attribute(item, "type") == "paragraph" and attribute(item, "default") in ("1", "true"):
            default = key
    return Styles(by_id, default)


def _level(style: etree._Element) -> int | None:
    outline = number(child(style, "pPr", "outlineLvl"))
    if outline is not None:
        return outline + 1 if 0 <= outline < 9 else 0
    name = attribute(child(style, "name")) or ""
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1])
    return 1 if name.lower() in _TITLE else None
