"""Grids: the cells of a lattice with the text that stands in them."""

from __future__ import annotations

from itertools import groupby

from mingzhang.model.document import Cell, Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.lattice import Lattice
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.text import Line

INDENT = 0.6  # of the size: less is not an indentation


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
    margins = _margins(lattice, lines, first)
    source, name, number = origin.source, origin.name, page.number
    cells = []
    for k, area in enumerate(lattice.areas):
        own = lines.get(first + k)
        text = excerpt = ""
        if own:
            text = join_wrapped([line.text for line in own])
            depth = _indent(own, area.box, margins.get(area.column))
            excerpt = "\u3000" * depth + text
        place = Place(source, name, excerpt, number, boxes[k + 1])
        cells.append(Cell(text, area.row, area.column, place, area.rowspan, area.colspan))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    place = Place(source, name, "", number, boxes[0])
    return Grid(tuple(cells), lattice.height, lattice.width, place)


def _margins(lattice: Lattice, lines: dict[int, list[Line]], first: int) -> dict[int, float]:
    """By column: how far from its wall the outermost left-aligned text begins."""
    found: dict[int, float] = {}
    for k, area in enumerate(lattice.areas):
        own = lines.get(first + k)
        if own and area.colspan == 1 and not _centred(own, area.box):
            inset = min(line.box[0] for line in own) - area.box[0]
            if inset < 3 * own[0].size:
                found[area.column] = min(found.get(area.column, inset), inset)
    return found


def _centred(own: list[Line], box: tuple[float, float, float, float]) -> bool:
    left = min(line.box[0] for line in own) - box[0]
    right = box[2] - max(line.box[2] for line in own)
    return left > right or abs(left - right) < own[0].size


def _indent(own: list[Line], box: tuple[float, float, float, float], margin: float | None) -> int:
    if margin is None or own[0].text[:1].isdigit():
        return 0
    inset = own[0].box[0] - box[0] - margin
    right = box[2] - own[0].box[2]
    size = own[0].size
    if inset < INDENT * size or (len(own) == 1 and right < inset):
        return 0
    return round(inset / size)


def by_owner(lines: list[Line]) -> dict[int, list[Line]]:
    """Lines grouped by what they stand in."""
    return {owner: list(group) for owner, group in groupby(lines, key=lambda line: line.owner)}
