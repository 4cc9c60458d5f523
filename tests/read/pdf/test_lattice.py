"""Ruled tables: what is one line, one wall, one cell."""

from __future__ import annotations

import itertools

import pytest
from minipdf import Page, only_grid, read, rows

XS = [50.0, 200.0, 300.0, 400.0]
YS = [100.0, 120.0, 140.0, 160.0]
ROWS = [
    ["项目", "金额", "占比"],
    ["一、基本支出", "1,234.56", "50.00%"],
    ["合计", "2,469.12", "100.00%"],
]


def test_a_plain_table_is_read_cell_by_cell() -> None:
    grid = only_grid(read(Page().table(XS, YS, ROWS)))
    assert rows(grid) == ROWS
    assert (grid.height, grid.width, grid.spans_known) == (3, 3, True)
    cell = grid.matrix()[1][1]
    assert cell is not None and cell.place.page == 1
    assert cell.place.box == pytest.approx((200, 120, 300, 140), abs=1)
    assert grid.place.box == pytest.approx((50, 100, 400, 160), abs=1)


def test_an_empty_table_survives() -> None:
    grid = only_grid(read(Page().grid(XS, YS)))
    assert rows(grid) == [[""] * 3] * 3


def test_a_single_row_of_cells_is_a_grid() -> None:
    grid = only_grid(read(Page().table(XS, YS[:2], ROWS[:1])))
    assert rows(grid) == ROWS[:1]


@pytest.mark.parametrize("how", ["thin fills", "pieces", "boxes", "dashes"])
def test_lines_are_lines_however_they_are_drawn(how: str) -> None:
    page = Page()
    segments = [(XS[0], y, XS[-1], y) for y in YS] + [(x, YS[0], x, YS[-1]) for x in XS]
    if how == "thin fills":
        for x0, y0, x1, y1 in segments:
            page.fill(x0, y0, x1 + 0.6, y1 + 0.6)
    elif how == "pieces":  # each cell draws its own sides, not quite meeting the next
        for x0, x1 in itertools.pairwise(XS):
            for y in YS:
                page.line(x0 + 0.5, y, x1 - 0.5, y)
        for y0, y1 in itertools.pairwise(YS):
            for x in XS:
                page.line(x, y0 + 0.5, x, y1 - 0.5)
    elif how == "boxes":
        for x0, x1 in itertools.pairwise(XS):
            for y0, y1 in itertools.pairwise(YS):
                page.raw(f"0.5 w {x0} {842 - y1} {x1 - x0} {y1 - y0} re S")
    else:
        for x0, y0, x1, y1 in segments:
            steps = int(max(x1 - x0, y1 - y0) // 3)
            for k in range(steps + 1):
                x, y = (x0 + 3 * k, y0) if y0 == y1 else (x0, y0 + 3 * k)
                page.line(x, y, x + (2 if y0 == y1 else 0), y + (0 if y0 == y1 else 2))
    assert rows(only_grid(read(page.cells(XS, YS, ROWS)))) == ROWS


def test_double_rules_make_no_ghost_rows_or_columns() -> None:
    page = Page().grid([x + 1.8 for x in XS], [y + 1.8 for y in YS])
    assert rows(only_grid(read(page.table(XS, YS, ROWS)))) == ROWS


def test_white_rules_are_no_walls_but_grey_ones_are() -> None:
    page = Page().table(XS, YS, ROWS)
    page.raw("1 1 1 RG").line(250, 100, 250, 160).line(50, 130, 400, 130)
    assert rows(only_grid(read(page))) == ROWS
    page.raw("0.7 G").line(350, 100, 350, 160)
    assert only_grid(read(page)).width == 4


def test_filled_backgrounds_are_no_walls() -> None:
    page = Page().fill(50, 100, 400, 120, "0.8 g").fill(90, 122, 180, 139, "0.9 1 0.9 rg")
    assert rows(only_grid(read(page.table(XS, YS, ROWS)))) == ROWS


def test_merged_cells_and_headers_of_four_levels() -> None:
    xs = [50.0, 150.0, 250.0, 350.0, 450.0]
    ys = [100.0, 120.0, 140.0, 160.0, 180.0, 200.0]
    page = Page().line(50, 100, 450, 100).line(50, 180, 450, 180).line(50, 200, 450, 200)
    page.line(150, 120, 450, 120).line(150, 140, 350, 140).line(250, 160, 350, 160)
    page.line(50, 100, 50, 200).line(150, 100, 150, 200).line(450, 100, 450, 200)
    page.line(350, 120, 350, 200).line(250, 140, 250, 200)
    for x, y, text in [
        (100, 144, "科目"), (300, 114, "支出"), (250, 134, "基本支出"), (400, 154, "项目支出"),
        (200, 164, "小计"), (300, 154, "其中"), (300, 174, "人员"),
    ]:  # fmt: skip
        page.text(x, y, text, 9, align="center")
    page.cells(xs, ys[4:], [["人大事务", "5.00", "4.00", "1.00"]])
    grid = only_grid(read(page))
    assert rows(grid) == [
        ["科目", "支出", "支出", "支出"],
        ["科目", "基本支出", "基本支出", "项目支出"],
        ["科目", "小计", "其中", "项目支出"],
        ["科目", "小计", "人员", "项目支出"],
        ["人大事务", "5.00", "4.00", "1.00"],
    ]
    spans = {cell.text: (cell.rowspan, cell.colspan) for cell in grid.cells}
    assert spans["科目"] == (4, 1) and spans["支出"] == (1, 3) and spans["项目支出"] == (3, 1)
    assert spans["基本支出"] == (1, 2) and spans["小计"] == (2, 1)


def test_a_stub_of_a_wall_parts_nothing() -> None:
    page = Page().table([50, 200, 400], YS, [["项目", "金额"], ["甲", "1.00"], ["合计", "1.00"]])
    page.line(300, 100, 300, 106)
    assert rows(only_grid(read(page))) == [["项目", "金额"], ["甲", "1.00"], ["合计", "1.00"]]


def test_an_l_shaped_union_still_gives_rectangles() -> None:
    page = Page().line(50, 100, 250, 100).line(50, 140, 250, 140).line(50, 100, 50, 140)
    page.line(250, 100, 250, 140).line(150, 120, 250, 120).line(150, 120, 150, 140)
    page.text(60, 114, "甲").text(200, 134, "1.00")
    grid = only_grid(read(page))
    covered = [(r, c) for r, row in enumerate(grid.matrix()) for c, cell in enumerate(row) if cell]
    assert len(covered) == grid.height * grid.width
    assert sum(cell.rowspan * cell.colspan for cell in grid.cells) == len(covered)
    assert {cell.text for cell in grid.cells if cell.text} == {"甲", "1.00"}


def test_a_column_edge_that_shifts_between_rows_is_one_edge() -> None:
    page = Page()
    for y in (100, 120, 140, 160, 180):
        page.line(50, y, 400, y)
    page.line(50, 100, 50, 180).line(400, 100, 400, 180)
    page.line(300, 100, 300, 140).line(304.5, 140, 304.5, 180)
    for k, (name, amount) in enumerate(
        [("甲", "1.00"), ("乙", "2.00"), ("丙", "3.00"), ("丁", "4.00")]
    ):
        page.text(52, 114 + 20 * k, name, 9).text(398, 114 + 20 * k, amount, 9, align="right")
    page.text(299.5, 154, "满格文字到边", 9, align="right").text(305, 154, "9", 9)
    grid = only_grid(read(page))
    assert grid.width == 2
    assert rows(grid)[2] == ["丙 满格文字到边", "9 3.00"]


def test_open_edges_are_edges() -> None:
    """A continuation without its top line, and a table without lines at its sides."""
    page = Page().line(50, 120, 400, 120).line(50, 140, 400, 140).line(50, 160, 400, 160)
    page.line(200, 80, 200, 160).line(300, 80, 300, 160)
    for k, row in enumerate([["支出", "", ""], ["甲", "1.00", "2.00"], ["乙", "3.00", "4.00"]]):
        page.cells(XS, [90.0 + 25 * k, 120.0 + 20 * k], [row])
    assert rows(only_grid(read(page))) == [
        ["支出", "", ""],
        ["甲", "1.00", "2.00"],
        ["乙", "3.00", "4.00"],
    ]


def test_a_frame_around_prose_and_an_underline_are_no_tables() -> None:
    page = Page().raw("0.5 w 40 40 515 762 re S").line(60, 122, 300, 122)
    page.text(60, 120, "一、主要职能").text(60, 150, "负责全市预算编制工作。")
    document = read(page)
    assert not list(document.grids())
    assert [p.text for p in document.paragraphs()] == ["一、主要职能", "负责全市预算编制工作。"]


def test_several_tables_on_a_page_stay_apart_in_order() -> None:
    page = Page().text(50, 90, "表一").table(XS, YS, ROWS).text(50, 200, "表二")
    page.table(XS, [210.0, 230.0, 250.0], ROWS[1:]).text(50, 270, "注：本表为空。")
    blocks = read(page).blocks
    shown = [b.text if hasattr(b, "text") else b.height for b in blocks]
    assert shown == ["表一", 3, "表二", 2, "注：本表为空。"]


def test_side_by_side_blocks_are_one_grid() -> None:
    xs = [50.0, 150.0, 220.0, 320.0, 400.0]
    table = [["科目", "决算数", "科目", "决算数"], ["工资", "1.00", "办公费", "2.00"]]
    assert rows(only_grid(read(Page().table(xs, YS[:3], table)))) == table
    page = Page().table(xs[:3], YS[:3], [row[:2] for row in table])
    page.table([230.0, 320.0, 400.0], YS[:3], [row[2:] for row in table])
    assert rows(only_grid(read(page))) == table


def test_tables_beside_each_other_with_rows_of_their_own_stay_apart() -> None:
    page = Page().table([50, 150, 220], YS[:3], [["科目", "金额"], ["工资", "1.00"]])
    page.table([230, 320, 400], YS, [["科目", "金额"], ["办公费", "2.00"], ["水费", "3.00"]])
    assert [grid.height for grid in read(page).grids()] == [2, 3]


def test_rules_inside_a_form_stand_where_the_form_is_drawn() -> None:
    lines = "0.5 w " + " ".join(
        [f"0 {y} m 175 {y} l S" for y in (0, 10, 20, 30)]
        + [f"{x} 0 m {x} 30 l S" for x in (0, 75, 125, 175)]
    )
    page = Page().form("2 0 0 2 50 682", lines).cells(XS, YS, ROWS)
    grid = only_grid(read(page))
    assert rows(grid) == ROWS
    assert grid.place.box == pytest.approx((50, 100, 400, 160), abs=1.5)


def test_rules_outside_the_clip_are_not_there() -> None:
    page = Page().table(XS, YS, ROWS)
    page.clip(0, 0, 595, 165).line(50, 160, 50, 300).line(400, 160, 400, 300)
    page.line(50, 300, 400, 300).unclip()
    assert rows(only_grid(read(page))) == ROWS
