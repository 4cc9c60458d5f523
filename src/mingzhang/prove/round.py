"""Controlled rounding 控制舍入: the nearest printed figures in which everything adds up.

Each figure is printed as its amount rounded up or down, and those that need no rounding stay
(zero-restricted controlled rounding: Cox and Ernst, 1982). One linear program over the whole book
comes first: where tables are nested sums in one or two directions its vertices are whole numbers,
and the duals, made whole, prove that nothing is nearer. Only parts where they are not go to branch
and bound, one by one; where three directions meet (Causey, Cox and Ernst, 1985) there may be no
such rounding, then that part's figures may move further, and the answer says so.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from mingzhang.prove.branch import RoundingLimits, cheapest
from mingzhang.prove.grid import (
    Level,
    Program,
    link_demands,
    program,
    row_demands,
    span,
)
from mingzhang.prove.printing import Printing, Rounded, Unprintable, judged
from mingzhang.prove.refusal import Part, reasons
from mingzhang.prove.relaxation import Relaxation, relaxation
from mingzhang.prove.system import Row, System, components

LADDER = (
    Level(1),
    Level(2),
    Level(2, zeros=True),
    Level(4, zeros=True),
    Level(4, zeros=True, signs=True),
    Level(32, zeros=True, signs=True),
    Level(1024, zeros=True, signs=True),
)
"""How freely the figures of a part may move, tried in turn; most books need only the first."""
_SMALL = 500
"""Parts of at most so many cells are tried together first: most books have hundreds of them."""


def controlled_rounding(printing: Printing, limits: RoundingLimits | None = None) -> Rounded:
    """The nearest printable point: every move below one printed unit (or as few as it takes), then
    the least weighted sum of moves. The same printing always gives the same answer.

    Raises Unprintable if there is none.
    """
    return _Rounder(printing, limits or RoundingLimits()).run()


class _Rounder:
    """One search: the units of the cells settled so far, and how well."""

    def __init__(self, printing: Printing, limits: RoundingLimits) -> None:
        self.printing = printing
        self.limits = limits
        self.demands = row_demands(printing)
        self.units = {
            c: cell.fixed // cell.step
            for c, cell in enumerate(printing.cells)
            if cell.fixed is not None
        }
        self.limited = False
        self.bound: int | None = 0

    def run(self) -> Rounded:
        parts = self._parts()
        self._at_once([part for part in parts if len(part.cells) <= _SMALL])
        for part in parts:
            if not (self.units.keys() >= set(part.cells) and self._holds(part)):
                self._settle(part)
        return self._result()

    def _parts(self) -> list[Part]:
        """The printing in parts that share no free cell. Raises Unprintable if what is fixed breaks
        a row or link by itself."""
        printing = self.printing
        rows = [
            tuple(c for c, a in row.terms if a and c not in self.units) for row in printing.rows
        ]
        links = [
            tuple(c for c in (link.coarse, link.fine) if c not in self.units)
            for link in printing.links
        ]
        idle = Part(
            (),
            tuple(i for i, cells in enumerate(rows) if not cells),
            tuple(k for k, cells in enumerate(links) if not cells),
        )
        if not self._holds(idle):
            raise self._refusal(idle)
        tied = tuple(Row(tuple((c, 1) for c in cells)) for cells in (*rows, *links))
        free = [
            group
            for group in components(System(len(printing.cells), tied))
            if group[0] not in self.units
        ]
        part_of = {c: k for k, group in enumerate(free) for c in group}
        rows_of: list[list[int]] = [[] for _ in free]
        links_of: list[list[int]] = [[] for _ in free]
        for found, place in ((rows, rows_of), (links, links_of)):
            for i, cells in enumerate(found):
                if cells:
                    place[part_of[cells[0]]].append(i)
        return [Part(group, tuple(rows_of[k]), tuple(links_of[k])) for k, group in enumerate(free)]

    def _program(self, part: Part, level: Level) -> Program:
        cells = self.printing.cells
        around = set(part.cells)
        around.update(c for i in part.rows for c, _ in self.printing.rows[i].terms)
        around.update(c for k in part.links for c in self.printing.links[k][:2])
        spans = {c: span(cells[c], level) for c in sorted(around)}
        demands = [self.demands[i] for i in part.rows]
        for k in part.links:
            demands += link_demands(self.printing, k, spans)
        return program(self.printing, spans, demands, spans)

    def _at_once(self, parts: list[Part]) -> None:
        """Small parts in one linear program: the units of the cells that came out whole are noted."""
        together = Part(
            tuple(c for part in parts for c in part.cells),
            tuple(i for part in parts for i in part.rows),
            tuple(k for part in parts for k in part.links),
        )
        strict = self._program(together, LADDER[0])
        found = None if strict.hopeless else relaxation(self.printing, strict)
        self._learn(strict, found)
        if found is not None:
            doubtful = {strict.pieces[j].cell for j in found.doubtful}
            units = strict.units(found.steps)
            self.units |= {c: unit for c, unit in units.items() if c not in doubtful}

    def _learn(self, strict: Program, found: Relaxation | None) -> None:
        """Add up what the moves of any strict rounding cost at least; None if there is none."""
        if found is None or self.bound is None:
            self.bound = None
        else:
            cells = self.printing.cells
            base = {c: unit * cells[c].step for c, unit in strict.base.items()}
            self.bound += found.bound + self.printing.cost(base)

    def _holds(self, part: Part) -> bool:
        """True if the rows and links of a part hold in the units noted."""
        cells, units = self.printing.cells, self.units
        for i in part.rows:
            terms, low, high = self.demands[i]
            total = sum(a * units[c] for c, a in terms)
            if (low is not None and total < low) or (high is not None and total > high):
                return False
        for k in part.links:
            coarse, fine, _ = link = self.printing.links[k]
            apart = units[coarse] * cells[coarse].step - units[fine] * cells[fine].step
            if abs(apart) > self.printing.within(link):
                return False
        return True

    def _settle(self, part: Part) -> None:
        """Find the units of one part, at the strictest level that has any. Raises Unprintable."""
        for level in LADDER:
            for c in part.cells:
                self.units.pop(c, None)
            if self._at(part, level):
                return
        raise self._refusal(part)

    def _at(self, part: Part, level: Level) -> bool:
        """Note the units of one part at a level; False if there are none (or none were found)."""
        tried = self._program(part, level)
        found = None if tried.hopeless else relaxation(self.printing, tried)
        if level is LADDER[0] and len(part.cells) > _SMALL:
            self._learn(tried, found)
        if found is None:
            return False
        steps, certain = found.steps, True
        if found.doubtful or not tried.holds(steps):
            best = cheapest(tried, found, self.limits)
            if best is None:
                return False
            steps, certain = best
        self.limited = self.limited or not certain
        self.units |= tried.units(steps)
        return self._holds(part)

    def _refusal(self, part: Part) -> Unprintable:
        def possible(less: Part) -> bool:
            return self._holds(less) if not less.cells else self._at(less, LADDER[-1])

        return reasons(self.printing, self.demands, part, LADDER[-1].reach, possible)

    def _result(self) -> Rounded:
        cells = self.printing.cells
        printed = {c: self.units[c] * cell.step for c, cell in enumerate(cells)}
        found = judged(self.printing, tuple(printed.values()))
        if found.reach > 1 or self.bound is None:
            return replace(found, optimality="limited" if self.limited else "solved")
        excess = Fraction(self.printing.cost(printed) - self.bound, self.printing.scale)
        optimality = "limited" if self.limited else "solved"
        return replace(found, excess=excess, optimality=optimality if excess else "proved")
