"""Page numbers and running headers are left out; what only looks like them is kept."""

from __future__ import annotations

from minipdf import Page, pdf, read, rows, texts

from mingzhang.read.pdf import read_pdf

XS = [50.0, 200.0, 300.0]


def prose(*lines: str) -> Page:
    page = Page()
    for k, line in enumerate(lines):
        page.text(80, 120 + 20 * k, line)
    return page


def test_page_numbers_are_left_out_in_all_their_shapes() -> None:
    for shape in ("{}", "- {} -", "— {} —", "第 {} 页", "第{}页共3页", "{}/3", "－{}－"):
        pages = [
            prose(f"正文{'甲乙丙'[k]}").text(297, 800, shape.format(k + 1), align="center")
            for k in range(3)
        ]
        assert texts(read(*pages)) == ["正文甲", "正文乙", "正文丙"], shape


def test_numbering_may_start_anywhere_and_stand_at_either_side() -> None:
    pages = [
        prose(f"正文{'甲乙丙丁'[k]}").text(80 if k % 2 else 500, 800, str(k + 7)) for k in range(4)
    ]
    assert texts(read(*pages)) == ["正文甲", "正文乙", "正文丙", "正文丁"]


def test_a_lone_number_at_the_edge_that_does_not_count_is_kept() -> None:
    assert "2026" in texts(read(prose("正文"), prose("正文二").text(297, 800, "2026")))


def test_running_headers_are_left_out_but_unit_lines_and_titles_are_not() -> None:
    pages = []
    for k in range(4):
        page = Page().text(297, 40, "上海市某局2025年单位预算", 9, align="center")
        page.text(297, 90, f"表{'一二三四'[k]}", 16, align="center").text(
            400, 110, "单位：元", align="right"
        )
        pages.append(page.table(XS, [120, 140, 160], [["项目", "金额"], ["合计", f"{k}.00"]]))
    document = read(*pages)
    assert texts(document) == [
        "上海市某局2025年单位预算",  # once: it could be the title of a table that runs on
        "表一",
        "单位：元",
        "表二",
        "单位：元",
        "表三",
        "单位：元",
        "表四",
        "单位：元",
    ]


def test_page_numbers_inside_a_table_are_taken_out_of_its_cells() -> None:
    """Tables that fill the page: the number is printed over their last row."""
    pages = []
    for k in range(4):
        page = Page().table(XS, [700, 760, 815], [["项目", "1.00"], ["合计", "2.00"]])
        pages.append(page.text(100, 806, str(k + 1), 9))
    for grid in read(*pages).grids():
        assert rows(grid) == [["项目", "1.00"], ["合计", "2.00"]]


def test_figures_of_tables_near_the_edge_are_kept() -> None:
    pages = [
        Page().table(XS, [780, 800, 820], [["项目", "9"], ["合计", f"{9 - k}"]]) for k in range(4)
    ]
    assert [rows(grid)[1][1] for grid in read(*pages).grids()] == ["9", "8", "7", "6"]


def test_a_page_number_turned_with_a_landscape_table_is_left_out() -> None:
    pages = []
    for k in range(3):
        page = Page(wide=842, high=595).table(
            XS, [100, 120, 140], [["项目", "金额"], ["合计", "2.00"]]
        )
        pages.append(page.text(820, 300, f"- {k + 1} -", 9, turn="0 1 -1 0"))
    assert texts(read(*pages)) == []


def test_limits_on_pages_are_told() -> None:
    document = read_pdf(pdf(*[prose("正文")] * 5), "a.pdf", max_pages=2)
    assert document.pages == 5 and len(document.page_sizes) == 2
    assert texts(document) == ["正文", "正文"]
    assert any("2" in warning and "5" in warning for warning in document.warnings)
