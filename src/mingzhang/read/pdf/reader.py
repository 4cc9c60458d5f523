"""The PDF reader: bytes → Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from mingzhang.model.document import Block, Document, Grid
from mingzhang.model.place import Place
from mingzhang.read.pdf.furniture import furniture
from mingzhang.read.pdf.lattice import Lattice, lattices
from mingzhang.read.pdf.page import Page, read_page
from mingzhang.read.pdf.paragraphs import Builder, body_of, tidy
from mingzhang.read.pdf.source import opened
from mingzhang.read.pdf.tables import by_owner, grid_of
from mingzhang.read.pdf.text import Line, lines


@dataclass(frozen=True, slots=True)
class Layout:
    """A page taken apart: its tables, and its lines outside of them."""

    page: Page
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]


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
    layouts = [_layout(page, origin) for page in pages]
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


def _layout(page: Page, origin: Place) -> Layout:
    found: list[Lattice] = lattices(page.rules)
    glyphs = page.glyphs
    owner = np.full(len(glyphs), -1, dtype=np.intp)
    firsts = []
    first = 0
    for lattice in found:
        cell = lattice.cell_at(glyphs.ax, glyphs.ay)
        owner = np.where((owner < 0) & (cell >= 0), cell + first, owner)
        firsts.append(first)
        first += len(lattice.areas)
    own = by_owner(lines(glyphs, owner))
    grids = tuple(
        grid_of(lattice, own, start, page, origin)
        for lattice, start in zip(found, firsts, strict=True)
    )
    return Layout(page, grids, tuple(tidy(own.get(-1, []))))


def _flow(layouts: list[Layout], origin: Place) -> Iterable[Block]:
    dropped = furniture([(x.page.number, x.page.frame.size[1], x.lines) for x in layouts])
    kept = [[line for line in x.lines if id(line) not in dropped] for x in layouts]
    whole = body_of([line for page in kept for line in page])
    builder = Builder(origin, whole, [])
    for layout, remaining in zip(layouts, kept, strict=True):
        body = body_of(remaining, whole)
        items: list[tuple[float, float, Line | Grid]] = [
            (line.base - 0.5 * line.size, line.box[0], line) for line in remaining
        ]
        for grid in layout.grids:
            items.append((_top(layout, grid), 0.0, grid))
        items.sort(key=lambda item: item[:2])
        for _, _, item in items:
            if isinstance(item, Grid):
                paragraph = builder.finish()
                if paragraph is not None:
                    yield paragraph
                yield item
            else:
                paragraph = builder.add(layout.page, item, body)
                if paragraph is not None:
                    yield paragraph
    paragraph = builder.finish()
    if paragraph is not None:
        yield paragraph


def _top(layout: Layout, grid: Grid) -> float:
    assert grid.place.box is not None
    page = layout.page
    boxes = page.seen.boxes_in(page.frame, np.array([grid.place.box]))
    return float(boxes[0, 1])
