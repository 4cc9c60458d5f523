"""What the reader thought, drawn: at the right place, in the right colour, whatever the page is."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from minipdf import Page, pdf
from numpy.typing import NDArray

import mingzhang as mz
from goldbooks import paths
from mingzhang.draw import STATES, draw_pdf, draw_png
from mingzhang.draw.ink import Color, Frame, Label, fitted, width_of
from mingzhang.draw.marks import marks
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.read import document
from mingzhang.read.recognise import recognise

XS = [50.0, 250.0, 400.0]
YS = [100.0, 130.0, 160.0, 190.0, 220.0]
ROWS = [
    ["功能分类科目名称", "本年支出合计"],
    ["一般公共服务支出", "1234.56"],
    ["教育支出", "100.00"],
    ["合计", "1334.56"],
]
CLIPPED = "0 0 40 40 re W n 0.1 0 0 0.1 0 0 cm"  # what a careless page leaves behind


def page(rotate: int = 0, left_behind: str = "") -> Page:
    drawn = Page().text(50, 60, "支出预算总表", 16).text(300, 90, "单位：万元", 10)
    drawn.text(50, 300, "2024年部门预算支出合计1334.56万元。", 12)
    drawn.table(XS, YS, ROWS)
    turns = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}
    if rotate:
        wide, high = (842, 595) if rotate in (90, 270) else (595, 842)
        out = Page(wide=wide, high=high, rotate=rotate)
        out.parts = [f"q {turns[rotate]} cm", *drawn.parts, "Q"]
        drawn = out
    return drawn.raw(left_behind) if left_behind else drawn


def read(data: bytes) -> Book:
    return recognise([document(data, "made.pdf")])


def picture(data: bytes, scale: float = 4.0) -> NDArray[np.uint8]:
    rendered: NDArray[np.uint8] = pdfium.PdfDocument(data)[0].render(scale=scale).to_numpy()
    return rendered[:, :, 2::-1]


def framed(seen: NDArray[np.uint8], figure: Figure, color: Color, scale: float = 4.0) -> float:
    """The share of the upper edge of a figure's frame that is drawn in ``color``."""
    assert figure.place.box is not None
    left, top, right, _ = figure.place.box
    top += -0.5 if figure.in_prose else 1.0  # inside a cell, around a figure in prose
    x0, x1 = round((left + 3) * scale), round((right - 3) * scale)
    band = seen[round((top - 0.4) * scale) : round((top + 0.4) * scale), x0:x1].astype(int)
    near = np.abs(band - np.array([round(255 * c) for c in color])).max(axis=2) < 60
    return float(near.any(axis=0).mean())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("left_behind", ["", CLIPPED])
def test_figures_are_framed_where_they_stand(rotate: int, left_behind: str) -> None:
    data = pdf(page(rotate, left_behind))
    book = read(data)
    in_table = [f for f in book.figures if not f.in_prose]
    assert [f.text for f in in_table] == ["1234.56", "100.00", "1334.56"]
    states = {in_table[0].id: "alone"}
    seen = picture(draw_pdf(data, book, book.documents[0], states))
    for figure in book.figures:
        state = "unread" if figure.quantity is None else states.get(figure.id, "linked")
        assert framed(seen, figure, STATES[state]) > 0.7, figure.label
        others = [c for name, c in STATES.items() if name != state]
        assert all(framed(seen, figure, c) < 0.3 for c in others), figure.label


def test_the_page_itself_stays_as_it_was() -> None:
    data = pdf(page(), page())
    book = read(data)
    drawn = pdfium.PdfDocument(draw_pdf(data, book, book.documents[0], {}))
    assert len(drawn) == 2
    for k in range(2):
        before = pdfium.PdfDocument(data)[k].get_textpage().get_text_range()
        assert drawn[k].get_textpage().get_text_range() == before
    without = drawn[0].render(scale=1, may_draw_forms=False, draw_annots=False).to_numpy()
    assert (without == pdfium.PdfDocument(data)[0].render(scale=1).to_numpy()).all()


def test_what_is_said_of_a_real_book() -> None:
    book = mz.read(*paths("sh-welfare-2024"))
    one = book.documents[0]
    found = marks(book, one, {}, "zh")
    labels = [m.text for of in found.values() for m in of if isinstance(m, Label)]
    for index, statement in enumerate(book.statements):
        assert any(t.startswith(f"s{index} {statement.kind}") for t in labels)
    frames = {
        (number, tuple(round(v) for v in m.box), m.color)
        for number, of in found.items()
        for m in of
        if isinstance(m, Frame)
    }
    for figure in book.figures:
        assert figure.place.box is not None
        x0, y0, x1, y1 = figure.place.box
        grow = 0.5 if figure.in_prose else -1.0
        box = (x0 - grow, y0 - grow, x1 + grow, y1 + grow)
        color = STATES["linked" if figure.quantity else "unread"]
        assert (figure.place.page, tuple(round(v) for v in box), color) in frames


def test_pictures_are_png() -> None:
    data = pdf(page())
    book = read(data)
    ((number, png),) = draw_png(data, book, book.documents[0], {}, dpi=72)
    assert number == 1
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    assert (wide, high) == (595, 842)
    start = png.index(b"IDAT") + 4
    size = struct.unpack(">I", png[start - 8 : start - 4])[0]
    assert zlib.crc32(png[start - 4 : start + size]) == struct.unpack(
        ">I", png[start + size : start + size + 4]
    )[0]  # fmt: skip
    lines = np.frombuffer(zlib.decompress(png[start : start + size]), np.uint8)
    seen = lines.reshape(high, 1 + 3 * wide)[:, 1:].reshape(high, wide, 3)
    pinkish = (seen[:, :, 0] > 150) & (seen[:, :, 1] < 90)
    assert pinkish[95:105].any()  # the frame of the table


def test_a_label_is_set_smaller_then_shortened() -> None:
    black = (0.0, 0.0, 0.0)
    whole = fitted(0, 0, 100, "一般公共服务", 10, 5, black)
    smaller = fitted(0, 0, 40, "一般公共服务", 10, 5, black)
    shorter = fitted(0, 0, 20, "一般公共服务", 10, 5, black)
    assert whole == Label(0, 0, "一般公共服务", 10, black)
    assert smaller is not None
    assert smaller.text == "一般公共服务"
    assert width_of(smaller.text, smaller.size) == pytest.approx(40)
    assert shorter is not None
    assert (shorter.text, shorter.size) == ("一般公…", 5)
    assert fitted(0, 0, 5, "一般公共服务", 10, 5, black) is None


def test_no_file_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = pdf(page())
    book = read(data)
    draw_pdf(data, book, book.documents[0], {})
    assert list(tmp_path.iterdir()) == []
