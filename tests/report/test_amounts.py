"""Amounts in the book's own unit and style."""

from __future__ import annotations

from decimal import Decimal

import pytest
from handmade import book, prose

from mingzhang.model.book import Blank
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Suspect
from mingzhang.model.money import Unit, parse_printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.report.amounts import interval_words, mended, money, plain, printed, style_of
from mingzhang.report.words import Words

ZH = Words("zh")


def figure(text: str, unit: Unit) -> Figure:
    found = parse_printed(text, unit)
    assert found is not None
    return Figure("f", found, Place("ab", "x", text, line=1), "label")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("1234567.50", 0, "1,234,567.5"),
        ("12", 2, "12.00"),
        ("1E+3", 0, "1,000"),
        ("-0.5", 0, "-0.5"),
    ],
)
def test_plain(value: str, decimals: int, shown: str) -> None:
    assert plain(Decimal(value), decimals=decimals) == shown


def test_fen_in_the_printing_unit() -> None:
    assert money(1_655_000_000, Unit.WAN) == "1,655 万元"
    assert money(1_500_000, Unit.WAN) == "1.5 万元"
    assert money(12_345, Unit.YUAN) == "123.45 元"


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("2,632", Unit.WAN, "2,632 万元"),
        ("26.9%", Unit.PERCENT, "26.9%"),
        ("3", Unit.PERCENT, "3%"),
        ("12", Unit.COUNT, "12"),
    ],
)
def test_printed_adds_the_unit_once(text: str, unit: Unit, shown: str) -> None:
    assert printed(figure(text, unit)) == shown


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("2632", "2632", "应为 2,632.00 万元"),
        ("10", "12.5", "应在 10.00 至 12.50 万元之间"),
        ("10", None, "应不小于 10.00 万元"),
        (None, "12", "应不大于 12.00 万元"),
        (None, None, "没有一个值能补救"),
    ],
)
def test_mended_follows_the_printed_style(low: str | None, high: str | None, said: str) -> None:
    suspect = Suspect(
        "f", None if low is None else Decimal(low), None if high is None else Decimal(high), ""
    )
    style = style_of(figure("1,646.30", Unit.WAN), "")
    assert mended(suspect, style, ZH) == said


def test_a_book_without_commas_gets_none() -> None:
    style = style_of(figure("5255", Unit.WAN), "")
    assert mended(Suspect("f", Decimal(2632), Decimal(2632), ""), style, ZH) == "应为 2632 万元"


def test_a_blank_speaks_in_the_unit_of_its_statement() -> None:
    blank = Blank("b", Quantity(2023), Place("ab", "x", ""), 100, 0, 0, 0, "行")
    assert style_of(blank, "元").text(Decimal(1200)) == "1,200 元"


def test_interval_is_that_of_the_rounding_found() -> None:
    one = figure("61", Unit.WAN)
    assert interval_words(one, "round", ZH) == "印成 61，真实金额在 60.5 至 61.5 万元之间"
    assert interval_words(one, "truncate", ZH) == "印成 61，真实金额在 61 至 61.999999 万元之间"
    assert interval_words(figure("0.01", Unit.YUAN), "round", ZH) == "精确到分：0.01 元"
    assert interval_words(figure("3%", Unit.PERCENT), "round", ZH) == ""


def test_every_figure_of_a_book_can_be_shown() -> None:
    assert [printed(f) for f in book().figures[:4]] == ["5,255 万元", "169 万元", "3%", "12"]
    assert prose(0, 1, "共 5 人", [("5", Unit.COUNT, None)])[1][0].text == "5"
