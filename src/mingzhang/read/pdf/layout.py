"""A page taken apart: tables with the text of their cells, and the lines outside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingzhang.model.document import Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.aligned import aligned_tables, may_align
from mingzhang.read.pdf.lattice import Lattice
from mingzhang.read.pdf.open_rows import with_open_rows
from mingzhang.read.pdf.owners import first_cells, owners
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.ruled import lattices
from mingzhang.read.pdf.ruling import join
from mingzhang.read.pdf.tables import by_owner, grid_of
from mingzhang.read.pdf.text import Line, all_lines, lines


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands on a page: ``tops`` says where each grid begins, for the reading order."""

    page: Page
    grids: tuple[Grid, ...]
    tops: tuple[float, ...]
    lines: tuple[Line, ...]


def lay_out(page: Page, origin: Place) -> Layout:
    """Take a page apart. ``origin`` is a place that names the source."""
    found = lattices(page.rules)
    own = _own(page, found)
    firsts = first_cells(found)
    parted = [with_open_rows(x, own, first) for x, first in zip(found, firsts, strict=True)]
    unruled = _unruled(page, found) if may_align(own.get(-1, ())) else []
    if unruled or any(parted):
        found = [new or old for new, old in zip(parted, found, strict=True)] + unruled
        found.sort(key=lambda lattice: (lattice.box[1], lattice.box[0]))
        own = _own(page, found)
    grids = tuple(
        grid_of(lattice, own, first, page, origin)
        for lattice, first in zip(found, first_cells(found), strict=True)
    )
    tops = tuple(lattice.box[1] for lattice in found)
    return Layout(page, grids, tops, tuple(own.get(-1, ())))


def _own(page: Page, found: Sequence[Lattice]) -> dict[int, list[Line]]:
    """The lines of each cell of the page, and under -1 those outside the tables."""
    return by_owner(all_lines(page.frame, page.glyphs, owners(page.glyphs, found)))


def _unruled(page: Page, found: Sequence[Lattice]) -> list[Lattice]:
    glyphs = page.glyphs
    outside = glyphs.take((owners(glyphs, found) < 0) & (glyphs.turn == 0))
    nobody = np.full(len(outside), -1, dtype=np.intp)
    h = join(page.rules.h)
    wide = h[:, 2] - h[:, 1] > 0.3 * page.frame.size[0] if len(h) else np.zeros(0, dtype=np.bool_)
    return aligned_tables(lines(outside, nobody, part=1.0), h[wide, 0].tolist())
