"""Which cell each character stands in: by its own middle, never by the line it is on.

One correction: where a wall cuts through a character, the text overflows its cell (a figure wider
than its column, a name that runs into the empty cell beside it). Such a text goes to one cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set

import numpy as np

from mingzhang.read.pdf.frame import Ints
from mingzhang.read.pdf.glyphs import Glyphs
from mingzhang.read.pdf.lattice import Lattice

CUT = 0.18  # of a character's width on both sides of a wall: the wall cuts it
CLOSE = 0.3  # of the size: characters nearer than this are one run
INSET = 0.7  # of the size: a run that begins so near to a wall is left-aligned there
_FIGURE = np.array([ord(c) for c in "0123456789.,-+%０１２３４５６７８９．，－−"])


def first_cells(found: Sequence[Lattice]) -> list[int]:
    """The number of each lattice's first cell, cells being numbered over the whole page."""
    firsts, total = [], 0
    for lattice in found:
        firsts.append(total)
        total += len(lattice.areas)
    return firsts


def owners(glyphs: Glyphs, found: Sequence[Lattice]) -> Ints:
    """For each character the number of the cell it belongs to; -1 outside the tables."""
    owner = np.full(len(glyphs), -1, dtype=np.intp)
    if not len(glyphs):
        return owner
    wide = CUT * (glyphs.x1 - glyphs.x0)
    left, right = owner.copy(), owner.copy()
    for lattice, first in zip(found, first_cells(found), strict=True):
        for x, into in ((glyphs.ax, owner), (glyphs.x0 + wide, left), (glyphs.x1 - wide, right)):
            cell = lattice.cell_at(x, glyphs.ay)
            np.copyto(into, cell + first, where=(into < 0) & (cell >= 0))
    cut = np.flatnonzero((left != right) & (glyphs.turn == 0))
    cut = cut[(glyphs.ax[cut] >= glyphs.x0[cut]) & (glyphs.ax[cut] <= glyphs.x1[cut])]
    walls = [area.box[0] for lattice in found for area in lattice.areas]
    left_wall = walls.__getitem__
    done: set[int] = set()
    for k in cut.tolist():
        if k not in done:
            run = _run(glyphs, k)
            done.update(run.tolist())
            _settle(glyphs, owner, run, left_wall)
    return owner


def _run(glyphs: Glyphs, k: int) -> Ints:
    """The characters that make one piece of text with character ``k``, left to right."""
    size = glyphs.size[k]
    near = np.flatnonzero(np.abs(glyphs.base - glyphs.base[k]) < 0.3 * size)
    near = near[np.argsort(glyphs.x0[near], kind="stable")]
    gap = glyphs.x0[near][1:] - glyphs.x1[near][:-1]
    apart = np.flatnonzero((gap > CLOSE * size) | glyphs.lead[near][1:]) + 1
    here = int(np.flatnonzero(near == k)[0])
    start = max([0, *apart[apart <= here].tolist()])
    stop = min([len(near), *apart[apart > here].tolist()])
    return near[start:stop]


def _settle(glyphs: Glyphs, owner: Ints, run: Ints, left_wall: Callable[[int], float]) -> None:
    """Give the characters of an overflowing run to one cell where that is plain."""
    figure = np.isin(glyphs.code[run], _FIGURE)
    for part in np.split(run, np.flatnonzero(np.diff(figure)) + 1):
        if len(part) > 1 and np.isin(glyphs.code[part[0]], _FIGURE):
            _to_majority(owner, part, at_most=len(part))
    counts = Counter(owner[run].tolist())
    if len(counts) < 2 or figure.all():
        return
    full = {
        cell
        for cell in counts
        if cell >= 0 and not np.isin(np.flatnonzero(owner == cell), run).all()
    }
    first = int(owner[run[0]])
    starts = (
        first >= 0 and float(glyphs.x0[run[0]]) - left_wall(first) < INSET * glyphs.size[run[0]]
    )
    if starts and not full - {first}:
        owner[run] = first
    else:
        _to_majority(owner, run, at_most=2, empty=set(counts) - full)


def _to_majority(owner: Ints, run: Ints, at_most: int, empty: Set[int] = frozenset()) -> None:
    """Give ``run`` to the cell with most of it, unless another holds more than ``at_most``.

    Cells in ``empty`` hold nothing but this run, and do not count.
    """
    counts = Counter(owner[run].tolist())
    best = max((cell for cell in counts if cell >= 0), key=lambda cell: counts[cell], default=-1)
    if best >= 0 and all(n <= at_most or c in empty for c, n in counts.items() if c != best):
        owner[run] = best
