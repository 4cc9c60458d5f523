"""Sums of lines, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingzhang.compile.amounts import Amounts
from mingzhang.compile.printing import Printer, Style, percent_text, round_half_up
from mingzhang.model.ledger import Entity, Ledger, Line, Protection
from mingzhang.model.money import Unit
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity

WHERE = Place("0" * 64, "ledger", "")
YEAR = 2023


def line(now: int, before: int = 0, **coordinates: object) -> Line:
    return Line({(0, "budget"): now, (1, "budget"): before}, WHERE, **coordinates)  # type: ignore[arg-type]


LINES = (
    line(100, 90, nature="personnel", function="2010301", economic="30101"),
    line(30, 40, nature="personnel", function="2080501", economic="30302"),
    line(20, 20, nature="public", function="2010301", economic="30217"),
    line(500, 450, nature="project", function="2010302", economic="30227", project="甲",
         procurement="services", reserved="micro"),
    line(7, 0, nature="project", function="2010302", economic="30216", project="乙", fund="business"),
)  # fmt: skip


def amounts(*lines: Line, **more: object) -> Amounts:
    ledger = Ledger("测", "某局", YEAR, "shenzhen", lines or LINES, WHERE)
    return Amounts.from_ledger(replace(ledger, **more))  # type: ignore[arg-type]


def of(found: Amounts, **coordinates: object) -> int:
    whole: dict[str, object] = {"year": YEAR, "flow": "expenditure", **coordinates}
    return found.of(Quantity(**whole))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("coordinates", "expected"),
    [
        ({}, 657),
        ({"nature": "basic"}, 150),
        ({"nature": "personnel"}, 130),
        ({"nature": "wages"}, 100),
        ({"nature": "subsidy"}, 30),
        ({"function": "201"}, 627),
        ({"function": "20103"}, 627),
        ({"function": "2010302", "nature": "project"}, 507),
        ({"economic": "302"}, 527),
        ({"economic": "302", "nature": "basic"}, 20),
        ({"fund": "general"}, 650),
        ({"fund": "fiscal"}, 650),
        ({"fund": "own"}, 7),
        ({"fund": "nonfiscal"}, 7),
        ({"project": "甲"}, 500),
        ({"procurement": "all"}, 500),
        ({"procurement": "goods"}, 0),
        ({"procurement": "all", "reserved": "sme"}, 500),
        ({"item": "reception"}, 20),
        ({"item": "sangong"}, 20),
        ({"item": "running_cost"}, 20),
        ({"item": "training"}, 0),  # money of its own funds is no 三公 or training of the budget
        ({"year": YEAR - 1}, 600),
        ({"versus": f"{YEAR - 1}:budget"}, 57),
        ({"versus": f"{YEAR - 1}:budget", "nature": "subsidy"}, -10),
        ({"flow": "income"}, 657),
        ({"flow": "income", "fund": "business"}, 7),
        ({"flow": "sources"}, 657),
        ({"flow": "uses"}, 657),
    ],
)
def test_sums(coordinates: dict[str, object], expected: int) -> None:
    assert of(amounts(), **coordinates) == expected


def test_income_is_what_is_spent_and_carried_out_less_what_was_carried_in() -> None:
    found = amounts(*LINES, line(40, flow="carry_in"), line(15, flow="carry_out"))
    assert of(found, flow="income", fund="general") == 650 + 15 - 40
    assert of(found, flow="sources") == of(found, flow="uses") == 657 + 15


def test_income_that_is_told_is_not_derived() -> None:
    found = amounts(*LINES, line(900, flow="income"))
    assert of(found, flow="income", fund="general") == 900
    assert of(found, flow="income", fund="business") == 7


def test_items_can_be_added_and_left_out() -> None:
    out = line(20, nature="public", economic="30217", items=frozenset({"-reception"}))
    into = line(5, nature="project", economic="30201", items=frozenset({"running_cost"}))
    found = amounts(out, into)
    assert of(found, item="reception") == 0
    assert of(found, item="running_cost") == 25


def test_a_public_institution_has_no_running_cost_of_an_organ() -> None:
    found = amounts(entities=(Entity("某中心", WHERE, kind="事业"),))
    assert of(found, item="running_cost") == 0


def test_withheld_lines_count_unless_totals_exclude_them() -> None:
    secret = line(88, nature="project", function="2010302", project="丙", withheld=True)
    assert of(amounts(*LINES, secret)) == 745
    kept_out = amounts(*LINES, secret, protection=Protection(totals="excluded"))
    assert of(kept_out) == 657


def test_what_is_no_money_has_no_amount() -> None:
    with pytest.raises(ValueError, match="not money"):
        of(amounts(), measure="percent")


@pytest.mark.parametrize(
    ("fen", "step", "expected"),
    [(149, 100, 100), (150, 100, 200), (-150, 100, -200), (-149, 100, -100), (0, 100, 0)],
)
def test_halves_are_rounded_away_from_zero(fen: int, step: int, expected: int) -> None:
    assert round_half_up(fen, step) == expected


@pytest.mark.parametrize(
    ("style", "fen", "expected"),
    [
        (Style(Unit.WAN, 0), 5_255_000_000, "5,255"),
        (Style(Unit.WAN, 2), 355_000_000, "355.00"),
        (Style(Unit.WAN, 2, trim=True), 3_500_000, "3.5"),
        (Style(Unit.WAN, 2, trim=True), -390_000, "-0.39"),
        (Style(Unit.WAN, 2, zero=""), 0, ""),
        (Style(Unit.YUAN, 0), 17_191_516_900, "171,915,169"),
        (Style(Unit.WAN, 2, thousands=False), 1_589_744_000_0, "15897.44"),
    ],
)
def test_printing(style: Style, fen: int, expected: str) -> None:
    assert Printer(amounts()).text(fen, style) == expected


def test_percentages() -> None:
    assert percent_text(169, 5086, 1) == "3.3"
    assert percent_text(1, 3, 2) == "33.33"
    assert percent_text(1, 2, 1, trim=True) == "50"
    assert percent_text(1, 0, 1) is None
