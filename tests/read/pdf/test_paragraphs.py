"""Lines to paragraphs: indentation, full lines, spacing, page breaks, headings."""

from __future__ import annotations

import pytest
from minipdf import Page, read, texts

SENTENCE = "本单位二〇二五年度收入预算总额为一百七十一万元其中财政拨款收入比上年增加若干主要原因是人员经费调整后各项支出相应增长并按规定编报"


def prose(text: str, page: Page | None = None, top: float = 100, per_line: int = 20) -> Page:
    """``text`` set in lines of 20 ems, the first indented by two."""
    page = page or Page()
    lines = [text[: per_line - 2]]
    rest = text[per_line - 2 :]
    lines += [rest[k : k + per_line] for k in range(0, len(rest), per_line)]
    for k, line in enumerate(lines):
        page.text(80 if k else 100, top + 18 * k, line)
    return page


def test_wrapped_lines_are_one_paragraph_with_a_run_a_line() -> None:
    page = prose(SENTENCE + "。")
    prose("第二段另起。", page, 200)
    first, second = read(page).paragraphs()
    assert (first.text, second.text) == (SENTENCE + "。", "第二段另起。")
    assert [len(run.text) for run in first.runs] == [18, 20, 20, len(SENTENCE) + 1 - 58]
    assert all(len(run.edges or ()) == len(run.text) + 1 for run in first.runs)


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    first, second = prose(SENTENCE[:58], top=700), Page()
    second.text(80, 80, SENTENCE[58:] + "。")
    prose(SENTENCE + "。", second, 120)
    one, two = read(first, second).paragraphs()
    assert one.text == two.text == SENTENCE + "。"
    assert [run.place.page for run in one.runs] == [1, 1, 1, 2]
    assert one.at(58, 60).page == 2


def test_a_page_that_ends_with_its_paragraph_is_not_joined() -> None:
    first, second = prose(SENTENCE[:50], top=700), Page()
    prose(SENTENCE + "。", second, 120)
    assert texts(read(first, second)) == [SENTENCE[:50], SENTENCE + "。"]


def test_a_figure_that_did_not_fit_begins_the_next_line() -> None:
    """The line before it is short, and yet full."""
    page = prose(SENTENCE)
    page.text(100, 190, "年初预算数为一千零五十八万元支出").text(80, 208, "1,608.51万元。")
    assert texts(read(page))[1] == "年初预算数为一千零五十八万元支出1,608.51万元。"


def test_a_number_split_over_two_lines_is_whole() -> None:
    page = prose(SENTENCE)
    page.text(100, 190, "年初预算为一千零五十万元，支出决算为12").text(80, 208, "34.56万元。")
    assert "1234.56万元" in texts(read(page))[1]


def test_items_of_a_list_stay_apart() -> None:
    page = prose(SENTENCE)
    items = [
        "一、政府性基金预算财政拨款收入支出决算表甲",
        "二、国有资本经营预算财政拨款收入支出决算表",
        "三、其他",
    ]
    for k, item in enumerate(items):
        page.text(80, 200 + 18 * k, item)
    assert texts(read(page))[1:] == items


def test_contents_lines_with_leaders_stay_apart() -> None:
    page = Page()
    for k in range(4):
        page.text(80, 100 + 18 * k, f"第{'一二三四'[k]}部分 部门预算表" + "." * 30 + f"{k + 3}")
    assert len(texts(read(page))) == 4


@pytest.mark.parametrize(("size", "level"), [(22, 1), (13, 2), (10, 0)])
def test_headings_by_size(size: float, level: int) -> None:
    page = prose(SENTENCE + "。", top=160).text(297, 100, "部门概况", size, align="center")
    heading, body = read(page).paragraphs()
    assert (heading.level, body.level) == (level, 0)


def test_bold_short_lines_are_headings() -> None:
    page = prose(SENTENCE + "。", top=160).text(100, 100, "一、主要职能", mode=2)
    assert [p.level for p in read(page).paragraphs()] == [3, 0]


def test_a_title_in_two_centred_lines_is_one() -> None:
    page = prose(SENTENCE + "。", top=260)
    page.text(180, 100, "江苏省某厅二〇二五年度", 18, align="center").text(
        180, 130, "部门预算", 18, align="center"
    )
    assert texts(read(page))[0] == "江苏省某厅二〇二五年度部门预算"


def test_texts_far_apart_on_one_line_are_separate_and_a_spaced_heading_is_not() -> None:
    page = Page().text(297, 60, "目", 16).text(380, 60, "录", 16)
    page.text(60, 90, "编制单位：某局").text(540, 90, "单位：万元", align="right")
    assert texts(read(page)) == ["目 录", "编制单位：某局", "单位：万元"]


def test_a_caption_that_wraps_beside_the_unit_is_whole() -> None:
    page = (
        Page()
        .text(60, 84, "部门名称：江苏省人大")
        .text(60, 96, "常委会办公厅")
        .text(500, 90, "单位:万元")
    )
    page.table([60, 300, 540], [100, 120, 140], [["项目", "金额"], ["合计", "1.00"]])
    assert texts(read(page)) == ["部门名称：江苏省人大常委会办公厅", "单位:万元"]


def test_a_hyphen_at_the_end_of_a_line_is_kept() -> None:
    page = Page().text(60, 60, "budget-").text(60, 90, "甲-").text(60, 120, "乙")
    assert texts(read(page)) == ["budget-", "甲-", "乙"]
