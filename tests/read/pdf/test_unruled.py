"""Tables without ruling lines; and what is none: prose, contents lists."""

from __future__ import annotations

from minipdf import Page, only_grid, read, rows, texts, width

ROWS = [
    ["一、财政拨款收入", "171,915,169", "60,330,260", ""],
    ["二、事业收入", "1,200,000", "", "48,000"],
    ["三、其他收入", "", "", ""],
    ["收入总计", "173,115,169", "60,330,260", "48,000"],
]
EDGES = [300.0, 400.0, 500.0]


def body(page: Page, top: float, table: list[list[str]], pitch: float = 20) -> Page:
    for k, (label, *figures) in enumerate(table):
        page.text(60, top + pitch * k, label)
        for x, figure in zip(EDGES, figures, strict=True):
            page.text(x, top + pitch * k, figure, align="right")
    return page


def test_columns_of_figures_make_a_table() -> None:
    page = Page().text(300, 60, "收支预算总表", 16, align="center")
    page.text(60, 90, "编制单位：某局").text(500, 90, "单位：元", align="right")
    for x, text in zip([60, *EDGES], ["项目", "合计", "基本支出", "项目支出"], strict=True):
        page.text(x, 112, text, align="left" if x == 60 else "right")
    document = read(body(page, 132, ROWS).text(60, 240, "注：本表以元为单位。"))
    assert rows(only_grid(document)) == [["项目", "合计", "基本支出", "项目支出"], *ROWS]
    assert texts(document) == ["收支预算总表", "编制单位：某局", "单位：元", "注：本表以元为单位。"]


def test_a_header_of_two_levels_spans_its_columns() -> None:
    page = Page().text(60, 92, "项目").text(300, 92, "合计", align="right")
    page.text(425, 80, "本年支出", align="center")
    page.text(400, 98, "基本支出", align="right").text(500, 98, "项目支出", align="right")
    grid = only_grid(read(body(page, 118, ROWS)))
    header = rows(grid)[:-4]
    assert rows(grid)[-4:] == ROWS
    top = next(cell for cell in grid.cells if cell.text == "本年支出")
    assert (top.column, top.colspan) == (2, 2)
    assert "".join(row[2] for row in header).endswith("基本支出")
    assert "".join(row[0] for row in header) == "项目"


def test_a_heading_over_three_columns_spans_them() -> None:
    page = Page().text(400, 80, "本年支出", align="center").text(60, 98, "项目")
    for x, text in zip(EDGES, ["人员", "公用", "项目"], strict=True):
        page.text(x, 98, text, align="right")
    grid = only_grid(read(body(page, 118, ROWS)))
    top = next(cell for cell in grid.cells if cell.text == "本年支出")
    assert (top.row, top.column, top.colspan) == (0, 1, 3)


def test_a_label_that_wraps_stays_one_row() -> None:
    page = Page()
    page.text(60, 100, "一、机关事业单位基本养老保险").text(60, 114, "缴费支出").text(
        60, 140, "二、其他"
    )
    page.text(60, 166, "合计")
    for y, figure in ((100, "1,000.00"), (140, "20.00"), (166, "1,020.00")):
        page.text(400, y, figure, align="right").text(500, y, figure, align="right")
    assert [row[0] for row in rows(only_grid(read(page)))] == [
        "一、机关事业单位基本养老保险缴费支出", "二、其他", "合计"
    ]  # fmt: skip


def test_rules_between_rows_only_part_the_rows() -> None:
    """No upright lines; a label in two lines is set around the height of its figures."""
    page = Page()
    for y in (80, 102, 136, 158, 180):
        page.line(60, y, 510, y)
    for x, text in zip([60, *EDGES], ["项目", "合计", "基本支出", "项目支出"], strict=True):
        page.text(x, 95, text, align="left" if x == 60 else "right")
    page.text(60, 116, "一、机关事业单位基本养老保险").text(60, 130, "缴费支出").text(
        60, 151, "二、其他"
    )
    page.text(60, 173, "合计")
    for y, figure in ((123, "1,000.00"), (151, "20.00"), (173, "1,020.00")):
        for x in EDGES:
            page.text(x, y, figure, align="right")
    assert rows(only_grid(read(page))) == [
        ["项目", "合计", "基本支出", "项目支出"],
        ["一、机关事业单位基本养老保险缴费支出", *["1,000.00"] * 3],
        ["二、其他", *["20.00"] * 3],
        ["合计", *["1,020.00"] * 3],
    ]


def test_one_column_of_whole_figures_makes_a_table() -> None:
    page = Page()
    for k, (label, figure) in enumerate(
        [("基本支出", "1058"), ("项目支出", "941"), ("合计", "1999")]
    ):
        page.text(60, 100 + 20 * k, label).text(300, 100 + 20 * k, figure, align="right")
    assert rows(only_grid(read(page))) == [
        ["基本支出", "1058"],
        ["项目支出", "941"],
        ["合计", "1999"],
    ]


def test_a_contents_list_is_no_table() -> None:
    page = Page().text(297, 60, "目录", 16, align="center")
    for k in range(8):
        page.text(80, 100 + 20 * k, f"{'一二三四五六七八'[k]}、预算总表").text(
            500, 100 + 20 * k, str(3 + k)
        )
    document = read(page)
    assert not list(document.grids())
    assert texts(document)[1:3] == ["一、预算总表 3", "二、预算总表 4"]


def test_justified_prose_is_no_table() -> None:
    """Stretched lines have gaps a letter wide, with figures between them, at no fixed place."""
    page = Page()
    words = ["预算支出", "1,234.56", "万元，比上年增加", "12.34", "万元，增长", "5.25", "%，主要是"]
    for k in range(7):
        x = 80.0
        for word in words[k:] + words[:k]:
            page.text(x, 100 + 20 * k, word)
            x += width(word, 10) + 11
    assert not list(read(page).grids())


def test_prose_full_of_figures_is_no_table() -> None:
    page = Page()
    for k in range(6):
        page.text(80, 100 + 20 * k, f"增加{k}23.45万元，增长{k}.25%，其中项目支出1,{k}45.67万元；")
    assert not list(read(page).grids())


def test_a_list_of_facts_with_one_figure_is_no_table() -> None:
    page = Page().text(80, 100, "部门预算").text(300, 100, "2025")
    page.text(80, 120, "编制人数").text(80, 140, "负责人")
    assert not list(read(page).grids())
