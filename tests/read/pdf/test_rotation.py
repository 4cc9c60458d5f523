"""Pages that are turned: /Rotate, boxes off the origin, tables printed sideways."""

from __future__ import annotations

import pytest
from minipdf import Page, only_grid, pdf, read, rows, texts

from mingzhang.read.pdf import read_pdf

XS = [50.0, 200.0, 300.0, 400.0]
YS = [100.0, 120.0, 140.0, 160.0]
ROWS = [["项目", "金额", "占比"], ["甲", "1,234.56", "50.00%"], ["合计", "2,469.12", "100%"]]
TURNS = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}


def turned(rotate: int) -> Page:
    """The plain table on a page whose contents are turned back by /Rotate."""
    drawn = Page().text(50, 60, "收支总表", 16).table(XS, YS, ROWS)
    wide, high = (842, 595) if rotate in (90, 270) else (595, 842)
    page = Page(wide=wide, high=high, rotate=rotate)
    page.parts = [f"q {TURNS[rotate]} cm", *drawn.parts, "Q"]
    return page


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_rotated_page_reads_as_it_is_seen(rotate: int) -> None:
    document = read(turned(rotate))
    grid = only_grid(document)
    assert rows(grid) == ROWS
    assert document.page_sizes == ((595.0, 842.0),)
    assert grid.place.box == pytest.approx((50, 100, 400, 160), abs=1)
    assert texts(document) == ["收支总表"]


@pytest.mark.parametrize("rotate", [90, 270])
def test_a_table_printed_sideways_is_read_and_its_place_told_as_seen(rotate: int) -> None:
    page = turned(rotate)
    page.rotate = 0  # nobody turns it back: the reader of the sheet does
    document = read(page)
    grid = only_grid(document)
    assert rows(grid) == ROWS
    assert document.page_sizes == ((842.0, 595.0),)
    x0, y0, x1, y1 = grid.place.box or (0, 0, 0, 0)
    assert (x1 - x0, y1 - y0) == pytest.approx((60, 350), abs=1)
    cell = grid.matrix()[1][1]
    assert cell is not None and cell.place.box is not None
    expected = (120, 842 - 842 + 595 - 300, 140, 395) if rotate == 90 else (702, 200, 722, 300)
    assert cell.place.box == pytest.approx(expected, abs=1)


def test_the_box_of_a_page_need_not_begin_at_the_origin() -> None:
    document = read(Page(origin=(30, -50)).table(XS, YS, ROWS))
    grid = only_grid(document)
    assert rows(grid) == ROWS
    assert grid.place.box == pytest.approx((50, 100, 400, 160), abs=1)


def test_places_quote_what_a_person_sees() -> None:
    document = read_pdf(pdf(Page().text(50, 60, "总计2,961.68万元", 10)), "a.pdf")
    (paragraph,) = document.paragraphs()
    place = paragraph.at(2, 10)
    assert place.excerpt == "2,961.68"
    assert place.box == pytest.approx((70, 51, 118, 62), abs=1.2)
    assert (place.page, place.name, len(place.source)) == (1, "a.pdf", 64)
