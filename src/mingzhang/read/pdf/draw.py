"""What the reader thought, drawn over the pages: cells, tables, paragraphs, reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as raw

from mingzhang.model.document import Block, Document, Grid, Paragraph
from mingzhang.model.place import Place
from mingzhang.read.pdf.frame import Box, Frame
from mingzhang.read.pdf.source import opened

Color = tuple[int, int, int, int]

CELL: Color = (30, 90, 220, 255)
EMPTY: Color = (30, 90, 220, 90)
MERGED: Color = (150, 40, 200, 255)
TABLE: Color = (220, 30, 30, 255)
PROSE: Color = (20, 140, 60, 255)
HEADING: Color = (235, 120, 0, 255)
ORDER: Color = (120, 120, 120, 160)


def draw(data: bytes, document: Document, *, password: str | None = None) -> bytes:
    """A copy of the PDF ``data`` with ``document``, read from it, drawn over its pages.

    Tables are framed red, their cells blue (violet where merged, pale where empty); lines of
    paragraphs are green, of headings orange; a grey line leads through the blocks as read.
    Raises Unreadable.
    """
    marks = _by_page(document)
    with opened(data, document.name, password) as (pdf, _):
        for number, blocks in marks.items():
            page = pdf[number - 1]
            pen = _Pen(page)
            for block in blocks:
                _outline(pen, block, number)
            pen.path([_start(block, number) for block in blocks], ORDER)
            raw.FPDFPage_GenerateContent(page.raw)
            page.close()
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


class _Pen:
    """Draws on a page in the coordinates of the page as seen."""

    def __init__(self, page: Any) -> None:
        self._page = page.raw
        frame = Frame(page.get_bbox(), page.get_rotation() // 90)
        self._a, self._b, self._c, self._d, self._e, self._f = frame.matrix()

    def _user(self, x: float, y: float) -> tuple[float, float]:
        # the matrix is a quarter-turn with a flip: its own transpose undoes it
        x, y = x - self._e, y - self._f
        return self._a * x + self._b * y, self._c * x + self._d * y

    def box(self, box: Box, color: Color, width: float = 0.7) -> None:
        x0, y0 = self._user(box[0], box[1])
        x1, y1 = self._user(box[2], box[3])
        left, low = min(x0, x1), min(y0, y1)
        rect = raw.FPDFPageObj_CreateNewRect(left, low, abs(x1 - x0), abs(y1 - y0))
        self._put(rect, color, width)

    def path(self, points: list[tuple[float, float]], color: Color) -> None:
        if len(points) < 2:
            return
        path = raw.FPDFPageObj_CreateNewPath(*self._user(*points[0]))
        for point in points[1:]:
            raw.FPDFPath_LineTo(path, *self._user(*point))
        self._put(path, color, 0.5)

    def _put(self, path: Any, color: Color, width: float) -> None:
        raw.FPDFPageObj_SetStrokeColor(path, *color)
        raw.FPDFPageObj_SetStrokeWidth(path, width)
        raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_NONE, True)
        raw.FPDFPage_InsertObject(self._page, path)


def _by_page(document: Document) -> dict[int, list[Block]]:
    """The blocks of each page in reading order; one that runs over pages is on each."""
    found: dict[int, list[Block]] = {}
    for block in document.blocks:
        for number in dict.fromkeys(place.page for place in _places(block)):
            if number is not None:
                found.setdefault(number, []).append(block)
    return found


def _places(block: Block) -> Iterator[Place]:
    if isinstance(block, Grid):
        yield block.place
    else:
        yield from (run.place for run in block.runs)


def _outline(pen: _Pen, block: Grid | Paragraph, number: int) -> None:
    if isinstance(block, Grid):
        for cell in block.cells:
            if cell.place.box is not None:
                merged = cell.rowspan > 1 or cell.colspan > 1
                color = MERGED if merged else CELL if cell.text else EMPTY
                x0, y0, x1, y1 = cell.place.box
                pen.box((x0 + 1, y0 + 1, x1 - 1, y1 - 1), color)
        if block.place.box is not None:
            pen.box(block.place.box, TABLE, 1.2)
    else:
        for place in _places(block):
            if place.page == number and place.box is not None:
                pen.box(place.box, HEADING if block.level else PROSE)


def _start(block: Block, number: int) -> tuple[float, float]:
    """Where a block begins on a page."""
    for place in _places(block):
        if place.page == number and place.box is not None:
            return place.box[0], place.box[1]
    return 0.0, 0.0
