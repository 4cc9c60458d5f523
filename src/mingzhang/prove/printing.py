"""What is to be printed: cells on their grids, the sums that must hold in print, and the judge of it.

A *printing* knows every cell's exact amount and printed unit. ``round.controlled_rounding`` looks
for the nearest printed values in which every sum holds to the last digit; what it finds is judged
here, in whole numbers and without knowing how it was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from mingzhang.prove.system import Row


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure to print: its exact amount and its printed unit 计量单位, both in 分.

    ``step`` is the distance of two printable values (1_000_000 for 万元 without decimals).
    ``weight`` (at least 1) says how dear a move of it is: a total costs more than a detail.
    ``fixed``: the figure is printed already, elsewhere, and must be this (分).
    """

    value: int
    step: int
    weight: int = 1
    fixed: int | None = None

    @property
    def nearest(self) -> int:
        """What the cell would print by itself 四舍五入 (half away from zero), or its fixed value."""
        if self.fixed is not None:
            return self.fixed
        size = (2 * abs(self.value) + self.step) // (2 * self.step) * self.step
        return size if self.value >= 0 else -size

    def move(self, printed: int) -> Fraction:
        """How far ``printed`` is from the exact amount, in printed units."""
        return Fraction(abs(printed - self.value), self.step)


class Link(NamedTuple):
    """Two cells print one quantity, ``coarse`` less precisely: they are ``within`` so many 分.

    None is half a unit of the coarse cell: who rounds the fine figure gets the coarse one.
    """

    coarse: int
    fine: int
    within: int | None = None


@dataclass(frozen=True)
class Printing:
    """Cells, rows that must hold in their printed values, and links between precisions.

    Rows are ``system.Row`` over places of ``cells``, in 分; all cells of a row have one step.
    Raises ValueError for a row or link that names no cell or mixes steps, a link whose steps do not
    divide, a fixed value off its grid, a row that the exact amounts themselves do not obey (rows
    with fixed cells excepted: what was printed long ago need not match).
    """

    cells: tuple[Cell, ...]
    rows: tuple[Row, ...] = ()
    links: tuple[Link, ...] = field(default=())

    def __post_init__(self) -> None:
        for c, cell in enumerate(self.cells):
            if cell.step < 1 or cell.weight < 1:
                raise ValueError(f"cell {c}: step and weight are at least 1")
            if cell.fixed is not None and cell.fixed % cell.step:
                raise ValueError(f"cell {c}: the fixed value is no multiple of its step")
        places = range(len(self.cells))
        for i, row in enumerate(self.rows):
            named = [self.cells[c] for c, _ in row.terms if c in places]
            if len(named) < len(row.terms):
                raise ValueError(f"row {i} names a cell outside 0..{len(places) - 1}")
            if len({cell.step for cell in named}) > 1:
                raise ValueError(f"row {i} mixes printed units")
            total = sum(a * self.cells[c].value for c, a in row.terms)
            if _off(row, total) and all(cell.fixed is None for cell in named):
                raise ValueError(f"row {i} does not hold in the exact amounts")
        for k, link in enumerate(self.links):
            if link.coarse not in places or link.fine not in places:
                raise ValueError(f"link {k} names a cell outside 0..{len(places) - 1}")
            if self.cells[link.coarse].step % self.cells[link.fine].step:
                raise ValueError(f"link {k}: the fine step does not divide the coarse one")

    def within(self, link: Link) -> int:
        """How far (分) the two printed values of a link may be apart."""
        return self.cells[link.coarse].step // 2 if link.within is None else link.within

    @cached_property
    def scale(self) -> int:
        """The least common multiple of all printed units: in it all moves are whole."""
        return lcm(*{cell.step for cell in self.cells})

    def cost(self, printed: Mapping[int, int]) -> int:
        """What it costs to print these cells (分 by place): their moves in printed units, weighted,
        times ``scale``. What is fixed costs nothing.
        """
        total = 0
        for c, value in printed.items():
            cell = self.cells[c]
            if cell.fixed is None:
                total += cell.weight * (self.scale // cell.step) * abs(value - cell.value)
        return total

    def broken_rows(self, printed: Sequence[int]) -> Iterator[int]:
        """The places of the rows that do not hold in these printed values."""
        for i, row in enumerate(self.rows):
            if _off(row, sum(a * printed[c] for c, a in row.terms)):
                yield i

    def broken_links(self, printed: Sequence[int]) -> Iterator[int]:
        """The places of the links whose printed values are too far apart."""
        for k, link in enumerate(self.links):
            if abs(printed[link.coarse] - printed[link.fine]) > self.within(link):
                yield k


def _off(row: Row, total: int) -> bool:
    return (row.low is not None and total < row.low) or (row.high is not None and total > row.high)


@dataclass(frozen=True, slots=True)
class Rounded:
    """Printed values in which every row and link holds; checked by ``verify_rounding``.

    printed   分 by cell
    reach     every free cell moved by less than so many printed units: 1 means that each is its
              amount rounded up or down, and that what needed no rounding stayed
    largest   the largest move of a free cell in printed units; ``total`` the sum of all moves
    moved     cells that print something else than they would by themselves
    rows      rows that would not hold if each cell were rounded by itself: these forced the moves;
              ``links`` likewise
    excess    by how many weighted printed units the sum of moves may at most be above the least
              possible one of reach 1, proved in whole numbers; None: not known
    optimality  proved: ``excess`` is 0; solved: the solver says that no smaller weighted sum of
              moves exists; limited: a smaller one may exist, the search was ended early
    """

    printed: tuple[int, ...]
    reach: int
    largest: Fraction
    total: Fraction
    moved: tuple[int, ...]
    rows: tuple[int, ...]
    links: tuple[int, ...]
    excess: Fraction | None = None
    optimality: str = "solved"


class Unprintable(ValueError):
    """No printed values obey every row and link.

    ``rows``, ``links`` and ``cells`` (fixed ones) say why: these cannot all hold. ``certified``:
    that was proved in whole numbers; else they are what the search failed on, and ``reach`` is how
    many printed units every cell was allowed to move.
    """

    def __init__(
        self,
        rows: tuple[int, ...],
        links: tuple[int, ...],
        cells: tuple[int, ...],
        certified: bool,
        reach: int | None = None,
    ) -> None:
        super().__init__(
            f"no printable figures: rows {list(rows)}, links {list(links)} and fixed cells "
            f"{list(cells)} cannot all hold"
            + ("" if certified else f" (nothing found within {reach} printed units)")
        )
        self.rows = rows
        self.links = links
        self.cells = cells
        self.certified = certified
        self.reach = reach


def judged(printing: Printing, printed: Sequence[int]) -> Rounded:
    """These printed values with what is to be said about them."""
    alone = [cell.nearest for cell in printing.cells]
    moves = [
        cell.move(p)
        for cell, p in zip(printing.cells, printed, strict=True)
        if cell.fixed is None and p != cell.value
    ]
    largest = max(moves, default=Fraction(0))
    return Rounded(
        tuple(printed),
        int(largest) + 1,
        largest,
        sum(moves, Fraction(0)),
        tuple(c for c, p in enumerate(printed) if p != alone[c]),
        tuple(printing.broken_rows(alone)),
        tuple(printing.broken_links(alone)),
    )


def verify_rounding(printing: Printing, rounded: Rounded) -> bool:
    """True if all that ``rounded`` says (but how near the best it is) is so; whole numbers only."""
    printed, cells = rounded.printed, printing.cells
    return (
        len(printed) == len(cells)
        and all(type(p) is int for p in printed)
        and all(p % cell.step == 0 for cell, p in zip(cells, printed, strict=True))
        and all(cell.fixed in (None, p) for cell, p in zip(cells, printed, strict=True))
        and next(printing.broken_rows(printed), None) is None
        and next(printing.broken_links(printed), None) is None
        and replace(rounded, excess=None, optimality="solved") == judged(printing, printed)
    )
