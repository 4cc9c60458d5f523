"""Mingzhang 明账: read, prove and explain Chinese departmental budgets (部门预算) and accounts (部门决算).

import mingzhang as mz
book = mz.read("a.pdf")
report = mz.check(book)

ledger, faults = mz.read_ledger("ledger/")
compiled = mz.compile_book(ledger)
mz.publish(compiled.edition, "out/")
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang._version import __version__
from mingzhang.check import check
from mingzhang.model.book import Book, Column, Statement
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Coverage, Finding, Report, Suspect
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read import DEFAULT, Limits, read_book, read_text_book
from mingzhang.read.errors import Unreadable
from mingzhang.reconstruct import reconstruct
from mingzhang.why import why

if TYPE_CHECKING:
    from mingzhang.compiling import Compiled
    from mingzhang.frombook import Recovered
    from mingzhang.ledger import Fault
    from mingzhang.model.edition import Edition
    from mingzhang.model.ledger import Ledger

__all__ = [
    "Book",
    "Column",
    "Coverage",
    "Figure",
    "Finding",
    "Limits",
    "Place",
    "Quantity",
    "Report",
    "Statement",
    "Suspect",
    "Unreadable",
    "__version__",
    "check",
    "compile_book",
    "publish",
    "read",
    "read_ledger",
    "read_text",
    "reconstruct",
    "recover_ledger",
    "why",
]


def read(*files: str | Path, limits: Limits = DEFAULT, isolated: bool = False) -> Book:
    """The book in one file, or in several files of one book (text and tables apart).

    PDF, DOCX, XLSX, XLS, ODS, HTML, text and Markdown, a folder or a ZIP of them; what a file is,
    is seen from its content. ``limits`` bound size, pages, seconds and memory; ``isolated`` reads
    in a child process that cannot take this one down. Raises Unreadable, which says what is wrong
    with which file and what to do.
    """
    return read_book(files, limits, isolated)


def read_text(text: str, name: str = "book.txt") -> Book:
    """The book in a text: Markdown headings, tab-separated tables. Raises Unreadable."""
    return read_text_book(text, name)


# The compiling way loads its formats (Typst, Word, Excel) only when it is asked for. The room
# ``mingzhang.publish`` itself is loaded here (it is empty), or its later import would take the name
# of the function ``publish`` below.
importlib.import_module("mingzhang.publish")


def read_ledger(path: str | Path) -> tuple[Ledger, tuple[Fault, ...]]:
    """The ledger 预算底账 in a folder or an XLSX workbook, and everything in it not understood.

    Raises mingzhang.ledger.NoLedger where there is none at all.
    """
    from mingzhang.ledger import read_ledger as read_it

    return read_it(path)


def compile_book(ledger: Ledger | str | Path, prior: Sequence[Book] = ()) -> Compiled:
    """The whole book of a ledger: ``edition`` (None if an error forbids it), ``book``, ``faults``.

    ``prior`` are earlier years' books, which the disclosure audit takes readers to have. Raises
    mingzhang.ledger.NoLedger if a path holds no ledger.
    """
    from mingzhang.compiling import compile_ledger

    if isinstance(ledger, (str, Path)):
        ledger = read_ledger(ledger)[0]
    return compile_ledger(ledger, prior)


def publish(
    edition: Edition, folder: str | Path, formats: Collection[str] | None = None
) -> dict[str, Path]:
    """Write a compiled edition as pdf, docx, xlsx, html and data (all unless told); format → path.

    Raises KeyError for an unknown format, OSError if a file cannot be written.
    """
    from mingzhang.publishing import PUBLISHERS
    from mingzhang.publishing import publish as write

    return write(edition, Path(folder), PUBLISHERS if formats is None else formats)


def recover_ledger(book: Book, layout: str = "") -> Recovered:
    """A ledger that reproduces a published book, and the figures it does not (``broken``).

    Raises ValueError if the book tells no year or no amounts.
    """
    from mingzhang.frombook import recover

    return recover(book, layout)
