"""The PDF reader: bytes → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium

from mingzhang.model.document import Block, Document, Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.furniture import furniture, without_page_numbers
from mingzhang.read.pdf.layout import Layout, lay_out
from mingzhang.read.pdf.page import Page, PageReader, read_page
from mingzhang.read.pdf.paragraphs import Builder, body_of, tidy
from mingzhang.read.pdf.remarks import remark
from mingzhang.read.pdf.ruling import is_drawing
from mingzhang.read.pdf.source import opened
from mingzhang.read.pdf.text import Line

NO_SIZE = (0.0, 0.0)  # of a page that could not be read
PICTURE = 0.3  # share of the page that pictures cover from which it may be a scan


def read_pdf(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    max_pages: int | None = None,
    page_reader: PageReader = read_page,
) -> Document:
    """Read a PDF to paragraphs and grids in reading order.

    Each ruled table, or the part of one that stands on a page, is a Grid; headings, 单位 lines and
    notes are Paragraphs before and after it. Page numbers and running headers are left out. At
    most ``max_pages`` pages are read, each by ``page_reader`` (an OCR stands in here for pages that
    are pictures). What could not be read is told in ``Document.warnings``.
    Raises Unreadable for a file that is empty, no PDF, encrypted, or damaged beyond repair.
    """
    digest = hashlib.sha256(data).hexdigest()
    origin = Place(digest, name, "")
    with opened(data, name, password) as (document, notes):
        warnings = list(notes)
        total = len(document)
        count = total if max_pages is None else min(total, max_pages)
        if count < total:
            warnings.append(remark("limit", name, total=total, count=count))
        pages: list[Page] = []
        broken: list[int] = []
        for number in range(1, count + 1):
            try:
                pages.append(page_reader(document, number))
            except pdfium.PdfiumError:
                broken.append(number)
    layouts = [lay_out(page, origin) for page in without_page_numbers(pages)]
    warnings.extend(_silences(name, pages, broken))
    blocks = tuple(_flow(layouts, origin))
    seen = {page.number: page.seen.size for page in pages}
    sizes = tuple(
        (round(w, 2), round(h, 2)) for w, h in (seen.get(k + 1, NO_SIZE) for k in range(count))
    )
    return Document(name, digest, "pdf", blocks, total, sizes, tuple(warnings))


def _silences(name: str, pages: list[Page], broken: list[int]) -> Iterator[str]:
    """What was not read, in words."""
    if broken:
        yield remark("broken-page", name, broken)
    found = {
        "scanned": [p.number for p in pages if not len(p.glyphs) and p.picture > PICTURE],
        "hidden-layer": [p.number for p in pages if p.hidden.layer and p.picture > PICTURE],
        "drawing": [p.number for p in pages if is_drawing(p.rules)],
    }
    for what, numbers in found.items():
        if numbers:
            yield remark(what, name, numbers)
    guessed = {p.number: p.hidden.guessed for p in pages if p.hidden.guessed}
    if guessed:
        yield remark("guessed", name, guessed, count=sum(guessed.values()))


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
