"""The pages of a PDF with marks over them: as a PDF, or as PNG pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from mingzhang.draw.marks import marks
from mingzhang.draw.overlay import overlay
from mingzhang.draw.png import png
from mingzhang.model.book import Book
from mingzhang.model.document import Document
from mingzhang.read.pdf.frame import Frame
from mingzhang.read.pdf.source import opened

DPI = 220  # dots per inch of pictures: the smallest labels are legible


def draw_pdf(
    data: bytes, book: Book, document: Document, states: Mapping[str, str], lang: str = "zh"
) -> bytes:
    """A copy of the PDF ``data`` with what was read from it drawn over its pages.

    ``document`` is the one of ``book.documents`` that was read from ``data``; ``states`` as in
    ``marks``. Tables are framed purple with the kind of their statement below, cells blue (violet
    where merged), roles of columns above, kinds of rows beside; prose is framed pale blue,
    headings orange; figures are green where something ties them to others, amber where nothing
    does, red where nobody understood them, with their row, header path and quantity. Raises
    Unreadable.
    """
    with _drawn(data, book, document, states, lang) as (pdf, _):
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def draw_png(
    data: bytes,
    book: Book,
    document: Document,
    states: Mapping[str, str],
    lang: str = "zh",
    dpi: int = DPI,
) -> list[tuple[int, bytes]]:
    """The same as PNG pictures of the pages that have something on them: (page from 1, picture).

    Raises Unreadable.
    """
    with _drawn(data, book, document, states, lang) as (pdf, numbers):
        return [(number, png(_picture(pdf, number, dpi))) for number in numbers]


@contextmanager
def _drawn(
    data: bytes, book: Book, document: Document, states: Mapping[str, str], lang: str
) -> Iterator[tuple[Any, list[int]]]:
    found = marks(book, document, states, lang)
    with opened(data, document.name, None) as (pdf, _):
        frames = {}
        for number in sorted(found):
            page = pdf[number - 1]
            frames[number] = Frame(page.get_bbox(), page.get_rotation() // 90)
            page.close()
        over = pdfium.PdfDocument(overlay([(*f.size, found[n]) for n, f in frames.items()]))
        try:
            for k, (number, frame) in enumerate(frames.items()):
                _lay(over, k, pdf, number, frame)
        finally:
            over.close()
        yield pdf, list(frames)


def _lay(over: Any, k: int, pdf: Any, number: int, frame: Frame) -> None:
    """Lay page ``k`` of ``over``, which is drawn as seen, over page ``number`` of ``pdf``.

    As a stamp: what a page leaves behind in its graphics state (a clip, a scale) cannot touch it,
    and a viewer can hide it.
    """
    a, b, c, d, e, f = frame.matrix()
    high = frame.size[1] - f
    page = pdf[number - 1]
    form = raw.FPDF_NewXObjectFromPage(pdf.raw, over.raw, k)
    shown = raw.FPDF_NewFormObjectFromXObject(form)
    # the matrix is a quarter-turn with a flip: its own transpose undoes it
    turn = raw.FS_MATRIX(a, c, -b, -d, b * high - a * e, d * high - c * e)
    raw.FPDFPageObj_SetMatrix(shown, turn)
    stamp = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STAMP)
    left, low, right, top = frame.bounds
    raw.FPDFAnnot_SetRect(stamp, raw.FS_RECTF(left, top, right, low))
    raw.FPDFAnnot_SetFlags(stamp, raw.FPDF_ANNOT_FLAG_PRINT | raw.FPDF_ANNOT_FLAG_READONLY)
    raw.FPDFAnnot_AppendObject(stamp, shown)
    raw.FPDFPage_CloseAnnot(stamp)
    raw.FPDF_CloseXObject(form)
    page.close()


def _picture(pdf: Any, number: int, dpi: int) -> NDArray[np.uint8]:
    page = pdf[number - 1]
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    picture: NDArray[np.uint8] = np.array(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    page.close()
    return picture
