"""Reading: file → Document → Book. Readers see and say what they see; they judge nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mingzhang.catalog import source
from mingzhang.model.book import Book
from mingzhang.model.document import Document
from mingzhang.pause import no_collection
from mingzhang.read.container import gather
from mingzhang.read.datapackage import read_datapackage, split_packages, with_resources
from mingzhang.read.errors import Unreadable, refusal
from mingzhang.read.limits import DEFAULT, Limits, in_child
from mingzhang.read.recognise import recognise
from mingzhang.read.sniff import decode, sniff
from mingzhang.read.text import read_text

__all__ = ["DEFAULT", "Limits", "document", "read_book", "read_documents", "read_text_book"]


def read_text_book(text: str, name: str = "book.txt") -> Book:
    """The book in a text (Markdown headings, tab-separated tables). Raises Unreadable."""
    return recognise([read_text(text, name)])


def read_book(
    paths: Sequence[str | Path], limits: Limits = DEFAULT, isolated: bool = False
) -> Book:
    """The book in one or several files, folders or ZIPs.

    ``isolated`` reads in a child process that cannot hang, crash or starve this one. Raises
    Unreadable, with what is wrong, where, and what to do.
    """
    if isolated:
        source.used()  # a catalog that cannot be used is said here, not in the child
        where = ", ".join(Path(p).name for p in paths)
        return in_child(read_book, (tuple(str(p) for p in paths), limits), limits, where)
    with no_collection():
        book = recognise(read_documents(paths, limits))
    if any(d.sightings for d in book.documents):
        from mingzhang.read.scans import weighed

        return weighed(book)
    return book


def read_documents(paths: Sequence[str | Path], limits: Limits = DEFAULT) -> list[Document]:
    """Every file as a Document. Of several files, one that is no document is left out and told in
    the warnings of the first; a single one raises Unreadable."""
    out: list[Document] = []
    left_out: list[Unreadable] = []
    packages, files = split_packages(gather(with_resources(paths), limits))
    for package in packages:
        try:
            out.append(read_datapackage(package))
        except Unreadable as error:
            left_out.append(error)
    for name, data in files:
        try:
            out.append(document(data, name, limits))
        except Unreadable as error:
            left_out.append(error)
    if not out:
        raise left_out[0]
    told = tuple(error.messages["zh"] for error in left_out)
    return [replace(out[0], warnings=out[0].warnings + told), *out[1:]]


def document(data: bytes, name: str, limits: Limits = DEFAULT) -> Document:
    """One file as a Document, by what it holds and not by its name. Raises Unreadable."""
    if not data:
        raise refusal("empty", name)
    kind = sniff(data, name)
    if kind == "pdf":
        from mingzhang.read.scans import read_pages

        return read_pages(data, name, limits)
    if kind == "image":
        from mingzhang.read.scans import read_picture

        return read_picture(data, name, limits)
    if kind == "docx":
        from mingzhang.read.docx import read_docx

        return read_docx(data, name, limits)
    if kind in ("xlsx", "xls", "ods"):
        from mingzhang.read.xlsx import read_workbook

        return read_workbook(data, name, limits)
    if kind == "html":
        from mingzhang.read.html import read_html

        return read_html(data, name, limits)
    if kind == "text":
        text, _ = decode(data, name)
        return read_text(text, name)
    if kind == "doc":
        raise refusal("old-word", name)
    if kind == "unknown":
        raise refusal("not-text", name)
    raise refusal("unsupported", name, kind=kind)
