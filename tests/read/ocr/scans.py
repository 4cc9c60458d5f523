"""Scans made by the test: pages rendered to pictures, and an engine that knows what is on them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from minipdf import Page, pdf, width
from numpy.typing import NDArray

from mingzhang.read.ocr.engine import Seen, Sign

DPI = 150.0
Text = tuple[float, float, str, float]  # x, baseline, text, size in points


def rendered(data: bytes, number: int = 0, dpi: float = DPI) -> NDArray[np.uint8]:
    """A page of a PDF as a picture."""
    bitmap = pdfium.PdfDocument(data)[number].render(scale=dpi / 72, rev_byteorder=True)
    return np.array(bitmap.to_numpy()[:, :, :3])


def image_only(pictures: Sequence[NDArray[np.uint8]], dpi: float = DPI) -> bytes:
    """A PDF whose pages are nothing but these pictures."""
    out = pdfium.PdfDocument.new()
    for picture in pictures:
        high, wide = picture.shape[:2]
        page = out.new_page(wide * 72 / dpi, high * 72 / dpi)
        image: Any = pdfium.PdfImage.new(out)
        grey = np.ascontiguousarray(picture[:, :, ::-1])
        image.set_bitmap(pdfium.PdfBitmap.from_pil(_pil(grey)))
        image.set_matrix(pdfium.PdfMatrix().scale(wide * 72 / dpi, high * 72 / dpi))
        page.insert_obj(image)
        page.gen_content()
        page.close()
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


def _pil(bgr: NDArray[np.uint8]) -> Any:
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1]))


def drawn(texts: Sequence[Text], page: Page | None = None) -> bytes:
    """A page with these texts on it."""
    page = page or Page()
    for x, y, text, size in texts:
        page.text(x, y, text, size)
    return pdf(page)


def seen(text: Text, dpi: float = DPI, score: float = 0.98) -> Seen:
    """A line as an engine would tell it: roughly boxed, its characters roughly placed."""
    x, y, words, size = text
    scale = dpi / 72
    edges = [x]
    for character in words:
        edges.append(edges[-1] + width(character, size))
    signs = tuple(
        Sign(c, (a + 0.12 * size) * scale, (b - 0.05 * size) * scale, score)
        for c, a, b in zip(words, edges, edges[1:], strict=False)
        if c.strip()
    )
    box = (x - 3, y - 1.15 * size, edges[-1] + 3, y + 0.4 * size)
    x0, y0, x1, y1 = (v * scale for v in box)
    return Seen(signs, (x0, y0, x1, y1))
