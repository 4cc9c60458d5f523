"""Reading: file → Document → Book. Readers see and say what they see; they judge nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mingzhang.model.book import Book
from mingzhang.model.document import Document
from mingzhang.read.pdf import read_pdf
from mingzhang.read.recognise import recognise
from mingzhang.read.text import read_text

__all__ = ["read_book", "read_text_book"]


def read_text_book(text: str, name: str = "book.txt") -> Book:
    """The book in a text (Markdown headings, tab-separated tables). Raises Unreadable."""
    return recognise([read_text(text, name)])


def read_book(paths: Sequence[str | Path]) -> Book:
    """The book in one or several files. Raises Unreadable, with what, where and what to do."""
    return recognise([_document(Path(p)) for p in paths])


def _document(path: Path) -> Document:
    data = path.read_bytes()
    if data[:5] == b"%PDF-":
        return read_pdf(data, path.name)
    return read_text(data.decode("utf-8-sig"), path.name)
