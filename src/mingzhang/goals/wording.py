"""Wording: the words of catalog/performance.toml as patterns, and text that knows where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.normal import plain
from mingzhang.catalog.performance import multipliers, target_words, units

_TAG = re.compile(r"</?[a-zA-Z]+\s*/?>")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ENUMERATED = re.compile(
    r"(?:^|(?<=[;。]))(?:[一二三四五六七八九十]是|\(\d{1,2}\)|\d{1,2}[.、．)](?!\d))"
)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def any_of(name: str, key: str = "") -> str:
    """A pattern for the words of a table of the catalog (of one list of it)."""
    table = target_words(name)
    lists = [table[key]] if key else list(table.values())
    return alternatives({w for found in lists for w in found})


@cache
def any_unit() -> str:
    """A pattern for every unit 计量单位 of the catalog."""
    return alternatives(units())


@cache
def any_multiplier() -> str:
    """A pattern for 万, 亿."""
    return alternatives(multipliers())


@cache
def meanings(name: str) -> dict[str, str]:
    """word -> key, of a table of the catalog: "不少于" -> "≥"."""
    return {w: key for key, found in target_words(name).items() for w in found}


def listed(key: str) -> tuple[str, ...]:
    """A list of [target_words]."""
    return target_words("target_words")[key]


@dataclass(frozen=True, slots=True)
class Said:
    """A text in normal form, with ";" for whatever ends a part of it, and the way back.

    ``ends[i]``, ``begins[i]``: where in ``text`` the character ``words[i]`` stands.
    """

    text: str
    words: str
    back: tuple[int, ...]

    def printed(self, start: int, end: int) -> str:
        """``words[start:end]`` as printed."""
        if start >= end:
            return ""
        return self.text[self.back[start] : self.back[end - 1] + 1].strip()


def said(text: str) -> Said:
    """A text as ``Said``: full-width commas, line ends, tags and circled numbers end a part."""
    words: list[str] = []
    back: list[int] = []
    tags = {i: m for m in _TAG.finditer(text) for i in range(*m.span())}
    for position, char in enumerate(text):
        tag = tags.get(position)
        if tag is not None:
            piece = ";" if tag.start() == position and "br" in tag.group().lower() else ""
        elif char in "，；\n\r" or char in _CIRCLED:
            piece = ";"
        elif char == ",":
            piece = "," if _thousands(text, position) else ";"
        else:
            piece = plain(char)
        words.extend(piece)
        back.extend([position] * len(piece))
    return _unnumbered(Said(text, "".join(words), tuple(back)))


def _thousands(text: str, comma: int) -> bool:
    return bool(comma and text[comma - 1].isdigit() and re.match(r",\d{3}(?!\d)", text[comma:]))


def _unnumbered(whole: Said) -> Said:
    """Without 1. (2) 3、 at the beginning of parts."""
    dropped = {i for m in _ENUMERATED.finditer(whole.words) for i in range(*m.span())}
    kept = [i for i in range(len(whole.words)) if i not in dropped]
    return Said(
        whole.text, "".join(whole.words[i] for i in kept), tuple(whole.back[i] for i in kept)
    )


def parts(whole: Said) -> Iterator[tuple[int, int, str]]:
    """(start, end, what ended it) of each part: up to ; 。 、 ! ? or the end. Empty ones are left out."""
    start = 0
    for found in re.finditer(r"[;。、!?]|$", whole.words):
        if found.start() > start:
            yield start, found.start(), found.group()
        start = found.end()
