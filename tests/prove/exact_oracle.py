"""An independent judge for small systems: exact simplex by Bland's rule, and brute force on top.

Slow and simple on purpose; it shares no code with mingzhang.prove but the nouns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations

from mingzhang.prove import System


def _inequalities(system: System, freed: Collection[int]) -> list[tuple[dict[int, int], int]]:
    """Everything as ``sum <= bound``."""
    found: list[tuple[dict[int, int], int]] = []
    for terms, low, high, witness in system.rows:
        if witness is not None and witness in freed:
            continue
        form: dict[int, int] = {}
        for j, a in terms:
            form[j] = form.get(j, 0) + a
        if high is not None:
            found.append((form, high))
        if low is not None:
            found.append(({j: -a for j, a in form.items()}, -low))
    found += [({j: -1}, 0) for j in sorted(system.nonnegative)]
    return found


def least(
    system: System, freed: Collection[int], goal: Mapping[int, int]
) -> tuple[str, Fraction | None]:
    """("infeasible", None), ("unbounded", None) or ("optimal", the least value of the goal)."""
    rows = _inequalities(system, freed)
    if _crossed(rows):
        return "infeasible", None
    n, m = system.n, len(rows)
    # columns: x = plus - minus, one slack per row, one artificial per row
    width = 2 * n + 2 * m
    table = []
    for i, (form, bound) in enumerate(rows):
        line = [Fraction(0)] * (width + 1)
        for j, a in form.items():
            line[j] += a
            line[n + j] -= a
        line[2 * n + i] = Fraction(1)
        line[width] = Fraction(bound)
        if bound < 0:
            line = [-v for v in line]
        line[2 * n + m + i] = Fraction(1)
        table.append(line)
    basis = [2 * n + m + i for i in range(m)]
    cost = [Fraction(0)] * (2 * n + m) + [Fraction(1)] * m
    status, value = _simplex(table, basis, cost, width)
    if value != 0:
        return "infeasible", None
    for i in range(m):  # artificials that stayed at 0 leave where they can
        if basis[i] >= 2 * n + m:
            enter = next((k for k in range(2 * n + m) if table[i][k]), None)
            if enter is not None:
                _pivot(table, basis, i, enter)
    cost = [Fraction(goal.get(j, 0)) for j in range(n)]
    cost += [-c for c in cost] + [Fraction(0)] * (2 * m)
    status, value = _simplex(table, basis, cost, 2 * n + m)
    return (status, value) if status == "optimal" else (status, None)


def _crossed(rows: list[tuple[dict[int, int], int]]) -> bool:
    """True if two rows of one variable exclude each other (saves most of the work)."""
    lows: dict[int, Fraction] = {}
    highs: dict[int, Fraction] = {}
    for form, bound in rows:
        if len(form) == 1:
            ((j, a),) = form.items()
            if a > 0:
                highs[j] = min(highs.get(j, Fraction(bound, a)), Fraction(bound, a))
            elif a < 0:
                lows[j] = max(lows.get(j, Fraction(bound, a)), Fraction(bound, a))
    return any(lows[j] > highs[j] for j in lows.keys() & highs.keys())


def _pivot(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    factor = table[row][column]
    table[row] = [v / factor for v in table[row]]
    for k, line in enumerate(table):
        if k != row and line[column]:
            by = line[column]
            table[k] = [v - by * u for v, u in zip(line, table[row], strict=True)]
    basis[row] = column


def _simplex(
    table: list[list[Fraction]], basis: list[int], cost: list[Fraction], columns: int
) -> tuple[str, Fraction]:
    while True:
        value = sum((cost[b] * line[-1] for b, line in zip(basis, table, strict=True)), Fraction(0))
        enter = None
        for k in range(columns):
            reduced = cost[k] - sum(
                cost[b] * line[k] for b, line in zip(basis, table, strict=True) if cost[b]
            )
            if reduced < 0:
                enter = k
                break
        if enter is None:
            return "optimal", value
        ratios = [
            (line[-1] / line[enter], basis[i], i) for i, line in enumerate(table) if line[enter] > 0
        ]
        if not ratios:
            return "unbounded", value
        _pivot(table, basis, min(ratios)[2], enter)


def is_feasible(system: System, freed: Collection[int] = ()) -> bool:
    """Whether the rows that are left have a rational solution."""
    return least(system, freed, {})[0] != "infeasible"


def lightest(
    system: System,
    weights: Mapping[int, int] | None = None,
    fixed: Collection[int] = (),
) -> tuple[int, set[tuple[int, ...]]] | None:
    """The least weight of witnesses to free, and every set of that weight; None: nothing helps."""
    weights = weights or {}
    choices = [w for w in system.witnesses if w not in fixed]
    if not is_feasible(system, choices):
        return None
    subsets = sorted(
        (
            (sum(weights.get(w, 1) for w in subset), subset)
            for size in range(len(choices) + 1)
            for subset in combinations(choices, size)
        ),
    )
    best: int | None = None
    found: set[tuple[int, ...]] = set()
    for weight, subset in subsets:
        if best is not None and weight > best:
            break
        if is_feasible(system, subset):
            best = weight
            found.add(subset)
    assert best is not None
    return best, found
