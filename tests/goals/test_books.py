"""Goals of the shared books: every indicator, by row, against what was worked out by hand."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from goldbooks import FILES, paths, rows
from mingzhang.catalog.performance import placed
from mingzhang.goals.faults import check_goals
from mingzhang.goals.ofbook import goals_of_book
from mingzhang.goals.targets import parse_target
from mingzhang.model.book import Book
from mingzhang.model.goal import Goal
from mingzhang.read import read_book

BOOK = "sz-petitions-2023"

# line of the file -> kind, scale or change, conditions "operator value unit", direction
EXPECTED: dict[int, tuple[str, str, list[str], str]] = {
    515: ("quantitative", "", ["= 32 人"], ""),
    516: ("quantitative", "", ["= 5 个"], ""),
    517: ("quantitative", "", ["≥ 1 名", "≥ 5 名"], "up"),
    518: ("quantitative", "", ["= 100 %"], "up"),
    519: ("quantitative", "", ["= 100 %"], "up"),
    520: ("quantitative", "", ["= 100 %"], "up"),
    521: ("trend", "+", [], "up"),
    522: ("trend", "-", [], "down"),
    524: ("qualitative", "timely", [], ""),
    525: ("qualitative", "timely", [], ""),
    526: ("quantitative", "", ["≤ 1 小时", "≤ 3 小时"], "down"),
    527: ("quantitative", "", ["≥ 90 %"], "up"),
    528: ("described", "", [], ""),
    529: ("qualitative", "effect", [], ""),
    530: ("described", "", [], ""),
    531: ("described", "", [], ""),
    533: ("none", "", [], ""),
    534: ("qualitative", "order", [], ""),
    535: ("quantitative", "", ["≥ 80 %"], "up"),
}

# line -> kind of fault; the rest of the table passes
FAULTS = {
    521: "no-baseline",
    522: "no-baseline",
    524: "soft",
    525: "soft",
    528: "not-measurable",
    529: "not-measurable",
    530: "not-measurable",
    531: "not-measurable",
    533: "no-target",
    534: "soft",
}

# line -> ids of first and second level
LEVELS = {
    **dict.fromkeys((515, 516, 517), ("output", "quantity")),
    **dict.fromkeys((518, 519, 520, 521, 522), ("output", "quality")),
    **dict.fromkeys((524, 525, 526), ("output", "time")),
    527: ("output", "cost"),
    **dict.fromkeys((528, 529, 530, 531, 533), ("benefit", "benefit_social")),
    534: ("benefit", "sustainable"),
    535: ("satisfaction", "satisfaction_served"),
}


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(paths(BOOK))


@pytest.fixture(scope="module")
def goals(book: Book) -> tuple[Goal, ...]:
    return goals_of_book(book)


def test_every_indicator_is_typed(goals: tuple[Goal, ...]) -> None:
    (whole,) = [g for g in goals if not g.project]
    assert [line.place.line for line in whole.lines] == list(EXPECTED)
    for line in whole.lines:
        assert line.place.line is not None
        kind, word, conditions, direction = EXPECTED[line.place.line]
        target = parse_target(line.target)
        shown = [f"{c.operator} {c.value:f} {c.unit}" for c in target.conditions]
        assert (target.kind, target.scale or target.change, shown) == (kind, word, conditions)
        assert target.rest == ""
        assert line.direction == direction, line.place.line
        assert placed(line.level1, line.level2) == LEVELS[line.place.line]


def test_conditions_agree_with_the_gold(goals: tuple[Goal, ...]) -> None:
    """tests/corpus: operator, values and unit as the gold's own hand read them."""
    gold = {int(r["line"]): r for r in rows(BOOK, "indicators.tsv") if r["kind"] == "indicator"}
    for line in goals[0].lines:
        row = gold[line.place.line or 0]
        found = parse_target(line.target).conditions
        if row["op"] in ("≥", "≤", "="):
            assert {c.operator for c in found} == {row["op"]}
            assert [c.value for c in found] == [Decimal(v) for v in row["value"].split(";")]
            assert [c.unit for c in found] == row["unit"].split(";")
        else:
            assert not found


def test_faults_are_named_with_a_wording(goals: tuple[Goal, ...]) -> None:
    found = check_goals(goals)
    assert {f.place.line: f.kind for f in found} == FAULTS
    assert len(found) == len(FAULTS)
    for fault in found:
        assert re.search(r"“[^”]*N[^”]*”", fault.suggestion), fault.kind
        assert set(fault.messages) == set(fault.suggestions) == {"zh", "en"}


def test_money_of_the_goals(book: Book, goals: tuple[Goal, ...]) -> None:
    """tests/corpus: seven tasks with their amounts in 万元; the basic one has no goal."""
    gold = {r["name"]: r for r in rows(BOOK, "indicators.tsv") if r["kind"] in ("task", "total")}
    wan = {name: int(r["text1"].replace(",", "")) for name, r in gold.items()}
    whole, *projects = goals
    assert whole.total == wan.pop("金额合计") * 1_000_000
    del wan["基本支出"]
    assert sorted(g.total or 0 for g in projects) == sorted(v * 1_000_000 for v in wan.values())
    assert all(g.total == g.fiscal and g.other is None for g in goals)
    assert all(g.overall for g in goals) and all(g.content for g in projects)
    assert check_goals(goals, {g.project: g.total or 0 for g in goals}) == check_goals(goals)


@pytest.mark.parametrize("name", [n for n in FILES if n != BOOK])
def test_the_other_books_have_no_indicators(name: str) -> None:
    """They tell of goals and self-evaluation in words only: number and money of projects."""
    book = read_book(paths(name))
    assert (book.indicators, goals_of_book(book)) == ((), ())
