"""The real engine on a page of a shared book that was made a scan: every figure in its cell."""

from __future__ import annotations

import io
import re

import numpy as np
import pypdfium2 as pdfium
import pytest
from scans import DPI, image_only, rendered

from goldbooks import paths
from mingzhang.model.document import Document
from mingzhang.read.errors import Unreadable
from mingzhang.read.ocr import as_pdf, available, scanner
from mingzhang.read.pdf import read_pdf

needs_extra = pytest.mark.skipif(not available(), reason="the extra mingzhang[ocr] is missing")
FIGURE = re.compile(r"-?[\d,]*\d(?:\.\d+)?")


def figures(document: Document) -> dict[tuple[int, int, int], str]:
    return {
        (k, cell.row, cell.column): cell.text
        for k, grid in enumerate(document.grids())
        for cell in grid.cells
        if FIGURE.fullmatch(cell.text)
    }


def one_page(book: str, number: int, part: tuple[float, float, float, float]) -> bytes:
    """A part (left, bottom, right, top) of a page of a shared book alone."""
    whole, out = pdfium.PdfDocument(paths(book)[0]), pdfium.PdfDocument.new()
    out.import_pages(whole, [number - 1])
    out[0].set_mediabox(*part)
    out[0].set_cropbox(*part)
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


@needs_extra
def test_all_figures_of_a_scanned_page() -> None:
    data = one_page("sh-welfare-2024", 8, (90, 318, 750, 595.25))
    printed = figures(read_pdf(data, "a.pdf"))
    assert len(printed) > 12
    picture = rendered(data)
    speckled = picture.copy()
    noise = np.random.default_rng(3)
    speckled[noise.random(picture.shape[:2]) < 0.001] = 90  # dust on the glass
    seen = scanner(DPI)
    scanned = read_pdf(image_only([speckled]), "a.pdf", page_reader=seen)
    assert figures(scanned) == printed
    assert all(0 < score <= 0.99 for score in seen.seen[1].scores)


@needs_extra
def test_pictures_as_pages() -> None:
    from PIL import Image

    frames = [Image.new("RGB", (1240, 1754), "white"), Image.new("L", (1240, 1754), 200)]
    tiff = io.BytesIO()
    frames[0].save(tiff, "TIFF", save_all=True, append_images=frames[1:], dpi=(150, 150))
    pages = pdfium.PdfDocument(as_pdf(tiff.getvalue(), "a.tif"))
    assert [p.get_size() for p in pages] == [pytest.approx((595.2, 841.9), abs=0.1)] * 2
    png = io.BytesIO()
    frames[0].save(png, "PNG")
    assert pdfium.PdfDocument(as_pdf(png.getvalue(), "a.png"))[0].get_width() == pytest.approx(595)


@needs_extra
@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0 broken"])
def test_broken_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"a\.png"):
        as_pdf(data, "a.png")
