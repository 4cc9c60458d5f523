"""Moves: what a book tells of changes 增减 follows the shape of what it tells of amounts.

Two things that usually hold and that nothing else can see, as last year's lines are not printed:
one change told of several views of one amount (收入总计, 财政拨款支出, 一般公共预算支出) is one number,
and where the parts of a whole tell their changes, these make the change of the whole. Both fail
when last year had a line that this year has not; so they are asked only of a book that shows by
most of its own figures that it had none, and they are never certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mingzhang.model.book import Book
from mingzhang.model.claim import Direction
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Reason, Relation

_OUT = {"uses", "expenditure"}
_IN = {"sources", "income"}
_WIDE = {"", "fiscal", "general"}  # funds that are often one and the same money
_SAID = 3  # a change has to be told so often for one of them to be called odd
_SUMS = 2  # so many sums of changes have to close before one that does not is odd

View = tuple[Quantity, str]
"""An amount however its fund and side are called, and the baseline of its change."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A change as printed: its quantity, value in 分 with its sign, and printed step."""

    change: Quantity
    value: int
    step: int


def moved(
    book: Book, seen: Sequence[Observation], relations: Iterable[Relation]
) -> Iterator[Relation]:
    """Usual relations between the changes that a book tells in sentences."""
    figures = {f.id: f for f in book.figures}
    levels = _levels(seen, figures)
    told = [
        _Told(o.quantity, figure.printed.fen * o.sign, figure.printed.step_fen)
        for o in seen
        if (figure := figures[o.figure]).is_money and figure.in_prose
        if o.quantity.versus and not o.quantity.part
    ]
    alike = not any(t.value and _other_money(t.change) for t in told)
    views: dict[View, list[_Told]] = {}
    for one in told:
        views.setdefault(_view(one.change, alike), []).append(one)
    yield from _twins(views, levels)
    flat = {
        _view(c.quantity, alike)
        for c in book.claims
        if isinstance(c, Direction) and c.sign == 0 and c.quantity.versus
    }
    yield from _sums(views, flat, levels, relations, alike)


def _levels(
    seen: Sequence[Observation], figures: Mapping[str, Figure]
) -> dict[Quantity, tuple[int, int]]:
    """quantity -> its finest printed amount and that one's step, in 分."""
    out: dict[Quantity, tuple[int, int]] = {}
    for observation in seen:
        figure, quantity = figures[observation.figure], observation.quantity
        if figure.is_money and not quantity.versus:
            mine = (figure.printed.fen * observation.sign, figure.printed.step_fen)
            if quantity not in out or mine[1] < out[quantity][1]:
                out[quantity] = mine
    return out


def _other_money(change: Quantity) -> bool:
    """True for money beside the general budget, which last year had (or has had since) more of."""
    return change.fund not in _WIDE or change.flow not in {"", *_OUT, *_IN}


def _view(change: Quantity, alike: bool) -> View:
    """``alike``: all money of both years is of the general budget, as far as the book tells."""
    level = change.level()
    side = "out" if level.flow in _OUT else "in" if level.flow in _IN else level.flow
    fund = "" if alike and level.fund in _WIDE else level.fund
    if level.with_(flow="", fund="", year=None, stage="") == Quantity(stage="") and not fund:
        side = ""  # the totals of both sides
    return level.with_(flow=side, fund=fund), change.versus


def _twins(
    views: Mapping[View, Sequence[_Told]], levels: Mapping[Quantity, tuple[int, int]]
) -> Iterator[Relation]:
    for told in views.values():
        same = [t for t in told if _same_level(t.change, told[0].change, levels)]
        values = [t.value for t in same]
        most = max(set(values), key=values.count, default=0)
        if len(same) < _SAID or 2 * values.count(most) <= len(same):
            continue
        changes = list(dict.fromkeys(t.change for t in same))
        for one, other in pairwise(changes):
            yield Relation(((one, 1), (other, -1)), Reason("move-twin"), certain=False)


def _same_level(a: Quantity, b: Quantity, levels: Mapping[Quantity, tuple[int, int]]) -> bool:
    one, other = levels.get(a.level()), levels.get(b.level())
    if one is None or other is None:
        return a == b
    return abs(one[0] - other[0]) <= max(one[1], other[1])


def _sums(
    views: Mapping[View, Sequence[_Told]],
    flat: set[View],
    levels: Mapping[Quantity, tuple[int, int]],
    relations: Iterable[Relation],
    alike: bool,
) -> Iterator[Relation]:
    """The change of a whole is the sum of the changes of its parts."""
    found: dict[tuple[Quantity, ...], tuple[Relation, bool]] = {}
    for relation in relations:
        whole_parts = _divided(relation)
        if whole_parts is None:
            continue
        for versus in sorted({v for _, v in views}):
            made = _of_changes(whole_parts, versus, views, flat, levels, alike)
            if made is not None:
                found.setdefault(tuple(q for q, _ in made[0].terms), made)
    closed = sum(closes for _, closes in found.values())
    if closed >= _SUMS and 3 * closed >= 2 * len(found):
        yield from (relation for relation, _ in found.values())


def _divided(relation: Relation) -> tuple[Quantity, ...] | None:
    """(whole, parts …) of a sum of amounts of one time; None for any other relation."""
    if not relation.certain or (relation.low, relation.high) != (0, 0) or relation.figure:
        return None
    if len(relation.terms) < 3 or any(
        q.versus or q.local or q.part or q.measure != "money" for q, _ in relation.terms
    ):
        return None
    if len({(q.year, q.stage) for q, _ in relation.terms}) > 1:
        return None
    up = [q for q, c in relation.terms if c == 1]
    down = [q for q, c in relation.terms if c == -1]
    if len(up) + len(down) != len(relation.terms) or 1 not in (len(up), len(down)):
        return None
    return (*up, *down) if len(up) == 1 else (*down, *up)


def _of_changes(
    divided: tuple[Quantity, ...],
    versus: str,
    views: Mapping[View, Sequence[_Told]],
    flat: set[View],
    levels: Mapping[Quantity, tuple[int, int]],
    alike: bool,
) -> tuple[Relation, bool] | None:
    """The sum of the changes and whether it closes as printed; None where one is not told."""
    told: list[_Told] = []
    for number, quantity in enumerate(divided):
        view = _view(quantity.with_(versus=versus), alike)
        mine = [t for t in views.get(view, ()) if _same_level(t.change, quantity, levels)]
        if mine:
            told.append(mine[0])
        elif number == 0 or (view not in flat and levels.get(quantity, (0, 1))[0] != 0):
            return None  # a part without amount or change (结转下年 0) is taken for nothing
    if len(told) < 3 or len({t.change for t in told}) < len(told):
        return None
    whole, *parts = told
    terms = ((whole.change, 1), *((p.change, -1) for p in parts))
    off = whole.value - sum(p.value for p in parts)
    closes = 2 * abs(off) <= sum(t.step for t in told)
    return Relation(terms, Reason("move-sum"), certain=False), closes
