"""Feasibility: against the exact oracle, on rounded ledgers, and where floats are tempted to lie."""

from __future__ import annotations

from fractions import Fraction

import pytest
from exact_oracle import is_feasible
from hypothesis import given, settings
from hypothesis import strategies as st
from systems import ledger, small

from mingzhang.model.money import Rounding
from mingzhang.prove import (
    Row,
    System,
    clashes,
    feasible,
    locate,
    residuals,
    verify_conflict,
    verify_solution,
)


@pytest.mark.parametrize("seed", range(200, 320))
def test_as_the_oracle(seed: int) -> None:
    system = small(seed)
    answer = feasible(system)
    assert answer.certified
    assert answer.feasible is is_feasible(system)
    if answer.feasible:
        assert answer.solution is not None
        assert verify_solution(system, (), answer.solution)
    else:
        assert answer.conflict is not None
        assert verify_conflict(system, answer.conflict.rows, answer.conflict.multipliers)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    leaves=st.integers(1, 12),
    power=st.integers(0, 10),
    rounding=st.sampled_from([Rounding.HALF_UP, Rounding.TRUNCATE, Rounding.EITHER]),
    hidden=st.sampled_from([0.0, 0.2, 0.6]),
)
def test_a_rounded_ledger_is_never_infeasible(
    seed: int, leaves: int, power: int, rounding: Rounding, hidden: float
) -> None:
    book = ledger(seed, leaves, 10**power, rounding, hidden)
    assert verify_solution(book.system, (), book.x)
    answer = feasible(book.system)
    assert answer.feasible and answer.certified
    assert answer.solution is not None and verify_solution(book.system, (), answer.solution)
    assert locate(book.system).status == "consistent"
    assert not clashes(book.system)
    assert all(r.state != "violated" for r in residuals(book.system))


def chain(values: list[int], half: int, total: int) -> System:
    """Sums of two, one on top of the other, each printed to ``half``; the last is ``total``."""
    rows = []
    n = len(values)
    for j, value in enumerate(values):
        rows.append(Row(((j, 1),), value - half, value + half, j))
    before = 0
    for k in range(1, n):
        rows.append(Row(((n + k - 1, 1), (before, -1), (k, -1))))
        before = n + k - 1
    rows.append(Row(((before, 1),), total, total, n))
    return System(2 * n - 1, tuple(rows))


@pytest.mark.parametrize("value", [10**6, 10**12, 10**13, 10**16])
@pytest.mark.parametrize("off", [0, 1, -1])
def test_one_fen_in_big_amounts(value: int, off: int) -> None:
    """Amounts without any slack: one 分 too much is seen whatever their size."""
    system = chain([value + k for k in range(30)], 0, 30 * value + 435 + off)
    assert feasible(system).feasible is (off == 0)
    assert feasible(system).certified
    assert locate(system).status == ("consistent" if off == 0 else "located")


@pytest.mark.parametrize("beyond", [0, 1])
def test_slack_used_up_to_the_last_fen(beyond: int) -> None:
    """Thirty amounts, each half a 亿 off at most: the sum reaches 30 halves, and not one 分 more."""
    half = 5 * 10**9
    system = chain([10**13 + k for k in range(30)], half, 30 * 10**13 + 435 + 30 * half + beyond)
    answer = feasible(system)
    assert answer.feasible is (beyond == 0) and answer.certified


def test_fine_and_coarse_figures_together() -> None:
    """A sum printed in 亿元 of parts printed in 分: the parts decide."""
    parts = [123_456_789_012, 1, 98_765_432_109]
    rows = [Row(((j, 1),), v, v, j) for j, v in enumerate(parts)]
    rows.append(Row(((3, 1), (0, -1), (1, -1), (2, -1))))
    for beyond in (0, 1):
        low = sum(parts) + beyond
        rows_ = (*rows, Row(((3, 1),), low, low + 10**10, 3))
        assert feasible(System(4, rows_)).feasible is (beyond == 0)


def test_percentages_have_fractional_solutions() -> None:
    """3 x = y and y = 1: x is a third, and said exactly."""
    rows = (Row(((0, 3), (1, -1))), Row(((1, 1),), 1, 1, 0))
    assert feasible(System(2, rows)).solution == (Fraction(1, 3), 1)
    coarse = (Row(((0, 1_000_000), (1, -999_999))), Row(((1, 1),), 10**13, 10**13, 0))
    assert feasible(System(2, coarse)).solution == (Fraction(999_999 * 10**13, 10**6), 10**13)


def test_only_together_impossible() -> None:
    """Every row passes with the intervals of its variables; all rows together cannot."""
    rows = (
        Row(((0, 1), (1, 1)), 0, 0),
        Row(((0, 1), (1, -1)), 1, 1),
        Row(((0, 2), (1, 1)), 3, 3),
        *(Row(((j, 1),), -5, 5, j) for j in range(2)),
    )
    system = System(2, rows)
    assert not clashes(system)
    answer = feasible(system)
    assert answer.feasible is False and answer.conflict is not None
    assert answer.conflict.witnesses == ()
    assert verify_conflict(system, answer.conflict.rows, answer.conflict.multipliers)


def test_degenerate_systems() -> None:
    assert feasible(System(0)).solution == ()
    assert feasible(System(3)).solution == (0, 0, 0)
    assert feasible(System(1, (Row(((0, 1),), 5, None, 0),))).solution == (5,)
    assert feasible(System(1, (Row(((0, -2),), 3, 3, 0),))).solution == (Fraction(-3, 2),)
    nowhere = System(1, (Row(((0, 1),), None, -1, 4),), frozenset({0}))
    assert feasible(nowhere).conflict is not None
    assert feasible(nowhere).conflict.witnesses == (4,)  # type: ignore[union-attr]
    assert feasible(nowhere, without=[4]).feasible
    empty = System(0, (Row((), 1, 1, 0),))
    assert locate(empty).clusters[0].alternatives == ((0,),)
    upside_down = System(2, (Row(((0, 1), (1, 1)), 3, 2, 0),))
    assert locate(upside_down).clusters[0].alternatives == ((0,),)
    twice = System(2, (Row(((0, 1), (1, 1), (0, 1)), 4, 4), Row(((1, 1),), 0, 0, 0)))
    assert feasible(twice).solution == (2, 0)
    cancelled = System(2, (Row(((0, 1), (0, -1)), 1, 1, 0),))
    assert feasible(cancelled).feasible is False
    same = System(2, (Row(((0, 1), (1, -1))),) * 5 + (Row(((0, 1),), 7, 7, 0),) * 3)
    assert feasible(same).solution == (7, 7)
    with pytest.raises(ValueError, match="outside"):
        System(2, (Row(((2, 1),)),))


def test_first_conflicts_need_no_solver() -> None:
    rows = (
        Row(((0, 1),), 4, 6, 0),
        Row(((0, 1),), 7, 9, 1),
        Row(((1, 1), (2, 1)), 10, 10, 2),
        Row(((1, 1),), 1, 2, 3),
        Row(((2, 1),), 3, 4, 4),
    )
    found = clashes(System(3, rows))
    assert [c.witnesses for c in found] == [(0, 1), (2, 3, 4)]
    assert all(verify_conflict(System(3, rows), c.rows, c.multipliers) for c in found)
    (residual,) = residuals(System(3, rows))
    assert residual.row == 2 and residual.reach == (4, 6) and residual.gap == 4
    assert residual.state == "violated"


def test_residuals_say_what_rounding_explains() -> None:
    """万元 printed to whole: 10 = 3 + 3 + 3 is one off, and three halves can make up for it."""
    unit = 1_000_000
    rows = (
        Row(((0, 1), (1, -1), (2, -1), (3, -1))),
        *(
            Row(((j, 1),), v * unit - unit // 2, v * unit + unit // 2, j)
            for j, v in enumerate((10, 3, 3, 3))
        ),
    )
    (residual,) = residuals(System(4, rows))
    assert (residual.difference, residual.explained) == (unit, 2 * unit)
    assert (residual.gap, residual.state) == (0, "rounding")
    assert residuals(System(4, rows), without=[1])[0].state == "open"
