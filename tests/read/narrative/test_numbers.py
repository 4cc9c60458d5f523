"""Numbers in prose: what is a figure, and what is a year, an ordinal or a limit."""

from __future__ import annotations

import pytest
from sentences import paragraphs

from mingzhang.read.narrative.compact import compacted, segments
from mingzhang.read.narrative.numbers import leftovers, numbers
from mingzhang.read.narrative.words import patterns


def found(text: str) -> list[tuple[str, str, str]]:
    """(digits, unit or counting word, limit) of every figure in a text as printed."""
    return [(n.printed.text, n.word, n.limit) for n in numbers(compacted(paragraphs(text)[0]).text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算5,255万元", [("5,255", "万元", "")]),
        ("预算5，255 万元", [("5,255", "万元", "")]),
        ("预算１２．３４万元", [("12.34", "万元", "")]),
        ("支出1.5亿元、20元", [("1.5", "亿元", ""), ("20", "元", "")]),
        ("增加209万用于租赁", [("209", "万", "")]),
        ("增长16.47 %", [("16.47", "%", "")]),
        ("提高3个百分点", [("3", "个百分点", "")]),
        ("在编 40 人，退休12人", [("40", "人", ""), ("12", "人", "")]),
        ("设备0台（套）", [("0", "台(套)", "")]),
        ("预算为0；", [("0", "", "")]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2023年度部门预算",
        "（苏财预〔2019〕7号）",
        "2022年10月31日",
        "3个月内、5个工作日、2小时",
        "第3次会议",
        "1234公开电话系统",
        "1．基本情况",
        "（2）其他",
        "2021—2025年规划",
    ],
)
def test_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("单价50万元以上通用设备2台（套）", ["threshold", ""]),
        ("单价100万元（含）以上设备1台（套）", ["threshold", ""]),
        ("不少于3名律师", ["target"]),
        ("满意度≥90%", ["target"]),
        ("人均定额增加1000元", ["rate"]),
        ("每人每月500元", ["rate"]),
    ],
)
def test_limits_state_nothing(text: str, limits: list[str]) -> None:
    assert [limit for _, _, limit in found(text)] == limits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比上年增加（减少）0万元", [("template-leftover", "增加(减少)")]),
        ("增长/下降0%", [("template-leftover", "增长/下降")]),
        ("收入XXX万元", [("template-leftover", "XXX")]),
        ("收入××万元", [("template-leftover", "××")]),
        ("政府性基金支出预算 万元。", [("amount-missing", "万元")]),
        ("比上年增长 %", [("amount-missing", "%")]),
        ("单位：万元", []),
        ("收入5万元，增长3%", []),
        ("因公出国（境）费", []),
    ],
)
def test_leftovers(text: str, expected: list[tuple[str, str]]) -> None:
    plain = compacted(paragraphs(text)[0]).text
    left = leftovers(plain, patterns().alternative, patterns().template)
    assert [(x.what, plain[x.start : x.end]) for x in left] == expected


def test_compact_text_keeps_every_place() -> None:
    paragraph = paragraphs("“三公” 经费 １２ 万元，增 长3%")[0]
    compact = compacted(paragraph)
    assert compact.text == "三公经费12万元,增长3%"
    for start in range(len(compact.text)):
        place = compact.place(start, start + 1)
        assert place.column is not None
        assert paragraph.text[place.column - 1] == place.excerpt[0]


def test_a_space_between_two_digits_is_kept() -> None:
    assert compacted(paragraphs("2018 13号")[0]).text == "2018 13号"


def test_numbered_items_in_one_paragraph_are_cut_apart() -> None:
    text = compacted(paragraphs("（一）甲。（二）乙：1．2023年丙；2、丁")[0]).text
    cut = [(s.style, text[s.start : s.end]) for s in segments(text)]
    assert cut == [("(一)", "甲。"), ("(一)", "乙:"), ("1.", "2023年丙;"), ("1.", "丁")]


def test_a_heading_that_lost_its_line_break_is_cut_off() -> None:
    text = compacted(paragraphs("九、培训费支出预算情况说明某局2023年培训费5万元。")[0]).text
    cut = [(s.style, s.heading, text[s.start : s.end]) for s in segments(text)]
    assert cut == [
        ("一、", True, "培训费支出预算情况说明"),
        ("", False, "某局2023年培训费5万元。"),
    ]
