"""Sparse linear equations in exact numbers: elimination without fractions, smallest rows first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm

Exact = int | Fraction
CONSTANT = -1
"""The key of an equation's constant: ``{3: 2, 5: -1, CONSTANT: 7}`` is 2 x3 - x5 + 7 = 0."""

Equation = dict[int, int]
Pivots = list[tuple[int, Equation]]


def simplest(value: Fraction) -> Exact:
    """A fraction that is whole as an int."""
    return value.numerator if value.denominator == 1 else value


def whole(numbers: Mapping[int, Exact]) -> Equation:
    """The smallest whole numbers in the same proportion; zeros dropped, signs kept."""
    common = lcm(*(v.denominator for v in numbers.values())) if numbers else 1
    scaled = {key: int(v * common) for key, v in numbers.items() if v}
    return _reduced(scaled)


def _reduced(equation: Equation) -> Equation:
    divisor = gcd(*equation.values()) if equation else 1
    return {k: v // divisor for k, v in equation.items()} if divisor > 1 else equation


def eliminate(equations: Iterable[Mapping[int, Exact]], limit: int = 200_000) -> Pivots | None:
    """Triangular form: (variable, equation that gives it), each using only later variables.

    Equations that follow from others vanish. None if they contradict each other, or if more than
    ``limit`` terms would have to be computed.
    """
    rows = [whole(e) for e in equations]
    column: dict[int, set[int]] = {}
    for i, row in enumerate(rows):
        for j in row:
            column.setdefault(j, set()).add(i)
    column.pop(CONSTANT, None)
    heap = [(len(row), i) for i, row in enumerate(rows)]
    heapq.heapify(heap)
    done: set[int] = set()
    pivots: Pivots = []
    work = 0
    while heap:
        size, i = heapq.heappop(heap)
        row = rows[i]
        if i in done or size != len(row):
            continue  # an older entry of a row that has changed since
        done.add(i)
        variables = [j for j in row if j != CONSTANT]
        if not variables:
            if row:
                return None
            continue
        pivot = min(variables, key=lambda j: (len(column[j]), abs(row[j]) != 1, j))
        for j in variables:
            column[j].discard(i)
        for k in column[pivot]:
            work += len(row) + len(rows[k])
            if work > limit:
                return None
            old = rows[k]
            rows[k] = new = _cancel(old, row, pivot)
            for j in new.keys() - old.keys() - {CONSTANT}:
                column[j].add(k)
            for j in old.keys() - new.keys() - {CONSTANT, pivot}:
                column[j].discard(k)
            heapq.heappush(heap, (len(new), k))
        del column[pivot]
        pivots.append((pivot, row))
    return pivots


def _cancel(row: Equation, by: Equation, pivot: int) -> Equation:
    """``row`` without ``pivot``: a whole multiple of it less one of ``by``."""
    a, b = by[pivot], row[pivot]
    common = gcd(a, b)
    up, down = a // common, b // common
    new = {j: v * up for j, v in row.items()} if up != 1 else dict(row)
    for j, v in by.items():
        value = new.get(j, 0) - v * down
        if value:
            new[j] = value
        else:
            new.pop(j, None)
    return _reduced(new)


def substitute(pivots: Pivots, known: dict[int, Exact]) -> dict[int, Exact]:
    """The pivots' values, given those of all other variables (missing ones count as 0)."""
    for variable, row in reversed(pivots):
        rest: Exact = 0
        for j, a in row.items():
            if j == CONSTANT:
                rest += a
            elif j != variable:
                value = known.get(j, 0)
                if value:
                    rest += a * value
        known[variable] = simplest(Fraction(-rest) / row[variable])
    return known


def kernel(equations: Iterable[Mapping[int, Exact]], variables: Iterable[int]) -> list[Equation]:
    """A basis of the solutions of homogeneous equations over ``variables``, in whole numbers."""
    pivots = eliminate(equations)
    if pivots is None:
        return []
    bound = {variable for variable, _ in pivots}
    return [whole(substitute(pivots, {j: 1})) for j in variables if j not in bound]
