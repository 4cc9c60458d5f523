"""Cells of forms: where on the page the cells of a goal form are printed, for evidence.

A statement keeps the texts of its rows; the places are those of the grids that the documents hold. The
rows of indicators are found by the places of the indicators, those between and after them by their texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book
from mingzhang.model.document import Cell
from mingzhang.model.place import Place
from mingzhang.rules.once import per_book

_REACH = 12  # rows of a grid looked through beyond where a row should be: repeated headers, blanks

Places = Mapping[int, Place]  # column -> place of the cell


@per_book
def _grid_rows(book: Book) -> tuple[tuple[Cell, ...], ...]:
    """Every row of every grid, each cell once."""
    return tuple(
        tuple(dict.fromkeys(cell for cell in row if cell is not None))
        for document in book.documents
        for grid in document.grids()
        for row in grid.matrix()
    )


def cells_of(book: Book, index: int) -> Mapping[int, Places]:
    """Row of a statement with indicators -> where its printed cells stand; a row not found is absent."""
    rows = book.statements[index].rows
    grid = _grid_rows(book)
    anchors = _anchors(book, index, grid)
    out: dict[int, Places] = {}
    for row, texts in enumerate(rows):
        for at in _tried(row, anchors, len(grid)):
            found = _aligned(texts, grid[at])
            if found:
                out[row] = found
                break
    return out


def _anchors(book: Book, index: int, grid: Sequence[Sequence[Cell]]) -> dict[int, int]:
    wanted = {i.place: i.row for i in book.indicators if i.statement == index}
    return {
        wanted[cell.place]: at
        for at, row in enumerate(grid)
        for cell in row
        if cell.place in wanted
    }


def _tried(row: int, anchors: Mapping[int, int], height: int) -> Iterable[int]:
    """Rows of the grids that may be this row, likeliest first."""
    if row in anchors:
        return (anchors[row],)
    before = max((r for r in anchors if r < row), default=None)
    if before is not None:
        start = anchors[before] + 1
        return range(start, min(start + row - before + _REACH, height))
    after = min((r for r in anchors if r > row), default=None)
    if after is None:
        return ()
    start = anchors[after] - 1
    return range(start, max(start - (after - row) - _REACH, -1), -1)


def _aligned(texts: Sequence[str], cells: Sequence[Cell]) -> Places:
    """Column -> place, if the cells hold the row's texts in their order; nothing otherwise."""
    out: dict[int, Place] = {}
    left = iter(cells)
    for column, text in enumerate(texts):
        if not bare(text):
            continue
        cell = next((c for c in left if bare(c.text) == bare(text)), None)
        if cell is None:
            return {}
        out[column] = cell.place
    return out
