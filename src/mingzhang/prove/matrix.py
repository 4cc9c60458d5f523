"""A system laid out for the provers: bounds of single variables apart from the longer rows.

Most rows of a book say "this one amount lies in that interval"; they become bounds. What is left,
the *long* rows, ties amounts together. A ``View`` is the same matrix with some witnesses freed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mingzhang.prove.exact import Exact
from mingzhang.prove.system import Row, System

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Compressed = tuple[Ints, Ints, Floats]
NONNEGATIVE = -1
"""The row number of "this amount is not negative", which is no row of the system."""
_SAFE = 2.0**62


class Bound(NamedTuple):
    """One row's word on one side of a variable: ``sign`` * variable is what the row bounds.

    ``row`` may be NONNEGATIVE.
    """

    value: int
    row: int
    witness: int | None
    sign: int = 1


class Matrix:
    """A system as bounds and long rows. Built once per system and never changed.

    Long rows are numbered 0.. on their own; ``origin`` gives their place in the system.
    ``singles`` are each variable's own rows (places in the system), ``lo`` and ``hi`` the tightest
    of their bounds.
    """

    def __init__(self, system: System) -> None:
        n = system.n
        self.n = n
        self.rows = system.rows
        self.nonnegative = system.nonnegative
        self.origin: list[int] = []
        self.terms: list[tuple[tuple[int, int], ...]] = []
        self.low: list[int | None] = []
        self.high: list[int | None] = []
        self.witness: list[int | None] = []
        self.columns: list[list[tuple[int, int]]] = [[] for _ in range(n)]
        self.singles: list[list[int]] = [[] for _ in range(n)]
        self.lo: list[int | None] = [None] * n
        self.hi: list[int | None] = [None] * n
        self.variables_of: dict[int, list[int]] = {}
        self.long_of: dict[int, list[int]] = {}
        lo, hi = self.lo, self.hi
        for j in system.nonnegative:
            lo[j] = 0
        for place, (terms, low, high, witness) in enumerate(system.rows):
            if low is None and high is None:
                continue
            if len(terms) != 1 or abs(terms[0][1]) != 1:
                self._long(place, terms, low, high, witness)
                continue
            j, sign = terms[0]
            if sign < 0:
                low, high = (None if high is None else -high), (None if low is None else -low)
            old = lo[j]
            if low is not None and (old is None or low > old):
                lo[j] = low
            old = hi[j]
            if high is not None and (old is None or high < old):
                hi[j] = high
            self.singles[j].append(place)
            if witness is not None:
                self.variables_of.setdefault(witness, []).append(j)

    def _long(
        self,
        place: int,
        terms: tuple[tuple[int, int], ...],
        low: int | None,
        high: int | None,
        witness: int | None,
    ) -> None:
        i = len(self.terms)
        plain = dict(terms)
        if len(plain) < len(terms) or 0 in plain.values():
            merged: dict[int, int] = {}
            for j, a in terms:
                merged[j] = merged.get(j, 0) + a
            terms = tuple((j, a) for j, a in merged.items() if a)
        self.origin.append(place)
        self.terms.append(terms)
        self.low.append(low)
        self.high.append(high)
        self.witness.append(witness)
        for j, a in terms:
            self.columns[j].append((i, a))
        if witness is not None:
            self.long_of.setdefault(witness, []).append(i)

    def bounds(self, j: int, side: Callable[[Row, int], int | None]) -> list[Bound]:
        """What the rows of ``j`` alone say of one side; see ``View.lows`` and ``View.highs``."""
        found = []
        for place in self.singles[j]:
            row = self.rows[place]
            sign = row.terms[0][1]
            value = side(row, sign)
            if value is not None:
                found.append(Bound(value, place, row.witness, sign))
        return found

    @cached_property
    def _flat(self) -> tuple[Ints, Floats]:
        """Where each long row starts, and its variables and coefficients side by side."""
        start = np.zeros(len(self.terms) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, self.terms), np.int64, len(self.terms)), out=start[1:])
        pairs = chain.from_iterable(chain.from_iterable(self.terms))
        return start, np.fromiter(pairs, np.float64, 2 * int(start[-1])).reshape(-1, 2)

    @cached_property
    def scale(self) -> Floats:
        """The largest coefficient of each long row, 1 for an empty one."""
        start, pairs = self._flat
        scale = np.ones(len(self.terms))
        filled = np.flatnonzero(np.diff(start))
        if len(filled):
            scale[filled] = np.maximum.reduceat(np.abs(pairs[:, 1]), start[filled])
        return scale

    @cached_property
    def by_row(self) -> Compressed:
        """Compressed rows for the solver (start, variable, coefficient / scale of its row)."""
        start, pairs = self._flat
        value = pairs[:, 1] / np.repeat(self.scale, np.diff(start))
        return start, pairs[:, 0].astype(np.int64), value

    @cached_property
    def by_column(self) -> Compressed:
        """Compressed columns for the solver (start, long row, coefficient / scale of its row)."""
        start, index, value = self.by_row
        order = np.argsort(index, kind="stable")
        rows = np.repeat(np.arange(len(self.terms)), np.diff(start))
        columns = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(index, minlength=self.n), out=columns[1:])
        return columns, rows[order], value[order]

    def totals(self, x: Sequence[Exact]) -> list[Exact]:
        """What each long row comes to, exactly.

        With machine integers where none can overflow, which floats are enough to see.
        """
        start, pairs = self._flat
        if len(pairs) and all(type(v) is int for v in x):
            index = self.by_row[1]
            size = (
                np.abs(pairs[:, 1]) @ np.abs(np.fromiter(map(float, x), np.float64, self.n))[index]
            )
            if size < _SAFE:
                terms = pairs[:, 1].astype(np.int64) * np.array(x, np.int64)[index]
                sums = np.concatenate(([0], np.cumsum(terms)))
                return list((sums[start[1:]] - sums[start[:-1]]).tolist())
        result: list[Exact] = []
        for row in self.terms:
            total: Exact = 0
            for j, a in row:
                total += a * x[j]
            result.append(total)
        return result


def _below(row: Row, sign: int) -> int | None:
    return row.low if sign > 0 else None if row.high is None else -row.high


def _above(row: Row, sign: int) -> int | None:
    return row.high if sign > 0 else None if row.low is None else -row.low


class View:
    """The matrix with some witnesses freed: the bounds that are left.

    ``loose`` are the long rows of freed witnesses.
    """

    def __init__(self, matrix: Matrix, freed: Collection[int] = ()) -> None:
        self.matrix = matrix
        self.freed: frozenset[int] = frozenset()
        self.loose: set[int] = set()
        self._lo: dict[int, int | None] = {}
        self._hi: dict[int, int | None] = {}
        self._free(frozenset(freed))

    def freeing(self, more: Collection[int]) -> View:
        """This view with ``more`` witnesses freed."""
        view = View(self.matrix)
        view.freed = self.freed
        view.loose = set(self.loose)
        view._lo = dict(self._lo)
        view._hi = dict(self._hi)
        view._free(frozenset(more) - self.freed)
        return view

    def _free(self, more: frozenset[int]) -> None:
        self.freed |= more
        for w in more:
            self.loose.update(self.matrix.long_of.get(w, ()))
            for j in self.matrix.variables_of.get(w, ()):
                self._lo[j] = max((b.value for b in self.lows(j)), default=None)
                self._hi[j] = min((b.value for b in self.highs(j)), default=None)

    def lo(self, j: int) -> int | None:
        return self._lo[j] if j in self._lo else self.matrix.lo[j]

    def hi(self, j: int) -> int | None:
        return self._hi[j] if j in self._hi else self.matrix.hi[j]

    def low(self, i: int) -> int | None:
        return None if i in self.loose else self.matrix.low[i]

    def high(self, i: int) -> int | None:
        return None if i in self.loose else self.matrix.high[i]

    def lows(self, j: int) -> list[Bound]:
        """What still bounds variable ``j`` from below, tightest first, then what needs no witness."""
        bounds = [b for b in self.matrix.bounds(j, _below) if b.witness not in self.freed]
        if j in self.matrix.nonnegative:
            bounds.append(Bound(0, NONNEGATIVE, None))
        return sorted(bounds, key=lambda b: (-b.value, b.witness is not None))

    def highs(self, j: int) -> list[Bound]:
        """What still bounds variable ``j`` from above, tightest first, then what needs no witness."""
        bounds = [b for b in self.matrix.bounds(j, _above) if b.witness not in self.freed]
        return sorted(bounds, key=lambda b: (b.value, b.witness is not None))
