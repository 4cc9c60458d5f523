"""The shared books: what a person sees on their pages, and nothing lost or told twice."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from minipdf import rows

from mingzhang.model.document import Document, Grid
from mingzhang.read.pdf import draw, read_pdf

BOOKS = Path(__file__).parents[4] / "shared" / "books"
NAMES = sorted(path.stem for path in BOOKS.glob("*.pdf"))


@cache
def book(name: str) -> Document:
    return read_pdf(data(name), f"{name}.pdf")


def data(name: str) -> bytes:
    path = BOOKS / f"{name}.pdf"
    if not path.exists() and os.environ.get("CI") != "true":
        pytest.skip("the shared books are not here")
    return path.read_bytes()


def grids(name: str, page: int) -> list[Grid]:
    return [grid for grid in book(name).grids() if grid.place.page == page]


# rows and columns of every table of a page, counted on the page's picture
SHAPES = [
    ("js-congress-2018", 8, [(26, 6)]),
    ("js-congress-2018", 9, [(16, 3)]),
    ("js-congress-2018", 10, [(2, 5), (7, 4)]),
    ("js-congress-2019-tables", 1, [(27, 6)]),
    ("js-congress-2019-tables", 9, [(4, 9)]),
    ("js-congress-2019-tables", 10, [(5, 3)]),
    ("js-congress-2019-tables", 13, [(11, 6)]),
    ("js-court-2017", 11, [(6, 6)]),
    ("js-court-2017", 12, [(20, 6), (10, 3)]),
    ("js-court-2017", 17, [(5, 3), (4, 9), (21, 6)]),
    ("js-partyoffice-2018-tables", 3, [(26, 6)]),
    ("js-partyoffice-2018-tables", 12, [(5, 3)]),
    ("sh-finance-2025", 7, [(16, 7)]),
    ("sh-finance-2025", 9, [(13, 9)]),
    ("sh-finance-2025", 15, [(5, 7)]),
    ("sh-welfare-2024", 12, [(16, 7)]),
    ("sh-putuo-finance-2024-final", 8, [(18, 11)]),
    ("sh-putuo-finance-2024-final", 14, [(1, 7)]),
    ("sh-putuo-finance-2024-final", 17, [(21, 8)]),
    ("sh-putuo-finance-2024-final", 18, [(6, 12)]),
    ("template-final-account", 11, [(40, 6)]),
    ("template-final-account", 13, [(6, 8)]),
]


@pytest.mark.parametrize(("name", "page", "shapes"), SHAPES)
def test_tables_have_the_rows_and_columns_of_the_page(
    name: str, page: int, shapes: list[tuple[int, int]]
) -> None:
    assert [(grid.height, grid.width) for grid in grids(name, page)] == shapes


# a row of a table, by book, page, table on the page and row
ROWS = [
    ("js-congress-2018", 8, 0, 10, ["", "", "八、社会保障和就业支出", "1068.78", "", ""]),
    ("js-congress-2019-tables", 9, 0, 3,
     ["2,600.71", "767.60", "199.25", "183.60", "", "183.60", "384.75", "1,469.73", "363.38"]),
    ("js-court-2017", 12, 0, 0, ["二、财政专户管理资金", "", "四、公共安全支出", "23,513.11", "", ""]),
    ("js-court-2017", 17, 2, 20, ["", "应用软件购建费", "信息网络及软件购", "", "", "606.00"]),
    ("js-court-2017", 18, 0, 0, ["", "", "置更新", "", "", ""]),
    ("js-partyoffice-2018-tables", 3, 0, 3,
     ["一、财政拨款", "24,458.43", "一、一般公共服务支出", "20,153.75", "一、基本支出", "10,403.11"]),
    ("sh-finance-2025", 7, 0, 15,
     ["收入总计", "171,915,169", "支出总计", "171,915,169", "102,464,260", "25,177,779", "44,273,130"]),
    ("sh-welfare-2024", 7, 0, 5,
     ["1、一般公共预算资金", "9,501,164", "二、社会保障和就业支出", "11,281,624", "6,540,674", "2,120,950", "2,620,000"]),
    ("sh-putuo-finance-2024-final", 13, 0, 18, ["总计", "2,961.68", "总计", "2,961.68", "2,961.68", "", ""]),
    ("sh-putuo-finance-2024-final", 16, 0, 9, ["301", "08", "机关事业单位基本养老保险缴费", "160.75", "302", "06", "电费", ""]),
    ("template-final-account", 11, 0, 2, ["30101", "基本工资", "", "30201", "办公费", ""]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "page", "table", "row", "expected"), ROWS)
def test_rows_read_as_printed(
    name: str, page: int, table: int, row: int, expected: list[str]
) -> None:
    assert rows(grids(name, page)[table])[row] == expected


def test_headers_span_what_they_span() -> None:
    (grid,) = grids("sh-putuo-finance-2024-final", 8)
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in grid.cells if c.row < 4}
    assert spans["项目"] == (0, 0, 1, 4)
    assert spans["科目编码"] == (2, 0, 1, 3)
    assert spans["科目名称"] == (1, 3, 2, 1)
    assert spans["附属单位上缴收入"] == (0, 9, 3, 1)


def test_indentation_is_told() -> None:
    (grid,) = grids("template-final-account", 11)
    texts = {cell.text: cell.place.excerpt for cell in grid.cells}
    assert texts["工资福利支出"] == "工资福利支出"
    assert texts["基本工资"] == "\u3000基本工资"


def test_captions_stand_before_their_tables() -> None:
    blocks = [b for b in book("sh-finance-2025").blocks if _page(b) == 8]
    shown = ["GRID" if isinstance(b, Grid) else b.text for b in blocks]
    assert shown == ["2025年预算单位收入预算总表", "编制单位：上海市财政局", "单位：元", "GRID"]


def test_text_below_the_edge_of_the_page_is_not_read() -> None:
    """Page 11 carries the next two tables below its lower edge."""
    assert [(grid.height, grid.width) for grid in grids("js-congress-2017", 11)] == [(20, 3)]
    seen = [p.text for p in book("js-congress-2017").paragraphs() if p.runs[0].place.page == 11]
    assert seen == ["财政拨款支出预算表", "部门：", "江苏省人大常委会办公厅", "单位：万元"]


def _page(block: object) -> int | None:
    return block.place.page if isinstance(block, Grid) else block.runs[0].place.page  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_every_character_on_a_page_is_read_once(name: str) -> None:
    """All that PDFium finds on the page, but its page number, stands in exactly one block."""
    read: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for block in book(name).blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                read[cell.place.page or 0].update(cell.text.replace(" ", ""))
        else:
            for run in block.runs:
                read[run.place.page or 0].update(run.text.replace(" ", ""))
    document = pdfium.PdfDocument(data(name))
    for number, page in enumerate(document, 1):
        printed = Counter(_printed(page))
        assert not read[number] - printed, f"page {number}: told twice"
        lost = printed - read[number]
        assert all(char in "0123456789-—" for char in lost), f"page {number}: lost {lost}"
        assert sum(lost.values()) <= 6


def _printed(page: pdfium.PdfPage) -> list[str]:
    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    chars = []
    for k in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, k))
        x0, y0, x1, y1 = text.get_charbox(k)
        inside = left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top
        if inside and not char.isspace() and not raw.FPDFText_IsGenerated(text, k):
            chars.append(char)
    return chars


@pytest.mark.parametrize("name", NAMES)
def test_places_lie_on_their_pages(name: str) -> None:
    document = book(name)
    for block in document.blocks:
        places = (
            [c.place for c in block.cells]
            if isinstance(block, Grid)
            else [r.place for r in block.runs]
        )
        for place in places:
            assert place.page is not None and place.box is not None
            width, height = document.page_sizes[place.page - 1]
            x0, y0, x1, y1 = place.box
            assert -1 <= x0 < x1 <= width + 60 and -2 <= y0 < y1 <= height + 2, place


def test_no_shared_book_has_anything_unread() -> None:
    assert {name: book(name).warnings for name in NAMES if book(name).warnings} == {}


def test_drawing_keeps_the_pages_and_adds_marks() -> None:
    for name in ("js-congress-2019-tables", "template-final-account"):
        drawn = pdfium.PdfDocument(draw(data(name), book(name)))
        assert len(drawn) == book(name).pages
        plain = pdfium.PdfDocument(data(name))
        assert drawn[8].get_textpage().get_text_range() == plain[8].get_textpage().get_text_range()
        before, after = (len(list(doc[8].get_objects())) for doc in (plain, drawn))
        assert after > before + 20
