"""Successions and changed definitions: what the catalog says, and what it keeps to itself."""

from __future__ import annotations

import pytest

from mingzhang.catalog.codes import economics, functions
from mingzhang.catalog.succession import definitions, redefined, succession, successions
from mingzhang.model.quantity import Quantity


def codes(code: str, a: int, b: int, scheme: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(s.old, s.new) for s in succession(code, a, b, scheme)]


def test_the_reform_of_2018_moved_the_housing_fund() -> None:
    moved = [(("30311",), ("30113",))]
    assert codes("30311", 2017, 2018, "economic") == moved
    assert codes("30113", 2017, 2018, "economic") == moved
    assert codes("30113", 2016, 2019, "economic") == moved
    assert codes("30113", 2018, 2019, "economic") == []  # the move is over
    assert codes("30113", 2016, 2017, "economic") == []
    assert codes("30113", 2017, 2018, "function") == []


def test_mergers_and_splits_can_be_told() -> None:
    (merged,) = succession("2040405", 2018, 2019, "function")
    assert (merged.old, merged.new) == (("2040404", "2040405", "2040406"), ("2040410",))
    (split,) = succession("30104", 2017, 2018, "economic")
    assert split.new == ("30110", "30111", "30112") and not split.whole


def test_an_account_that_nobody_touched_has_no_succession() -> None:
    assert succession("2010301", 2009, 2030, "function") == ()


@pytest.mark.parametrize("row", successions(), ids=lambda s: "+".join(s.old))
def test_codes_of_successions_are_in_the_lists(row: object) -> None:
    table = functions() if row.scheme == "function" else economics()  # type: ignore[attr-defined]
    known = (*row.old, *row.new)  # type: ignore[attr-defined]
    assert all(code in table for code in known)


@pytest.mark.parametrize("row", successions(), ids=lambda s: "+".join(s.old))
def test_a_code_that_ended_or_began_then_says_so_in_the_list(row: object) -> None:
    """The years of the lists and of the successions do not contradict each other."""
    table = functions() if row.scheme == "function" else economics()  # type: ignore[attr-defined]
    for code in set(row.old) - set(row.new):  # type: ignore[attr-defined]
        assert any(c.holds(row.year - 1) for c in table[code])  # type: ignore[attr-defined]
    for code in set(row.new) - set(row.old):  # type: ignore[attr-defined]
        assert any(c.holds(row.year) for c in table[code])  # type: ignore[attr-defined]


def test_running_costs_of_jiangsu_do_not_compare_across_2017_and_2018() -> None:
    cost = Quantity(2017, "expenditure", item="running_cost")
    for a, b in ((2016, 2017), (2017, 2018), (2016, 2018)):
        assert redefined(cost, a, b, "jiangsu-2018") is not None
    assert redefined(cost, 2018, 2019, "jiangsu-2018") is None
    assert redefined(cost, 2017, 2018, "shenzhen") is None
    assert redefined(cost.with_(item="reception"), 2017, 2018, "jiangsu-2018") is None


def test_every_changed_definition_names_its_source_and_real_coordinates() -> None:
    for one in definitions():
        assert one.source and one.zh and one.en
        assert set(one.coordinates) <= set(Quantity._fields)
