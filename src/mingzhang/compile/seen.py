"""An edition as a reader sees it: the same headings, paragraphs and grids as a Document.

The reading way reads this before anything is written, so that the book is rounded by the relations
that a checker will see, and so that a sentence that would be misread is known at once. Every place
says which block, and in a table which cell, the text comes from.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.document import Block as Seen
from mingzhang.model.document import Cell, Document, Grid, Paragraph, Run
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Span, Table
from mingzhang.model.place import Place

Where = tuple[str, str]  # the index of a block, and "row,column" of a cell or a column of the prose


def document_of(edition: Edition, name: str) -> Document:
    """The edition as one Document. Places: ``sheet`` is the block's index, ``cell`` "row,column"."""
    source = edition.digest or "0" * 64
    blocks: list[Seen] = [_paragraph(edition.title, 1, source, name, "title")]
    for index, block in enumerate(edition.body):
        at = str(index)
        if isinstance(block, Heading):
            blocks.append(_paragraph(block.text, block.level, source, name, at))
        elif isinstance(block, Prose):
            blocks.append(_paragraph(block.text, 0, source, name, at))
        elif isinstance(block, Contents):
            blocks.append(_paragraph(block.title, 1, source, name, at))
            blocks += [_paragraph(t, 0, source, name, at) for _, t in edition.contents()]
        else:
            blocks += _table(block, source, name, at)
    return Document(name, source, "edition", tuple(blocks))


def where(place: Place) -> Where:
    """Which block of the edition, and where in it, a place of its document is."""
    return (place.sheet or "", place.cell or str(place.column))


def spans_at(edition: Edition) -> Iterator[tuple[Where, Span]]:
    """The compiled figures of the prose, by where ``document_of`` places them."""
    for index, block in enumerate(edition.body):
        if isinstance(block, Prose):
            at = 1
            for span in block.spans:
                if span.quantity is not None and span.unit is not None:
                    yield (str(index), str(at)), span
                at += len(span.text)


def _paragraph(text: str, level: int, source: str, name: str, at: str) -> Paragraph:
    place = Place(source, name, text, sheet=at, line=1, column=1)
    return Paragraph((Run(text, place),), level)


def _table(table: Table, source: str, name: str, at: str) -> Iterator[Seen]:
    if table.title:
        if table.number:
            yield _paragraph(table.number, 0, source, name, at)
        yield _paragraph(table.title, 3, source, name, at)
        yield _paragraph(f"{table.entity_label}：{table.entity}", 0, source, name, at)
        if table.unit is not None:
            yield _paragraph(f"单位：{table.unit.value}", 0, source, name, at)
    depth = table.depth
    cells = [
        Cell(h.text, h.row, h.column, Place(source, name, h.text, sheet=at), h.rows, h.columns)
        for h in table.header_cells()
    ]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if cell.rows and cell.columns:
                place = Place(source, name, cell.text, sheet=at, cell=f"{r},{c}")
                cells.append(Cell(cell.text, depth + r, c, place, cell.rows, cell.columns))
    yield Grid(
        tuple(cells),
        depth + len(table.rows),
        len(table.columns),
        Place(source, name, table.title, sheet=at),
    )
    for note in table.notes:
        yield _paragraph(note, 0, source, name, at)
