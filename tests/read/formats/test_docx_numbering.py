"""Automatic numbers of a DOCX, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mingzhang.read.docx.counting import chinese, counted
from mingzhang.read.docx.numbering import Numbering, read_numbering
from mingzhang.read.docx.styles import read_styles

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def lists(*abstracts: str, nums: str) -> Numbering:
    bodies = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{a}</w:abstractNum>' for i, a in enumerate(abstracts)
    )
    return read_numbering(etree.fromstring(f"<w:numbering {W}>{bodies}{nums}</w:numbering>"))


def num(number: int, abstract: int = 0, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{inside}</w:num>'


def lvl(index: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


OFFICIAL = (
    lvl(0, "chineseCountingThousand", "%1、")
    + lvl(1, "chineseCounting", "（%2）")
    + lvl(2, "decimal", "%3.")
    + lvl(3, "decimal", "%1.%3.%4", "<w:isLgl/><w:suff w:val='nothing'/>")
)


def test_the_levels_of_an_official_document() -> None:
    book = lists(OFFICIAL, nums=num(7))
    steps = [0, 1, 1, 2, 2, 3, 0, 1, 2, 3, 3]
    assert [book.label("7", level) for level in steps] == [
        *(
            "一、",
            "（一）",
            "（二）",
            "1. ",
            "2. ",
            "1.2.1",
            "二、",
            "（一）",
            "1. ",
            "2.1.1",
            "2.1.2",
        ),
    ]


def test_a_deeper_level_first_counts_the_level_above_as_begun() -> None:
    book = lists(lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%1.%2"), nums=num(1))
    assert [book.label("1", level) for level in (1, 1, 0)] == ["1.1 ", "1.2 ", "1. "]


def test_two_lists_on_one_abstract_count_on_unless_told_to_start_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    book = lists(lvl(0, "decimal", "%1)"), nums=num(1) + num(2) + num(3, inside=anew))
    labels = [book.label(n, 0).strip() for n in ("1", "2", "3", "3", "1")]
    assert labels == ["1)", "2)", "5)", "6)", "7)"]


def test_a_list_may_replace_a_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperRoman", "第%1部分")}</w:lvlOverride>'
    book = lists(lvl(0, "decimal", "%1."), nums=num(1, inside=own))
    assert [book.label("1", 0) for _ in range(4)][-1] == "第IV部分"


def test_starts_bullets_and_lists_that_are_not_there() -> None:
    levels = lvl(0, "decimal", "%1", '<w:start w:val="0"/>') + lvl(1, "bullet", "")
    book = lists(levels, nums=num(1))
    assert [book.label("1", 0), book.label("1", 1), book.label("1", 5), book.label("9", 0)] == [
        *("0 ", "", "", ""),
    ]


def test_a_level_that_does_not_restart() -> None:
    kept = lvl(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>')
    book = lists(lvl(0, "decimal", "%1") + kept, nums=num(1))
    assert [book.label("1", level).strip() for level in (0, 1, 0, 1)] == ["1", "1", "2", "2"]


def test_list_styles_lead_to_the_list_that_defines_them() -> None:
    book = lists(
        f'<w:styleLink w:val="公文"/>{lvl(0, "chineseCounting", "%1、")}',
        '<w:numStyleLink w:val="公文"/>',
        nums=num(1, 0) + num(2, 1),
    )
    assert book.label("2", 0) == "一、"


def test_numbering_by_style() -> None:
    styles = read_styles(
        etree.fromstring(
            f"<w:styles {W}>"
            '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/>'
            '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="c"/></w:style></w:styles>'
        )
    )
    assert styles.numbering("b") == ("4", "a", 1)
    assert (styles.level("b"), styles.level("c"), styles.numbering("c")) == (2, 0, None)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (99, "chineseCounting", "九十九"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (2005, "chineseCountingThousand", "二千零五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (1, "ideographZodiac", "子"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "decimalEnclosedParen", "⑵"),
        (3, "decimalEnclosedFullstop", "⒊"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (5, "none", ""),
        (5, "unheardOf", "5"),
    ],
)
def test_counting(value: int, form: str, text: str) -> None:
    assert counted(value, form) == text


@given(st.integers(1, 9999))
def test_chinese_numerals_say_their_number(value: int) -> None:
    total = digit = 0
    for character in chinese(value):
        if character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    assert total + digit == value
