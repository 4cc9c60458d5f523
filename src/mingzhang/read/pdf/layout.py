"""A page taken apart: tables with the text of their cells, and the lines outside them."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.model.document import Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.lattice import lattices
from mingzhang.read.pdf.owners import first_cells, owners
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.tables import by_owner, grid_of
from mingzhang.read.pdf.text import Line, all_lines


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
    own = by_owner(all_lines(page.frame, page.glyphs, owners(page.glyphs, found)))
    grids = tuple(
        grid_of(lattice, own, start, page, origin)
        for lattice, start in zip(found, first_cells(found), strict=True)
    )
    tops = tuple(lattice.box[1] for lattice in found)
    return Layout(page, grids, tops, tuple(own.get(-1, ())))
