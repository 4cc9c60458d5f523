"""The PDF reader: bytes → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pypdfium2 as pdfium

from mingzhang.model.document import Block, Document, Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.furniture import furniture, without_page_numbers
from mingzhang.read.pdf.layout import Layout, lay_out
from mingzhang.read.pdf.page import Page, read_page
from mingzhang.read.pdf.paragraphs import Builder, body_of, tidy
from mingzhang.read.pdf.source import opened
from mingzhang.read.pdf.text import Line


def read_pdf(
    data: bytes, name: str, *, password: str | None = None, max_pages: int | None = None
) -> Document:
    """Read a PDF to paragraphs and grids in reading order.

    Each ruled table, or the part of one that stands on a page, is a Grid; headings, 单位 lines and
    notes are Paragraphs before and after it. Page numbers and running headers are left out. At
    most ``max_pages`` pages are read. What could not be read is told in ``Document.warnings``.
    Raises Unreadable for a file that is empty, no PDF, encrypted, or damaged beyond repair.
    """
    digest = hashlib.sha256(data).hexdigest()
    origin = Place(digest, name, "")
    with opened(data, name, password) as (document, notes):
        warnings = list(notes)
        total = len(document)
        count = total if max_pages is None else min(total, max_pages)
        if count < total:
            warnings.append(f"only the first {count} of {total} pages were read")
        pages: list[Page] = []
        for number in range(1, count + 1):
            try:
                pages.append(read_page(document, number))
            except pdfium.PdfiumError as error:
                warnings.append(f"page {number} could not be read: {error}")
    warnings.extend(_silences(pages))
    layouts = [lay_out(page, origin) for page in without_page_numbers(pages)]
    blocks = tuple(_flow(layouts, origin))
    sizes = tuple((round(w, 2), round(h, 2)) for w, h in (p.seen.size for p in pages))
    return Document(name, digest, "pdf", blocks, total, sizes, tuple(warnings))


def _silences(pages: list[Page]) -> Iterable[str]:
    scanned = [p.number for p in pages if not len(p.glyphs) and p.picture > 0.3]
    if scanned:
        yield f"pages without text (scanned pictures?), not read: {_numbers(scanned)}"
    unmapped = [p.number for p in pages if p.hidden.unmapped]
    if unmapped:
        yield f"characters whose font does not say what they are, on pages {_numbers(unmapped)}"


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages))


def _flow(layouts: list[Layout], origin: Place) -> Iterable[Block]:
    dropped = furniture([(x.page.number, x.page.frame.size[1], x.lines) for x in layouts])
    kept = [tidy([line for line in x.lines if id(line) not in dropped]) for x in layouts]
    whole = body_of([line for page in kept for line in page])
    builder = Builder(origin, whole, [])
    for layout, remaining in zip(layouts, kept, strict=True):
        body = body_of(remaining, whole)
        for item in _in_order(layout, remaining):
            if isinstance(item, Grid):
                yield from builder.finish()
                yield item
            else:
                yield from builder.add(layout.page, item, body)
    yield from builder.finish()


def _in_order(layout: Layout, remaining: list[Line]) -> Iterable[Line | Grid]:
    """The lines of a page with each grid where its top edge stands."""
    waiting = sorted((top, k) for k, top in enumerate(layout.tops))
    for line in remaining:
        while waiting and waiting[0][0] < line.base - 0.5 * line.size:
            yield layout.grids[waiting.pop(0)[1]]
        yield line
    for _, k in waiting:
        yield layout.grids[k]
