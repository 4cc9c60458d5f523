"""Rounding: whether each table rounds or cuts off, found out from the book itself.

Rounding half up is assumed; another way must be spoken for by at least two relations that only it
can explain, so that no single slip can pass for a habit. A book that cuts off everywhere betrays
itself otherwise: its totals never fall short of their parts, and often exceed them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mingzhang.judge.weigh import PROSE, Printing, interval_of
from mingzhang.model.finding import Checked
from mingzhang.model.money import Interval, Rounding
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Related, Relation

Context = tuple[int, int]


def leans_to_cutting(checked: Iterable[Checked]) -> bool:
    """True if the sums that do not close to the last digit nearly all exceed their parts."""
    over = under = 0
    for test in checked:
        if test.relation.reason.kind in ("row-sum", "column-sum") and test.residual:
            over += test.residual > 0
            under += test.residual < 0
    return over >= 3 and over >= 4 * under


def cutting(known: Mapping[str, Printing]) -> Iterator[dict[Context, Rounding]]:
    """The ways in which a whole book may cut off: its tables alone, or its sentences too."""
    contexts = {p.context for p in known.values()}
    yield {c: Rounding.TRUNCATE for c in contexts if c[1] != PROSE}
    yield dict.fromkeys(contexts, Rounding.TRUNCATE)


@dataclass(frozen=True, slots=True)
class _Test:
    """One thing to test: a relation, or (relation None) two printings of one quantity."""

    relation: Relation | None
    quantities: tuple[Quantity, ...]
    contexts: frozenset[Context]


def roundings(related: Related, known: Mapping[str, Printing]) -> dict[Context, Rounding]:
    """The way of rounding of every table and of the prose (only those that are not HALF_UP)."""
    stated: dict[Quantity, list[tuple[Printing, int]]] = {}
    for observation in related.observations:
        stated.setdefault(observation.quantity, []).append(
            (known[observation.figure], observation.sign)
        )
    chosen: dict[Context, Rounding] = {}
    tests = list(_tests(related, stated))
    broken = [t for t in tests if not _holds(t, stated, chosen)]
    if len(broken) < 2:
        return chosen
    suspects: dict[Context, int] = {}
    for test in broken:
        for context in test.contexts:
            suspects[context] = suspects.get(context, 0) + 1
    for context in sorted(suspects, key=lambda c: -suspects[c]):
        mine = [t for t in tests if context in t.contexts]
        before = sum(not _holds(t, stated, chosen) for t in mine)
        best: tuple[int, Rounding] | None = None
        for way in (Rounding.TRUNCATE, Rounding.EITHER):
            left = sum(not _holds(t, stated, {**chosen, context: way}) for t in mine)
            if before - left >= 2 and (best is None or left < best[0]):
                best = (left, way)
        if best is not None:
            chosen[context] = best[1]
    return chosen


def _tests(related: Related, stated: Mapping[Quantity, list[tuple[Printing, int]]]) -> list[_Test]:
    out = []
    for quantity, printed in stated.items():
        if len(printed) > 1:
            contexts = frozenset(p.context for p, _ in printed)
            out.append(_Test(None, (quantity,), contexts))
    for relation in related.relations:
        quantities = tuple(q for q, _ in relation.terms)
        if relation.figure is None and relation.certain and all(q in stated for q in quantities):
            contexts = frozenset(p.context for q in quantities for p, _ in stated[q])
            out.append(_Test(relation, quantities, contexts))
    return out


def _range(
    quantity: Quantity,
    stated: Mapping[Quantity, list[tuple[Printing, int]]],
    chosen: Mapping[Context, Rounding],
) -> Interval:
    out = Interval(None, None)
    for printing, sign in stated[quantity]:
        way = chosen.get(printing.context, Rounding.HALF_UP)
        low, high = interval_of(printing, quantity, way)
        if sign < 0:
            low, high = (None if high is None else -high), (None if low is None else -low)
        out = out.cut(Interval(low, high))
    return out


def _holds(
    test: _Test,
    stated: Mapping[Quantity, list[tuple[Printing, int]]],
    chosen: Mapping[Context, Rounding],
) -> bool:
    ranges = [_range(q, stated, chosen) for q in test.quantities]
    if any(r.low is not None and r.high is not None and r.low > r.high for r in ranges):
        return test.relation is not None  # told by the test of that quantity itself
    if test.relation is None:
        return True
    low: int | None = 0
    high: int | None = 0
    for (_, c), r in zip(test.relation.terms, ranges, strict=True):
        a, b = (r.low, r.high) if c > 0 else (r.high, r.low)
        low = None if low is None or a is None else low + c * a
        high = None if high is None or b is None else high + c * b
    wanted = Interval(test.relation.low, test.relation.high)
    return wanted.meets(Interval(low, high))
