"""The integer program of a printing: every cell a number of printed units, near its exact amount.

A cell that is not on its grid may print the unit below or the one above; at wider *levels* it may
go further. Moves are measured in whole numbers, so that a cost is never a rounded number, and the
program holds only small coefficients, whatever the units are: a link between 元 and 万元 enters as
the hull of the few pairs that it allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mingzhang.prove.matrix import Floats
from mingzhang.prove.printing import Cell, Printing
from mingzhang.prove.solver import Problem


class Level(NamedTuple):
    """How freely cells may move: by less than ``reach`` printed units.

    ``zeros``: amounts of 0 may print something; ``signs``: with either sign, and amounts may even
    change theirs.
    """

    reach: int
    zeros: bool = False
    signs: bool = False


class Demand(NamedTuple):
    """``low <= sum(coefficient * units of cell) <= high``."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


class Piece(NamedTuple):
    """A column of the program: units added to (``sign`` 1) or taken from (-1) a cell."""

    cell: int
    sign: int
    cost: int
    upper: int


Span = tuple[int, int]


def span(cell: Cell, level: Level) -> Span:
    """The least and the greatest number of printed units that the cell may print."""
    if cell.fixed is not None:
        return cell.fixed // cell.step, cell.fixed // cell.step
    down, rest = divmod(cell.value, cell.step)
    if cell.value == 0:
        most = level.reach - 1 if level.zeros else 0
        return -most if level.signs else 0, most
    low = down - level.reach + 1
    high = down + level.reach - (0 if rest else 1)
    if not level.signs:
        low, high = (max(low, 0), high) if cell.value > 0 else (low, min(high, 0))
    return low, high


def row_demands(printing: Printing) -> list[Demand]:
    """The rows in printed units: sides that no printable sum can reach are drawn in."""
    found = []
    for row in printing.rows:
        step = printing.cells[row.terms[0][0]].step if row.terms else 1
        low = None if row.low is None else -(-row.low // step)
        high = None if row.high is None else row.high // step
        found.append(Demand(row.terms, low, high))
    return found


def link_demands(printing: Printing, k: int, spans: Mapping[int, Span]) -> list[Demand]:
    """One link within these spans, as inequalities with the smallest coefficients there are.

    The coarse cell is at least the smallest unit near enough to the fine one, a staircase: its
    integer points are those of their hull. From above it is the same, mirrored.
    """
    link = printing.links[k]
    fine = printing.cells[link.fine].step
    ratio, slack = printing.cells[link.coarse].step // fine, printing.within(link) // fine
    first, last = spans[link.fine]
    below = [(m, -((slack - m) // ratio)) for m in range(first, last + 1)]
    above = [(m, -((m + slack) // ratio)) for m in range(first, last + 1)]
    found = []
    for stairs, sign in ((below, 1), (above, -1)):
        for (m1, k1), (m2, k2) in _edges(stairs):
            run, rise = m2 - m1, k2 - k1
            terms = ((link.coarse, sign * run), (link.fine, -rise)) if rise else ()
            if terms:
                found.append(Demand(terms, k1 * run - rise * m1, None))
            else:
                found.append(Demand(((link.coarse, sign),), k1, None))
    return found


def _edges(points: list[Span]) -> list[tuple[Span, Span]]:
    """The edges of the lower hull of points in ascending order; a single point is a flat edge."""
    hull: list[Span] = []
    for x, y in points:
        while len(hull) > 1:
            (x1, y1), (x2, y2) = hull[-2:]
            if (y2 - y1) * (x - x1) < (y - y1) * (x2 - x1):
                break
            hull.pop()
        hull.append((x, y))
    if len(hull) == 1:
        (x, y) = hull[0]
        return [((x, y), (x + 1, y))]
    return list(pairwise(hull))


@dataclass(frozen=True)
class Program:
    """Columns, and rows over columns that say how far each demand is from where it starts.

    ``base`` are the units of every cell of the program where all columns are 0.
    ``hopeless``: a demand that no column can change does not hold.
    """

    pieces: tuple[Piece, ...]
    base: Mapping[int, int]
    rows: tuple[Demand, ...]
    scale: int
    hopeless: bool

    def problem(self, cost: Sequence[int] | None = None) -> Problem:
        """The program for the solver; ``cost`` instead of its own, not scaled."""
        size = np.fromiter((len(row.terms) for row in self.rows), np.int64, len(self.rows))
        rows = np.repeat(np.arange(len(self.rows)), size)
        flat = np.array([term for row in self.rows for term in row.terms], np.int64).reshape(-1, 2)
        order = np.argsort(flat[:, 0], kind="stable")
        start = np.zeros(len(self.pieces) + 1, np.int64)
        np.cumsum(np.bincount(flat[:, 0], minlength=len(self.pieces)), out=start[1:])
        own = [piece.cost / self.scale for piece in self.pieces]
        return Problem(
            np.array(own if cost is None else cost, np.float64),
            np.array([piece.upper for piece in self.pieces], np.float64),
            _sides([row.low for row in self.rows], -np.inf),
            _sides([row.high for row in self.rows], np.inf),
            start,
            rows[order],
            flat[order, 1].astype(np.float64),
        )

    def cost(self, steps: Sequence[int]) -> int:
        """What the columns cost in all."""
        return sum(piece.cost * step for piece, step in zip(self.pieces, steps, strict=True))

    def holds(self, steps: Sequence[int]) -> bool:
        """True if every row holds."""
        totals = (sum(a * steps[j] for j, a in row.terms) for row in self.rows)
        return all(
            (row.low is None or total >= row.low) and (row.high is None or total <= row.high)
            for row, total in zip(self.rows, totals, strict=True)
        )

    def around(self, steps: Sequence[int], open_: Sequence[int]) -> Program:
        """The program of some columns, all others staying at these steps."""
        place = {j: k for k, j in enumerate(open_)}
        rows: list[Demand] = []
        hopeless = False
        for terms, low, high in self.rows:
            there = sum(a * steps[j] for j, a in terms if j not in place)
            low = None if low is None else low - there
            high = None if high is None else high - there
            free = tuple((place[j], a) for j, a in terms if j in place)
            if free:
                rows.append(Demand(free, low, high))
            elif (low is not None and low > 0) or (high is not None and high < 0):
                hopeless = True
        pieces = tuple(self.pieces[j] for j in open_)
        return Program(pieces, self.base, tuple(rows), self.scale, hopeless)

    def units(self, steps: Sequence[int]) -> dict[int, int]:
        """The printed units of every cell where the columns have these values."""
        units = dict(self.base)
        for step, piece in zip(steps, self.pieces, strict=True):
            units[piece.cell] += piece.sign * step
        return units


def _sides(values: Iterable[int | None], missing: float) -> Floats:
    return np.array([missing if v is None else float(v) for v in values])


def program(
    printing: Printing,
    cells: Iterable[int],
    demands: Iterable[Demand],
    spans: Mapping[int, Span],
) -> Program:
    """The program of some cells and the demands on them. Costs are whole: the move in 分, brought
    to the longest printed unit of all cells and weighted.
    """
    scale = printing.scale
    pieces: list[Piece] = []
    columns: dict[int, list[tuple[int, int]]] = {}
    base: dict[int, int] = {}
    for c in cells:
        cell = printing.cells[c]
        low, high = spans[c]
        if low == high:
            base[c] = low
            continue
        down, rest = divmod(cell.value, cell.step)
        base[c] = down
        unit = cell.weight * (scale // cell.step)
        own: list[Piece] = []
        if high > down:
            own.append(Piece(c, 1, unit * (cell.step - 2 * rest), 1))
        if high > down + 1:
            own.append(Piece(c, 1, unit * cell.step, high - down - 1))
        if low < down:
            own.append(Piece(c, -1, unit * cell.step, down - low))
        columns[c] = [(len(pieces) + k, piece.sign) for k, piece in enumerate(own)]
        pieces += own
    rows: list[Demand] = []
    hopeless = False
    for terms, lower, upper in demands:
        start = sum(a * base[c] for c, a in terms)
        lower = None if lower is None else lower - start
        upper = None if upper is None else upper - start
        merged: dict[int, int] = {}
        for c, a in terms:
            for j, sign in columns.get(c, ()):
                merged[j] = merged.get(j, 0) + sign * a
        if merged:
            rows.append(Demand(tuple(merged.items()), lower, upper))
        elif (lower is not None and lower > 0) or (upper is not None and upper < 0):
            hopeless = True
    return Program(tuple(pieces), base, tuple(rows), scale, hopeless)
