"""Alike: an addition that explains the change of a whole, named again where a line is explained.

项目支出 …，主要原因是外事经费增加 200 万元; below it, 一般行政管理事务 …，主要原因是增加外事经费 200 万元.
What is said of the line is a part of what is said of the whole; a line may be left out, so the
whole is never less, and no more than that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.dimensions import ancestors
from mingzhang.model.claim import Direction, Parts
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.draft import Draft, Reason
from mingzhang.read.narrative.words import either, table

_SHORTEST = 2  # characters of a name that tells anything


@dataclass(frozen=True, slots=True)
class _Named:
    """One amount inside a reason: the change it explains, its name and which way it goes."""

    figure: str
    change: Quantity
    name: str
    sign: int
    reason: Reason
    start: int


def relate_alike(reasons: Sequence[Reason], draft: Draft) -> None:
    """Tie amounts of reasons that name one thing, where one change lies inside the other."""
    named = [n for reason in reasons for n in _names(reason)]
    for whole in named:
        parts: dict[Quantity, _Named] = {}
        for other in named:
            if (other.name, other.sign) == (whole.name, whole.sign) and _inside(
                other.change, whole.change
            ):
                parts.setdefault(other.change, other)
        if not parts:
            continue
        quantities = tuple(_linked(p, draft) for p in parts.values())
        compact = whole.reason.compact
        assert compact is not None
        place = compact.place(whole.start, whole.start + max(1, len(whole.name)))
        draft.parts.append(Parts(_linked(whole, draft), quantities, False, place, "原因"))


def _names(reason: Reason) -> Iterable[_Named]:
    if reason.change is None or reason.compact is None:
        return
    for figure, sign, _, _, words, start in reason.amounts:
        name = _tidy().sub("", words).strip("，,、;:和及因为是由于")
        if len(name) >= _SHORTEST:
            yield _Named(figure, reason.change, name, sign, reason, start)


@cache
def _tidy() -> re.Pattern[str]:
    """Words that a name can do without: directions, and what kind of money it is."""
    raw = table()
    change = raw["change"]
    return re.compile(
        rf"(?:{either([*change['up'], *change['down']])})(?:{either(change['between'])})*"
        rf"|{either(raw['reason']['empty'])}"
    )


def _inside(part: Quantity, whole: Quantity) -> bool:
    """True if the change of a line is a part of the change of a total of the same year."""
    if (part.year, part.stage, part.versus) != (whole.year, whole.stage, whole.versus):
        return False
    if whole.function or whole.item or whole.economic or not part.function:
        return False
    spent = {"uses", "expenditure"}
    return {part.flow, whole.flow} <= spent and whole.fund in (
        "",
        part.fund,
        *ancestors("fund", part.fund),
    )


def _linked(one: _Named, draft: Draft) -> Quantity:
    """What the figure states; said now, where its reason's amounts did not make up the change."""
    known = draft.figures[one.figure].quantity
    if known is not None:
        return known
    quantity = one.change.with_(part=one.name, local="reason")
    draft.relink(one.figure, quantity)
    compact = one.reason.compact
    assert compact is not None
    place = compact.place(one.start, one.start + max(1, len(one.name)))
    draft.directions.append(Direction(quantity, one.sign, "", place, one.figure))
    return quantity
