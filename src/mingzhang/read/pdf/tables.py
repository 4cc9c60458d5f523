"""Grids: the cells of a lattice with the text that stands in them."""

from __future__ import annotations

from itertools import groupby

from mingzhang.model.document import Cell, Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.frame import Box
from mingzhang.read.pdf.lattice import Lattice
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.text import Line

DEEPEST = 8  # ems: more is no indentation
_FIGURE = frozenset("0123456789０１２３４５６７８９-−－—.")


def join_wrapped(parts: list[str]) -> str:
    """The lines of one cell or paragraph as one text: a space only between two Latin words."""
    text = parts[0]
    for part in parts[1:]:
        latin = text[-1:].isascii() and text[-1:].isalpha() and part[:1].isascii()
        text += (" " if latin and part[:1].isalpha() else "") + part
    return text


def grid_of(
    lattice: Lattice, lines: dict[int, list[Line]], first: int, page: Page, origin: Place
) -> Grid:
    """The grid of ``lattice``, whose areas own the lines from key ``first`` on.

    ``origin`` is a place that names the source. A cell's ``text`` has no space around it; the
    excerpt of its place begins with one U+3000 for each em that a left-aligned text stands in.
    """
    boxes = page.as_seen([lattice.box, *(area.box for area in lattice.areas)])
    insets = _insets(lattice, lines, first)
    source, name, number = origin.source, origin.name, page.number
    cells = []
    for k, area in enumerate(lattice.areas):
        own = lines.get(first + k)
        text = excerpt = ""
        if own:
            text = join_wrapped([line.text for line in own])
            depth = _indent(own, area.box, insets.get(area.column, []))
            excerpt = "\u3000" * depth + text
        place = Place(source, name, excerpt, number, boxes[k + 1])
        cells.append(Cell(text, area.row, area.column, place, area.rowspan, area.colspan))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    place = Place(source, name, "", number, boxes[0])
    return Grid(tuple(cells), lattice.height, lattice.width, place)


def _insets(lattice: Lattice, lines: dict[int, list[Line]], first: int) -> dict[int, list[float]]:
    """By column: how far from its wall each text begins that could be left-aligned."""
    found: dict[int, list[float]] = {}
    for k, area in enumerate(lattice.areas):
        own = lines.get(first + k)
        if own and area.colspan == 1 and own[0].text[0] not in _FIGURE:
            found.setdefault(area.column, []).append(own[0].box[0] - area.box[0])
    return found


def _indent(own: list[Line], box: Box, insets: list[float]) -> int:
    """How many ems a text stands in from its column's margin; 0 if it is not left-aligned."""
    size = own[0].size
    left, right = own[0].box[0] - box[0], box[2] - own[0].box[2]
    depth = round((left - min(insets, default=left)) / size)
    if not 0 < depth <= DEEPEST or own[0].text[0] in _FIGURE:
        return 0
    fellows = sum(abs(left - inset) < 0.25 * size for inset in insets)
    loose = len(own) == 1 and right < left + size  # centred, or to the right
    return 0 if loose and fellows < 2 else depth


def by_owner(lines: list[Line]) -> dict[int, list[Line]]:
    """Lines grouped by what they stand in."""
    return {owner: list(group) for owner, group in groupby(lines, key=lambda line: line.owner)}
