"""Fit: amounts, none negative, whose sums come as near as can be to what was printed.

Given sums of unknown amounts, each with a target, an interval it should stay in and a weight, find
amounts that keep to every interval if possible, else break as little as possible, and then lie
nearest to the targets (weighted least absolute deviations, a linear program). The answer is rounded
to whole 分 and each sum is judged again in whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingzhang.prove.solver import Problem, Solver

_BREAK = 10_000.0  # how much dearer leaving an interval is than moving within it


@dataclass(frozen=True, slots=True)
class Wish:
    """``sum(coefficient * amount) `` should be ``target`` and within ``low`` and ``high`` (分).

    ``step`` is the unit in which a deviation is counted, ``weight`` how much one costs.
    """

    terms: tuple[tuple[int, int], ...]
    target: int
    low: int
    high: int
    step: int
    weight: float = 1.0

    def value(self, amounts: Sequence[int]) -> int:
        """What the sum is for these amounts."""
        return sum(c * amounts[i] for i, c in self.terms)


@dataclass(frozen=True, slots=True)
class Fit:
    """Whole amounts (分), and the places of the wishes whose intervals they do not keep."""

    amounts: tuple[int, ...]
    broken: tuple[int, ...]


def fit(count: int, wishes: Sequence[Wish], costs: Sequence[float] | None = None) -> Fit:
    """The nearest ``count`` amounts. ``costs`` (a little per 分 of ``step`` 1) prefer some to others.

    Raises RuntimeError if the solver fails, which it can only by numbers out of all proportion.
    """
    if not count:
        return Fit((), tuple(i for i, w in enumerate(wishes) if not w.low <= 0 <= w.high))
    scale = max((w.step for w in wishes), default=1)
    rows = len(wishes)
    # columns: amounts, then for each wish: above within, above beyond, below within, below beyond
    cost = np.zeros(count + 4 * rows)
    upper = np.full(count + 4 * rows, np.inf)
    if costs is not None:
        cost[:count] = costs
    by_column: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    target = np.zeros(rows)
    for i, wish in enumerate(wishes):
        for column, coefficient in wish.terms:
            by_column[column].append((i, float(coefficient)))
        target[i] = wish.target / scale
        unit = wish.weight * scale / wish.step
        at = count + 4 * i
        cost[at : at + 4] = (unit, unit * _BREAK, unit, unit * _BREAK)
        upper[at] = max(0, wish.high - wish.target) / scale
        upper[at + 2] = max(0, wish.target - wish.low) / scale
    for i in range(rows):
        by_column += [[(i, -1.0)], [(i, -1.0)], [(i, 1.0)], [(i, 1.0)]]
    start = np.cumsum([0, *(len(c) for c in by_column)])
    index = np.array([i for c in by_column for i, _ in c], dtype=np.int64)
    value = np.array([v for c in by_column for _, v in c], dtype=np.float64)
    found = Solver(presolve=True).solve(Problem(cost, upper, target, target, start, index, value))
    if found.status != "optimal":
        found = Solver().solve(Problem(cost, upper, target, target, start, index, value))
    if found.status != "optimal":
        raise RuntimeError(f"no amounts could be fitted: {found.status}")
    amounts = tuple(max(0, round(float(x) * scale)) for x in found.x[:count])
    broken = tuple(i for i, w in enumerate(wishes) if not w.low <= w.value(amounts) <= w.high)
    return Fit(amounts, broken)
