"""Reprint: the documents of a book with one number printed differently, to be read anew.

``Book.with_figure`` changes what was read; this changes what is read, so that a slip which makes
the reader stumble shows too.
"""

from __future__ import annotations

from dataclasses import replace

from mingzhang.model.book import Book
from mingzhang.model.document import Block, Cell, Document, Grid, Run
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place


def reprinted(book: Book, figure: Figure, text: str) -> tuple[Document, ...] | None:
    """The documents of ``book`` with ``text`` in place of ``figure``; None if its number cannot be
    told from others in its cell or line."""
    out = []
    found = 0
    for document in book.documents:
        blocks: list[Block] = []
        for block in document.blocks:
            changed = _in_block(block, figure, text)
            found += changed is not block
            blocks.append(changed)
        out.append(replace(document, blocks=tuple(blocks)))
    return tuple(out) if found == 1 else None


def _in_block(block: Block, figure: Figure, text: str) -> Block:
    if isinstance(block, Grid):
        cells = tuple(_cell(c, figure, text) for c in block.cells)
        same = figure.in_prose or all(a is b for a, b in zip(cells, block.cells, strict=True))
        return block if same else replace(block, cells=cells)
    runs = tuple(_run(r, figure, text) for r in block.runs)
    same = not figure.in_prose or all(a is b for a, b in zip(runs, block.runs, strict=True))
    return block if same else replace(block, runs=runs)


def _cell(cell: Cell, figure: Figure, text: str) -> Cell:
    old = figure.text.strip()
    if cell.place.quoting("") != figure.place.quoting("") or cell.text.count(old) != 1:
        return cell
    return replace(cell, text=cell.text.replace(old, text))


def _run(run: Run, figure: Figure, text: str) -> Run:
    """The run with the number changed, if the figure's place lies in it."""
    old = figure.text.strip()
    for start in _starts(run.text, old):
        if _same_spot(run.at(start, start + len(old)), figure.place):
            whole = run.text[:start] + text + run.text[start + len(old) :]
            return Run(whole, run.place.quoting(whole))
    return run


def _starts(text: str, part: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(part, i)]


def _same_spot(a: Place, b: Place) -> bool:
    if a.source != b.source or (a.page, a.line, a.sheet, a.cell) != (
        b.page,
        b.line,
        b.sheet,
        b.cell,
    ):
        return False
    if a.column is not None or b.column is not None:
        return a.column == b.column
    if a.box is None or b.box is None:
        return False
    return all(abs(x - y) < 0.5 for x, y in zip(a.box[:2], b.box[:2], strict=True))
