"""Pages as small pictures: true to the page, small, and never more than was asked for."""

from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2 as pdfium
import pytest
from minipdf import Page, pdf
from numpy.typing import NDArray
from PIL import Image

from goldbooks import paths
from mingzhang.draw import photos
from mingzhang.draw.photos import BYTES, PIXELS
from mingzhang.draw.png import png
from mingzhang.read.errors import Unreadable

ROOM = 10_000_000


def seen(data: bytes) -> NDArray[np.uint8]:
    """A picture as somebody else's decoder sees it."""
    return np.array(Image.open(io.BytesIO(data)).convert("RGB"))


def test_a_png_comes_out_as_it_went_in() -> None:
    colours = np.array([[0, 0, 0], [255, 0, 0], [0, 128, 255]], dtype=np.uint8)
    for width in (1, 2, 7):
        pixels = (np.arange(5 * width) % 3).reshape(5, width).astype(np.uint8)
        assert (seen(png(pixels, colours)) == colours[pixels]).all()
        assert (seen(png(colours[pixels])) == colours[pixels]).all()


def test_ink_and_tints_stay_where_and_what_they_are() -> None:
    page = Page().text(50, 60, "支出预算总表", 16)
    page.raw("1 0 0 rg 100 600 50 20 re f 0.8 0.9 1 rg 300 600 50 20 re f")
    made = photos(pdf(page), "a.pdf", [1], ROOM, 60.0)[1]
    assert (made.width, made.height) == (595, 842)
    picture = seen(made.data)
    scale = picture.shape[1] / 595

    def at(x: float, y: float) -> NDArray[np.int64]:
        return picture[round(y * scale), round(x * scale)].astype(int)

    assert abs(at(125, 842 - 610) - [255, 0, 0]).max() <= 8
    assert abs(at(325, 842 - 610) - [204, 230, 255]).max() <= 12
    assert (at(500, 400) == 255).all()
    assert (
        picture[round(44 * scale) : round(62 * scale), round(50 * scale) : round(146 * scale)].min()
        < 60
    )


def test_a_turned_page_is_pictured_as_it_is_seen() -> None:
    made = photos(pdf(Page(wide=842, high=595, rotate=90)), "a.pdf", [1], ROOM, 60.0)[1]
    assert (made.width, made.height) == (595, 842)


def test_a_page_that_says_it_is_huge_is_not_drawn_huge() -> None:
    started = time.monotonic()
    made = photos(pdf(Page(wide=14400, high=14400)), "a.pdf", [1], ROOM, 60.0)[1]
    assert max(seen(made.data).shape) <= PIXELS + 1
    assert time.monotonic() - started < 20


def test_pages_that_are_not_there_are_left_out() -> None:
    assert list(photos(pdf(Page()), "a.pdf", [0, 1, 2, 10**9], ROOM, 60.0)) == [1]


def test_no_more_than_there_is_room_and_time_for() -> None:
    three = pdf(Page().text(50, 60, "一"), Page().text(50, 60, "二"), Page().text(50, 60, "三"))
    size = len(photos(three, "a.pdf", [1], ROOM, 60.0)[1].data)
    assert len(photos(three, "a.pdf", [1, 2, 3], int(2.5 * size), 60.0)) == 2
    assert photos(three, "a.pdf", [1, 2, 3], ROOM, -1.0) == {}


def test_noise_as_of_a_scan_is_made_coarser() -> None:
    rng = np.random.default_rng(7)
    image = pdfium.PdfDocument.new()
    page = image.new_page(595, 842)
    picture = pdfium.PdfImage.new(image)
    picture.set_bitmap(
        pdfium.PdfBitmap.from_pil(
            Image.fromarray(rng.integers(0, 255, (1500, 1000, 3), dtype=np.uint8))
        )
    )
    picture.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    page.gen_content()
    out = io.BytesIO()
    image.save(out)
    made = photos(out.getvalue(), "scan.pdf", [1], ROOM, 60.0)[1]
    assert len(made.data) <= 2.5 * BYTES
    assert seen(made.data).shape[1] < 700


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unreadable):
        photos(b"hello", "a.pdf", [1], ROOM, 60.0)


def test_a_real_book_costs_little_a_page() -> None:
    (path,) = paths("sh-putuo-finance-2024-final-doctored")
    made = photos(path.read_bytes(), path.name, [7, 18, 19], ROOM, 60.0)
    assert list(made) == [7, 18, 19]
    assert all(10_000 < len(photo.data) < 120_000 for photo in made.values())
