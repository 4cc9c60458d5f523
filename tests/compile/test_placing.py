"""Placing: money that a layout has no row or column for."""

from __future__ import annotations

from small import SMALL, ledger, line

from mingzhang.catalog.dimensions import name
from mingzhang.catalog.forms import layout, shown_values
from mingzhang.compile.amounts import Amounts
from mingzhang.compile.placing import unplaced


def missing(family: str, *more: object) -> list[tuple[str, str]]:
    made = ledger(lines=(*SMALL.lines, *more), layout=family)
    faults = unplaced(Amounts.from_ledger(made), layout(family))
    return [(f.words["what"], f.words["amount"]) for f in faults]


def test_everything_has_its_place() -> None:
    assert missing("shenzhen") == []
    assert missing("shenzhen", line(3, flow="carry_in"), line(4, flow="carry_out")) == []


def test_money_carried_over_where_no_statement_shows_it() -> None:
    """3 万元 in and 2 out: both flows are named, each with its own amount in 元."""
    found = missing("shanghai-budget", line(3, flow="carry_in"), line(2, flow="carry_out"))
    assert [amount for _, amount in found] == ["30,000.00", "20,000.00"]
    assert [what for what, _ in found] == [name("flow", "carry_in"), name("flow", "carry_out")]


def test_a_fund_left_out_where_its_whole_is_divided() -> None:
    """国有资本 where 财政拨款 is divided into 一般公共预算 and 政府性基金: no column shows it. 专户 money,
    whose whole no statement divides, stands in that whole's column."""
    soe = line(5, nature="project", project="丙", function="2230107", economic="30227", fund="soe")
    assert "soe" not in shown_values(layout("jiangsu-2018"), "fund")
    assert missing("jiangsu-2018", soe) == [(name("fund", "soe"), "50,000.00")]
    assert missing("shenzhen", soe) == []


def test_last_year_s_money_needs_no_place() -> None:
    assert missing("shanghai-budget", line(0, 3, flow="carry_in")) == []
