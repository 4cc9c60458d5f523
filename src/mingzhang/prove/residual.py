"""Residuals: each row by itself, in exact integers.

What a reader with a pocket calculator would check: add up what is printed, see what is missing, and
ask whether rounding could explain it. Milliseconds for a whole book, and the first conflicts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mingzhang.model.money import Interval
from mingzhang.prove.conflict import Conflict, Contradiction, crossings
from mingzhang.prove.matrix import View
from mingzhang.prove.point import roundest
from mingzhang.prove.system import System


@dataclass(frozen=True, slots=True)
class Residual:
    """One long row (of two or more variables, or a coefficient that is not 1).

    row       its place in the system
    reach     what the row can come to, given the interval of each of its variables
    difference how far the printed values are above (positive) or below (negative) what the row
              demands; None if some variable is not printed
    explained how much of that difference rounding could make up for (None: not printed)
    gap       what no rounding explains: 0, or how far the whole reach is off the row
    """

    row: int
    reach: Interval
    difference: int | None
    explained: int | None
    gap: int

    @property
    def state(self) -> str:
        """violated, exact (holds as printed), rounding (holds within it) or open (unprinted)."""
        if self.gap:
            return "violated"
        if self.difference is None:
            return "open"
        return "rounding" if self.difference else "exact"


def residuals(system: System, without: Collection[int] = ()) -> tuple[Residual, ...]:
    """Every long row by itself, against the intervals that the witnesses give its variables."""
    view = View(system.matrix, without)
    printed = _printed(view)
    return tuple(
        _residual(view, i, printed) for i in range(len(system.matrix.terms)) if i not in view.loose
    )


def _printed(view: View) -> list[int | None]:
    """What was printed for each variable; None where its interval is open (or empty)."""
    values: list[int | None] = []
    for j in range(view.matrix.n):
        low, high = view.lo(j), view.hi(j)
        closed = low is not None and high is not None and low <= high
        values.append(roundest(low, high) if closed else None)  # type: ignore[arg-type]
    return values


def _residual(view: View, i: int, printed: list[int | None]) -> Residual:
    least: int | None = 0
    most: int | None = 0
    total: int | None = 0
    for j, a in view.matrix.terms[i]:
        down, up = (view.lo(j), view.hi(j)) if a > 0 else (view.hi(j), view.lo(j))
        value = printed[j]
        least = None if least is None or down is None else least + a * down
        most = None if most is None or up is None else most + a * up
        total = None if total is None or value is None else total + a * value
    low, high = view.low(i), view.high(i)
    gap = 0
    if low is not None and most is not None and most < low:
        gap = low - most
    if high is not None and least is not None and least > high:
        gap = max(gap, least - high)
    if low is not None and high is not None and low > high:
        gap = max(gap, low - high)
    difference: int | None = None
    explained: int | None = None
    if total is not None and least is not None and most is not None:
        if high is not None and total > high:
            difference, explained = total - high, total - least
        elif low is not None and total < low:
            difference, explained = total - low, most - total
        else:
            difference, explained = 0, min(total - least, most - total)
    return Residual(view.matrix.origin[i], Interval(least, most), difference, explained, gap)


def clashes(system: System, without: Collection[int] = ()) -> tuple[Conflict, ...]:
    """The conflicts that show without any solver: one row, or one variable, against its bounds."""
    view = View(system.matrix, without)
    found = list(crossings(view, range(system.n), range(len(system.matrix.terms))))
    crossed = {c.crossing for c in found}
    for i, terms in enumerate(system.matrix.terms):
        if crossed.isdisjoint(j for j, _ in terms):
            for side in (1, -1):
                alone = Contradiction(system.matrix, ((i, side),))
                if alone.gap(view) is not None:
                    found.append(alone)
    return tuple(c for f in found if (c := f.conflict(view)) is not None)
