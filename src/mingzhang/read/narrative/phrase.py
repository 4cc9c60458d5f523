"""Phrases: what a subject ("一般公共预算财政拨款基本支出预算") names, word by word.

A phrase is understood only if every piece of it is a known word, an account name or a project name;
otherwise ``Reading.unknown`` keeps what is left over, and nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from mingzhang.catalog.dimensions import ancestors
from mingzhang.read.narrative.words import Dictionary, dictionary

_YEAR = re.compile(
    r"(?:截至)?((?:19|20)\d\d)(?:年(?:度)?|(?=初预算))(?:\d{1,2}月(?:\d{1,2}日)?(?:底|末)?)?"
)
_BRACKETS = re.compile(r"\([^()]{2,40}\)")
DIMENSIONS = ("fund", "nature", "item", "procurement", "reserved")


class Token(NamedTuple):
    """One word at ``start:end``; kind "year" (value the year) and "unknown" are no vocabulary."""

    start: int
    end: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says. ``values``: fund, nature, item, procurement, reserved where named.

    flow: "", in, out, both, or a carry (carry_in, carry_out …). ``total`` and ``current`` are the
    words 总计/合计 and 本年/当年. ``year`` and ``stage`` only where said. ``this`` points back
    (本项目); ``entity`` is the department named in words,
    ``unit`` its own office or the units below it (本级, 下属单位). ``unknown`` is what was not understood.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    flow: str = ""
    total: bool = False
    current: bool = False
    last: bool = False
    year: int | None = None
    stage: str = ""
    this: bool = False
    entity: str = ""
    unit: str = ""
    thick: bool = False
    unknown: str = ""
    text: str = ""
    tokens: tuple[Token, ...] = ()

    @property
    def head(self) -> bool:
        """True if it names something by itself."""
        return bool(self.values or self.flow)

    @property
    def empty(self) -> bool:
        """True if it names nothing but a year or a stage: the subject in hand is meant."""
        return not (self.head or self.unknown or self.thick or self.unit)


def tokenise(text: str, names: tuple[str, ...] = ()) -> tuple[Token, ...]:
    """The words of a phrase, longest first; ``names`` are names of the department and its units."""
    out: list[Token] = []
    known = dictionary(names)
    position = 0
    while position < len(text):
        end, kind, value = _next(text, position, known)
        if kind == "unknown" and out and out[-1].kind == "unknown":
            out[-1] = Token(out[-1].start, end, "unknown", text[out[-1].start : end])
        else:
            out.append(Token(position, end, kind, value))
        position = end
    return tuple(out)


def _next(text: str, position: int, known: Dictionary) -> tuple[int, str, str]:
    first = text[position]
    for length in known.lengths.get(first, ()):
        word = known.words.get(text[position : position + length])
        if word is not None:
            return position + length, word.kind, word.value
    if first in "12截":
        year = _YEAR.match(text, position)
        if year:
            return year.end(), "year", year[1]
    if first == "(":
        remark = _BRACKETS.match(text, position)
        if remark:
            return remark.end(), "thin", remark.group()
    if first in "、,:;/-.":
        return position + 1, "thin", first
    return position + 1, "unknown", first


@lru_cache(maxsize=4096)
def read_phrase(text: str, names: tuple[str, ...] = ()) -> Reading:
    """What the words of ``text`` say together."""
    return combine(text, tokenise(text, names))


def combine(text: str, tokens: tuple[Token, ...]) -> Reading:
    """The reading of a tokenised phrase; two different values of one dimension are not understood."""
    values: dict[str, str] = {}
    flow = stage = entity = unit = ""
    total = current = last = this = thick = False
    year: int | None = None
    unknown = [t.value for t in tokens if t.kind == "unknown"]
    for token in tokens:
        kind, value = token.kind, token.value
        if kind in DIMENSIONS:
            merged = _merge(kind, values.get(kind, ""), value)
            if merged is None:
                unknown.append(text)
            else:
                values[kind] = merged
        elif kind == "flow":
            if value in ("in", "out", "both"):
                flow = value if flow in ("", value) else "both"
            total, current, last = (
                total or value == "total",
                current or value == "current",
                last or value == "last",
            )
        elif kind == "carry":
            flow = value
        elif kind == "stage":
            stage = _stage(stage, value)
        elif kind == "year":
            year = int(value)
        elif kind == "entity":
            entity = value
        elif kind == "unit":
            unit = value
        this, thick = this or kind == "this", thick or kind == "thick"
    return Reading(
        values,
        flow,
        total,
        current,
        last,
        year,
        stage,
        this,
        entity,
        unit,
        thick,
        "".join(unknown),
        text,
        tokens,
    )


def _stage(before: str, value: str) -> str:
    # 预算执行数, 支出预算决算: the later, stronger word decides
    return value if before in ("", "budget") else before


def _merge(dimension: str, a: str, b: str) -> str | None:
    if not a or a == b:
        return b
    if a in ancestors(dimension, b):
        return b
    if b in ancestors(dimension, a):
        return a
    if dimension == "procurement" and "all" in (a, b):
        return b if a == "all" else a
    return None
