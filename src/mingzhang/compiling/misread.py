"""Misread: figures that the reading way takes for something else than they were compiled as."""

from __future__ import annotations

from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.seen import Where, where
from mingzhang.compiling.keys import keys_of
from mingzhang.model.book import Book
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Table
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity


def misread(edition: Edition, book: Book, ledger: Ledger) -> tuple[CompileFault, ...]:
    """Figures that the reading way takes for another quantity than they were compiled as."""
    read = {where(f.place): f for f in book.figures}
    out = []
    for at, (quantity, _) in keys_of(edition):
        if at not in read and _is_blank(edition, at):
            continue
        figure = read.get(at)
        theirs = figure.quantity if figure is not None else None
        if theirs is None or _plain(theirs) != _plain(quantity):
            text = figure.label if figure is not None else _context(edition, at)
            said = theirs.key if theirs is not None else "?"
            words = {"text": text, "mine": quantity.key, "read": said}
            out.append(fault("misread", ledger.source, **words))
    return tuple(out)


def _is_blank(edition: Edition, at: Where) -> bool:
    """True for a table cell that prints nothing (what a zero prints in many layouts)."""
    block = edition.body[int(at[0])]
    if not isinstance(block, Table):
        return False
    row, _, column = at[1].partition(",")
    return not block.rows[int(row)].cells[int(column)].text


def _context(edition: Edition, at: Where) -> str:
    block = edition.body[int(at[0])]
    if isinstance(block, Prose):
        start = int(at[1]) - 1
        return block.text[max(0, start - 12) : start + 12]
    if isinstance(block, Table):
        row, _, column = at[1].partition(",")
        return f"{block.title} {row}:{column}"
    return block.text if isinstance(block, Heading) else Contents().title


def _plain(quantity: Quantity) -> Quantity:
    """A quantity without what names may be told in several ways (项目 and 明细, local keys)."""
    return quantity.with_(project="", part="", local="")
