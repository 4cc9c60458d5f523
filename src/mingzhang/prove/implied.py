"""Leave one out: what the rest of a book says about each figure.

Would a slip of this figure be caught? Only if the other figures bind what it states. One step of
exact arithmetic per row answers for a thousand figures at once; the solver only where asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import gcd
from typing import NamedTuple

from mingzhang.model.money import Interval
from mingzhang.prove.bounds import Prober
from mingzhang.prove.matrix import View
from mingzhang.prove.system import System

_ALL = Interval(None, None)
_LONGEST = 400
"""Rows that elimination makes longer than this bind too loosely to be worth their cost."""


class Sum(NamedTuple):
    """``low <= sum of coefficient * variable <= high``."""

    terms: Mapping[int, int]
    low: int | None
    high: int | None


def implied(
    system: System, without: Collection[int] = (), tight: Collection[int] = ()
) -> dict[int, tuple[tuple[int, Interval], ...]]:
    """For every witness, its rows (place in the system) with the interval that the rest implies.

    The rest are all rows but those of this witness and of those in ``without``. The interval
    is that of the row's sum: for a printed figure, of its amount. It is an outer one, from each
    relation by itself (unprinted amounts eliminated); for the witnesses in ``tight`` from the
    whole system. An empty interval (low above high): the rest contradicts itself. Raises
    Infeasible if ``tight`` is asked of a system that is not feasible.
    """
    view = View(system.matrix, without)
    places: dict[int, list[int]] = {}
    for place, row in enumerate(system.rows):
        if row.witness is not None and row.witness not in view.freed and not row.says_nothing:
            places.setdefault(row.witness, []).append(place)
    prober = Prober(system, without) if tight else None
    wanted = frozenset(tight)
    steps = _one_step(view, closed_sums(view))
    result: dict[int, tuple[tuple[int, Interval], ...]] = {}
    for w, rows in places.items():
        terms = system.rows[rows[0]].terms
        if prober is not None and w in wanted:
            alone = prober.without((w,))
            intervals = [alone.interval(_form(system.rows[r].terms)) for r in rows]
        elif len(rows) == 1 and len(terms) == 1 and abs(terms[0][1]) == 1:
            # this witness bounds one variable and nothing else, so no step to it can rest on it
            j, sign = terms[0]
            others = steps.get(j, _ALL).cut(_own(view, j, w))
            intervals = [others if sign > 0 else Interval(*_times(others, -1))]
        else:
            rest = view.freeing((w,))
            intervals = [_reach(rest, _form(system.rows[r].terms)) for r in rows]
        result[w] = tuple(zip(rows, intervals, strict=True))
    return result


def _form(terms: Iterable[tuple[int, int]]) -> dict[int, int]:
    form: dict[int, int] = {}
    for j, a in terms:
        form[j] = form.get(j, 0) + a
    return form


def _own(view: View, j: int, w: int) -> Interval:
    """What rows of ``j`` alone say without ``w``."""
    return Interval(
        max((b.value for b in view.lows(j) if b.witness != w), default=None),
        min((b.value for b in view.highs(j) if b.witness != w), default=None),
    )


def _times(interval: Interval, a: int) -> tuple[int | None, int | None]:
    """Both ends of ``a`` times the interval, the lesser first."""
    low, high = (interval.low, interval.high) if a > 0 else (interval.high, interval.low)
    return None if low is None else a * low, None if high is None else a * high


def _reach(view: View, form: Mapping[int, int]) -> Interval:
    """What ``form`` can come to, each of its variables within its own bounds and one step."""
    least: int | None = 0
    most: int | None = 0
    for j, a in form.items():
        sums = [
            Sum(dict(view.matrix.terms[i]), view.low(i), view.high(i))
            for i, _ in view.matrix.columns[j]
        ]
        interval = _one_step(view, sums, only=j).get(j, _ALL)
        low, high = _times(interval.cut(Interval(view.lo(j), view.hi(j))), a)
        least = None if least is None or low is None else least + low
        most = None if most is None or high is None else most + high
    return Interval(least, most)


def _one_step(view: View, sums: Iterable[Sum], only: int | None = None) -> dict[int, Interval]:
    """What each sum by itself implies for its variables, the others within their own bounds."""
    found: dict[int, Interval] = {}
    for terms, low, high in sums:
        least = most = open_low = open_high = 0
        ends: list[tuple[int, int, int | None, int | None]] = []
        for j, a in terms.items():
            down, up = (view.lo(j), view.hi(j)) if a > 0 else (view.hi(j), view.lo(j))
            if down is None:
                open_low += 1
            else:
                down *= a
                least += down
            if up is None:
                open_high += 1
            else:
                up *= a
                most += up
            ends.append((j, a, down, up))
        if open_low > 1 and open_high > 1:
            continue
        for j, a, down, up in ends:
            if only is not None and j != only:
                continue
            below: int | None = None
            above: int | None = None
            if high is not None and open_low == (down is None):
                above = high - (least if down is None else least - down)
            if low is not None and open_high == (up is None):
                below = low - (most if up is None else most - up)
            if a < 0:
                below, above = above, below
            # amounts are whole: what is left is rounded inwards
            step = Interval(
                None if below is None else -(-below // a), None if above is None else above // a
            )
            found[j] = step if j not in found else found[j].cut(step)
    return found


def closed_sums(view: View) -> list[Sum]:
    """The long rows, and what follows from them when unprinted variables are eliminated."""
    matrix = view.matrix
    sums = [
        Sum(dict(terms), matrix.low[i], matrix.high[i])
        for i, terms in enumerate(matrix.terms)
        if i not in view.loose
    ]
    unprinted = {j for j in range(matrix.n) if view.lo(j) is None or view.hi(j) is None}
    alive = {k: s for k, s in enumerate(sums) if not unprinted.isdisjoint(s.terms)}
    where: dict[int, set[int]] = {}
    for k, s in alive.items():
        for j in s.terms:
            where.setdefault(j, set()).add(k)
    changed: set[int] = set()
    for j in sorted(unprinted & where.keys(), key=lambda j: (len(where[j]), j)):
        equations = [
            k for k in where[j] if alive[k].low is not None and alive[k].low == alive[k].high
        ]
        if not equations:
            continue
        pivot = min(equations, key=lambda k: (len(alive[k].terms), k))
        by = alive.pop(pivot)
        for i in by.terms:
            where[i].discard(pivot)
        for k in sorted(where[j]):
            old = alive.pop(k)
            for i in old.terms:
                where[i].discard(k)
            new = _without(old, by, j)
            if len(new.terms) <= _LONGEST:
                alive[k] = new
                changed.add(k)
                for i in new.terms:
                    where.setdefault(i, set()).add(k)
    return sums + [alive[k] for k in sorted(changed & alive.keys())]


def _without(row: Sum, by: Sum, j: int) -> Sum:
    """``row`` with the variable ``j`` replaced by what the equation ``by`` says of it."""
    a, b = by.terms[j], row.terms[j]
    common = gcd(a, b)
    up, down = abs(a) // common, (b if a > 0 else -b) // common
    terms = {k: v * up for k, v in row.terms.items()}
    for k, v in by.terms.items():
        terms[k] = terms.get(k, 0) - v * down
    shift = down * (by.low or 0)
    return Sum(
        {k: v for k, v in terms.items() if v},
        None if row.low is None else up * row.low - shift,
        None if row.high is None else up * row.high - shift,
    )
