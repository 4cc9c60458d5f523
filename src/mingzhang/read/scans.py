"""Scans: pages that are pictures, read by OCR where the extra ``mingzhang[ocr]`` is installed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from mingzhang.model.book import Book
from mingzhang.model.document import Document, Grid, Paragraph
from mingzhang.model.place import Place
from mingzhang.read import ocr
from mingzhang.read.errors import refusal
from mingzhang.read.limits import Limits
from mingzhang.read.pdf import read_pdf

_SCANNED = "scanned pictures?"  # the reader's remark on pages without text


def read_pages(data: bytes, name: str, limits: Limits) -> Document:
    """A PDF; its scanned pages by OCR if that can be had, else named in the warnings."""
    document = read_pdf(data, name, max_pages=limits.max_pages)
    plain = tuple(w for w in document.warnings if _SCANNED not in w)
    if len(plain) == len(document.warnings) or not ocr.available():
        return document
    scanner = ocr.scanner()
    document = read_pdf(data, name, max_pages=limits.max_pages, page_reader=scanner)
    plain = tuple(w for w in document.warnings if _SCANNED not in w)
    told = (*plain, *scanner.remarks(name))
    return replace(document, warnings=told, sightings=dict(scanner.seen))


def read_picture(data: bytes, name: str, limits: Limits) -> Document:
    """A picture file (or a TIFF of several) by OCR. Raises Unreadable without the extra."""
    if not ocr.available():
        raise refusal("unsupported", name, kind="image; pip install 'mingzhang[ocr]'")
    document = read_pages(ocr.as_pdf(data, name, limits.max_pages), name, limits)
    return _of_source(document, hashlib.sha256(data).hexdigest())


def weighed(book: Book) -> Book:
    """The book with a confidence for every figure that was only seen in a picture."""
    sightings = {
        (document.source, page): sighting
        for document in book.documents
        for page, sighting in document.sightings.items()
    }
    return ocr.weighed(book, sightings) if sightings else book


def _of_source(document: Document, digest: str) -> Document:
    """The document with the digest of the picture instead of that of the PDF made from it."""

    def moved(place: Place) -> Place:
        return replace(place, source=digest)

    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            runs = tuple(replace(run, place=moved(run.place)) for run in block.runs)
            blocks.append(replace(block, runs=runs))
        else:
            cells = tuple(replace(cell, place=moved(cell.place)) for cell in block.cells)
            blocks.append(replace(block, cells=cells, place=moved(block.place)))
    return replace(document, source=digest, blocks=tuple(blocks))
