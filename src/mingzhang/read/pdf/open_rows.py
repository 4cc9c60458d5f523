"""Rows without rules inside a ruled table: a box that holds figures one under another.

Some tables rule their columns and their frame only. Where several cells of one ruled row hold
lines at the same heights, and the figures among them are complete numbers, each height is a row.
A cell whose text merely wraps has no such fellow.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from mingzhang.read.pdf.figures import is_grouped, is_whole
from mingzhang.read.pdf.lattice import Lattice, assemble
from mingzhang.read.pdf.text import Line
from mingzhang.read.pdf.wraps import join_wraps

LEVEL = 0.45  # of the size: two baselines nearer than this are at one height


def with_open_rows(
    lattice: Lattice, own: Mapping[int, Sequence[Line]], first: int
) -> Lattice | None:
    """The lattice with its unruled rows parted; None if there are none.

    ``own`` gives the lines of each cell, cells being numbered from ``first`` on.
    """
    owner = lattice.owner
    if not any(_stacked(own.get(first + cell, ())) for cell in range(len(lattice.areas))):
        return None
    cuts: dict[int, list[float]] = {}
    for row in range(len(owner)):
        cells = [cell for cell in np.unique(owner[row]).tolist() if _one_row(owner, row, cell)]
        texts = [own[first + cell] for cell in cells if len(own.get(first + cell, ())) > 1]
        if len(texts) > 1:
            singles = [own[first + cell] for cell in cells if len(own.get(first + cell, ())) == 1]
            found = _cuts(texts, [*texts, *singles], lattice, first)
            if found:
                cuts[row] = found
    return _cut(lattice, cuts) if cuts else None


def _stacked(cell: Sequence[Line]) -> bool:
    """True for several lines that are complete figures each."""
    return len(cell) > 1 and all(is_whole(line.text) for line in cell)


def _one_row(owner: np.ndarray[tuple[int, int], np.dtype[np.intp]], row: int, cell: int) -> bool:
    above = row > 0 and cell in owner[row - 1]
    return not above and not (row + 1 < len(owner) and cell in owner[row + 1])


def _cuts(
    texts: list[Sequence[Line]], everything: list[Sequence[Line]], lattice: Lattice, first: int
) -> list[float]:
    """Heights at which a ruled row is really parted; [] if it is one row."""
    stacked = [cell for cell in texts if _stacked(cell)]
    if not stacked:
        return []
    anchors = _levels([line for cell in stacked for line in cell])
    longest = max(len(cell) for cell in stacked)
    others = [cell for cell in texts if cell not in stacked]
    fellows = sum(_at_levels(cell, anchors) for cell in others) + len(stacked)
    sure = longest > 2 or all(is_grouped(line.text) for cell in stacked for line in cell)
    if fellows < 2 or not sure or len(anchors) > 2 * longest:
        return []
    lines = [line for cell in everything for line in cell]
    levels = _levels(lines)
    printed = [[x for x in lines if abs(x.base - at) < LEVEL * x.size] for at in levels]
    rights = {cell[0].owner: _right(cell, lattice, first) for cell in everything}
    rows = join_wraps(printed, lambda line: line.owner, rights, printed)
    return [
        (max(x.base for x in above) + min(x.base for x in below)) / 2 - 0.35 * below[0].size
        for above, below in itertools.pairwise(rows)
    ]


def _right(cell: Sequence[Line], lattice: Lattice, first: int) -> float:
    """How far to the right the lines of a cell may reach."""
    wall = lattice.areas[cell[0].owner - first].box[2]
    padding = min(x.box[0] for x in cell) - lattice.areas[cell[0].owner - first].box[0]
    return wall - min(max(padding, 0.0), cell[0].size)


def _levels(lines: list[Line]) -> list[float]:
    levels: list[float] = []
    for line in sorted(lines, key=lambda line: line.base):
        if not levels or line.base - levels[-1] > LEVEL * line.size:
            levels.append(line.base)
    return levels


def _at_levels(cell: Sequence[Line], levels: list[float]) -> bool:
    """True if the lines of a cell stand at different levels, most of them at one of ``levels``."""
    met = sum(any(abs(line.base - at) < LEVEL * line.size for at in levels) for line in cell)
    return met >= max(2, 0.6 * min(len(cell), len(levels)))


def _cut(lattice: Lattice, cuts: Mapping[int, list[float]]) -> Lattice:
    """The lattice with rows parted at ``cuts`` (heights by row of its owner array)."""
    owner = lattice.owner
    rows: list[int] = []  # the old row of each new one
    ys = [float(lattice.ys[0])]
    for row in range(len(owner)):
        for y in [*cuts.get(row, ()), float(lattice.ys[row + 1])]:
            rows.append(row)
            ys.append(y)
    grown = owner[rows]
    across = np.ones((len(ys), owner.shape[1]), dtype=np.bool_)
    down = np.ones((len(rows), owner.shape[1] + 1), dtype=np.bool_)
    down[:, 1:-1] = grown[:, 1:] != grown[:, :-1]
    for k in range(1, len(rows)):
        across[k] = grown[k] != grown[k - 1]
        if rows[k] == rows[k - 1]:
            spanning = [not _one_row(owner, rows[k], cell) for cell in grown[k].tolist()]
            across[k] = ~np.array(spanning)
    return assemble(lattice.xs, np.array(ys), across, down)
