"""Conflicts: rows that cannot all hold, proved by adding them up.

A ``Contradiction`` is the recipe: multipliers of long rows whose sum, with the bounds of the
variables that are left in it, says 0 >= something positive. It stays useful when witnesses are
freed: put it to a ``View`` and it tells, in whole numbers, whether it still contradicts. A
``Conflict`` is the recipe carried out with particular rows: a claim that anyone can check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.prove.exact import kernel, whole
from mingzhang.prove.matrix import NONNEGATIVE, Matrix, View


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows that cannot all hold, and the witnesses among them: at least one of these is wrong.

    ``multipliers`` are those of ``certify.verify_conflict``. ``certified`` is True if they were
    computed in whole numbers; False if only the solver says so.
    """

    witnesses: tuple[int, ...]
    rows: tuple[int, ...]
    multipliers: tuple[int, ...]
    certified: bool = True


class Contradiction:
    """Multipliers of long rows (positive: its low side, negative: its high side).

    ``crossing`` instead names a variable whose own bounds do not meet.
    """

    def __init__(
        self, matrix: Matrix, multipliers: tuple[tuple[int, int], ...], crossing: int | None = None
    ) -> None:
        self.matrix = matrix
        self.multipliers = multipliers
        self.crossing = crossing
        form: dict[int, int] = {}
        for i, m in multipliers:
            for j, a in matrix.terms[i]:
                form[j] = form.get(j, 0) + m * a
        self.form = {j: d for j, d in form.items() if d}

    def gap(self, view: View) -> int | None:
        """By how much the rows that ``view`` keeps contradict each other; None if they don't."""
        gap = 0
        for i, m in self.multipliers:
            side = view.low(i) if m > 0 else view.high(i)
            if side is None:
                return None
            gap += m * side
        for j, d in self.form.items():
            side = view.hi(j) if d > 0 else view.lo(j)
            if side is None:
                return None
            gap -= d * side
        if self.crossing is not None:
            low, high = view.lo(self.crossing), view.hi(self.crossing)
            if low is None or high is None:
                return None
            gap += low - high
        return gap if gap > 0 else None

    def conflict(self, view: View, fixed: Collection[int] = ()) -> Conflict | None:
        """The rows that contradict each other in ``view``; None if they don't.

        Among the bounds that are strong enough those are taken that need no witness, or one that
        is in the conflict anyway or cannot be freed: a conflict of fewer witnesses says more.
        """
        gap = self.gap(view)
        if gap is None:
            return None
        needs = [(d, view.highs(j) if d > 0 else view.lows(j)) for j, d in self.form.items()]
        if self.crossing is not None:
            needs += [(-1, view.lows(self.crossing)), (1, view.highs(self.crossing))]
        free = {None, *fixed, *(self.matrix.witness[i] for i, _ in self.multipliers)}
        chosen = [bounds[0] for _, bounds in needs]
        offers = []
        for k, (d, bounds) in enumerate(needs):
            if bounds[0].witness not in free:
                better = next((b for b in bounds if b.witness in free), None)
                if better is not None:
                    offers.append((abs(d * (better.value - bounds[0].value)), k, better))
        for cost, k, bound in sorted(offers):
            if cost < gap:
                gap -= cost
                chosen[k] = bound
        witnesses = {self.matrix.witness[i] for i, _ in self.multipliers}
        rows = [self.matrix.origin[i] for i, _ in self.multipliers]
        multipliers = [m for _, m in self.multipliers]
        for (d, _), bound in zip(needs, chosen, strict=True):
            witnesses.add(bound.witness)
            if bound.row != NONNEGATIVE:
                rows.append(bound.row)
                multipliers.append(-d * bound.sign)
        named = tuple(sorted(w for w in witnesses if w is not None))
        return Conflict(named, tuple(rows), tuple(multipliers))


def crossings(view: View, variables: Iterable[int], rows: Iterable[int]) -> Iterator[Contradiction]:
    """Those of the variables, and of the long rows, whose own bounds do not meet."""
    for j in variables:
        low, high = view.lo(j), view.hi(j)
        if low is not None and high is not None and low > high:
            yield Contradiction(view.matrix, (), crossing=j)
    for i in rows:
        low, high = view.low(i), view.high(i)
        if low is not None and high is not None and low > high:
            yield Contradiction(view.matrix, ((i, 1), (i, -1)))


def irreducible(found: Contradiction, view: View) -> Contradiction:
    """A contradiction among the same rows and bounds of which none can be left out.

    As long as the rows can be added up in a second way without needing another bound, the two
    ways are mixed until some row or bound drops out (Carathéodory); the gap stays above 0.
    """
    while len(found.multipliers) > 1:
        smaller = _one_less(found, view)
        if smaller is None:
            return found
        found = smaller
    return found


def _one_less(found: Contradiction, view: View) -> Contradiction | None:
    matrix = found.matrix
    size = dict(found.multipliers)
    balanced: dict[int, dict[int, int]] = {}
    for i in size:
        for j, a in matrix.terms[i]:
            if j not in found.form:
                balanced.setdefault(j, {})[i] = a
    ways = kernel(balanced.values(), size)
    if len(ways) < 2:
        return None
    for way in ways:
        # a way that differs from the one found, and does without one of its rows
        lead, along = next((i, m) for i, m in way.items())
        other = {i: Fraction(way.get(i, 0)) - Fraction(along, size[lead]) * size[i] for i in size}
        if not any(other.values()):
            continue
        for sign in (1, -1):
            step = _mixed(found, {i: sign * v for i, v in other.items()})
            if step is not None and step.gap(view) is not None:
                return step
        for sign in (1, -1):
            alone = Contradiction(
                matrix, tuple(whole({i: sign * v for i, v in other.items()}).items())
            )
            if alone.gap(view) is not None:
                return alone
    return None


def _mixed(found: Contradiction, way: dict[int, Fraction]) -> Contradiction | None:
    """``found`` moved along ``way`` until a row or a bound drops out; None if none ever does."""
    matrix = found.matrix
    tilt: dict[int, Fraction] = {}
    for i, v in way.items():
        for j, a in matrix.terms[i]:
            tilt[j] = tilt.get(j, Fraction(0)) + v * a
    size = dict(found.multipliers)
    steps = [Fraction(-m) / way[i] for i, m in size.items() if way[i] * m < 0]
    steps += [Fraction(-d) / tilt[j] for j, d in found.form.items() if tilt.get(j, 0) * d < 0]
    if not steps:
        return None
    length = min(steps)
    moved = whole({i: m + length * way[i] for i, m in size.items()})
    return Contradiction(matrix, tuple(moved.items()))
