"""Scanned pages become what the PDF reader has on any page; the engine is one that knows them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from minipdf import Page, only_grid, pdf, rows
from numpy.typing import NDArray
from scans import DPI, Text, drawn, image_only, rendered, seen

from mingzhang.model.document import Document
from mingzhang.model.place import Place
from mingzhang.read.ocr import Scanner, confidence_of, remark, weighed
from mingzhang.read.ocr.engine import Engine, EngineError, Seen
from mingzhang.read.pdf import read_pdf
from mingzhang.read.recognise import recognise

XS = [50.0, 250.0, 350.0, 450.0]
YS = [100.0, 125.0, 150.0, 175.0]
TEXTS: list[Text] = [
    (180, 60, "支出预算总表", 16), (380, 92, "单位：万元", 10),
    (60, 117, "功能分类科目名称", 10), (258, 117, "本年支出合计", 10), (360, 117, "项目支出", 10),
    (60, 142, "一般公共服务支出", 10), (280, 142, "1,234.56", 10), (390, 142, "34.56", 10),
    (60, 167, "合计", 10), (280, 167, "1,234.56", 10), (390, 167, "34.56", 10),
]  # fmt: skip
CELLS = [
    ["功能分类科目名称", "本年支出合计", "项目支出"],
    ["一般公共服务支出", "1,234.56", "34.56"],
    ["合计", "1,234.56", "34.56"],
]


def picture(texts: Sequence[Text] = TEXTS) -> NDArray[np.uint8]:
    return rendered(drawn(texts, Page().grid(XS, YS)))


def told(lines: Sequence[Seen]) -> Engine:
    return lambda _: list(lines)


def read(data: bytes, scanner: Scanner) -> Document:
    return read_pdf(data, "scan.pdf", page_reader=scanner)


def test_a_scanned_table() -> None:
    scanner = Scanner(told([seen(t) for t in TEXTS]), DPI)
    document = read(image_only([picture()]), scanner)
    grid = only_grid(document)
    assert rows(grid) == CELLS
    assert grid.place.box == pytest.approx((50, 100, 450, 175), abs=1.5)
    assert [p.text for p in document.paragraphs()] == ["支出预算总表", "单位：万元"]


def test_a_line_read_over_the_walls_is_parted_at_them() -> None:
    def joined(a: Seen, b: Seen) -> Seen:
        box = (a.box[0], min(a.box[1], b.box[1]), b.box[2], max(a.box[3], b.box[3]))
        return Seen(a.signs + b.signs, box)

    one = [seen(t) for t in TEXTS]
    lines = [*one[:2], joined(joined(one[2], one[3]), one[4]), *one[5:6], joined(one[6], one[7])]
    lines.append(joined(joined(one[8], one[9]), one[10]))
    document = read(image_only([picture()]), Scanner(told(lines), DPI))
    assert rows(only_grid(document)) == CELLS


def test_commas_read_as_points_are_mended_and_doubted() -> None:
    misread = [(x, y, t.replace("1,234.56", "1.234.56"), s) for x, y, t, s in TEXTS]
    data = image_only([picture()])
    scanner = Scanner(told([seen(t) for t in misread]), DPI)
    document = read(data, scanner)
    assert rows(only_grid(document)) == CELLS
    sightings = scanner.sightings(hashlib.sha256(data).hexdigest())
    book = weighed(recognise([document]), sightings)
    sure = {f.text: f.confidence for f in book.figures}
    assert sure["34.56"] == pytest.approx(0.98)
    assert sure["1,234.56"] == pytest.approx(0.98 * 0.8)


def test_the_least_sure_character_decides() -> None:
    lines = [seen(t) for t in TEXTS]
    faint = seen(TEXTS[7], score=0.4)
    lines[7] = Seen((*lines[7].signs[:2], faint.signs[2], *lines[7].signs[3:]), lines[7].box)
    data = image_only([picture()])
    scanner = Scanner(told(lines), DPI)
    document = read(data, scanner)
    book = weighed(recognise([document]), scanner.sightings(document.source))
    assert [f.confidence for f in book.figures] == pytest.approx([0.98, 0.4, 0.98, 0.98])
    elsewhere = Place("0" * 64, "x", "", 1, (0, 0, 600, 800))
    assert confidence_of(elsewhere, scanner.sightings(document.source)) == 1.0


@pytest.mark.parametrize("turn", [1, 3])
def test_a_page_scanned_sideways(turn: int) -> None:
    upright = picture()
    lying = np.ascontiguousarray(np.rot90(upright, turn))
    lines = [seen(t) for t in TEXTS]

    def engine(shown: NDArray[np.uint8]) -> list[Seen]:
        if shown.shape[0] < shown.shape[1]:  # sees only that text runs up and down
            return [Seen(one.signs, (100, 100, 130, 400)) for one in lines]
        if shown[150:400].mean() == pytest.approx(upright[150:400].mean(), abs=1):
            return lines
        return [seen(t, score=0.3) for t in TEXTS]  # upside down

    scanner = Scanner(engine, DPI)
    document = read(image_only([lying]), scanner)
    grid = only_grid(document)
    assert rows(grid) == CELLS
    x0, y0, x1, y1 = grid.place.box or (0, 0, 0, 0)
    assert (x1 - x0, y1 - y0) == pytest.approx((75, 400), abs=2)
    book = weighed(recognise([document]), scanner.sightings(document.source))
    assert {f.confidence for f in book.figures} == {0.98}


def test_a_page_with_text_is_not_looked_at() -> None:
    def never(_: object) -> list[Seen]:
        raise AssertionError("a page with text needs no engine")

    data = pdf(Page().table(XS, YS, CELLS))
    scanner = Scanner(never, DPI)
    assert rows(only_grid(read(data, scanner))) == CELLS
    assert scanner.seen == {}


def test_a_page_that_breaks_the_engine_is_told_and_the_rest_is_read() -> None:
    lines = [seen(t) for t in TEXTS]
    calls = []

    def engine(_: object) -> list[Seen]:
        calls.append(1)
        if len(calls) == 1:
            raise EngineError("out of luck")
        return lines

    scanner = Scanner(engine, DPI)
    document = read(image_only([picture(), picture()]), scanner)
    assert rows(only_grid(document)) == CELLS
    assert only_grid(document).place.page == 2
    seen_remark, broken_remark = scanner.remarks("a.pdf")
    assert "第 2 页" in seen_remark
    assert "第 1 页" in broken_remark


def test_scans_in_a_book_are_told() -> None:
    text = remark("missing", "a.pdf", [2, 3, 4, 9])
    assert "2-4, 9" in text
    assert "mingzhang[ocr]" in text
