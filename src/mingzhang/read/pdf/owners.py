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

CUT = 0.06  # of a character's width on both sides of a wall: the wall cuts it
CLOSE = 0.3  # of the size: characters nearer than this are one run
LONG = 5  # digits that make a figure even without a comma or a point
INSET = 0.7  # of the size: a run that begins so near to a wall is left-aligned there
_FIGURE = np.array([ord(c) for c in "0123456789.,-+%０１２３４５６７８９．，－−"])
_POINT = np.array([ord(c) for c in ".,．，"])


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
    cut = np.flatnonzero((left != right) & (glyphs.turn == 0) & ~glyphs.bound)
    walls = [area.box[0] for lattice in found for area in lattice.areas]
    left_wall = walls.__getitem__
    done: set[int] = set()
    for k in cut.tolist():
        if k not in done:
            run = _run(glyphs, k)
            done.update(run.tolist())
            for cut_at in np.intersect1d(run, cut).tolist():
                _settle(glyphs, owner, run, cut_at, left_wall)
    return owner


def _run(glyphs: Glyphs, k: int) -> Ints:
    """The characters that make one piece of text with character ``k``, left to right."""
    size = glyphs.size[k]
    near = np.flatnonzero((np.abs(glyphs.base - glyphs.base[k]) < 0.3 * size) & ~glyphs.bound)
    near = near[np.argsort(glyphs.x0[near], kind="stable")]
    gap = glyphs.x0[near][1:] - glyphs.x1[near][:-1]
    apart = np.flatnonzero((gap > CLOSE * size) | glyphs.lead[near][1:]) + 1
    here = int(np.flatnonzero(near == k)[0])
    start = max([0, *apart[apart <= here].tolist()])
    stop = min([len(near), *apart[apart > here].tolist()])
    return near[start:stop]


def _part(glyphs: Glyphs, run: Ints, k: int) -> tuple[Ints, bool]:
    """The figure, or the text between figures, that character ``k`` of a run is part of.

    A producer may write a figure and the next cell's text as one string; a few digits within a
    text (a year) are no figure.
    """
    figure = np.isin(glyphs.code[run], _FIGURE)
    parts = np.split(run, np.flatnonzero(np.diff(figure)) + 1)
    is_figure = [
        np.isin(glyphs.code[p[0]], _FIGURE)
        and (len(p) >= LONG or np.isin(glyphs.code[p], _POINT).any())
        for p in parts
    ]
    here = next(i for i, part in enumerate(parts) if k in part)
    if is_figure[here]:
        return parts[here], True
    start = max([i + 1 for i in range(here) if is_figure[i]], default=0)
    stop = min([i for i in range(here, len(parts)) if is_figure[i]], default=len(parts))
    return np.concatenate(parts[start:stop]), False


def _settle(
    glyphs: Glyphs, owner: Ints, run: Ints, k: int, left_wall: Callable[[int], float]
) -> None:
    """Give the characters of an overflowing text or figure to one cell where that is plain."""
    part, figure = _part(glyphs, run, k)
    if figure:
        _to_majority(owner, part, at_most=len(part))
        return
    cells = set(owner[part].tolist())
    if len(cells) < 2:
        return
    full = {
        cell
        for cell in cells
        if cell >= 0 and not np.isin(np.flatnonzero(owner == cell), part).all()
    }
    first = int(owner[part[0]])
    inset = float(glyphs.x0[part[0]]) - left_wall(first) if first >= 0 else 1e9
    if inset < INSET * glyphs.size[part[0]] and not full - {first}:
        owner[part] = first
    else:
        _to_majority(owner, part, at_most=2, empty=cells - full)


def _to_majority(owner: Ints, run: Ints, at_most: int, empty: Set[int] = frozenset()) -> None:
    """Give ``run`` to the cell with most of it, unless another holds more than ``at_most``.

    Cells in ``empty`` hold nothing but this run, and do not count.
    """
    counts = Counter(owner[run].tolist())
    best = max((cell for cell in counts if cell >= 0), key=lambda cell: counts[cell], default=-1)
    if best >= 0 and all(n <= at_most or c in empty for c, n in counts.items() if c != best):
        owner[run] = best
