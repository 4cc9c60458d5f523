"""Amounts of two years joined: codes that were merged, divided, renumbered; definitions that changed."""

from __future__ import annotations

from dataclasses import replace

from makepair import Small
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Reason, Relation
from mingzhang.relate.tale import Tale
from mingzhang.relate.years import across

BOOK = Small(2017).book


def tale(index: int, year: int, amounts: tuple[Quantity, ...]) -> Tale:
    """A book of ``year`` that speaks of these amounts: it prints its own, and implies the others."""
    book = replace(BOOK, year=year, layout="jiangsu-2018")
    own = tuple(Observation(f"f{k}", q) for k, q in enumerate(amounts) if q.year == year)
    told = tuple(Relation(((q, 1),), Reason("difference"), 0, None) for q in amounts)
    return Tale(index, book, own, told)


def joined(then: tuple[Quantity, ...], now: tuple[Quantity, ...], years: tuple[int, int]) -> object:
    """(kind, codes of this book, codes as printed, bounds, certain) of every join."""
    owner, joins = across([tale(0, years[1], now)], tale(1, years[0], then))
    assert all(q.local for q in owner.printed if q.year == years[0])
    return [
        (
            r.reason.kind,
            [q.function or q.economic or q.item for q, c in r.terms if c > 0],
            [q.function or q.economic or q.item for q, c in r.terms if c < 0],
            (r.low, r.high),
            r.certain,
        )
        for r in joins
    ]


def line(year: int, scheme: str, code: str) -> Quantity:
    return Quantity(year, "expenditure", fund="general").with_(**{scheme: code})


def test_the_same_code_is_the_same_account() -> None:
    then = (line(2016, "function", "2010301"),)
    assert joined(then, then, (2016, 2017)) == [
        ("as-printed", ["2010301"], ["2010301"], (0, 0), False)
    ]


def test_a_renumbered_account_is_the_old_one() -> None:
    then, now = (line(2017, "economic", "30311"),), (line(2017, "economic", "30113"),)
    assert joined(then, now, (2017, 2018)) == [("succession", ["30113"], ["30311"], (0, 0), False)]


def test_a_merger_is_the_sum_of_what_was_printed() -> None:
    then = tuple(line(2018, "function", code) for code in ("2040404", "2040406"))
    now = (line(2018, "function", "2040410"),)
    assert joined(then, now, (2018, 2019)) == [
        ("succession", ["2040410"], ["2040404", "2040406"], (0, 0), False)
    ]


def test_where_only_some_of_the_money_moved_nothing_is_asked() -> None:
    then = (line(2017, "economic", "30312"), line(2017, "economic", "30102"))
    now = (line(2017, "economic", "30102"),)
    assert joined(then, now, (2017, 2018)) == [("succession", ["30102"], [], (None, None), False)]


def test_an_account_that_was_divided_is_not_held_to_one_part() -> None:
    then = (line(2017, "economic", "30104"),)
    now = (line(2017, "economic", "30112"),)
    assert joined(then, now, (2017, 2018)) == [("succession", ["30112"], [], (None, None), False)]


def test_a_number_given_to_another_account_is_not_the_old_one() -> None:
    """30311 was the housing fund until 2017, and something else later."""
    then = now = (line(2017, "economic", "30311"),)
    assert joined(then, now, (2017, 2018)) == [("succession", ["30311"], [], (None, None), False)]


def test_a_changed_definition_joins_nothing() -> None:
    then = now = (Quantity(2017, "expenditure", item="running_cost"),)
    assert joined(then, now, (2017, 2018)) == [
        ("definition", ["running_cost"], [], (None, None), False)
    ]
    after = (Quantity(2018, "expenditure", item="running_cost"),)
    assert joined(after, after, (2018, 2019)) == [
        ("as-printed", ["running_cost"], ["running_cost"], (0, 0), False)
    ]
