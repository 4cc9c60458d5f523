"""What stands in a cell: characters by their own middle, lines by baseline, wraps joined."""

from __future__ import annotations

import pytest
from minipdf import Page, only_grid, read, rows

XS = [50.0, 130.0, 200.0, 300.0]
YS = [100.0, 120.0, 140.0]


def one_row(page: Page, xs: list[float] = XS) -> list[str]:
    """The texts of the second row of a table whose first is 甲乙丙."""
    page.grid(xs, YS).cells(xs, YS[:2], [list("甲乙丙丁戊")[: len(xs) - 1]])
    return rows(only_grid(read(page)))[1]


def test_one_text_over_two_cells_is_parted_at_the_wall() -> None:
    """A producer wrote a figure and the next cell's text as one string."""
    page = Page().text(159, 134, "24,458.43一、一般公共", 7.5)
    assert one_row(page) == ["", "24,458.43", "一、一般公共"]


def test_punctuation_stays_in_its_place() -> None:
    """Comma and stop have low boxes; they belong to the baseline of the digits."""
    page = Page().text(196, 134, "24,458.43", 9, align="right")
    page.text(202, 134, "，。、；：", 9)
    assert one_row(page) == ["", "24,458.43", "，。、；："]


def test_lines_of_a_cell_join_without_spaces_but_words_keep_theirs() -> None:
    xs = [50.0, 130.0, 230.0, 330.0]
    page = Page().grid(xs, [100, 120, 160]).cells(xs, [100, 120], [["甲", "乙", "丙"]])
    page.text(52, 135, "九、医疗卫生与计", 9).text(52, 150, "划生育支出", 9)
    page.text(132, 135, "Budget for", 9).text(132, 150, "rule of law", 9)
    page.text(328, 135, "1,234,", 9, align="right").text(328, 150, "567.89", 9, align="right")
    assert rows(only_grid(read(page)))[1] == [
        "九、医疗卫生与计划生育支出",
        "Budget for rule of law",
        "1,234,567.89",
    ]


def test_letter_spacing_and_full_width_stay_as_printed() -> None:
    page = Page().text(52, 134, "合  计", 9).text(132, 134, "１，２３４．５６", 7)
    page.text(202, 134, "提租补贴", 9, grow=5)
    first, second, third = one_row(page)
    assert first == "合 计"
    assert second == "１，２３４．５６"
    assert third.replace(" ", "") == "提租补贴"


def test_a_figure_wider_than_its_column_stays_whole() -> None:
    """Its last digits run over the wall into the next cell, which has a text of its own."""
    page = Page().text(137, 134, "171,915,169.00", 8).text(240, 134, "项目", 9)
    assert one_row(page) == ["", "171,915,169.00", "项目"]


def test_a_name_that_overflows_into_an_empty_cell_stays_whole() -> None:
    page = (
        Page().text(52, 134, "上海市普陀区社会福利院", 9).text(298, 134, "9.00", 9, align="right")
    )
    assert one_row(page) == ["上海市普陀区社会福利院", "", "9.00"]


def test_a_centred_heading_wider_than_its_cell_stays_whole() -> None:
    page = Page().text(165, 134, "功能分类科目编码", 10, align="center").text(52, 134, "项", 9)
    page.text(250, 134, "名称", 9)
    assert one_row(page) == ["项", "功能分类科目编码", "名称"]


def test_two_figures_that_touch_a_wall_from_both_sides_stay_apart() -> None:
    page = Page().text(199.9, 134, "1,234.50", 9, align="right").text(200.1, 134, "2010308", 9)
    assert one_row(page) == ["", "1,234.50", "2010308"]


def test_indentation_shows_in_the_excerpt() -> None:
    ys = [100.0 + 20 * k for k in range(6)]
    page = Page().grid([50, 250, 350], ys)
    for k, (x, text) in enumerate(
        [(52, "一般公共服务支出"), (62, "财政事务"), (72, "行政运行"), (52, "合计")]
    ):
        page.text(x, ys[k] + 14, text, 10).text(348, ys[k] + 14, "1.00", 10, align="right")
    page.text(150, ys[4] + 14, "总计", 10, align="center")
    excerpts = [row[0].place.excerpt for row in only_grid(read(page)).matrix() if row[0]]
    assert excerpts == [
        "一般公共服务支出",
        "\u3000财政事务",
        "\u3000\u3000行政运行",
        "合计",
        "总计",
    ]


def test_vertical_labels_read_downwards() -> None:
    page = Page().grid([50, 70, 200], [100, 180, 200])
    for k, char in enumerate("一般公共"):
        page.text(55, 118 + 16 * k, char, 10)
    page.text(72, 144, "小计", 10)
    assert rows(only_grid(read(page)))[0] == ["一般公共", "小计"]


def test_a_label_turned_upwards_reads_upwards() -> None:
    page = Page().grid([50, 70, 200], [100, 180, 200]).text(72, 144, "一般公共预算", 10)
    page.text(64, 170, "财政 拨款", 10, turn="0 1 -1 0")
    assert rows(only_grid(read(page)))[0] == ["财政 拨款", "一般公共预算"]


def test_rows_without_rules_are_rows() -> None:
    xs = [50.0, 200.0, 300.0, 400.0]
    page = Page().grid(xs, [100, 120, 220]).cells(xs, [100, 120], [["项目", "合计", "基本"]])
    body = [
        ["一、教育支出", "1,200.00", "800.00"],
        ["二、国防支出", "", ""],
        ["三、社会保障和就业支出及其他支出", "300.50", "300.50"],
        ["合计", "1,500.50", "1,100.50"],
    ]
    page.text(52, 134, body[0][0], 9).text(52, 152, body[1][0], 9)
    page.text(52, 170, "三、社会保障和就业支出及其他支", 9).text(52, 182, "出", 9).text(
        52, 200, "合计", 9
    )
    for y, row in ((134, body[0]), (170, body[2]), (200, body[3])):
        page.text(298, y, row[1], 9, align="right").text(398, y, row[2], 9, align="right")
    assert rows(only_grid(read(page))) == [["项目", "合计", "基本"], *body]


def test_wrapped_cells_beside_each_other_are_no_rows() -> None:
    xs = [50.0, 120.0, 180.0, 240.0]
    page = Page().grid(xs, [100, 150]).text(52, 120, "机关事业单位", 9).text(52, 134, "养老保险", 9)
    page.text(178, 120, "12,345,", 9, align="right").text(178, 134, "678.90", 9, align="right")
    page.text(238, 120, "12,345,", 9, align="right").text(238, 134, "678.90", 9, align="right")
    assert rows(only_grid(read(page))) == [
        ["机关事业单位养老保险", "12,345,678.90", "12,345,678.90"]
    ]


@pytest.mark.parametrize("size", [5.0, 9.0, 14.0])
def test_characters_near_a_rule_belong_above_it(size: float) -> None:
    """Text set tight on the lower line of its row."""
    page = Page().text(52, 119, "甲", size).text(52, 139, "乙", size).grid(XS, YS)
    got = rows(only_grid(read(page)))
    assert [row[0] for row in got] == ["甲", "乙"]
