"""Why a printing has no printable point: rows, links and fixed figures that cannot all hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mingzhang.prove.feasible import feasible
from mingzhang.prove.grid import Demand
from mingzhang.prove.printing import Printing, Unprintable
from mingzhang.prove.system import Row, System

_FILTERED = 60
"""Reasons that only the search has are thinned out one by one if there are no more than so many."""


@dataclass(frozen=True, slots=True)
class Part:
    """Free cells that rows and links tie together, and the places of these rows and links."""

    cells: tuple[int, ...]
    rows: tuple[int, ...]
    links: tuple[int, ...]


def reasons(
    printing: Printing,
    demands: Sequence[Demand],
    part: Part,
    reach: int,
    possible: Callable[[Part], bool],
) -> Unprintable:
    """The refusal of a part. If even broken units would not help, that is proved in whole numbers;
    else rows and links are left out one by one as long as it stays impossible.
    """
    rows, links = len(printing.rows), len(printing.links)
    conflict = feasible(_system(printing, demands, part)).conflict
    if conflict is not None:
        named = conflict.witnesses
        return Unprintable(
            tuple(w for w in named if w < rows),
            tuple(w - rows for w in named if rows <= w < rows + links),
            tuple(w - rows - links for w in named if w >= rows + links),
            conflict.certified,
        )
    if len(part.rows) + len(part.links) <= _FILTERED:
        for i in part.rows:
            less = replace(part, rows=tuple(k for k in part.rows if k != i))
            part = part if possible(less) else less
        for i in part.links:
            less = replace(part, links=tuple(k for k in part.links if k != i))
            part = part if possible(less) else less
    fixed = {c for c in _named(printing, part) if printing.cells[c].fixed is not None}
    return Unprintable(part.rows, part.links, tuple(sorted(fixed)), False, reach)


def _named(printing: Printing, part: Part) -> set[int]:
    cells = {c for i in part.rows for c, _ in printing.rows[i].terms}
    return cells | {c for k in part.links for c in printing.links[k][:2]}


def _system(printing: Printing, demands: Sequence[Demand], part: Part) -> System:
    """The part over printed units that need not be whole; each row, link and fixed cell a witness."""
    cells = printing.cells
    found = [Row(*demands[i], witness=i) for i in part.rows]
    for k in part.links:
        link = printing.links[k]
        fine = cells[link.fine].step
        slack = printing.within(link) // fine
        terms = ((link.coarse, cells[link.coarse].step // fine), (link.fine, -1))
        found.append(Row(terms, -slack, slack, len(demands) + k))
    offset = len(demands) + len(printing.links)
    for c in sorted(_named(printing, part)):
        fixed = cells[c].fixed
        if fixed is not None:
            unit = fixed // cells[c].step
            found.append(Row(((c, 1),), unit, unit, offset + c))
    return System(len(cells), tuple(found))
