"""A system laid out for the provers: bounds of single variables apart from the longer rows.

Most rows of a book say "this one amount lies in that interval"; they become bounds. What is left,
the *long* rows, ties amounts together. A ``View`` is the same matrix with some witnesses freed.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mingzhang.prove.system import System

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NONNEGATIVE = -1
"""The row number of "this amount is not negative", which is no row of the system."""


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

    Long rows are numbered 0.. on their own; ``origin`` gives their place in the system. ``lows``
    and ``highs`` hold each variable's bounds, tightest first, and rows without a witness before
    others that are equally tight.
    """

    def __init__(self, system: System) -> None:
        self.n = system.n
        self.origin: list[int] = []
        self.terms: list[tuple[tuple[int, int], ...]] = []
        self.low: list[int | None] = []
        self.high: list[int | None] = []
        self.witness: list[int | None] = []
        self.columns: list[list[tuple[int, int]]] = [[] for _ in range(self.n)]
        self.lows: list[list[Bound]] = [[] for _ in range(self.n)]
        self.highs: list[list[Bound]] = [[] for _ in range(self.n)]
        self.variables_of: dict[int, list[int]] = {}
        self.long_of: dict[int, list[int]] = {}
        for j in system.nonnegative:
            self.lows[j].append(Bound(0, NONNEGATIVE, None))
        for place, (terms, low, high, witness) in enumerate(system.rows):
            if low is None and high is None:
                continue
            if len(terms) == 1 and abs(terms[0][1]) == 1:
                self._bound(place, terms[0], low, high, witness)
            else:
                self._long(place, terms, low, high, witness)
        for bounds in self.lows:
            if len(bounds) > 1:
                bounds.sort(key=lambda b: (-b.value, b.witness is not None))
        for bounds in self.highs:
            if len(bounds) > 1:
                bounds.sort(key=lambda b: (b.value, b.witness is not None))
        self.lo: list[int | None] = [b[0].value if b else None for b in self.lows]
        self.hi: list[int | None] = [b[0].value if b else None for b in self.highs]
        self.scale = [float(max((abs(a) for _, a in t), default=1)) for t in self.terms]

    def _bound(
        self, place: int, term: tuple[int, int], low: int | None, high: int | None, w: int | None
    ) -> None:
        j, sign = term
        if sign < 0:
            low, high = (None if high is None else -high), (None if low is None else -low)
        if low is not None:
            self.lows[j].append(Bound(low, place, w, sign))
        if high is not None:
            self.highs[j].append(Bound(high, place, w, sign))
        if w is not None:
            self.variables_of.setdefault(w, []).append(j)

    def _long(
        self,
        place: int,
        terms: tuple[tuple[int, int], ...],
        low: int | None,
        high: int | None,
        w: int | None,
    ) -> None:
        i = len(self.terms)
        if len({j for j, _ in terms}) < len(terms) or not all(a for _, a in terms):
            merged: dict[int, int] = {}
            for j, a in terms:
                merged[j] = merged.get(j, 0) + a
            terms = tuple((j, a) for j, a in merged.items() if a)
        self.origin.append(place)
        self.terms.append(terms)
        self.low.append(low)
        self.high.append(high)
        self.witness.append(w)
        for j, a in terms:
            self.columns[j].append((i, a))
        if w is not None:
            self.long_of.setdefault(w, []).append(i)

    @cached_property
    def by_row(self) -> tuple[Ints, Ints, Floats]:
        """Compressed rows for the solver (start, variable, coefficient / scale of its row)."""
        start = np.zeros(len(self.terms) + 1, np.int64)
        np.cumsum([len(t) for t in self.terms], out=start[1:])
        index = np.fromiter((j for t in self.terms for j, _ in t), np.int64, int(start[-1]))
        value = np.fromiter(
            (a / s for t, s in zip(self.terms, self.scale, strict=True) for _, a in t),
            np.float64,
            int(start[-1]),
        )
        return start, index, value

    @cached_property
    def by_column(self) -> tuple[Ints, Ints, Floats]:
        """Compressed columns for the solver (start, long row, coefficient / scale of its row)."""
        start, index, value = self.by_row
        order = np.argsort(index, kind="stable")
        rows = np.repeat(np.arange(len(self.terms)), np.diff(start))
        columns = np.zeros(self.n + 1, np.int64)
        np.cumsum(np.bincount(index, minlength=self.n), out=columns[1:])
        return columns, rows[order], value[order]


class View:
    """The matrix with some witnesses freed: the bounds that are left."""

    def __init__(self, matrix: Matrix, freed: Collection[int] = ()) -> None:
        self.matrix = matrix
        self.freed = frozenset(freed)
        self._lo: dict[int, int | None] = {}
        self._hi: dict[int, int | None] = {}
        self.loose: set[int] = set()
        for w in self.freed:
            self.loose.update(matrix.long_of.get(w, ()))
            for j in matrix.variables_of.get(w, ()):
                self._lo[j] = next((b.value for b in self.lows(j)), None)
                self._hi[j] = next((b.value for b in self.highs(j)), None)

    def lo(self, j: int) -> int | None:
        return self._lo[j] if j in self._lo else self.matrix.lo[j]

    def hi(self, j: int) -> int | None:
        return self._hi[j] if j in self._hi else self.matrix.hi[j]

    def low(self, i: int) -> int | None:
        return None if i in self.loose else self.matrix.low[i]

    def high(self, i: int) -> int | None:
        return None if i in self.loose else self.matrix.high[i]

    def lows(self, j: int) -> list[Bound]:
        """What still bounds variable ``j`` from below, tightest first."""
        return [b for b in self.matrix.lows[j] if b.witness not in self.freed]

    def highs(self, j: int) -> list[Bound]:
        """What still bounds variable ``j`` from above, tightest first."""
        return [b for b in self.matrix.highs[j] if b.witness not in self.freed]
