"""Points: exact values for all variables, where to begin, and small moves away from one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingzhang.prove.exact import Exact
from mingzhang.prove.matrix import Matrix, View


class Point:
    """Exact values ``x`` of all variables and what each long row then comes to."""

    __slots__ = ("activity", "matrix", "x")

    def __init__(self, matrix: Matrix, x: list[Exact]) -> None:
        self.matrix = matrix
        self.x = x
        self.activity = matrix.totals(x)


class Trial:
    """A point with some variables moved, seen through a view. The point itself stays as it is."""

    def __init__(self, view: View, point: Point) -> None:
        self.view = view
        self.point = point
        self.x: dict[int, Exact] = {}
        self.activity: dict[int, Exact] = {}

    def value(self, j: int) -> Exact:
        return self.x[j] if j in self.x else self.point.x[j]

    def total(self, i: int) -> Exact:
        return self.activity[i] if i in self.activity else self.point.activity[i]

    def move(self, j: int, to: Exact) -> None:
        """Set one variable; the long rows it is in follow."""
        change = to - self.value(j)
        if change:
            self.x[j] = to
            activity, before = self.activity, self.point.activity
            for i, a in self.view.matrix.columns[j]:
                activity[i] = (activity[i] if i in activity else before[i]) + a * change

    def excess(self, i: int) -> Exact:
        """How far a long row is above its high side (positive) or below its low side (negative)."""
        total = self.total(i)
        high = self.view.high(i)
        if high is not None and total > high:
            return total - high
        low = self.view.low(i)
        return total - low if low is not None and total < low else 0

    def pull(self, variables: Iterable[int]) -> None:
        """Move variables that are outside their bounds to the nearest bound."""
        for j in variables:
            value, low, high = self.value(j), self.view.lo(j), self.view.hi(j)
            if low is not None and value < low:
                self.move(j, low)
            elif high is not None and value > high:
                self.move(j, high)

    def inside(self, variables: Iterable[int]) -> bool:
        """True if none of ``variables`` is outside its bounds."""
        for j in variables:
            value, low, high = self.value(j), self.view.lo(j), self.view.hi(j)
            if (low is not None and value < low) or (high is not None and value > high):
                return False
        return True

    def broken(self, rows: Iterable[int]) -> list[int]:
        """Those of ``rows`` that do not hold."""
        return [i for i in rows if self.excess(i)]

    def all_broken(self) -> list[int]:
        """The long rows that do not hold, all of them tried."""
        matrix, loose = self.view.matrix, self.view.loose
        sides = zip(self.point.activity, matrix.low, matrix.high, strict=True)
        suspects = [
            i
            for i, (total, low, high) in enumerate(sides)
            if (low is not None and total < low) or (high is not None and total > high)
        ]
        return self.broken({*suspects, *self.activity} - loose)

    def moved(self, moves: Mapping[int, Exact]) -> Point:
        """The point of its own that is reached with further moves."""
        for j, value in moves.items():
            self.move(j, value)
        moved = object.__new__(Point)
        moved.matrix = self.point.matrix
        moved.x = list(self.point.x)
        moved.activity = list(self.point.activity)
        for j, value in self.x.items():
            moved.x[j] = value
        for i, total in self.activity.items():
            moved.activity[i] = total
        return moved


def roundest(low: int, high: int) -> int:
    """The multiple of the highest power of ten between ``low`` and ``high``: what was printed.

    An interval that comes from a printed number holds exactly one multiple of the printing step.
    """
    if low <= 0 <= high:
        return 0
    if low < 0:
        return -roundest(-high, -low)
    best, step = high, 1
    while (high // step) * step >= low:
        best = (high // step) * step
        step *= 10
    return best


def start(view: View) -> Point:
    """Where to begin: printed values; amounts nobody printed follow from equations where they can.

    Variables whose witnesses are freed still begin at what was printed: most are right.
    """
    matrix = view.matrix
    x: list[Exact | None] = []
    for low, high in zip(matrix.lo, matrix.hi, strict=True):
        if low is None or high is None:
            x.append(None)
        else:
            x.append(roundest(low, high) if low < high else low)
    missing = [0] * len(matrix.terms)
    for j, value in enumerate(x):
        if value is None:
            for i, _ in matrix.columns[j]:
                missing[i] += 1
    ready = [i for i, count in enumerate(missing) if count == 1]
    while ready:
        i = ready.pop()
        low = view.low(i)
        if missing[i] != 1 or low is None or low != view.high(i):
            continue
        rest: Exact = low
        unknown, factor = -1, 1
        for j, a in matrix.terms[i]:
            value = x[j]
            if value is None:
                unknown, factor = j, a
            else:
                rest -= a * value
        x[unknown] = -((-rest) // factor)
        for k, _ in matrix.columns[unknown]:
            missing[k] -= 1
            if missing[k] == 1:
                ready.append(k)
    return Point(matrix, [_within(view, j, 0 if v is None else v) for j, v in enumerate(x)])


def _within(view: View, j: int, value: Exact) -> Exact:
    low, high = view.lo(j), view.hi(j)
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value
