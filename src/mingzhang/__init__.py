"""Mingzhang 明账: read, prove and explain Chinese departmental budgets (部门预算) and accounts (部门决算).

import mingzhang as mz
book = mz.read("a.pdf")
report = mz.check(book)
"""

from __future__ import annotations

from pathlib import Path

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
    "read",
    "read_text",
    "reconstruct",
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
