"""Text that the file writes and nobody sees, and text that only seems hidden."""

from __future__ import annotations

from minipdf import Page, only_grid, read, rows, texts

XS = [50.0, 130.0, 200.0, 300.0]
YS = [100.0, 120.0, 140.0]


def test_text_off_the_page_is_not_there() -> None:
    page = Page().text(50, 60, "看得见").text(50, 900, "页面以外的表").text(-200, 60, "左边以外")
    assert texts(read(page)) == ["看得见"]


def test_text_outside_the_clip_of_the_page_is_not_there() -> None:
    page = Page().clip(0, 0, 595, 400).text(50, 60, "看得见").text(50, 500, "裁掉的句子").unclip()
    assert texts(read(page)) == ["看得见"]


def test_a_text_that_its_own_clip_hides_wholly_is_not_there() -> None:
    page = Page().text(50, 60, "看得见").clip(300, 300, 400, 320).text(50, 314, "藏起来的").unclip()
    assert texts(read(page)) == ["看得见"]


def test_the_clipped_tail_of_an_ordinary_cell_is_kept_in_that_cell() -> None:
    page = (
        Page()
        .grid(XS, YS)
        .clip(50, 120, 130, 140)
        .text(52, 134, "机关事业单位养老保险", 9)
        .unclip()
    )
    page.clip(130, 120, 200, 140).text(132, 134, "甲", 9).unclip()
    page.clip(200, 120, 300, 140).text(298, 134, "12.00", 9, align="right").unclip()
    assert rows(only_grid(read(page)))[1] == ["机关事业单位养老保险", "甲", "12.00"]


def test_a_line_that_does_not_fit_the_height_of_its_cell_is_kept_in_it() -> None:
    ys = [100.0, 120.0, 140.0, 160.0]
    page = Page().grid(XS, ys).clip(50, 120, 130, 140).text(52, 131, "机关事业单位", 9)
    page.text(52, 143, "养老保险", 9).unclip().clip(50, 140, 130, 160).text(
        52, 154, "合计", 9
    ).unclip()
    got = rows(only_grid(read(page)))
    assert [row[0] for row in got] == ["", "机关事业单位养老保险", "合计"]


def test_a_line_of_which_only_a_sliver_shows_is_kept() -> None:
    """The second line of a heading, in a clip of its own that shows its upper edge only."""
    page = Page().grid(XS, YS).clip(50, 100, 130, 118).text(52, 112, "采购组织形", 12).unclip()
    page.clip(52, 117, 64, 120).text(52, 127, "式", 12).unclip()
    assert rows(only_grid(read(page)))[0][0] == "采购组织形式"


def test_a_cell_cut_by_the_page_break_of_a_spreadsheet_is_parted() -> None:
    """The sheet is wider than the page: its last cell is written whole on both pages."""
    xs = [50.0, 130.0, 200.0]
    first = Page(wide=300).grid(xs, YS).clip(50, 120, 130, 140).text(52, 134, "甲", 9).unclip()
    first.clip(130, 120, 200, 140).text(132, 134, "八、社会保障和就业支出", 9).unclip()
    second = Page(wide=300).grid([20, 60, 200], YS)
    second.clip(20, 120, 60, 140).text(-48, 134, "八、社会保障和就业支出", 9).unclip()
    second.clip(60, 120, 200, 140).text(198, 134, "1,608.51", 9, align="right").unclip()
    one, two = read(first, second).grids()
    left, right = rows(one)[1][1], rows(two)[1][0]
    assert left + right == "八、社会保障和就业支出"
    assert left.startswith("八、社") and right.endswith("支出")


def test_white_text_is_hidden_unless_something_dark_lies_under_it() -> None:
    page = Page().text(50, 60, "看得见").raw("1 g").text(50, 90, "白字").raw("0 g")
    assert texts(read(page)) == ["看得见"]
    page = (
        Page().fill(40, 75, 200, 100, "0 0 0.5 rg").raw("1 g").text(50, 90, "蓝底白字").raw("0 g")
    )
    assert texts(read(page)) == ["蓝底白字"]


def test_invisible_text_under_visible_text_is_dropped() -> None:
    page = Page().text(50, 60, "总计 2,961.68").text(50, 60.4, "总计 2,961.68", mode=3)
    assert texts(read(page)) == ["总计 2,961.68"]


def test_invisible_text_alone_is_the_layer_of_an_ocr() -> None:
    assert texts(read(Page().text(50, 60, "总计 2,961.68", mode=3))) == ["总计 2,961.68"]


def test_text_printed_twice_to_look_bold_is_read_once() -> None:
    page = Page().text(50, 60, "收支预算总表 115.00", 14).text(50.4, 60, "收支预算总表 115.00", 14)
    assert texts(read(page)) == ["收支预算总表 115.00"]


def test_doubled_digits_are_not_taken_for_bold() -> None:
    page = Page().grid(XS, YS).cells(XS, YS[1:], [["1122", "11,000.00", "99.99"]])
    assert rows(only_grid(read(page)))[1] == ["1122", "11,000.00", "99.99"]


def test_a_slanted_watermark_is_left_out() -> None:
    page = Page().text(50, 60, "正文").text(200, 400, "草案", 60, turn="0.7 0.7 -0.7 0.7")
    assert texts(read(page)) == ["正文"]


def test_text_that_is_painted_over_is_not_there() -> None:
    """A figure corrected by a white box with a new figure on top."""
    page = Page().text(50, 60, "合计").text(100, 60, "2,961.68").fill(98, 50, 160, 64, "1 g")
    assert texts(read(page.text(100, 60, "2,940.05"))) == ["合计 2,940.05"]


def test_a_background_painted_first_hides_nothing() -> None:
    page = Page().fill(0, 0, 595, 842, "1 g").fill(40, 40, 300, 80, "0.9 g")
    assert texts(read(page.text(50, 60, "合计 2,961.68"))) == ["合计 2,961.68"]


def test_text_under_a_scan_is_the_layer_of_an_ocr() -> None:
    scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID 80> EI Q"
    document = read(Page().text(50, 60, "总计 2,961.68").raw(scan))
    assert texts(document) == ["总计 2,961.68"]
    assert any("隐藏文字层" in warning for warning in document.warnings)
