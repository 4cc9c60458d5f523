"""A system of linear statements over unknown amounts: the one noun of this package.

A book prints numbers; each number is a *witness* that says "the true amount lies in this interval".
Relations between amounts hold whatever is printed. Everything here is whole numbers; this package
never learns that they are 分.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mingzhang.prove.matrix import Matrix


class Row(NamedTuple):
    """``low <= sum(coefficient * x[variable]) <= high``; None is no bound on that side.

    ``witness`` is what says so: a printed figure, a percentage, a blank cell, an uncertain
    relation. Free the witness and the row is gone. None: the row always holds.
    """

    terms: tuple[tuple[int, int], ...]
    low: int | None = 0
    high: int | None = 0
    witness: int | None = None

    @property
    def says_nothing(self) -> bool:
        return self.low is None and self.high is None


@dataclass(frozen=True)
class System:
    """``n`` unknown rational amounts, those in ``nonnegative`` at least 0, under ``rows``.

    Rows are named by their place in ``rows``. Raises ValueError if a row names a variable that
    does not exist.
    """

    n: int
    rows: tuple[Row, ...] = ()
    nonnegative: frozenset[int] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        used = [j for row in self.rows for j, _ in row.terms]
        used += self.nonnegative
        if used and not (min(used) >= 0 and max(used) < self.n):
            raise ValueError(f"a row names a variable outside 0..{self.n - 1}")

    @cached_property
    def matrix(self) -> Matrix:
        """The same system laid out for the provers; made once."""
        from mingzhang.prove.matrix import Matrix

        return Matrix(self)

    @cached_property
    def witnesses(self) -> tuple[int, ...]:
        """All witnesses, in ascending order."""
        return tuple(sorted({row.witness for row in self.rows if row.witness is not None}))

    def free(self, witnesses: Collection[int]) -> System:
        """The system without what ``witnesses`` say. Rows keep their places; freed ones say nothing."""
        gone = frozenset(witnesses)
        rows = tuple(
            Row(row.terms, None, None, row.witness) if row.witness in gone else row
            for row in self.rows
        )
        return System(self.n, rows, self.nonnegative)


def components(system: System) -> tuple[tuple[int, ...], ...]:
    """The variables in groups that no row of two or more variables joins, by first variable."""
    root = list(range(system.n))

    def find(j: int) -> int:
        while root[j] != j:
            root[j] = root[root[j]]
            j = root[j]
        return j

    for row in system.rows:
        if row.says_nothing:
            continue
        linked = [j for j, a in row.terms if a]
        for j in linked[1:]:
            first, other = sorted((find(linked[0]), find(j)))
            root[other] = first
    groups: dict[int, list[int]] = {}
    for j in range(system.n):
        groups.setdefault(find(j), []).append(j)
    return tuple(tuple(group) for group in groups.values())
