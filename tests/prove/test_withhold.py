"""Withholding beside an exact mixed-integer program, and moves worked out by hand."""

from __future__ import annotations

import pytest
from milp_oracle import lightest
from withheld import secret

from mingzhang.prove import Protected, Row, System, exposures, withholding
from mingzhang.prove.leeway import Leeway

TOTAL, A, B, C = range(4)
ROWS = (
    Row(((TOTAL, 1), (A, -1), (B, -1), (C, -1))),
    Row(((TOTAL, 1),), 95, 105, 0),
    Row(((A, 1),), 30, 30, 1),
    Row(((B, 1),), 44, 46, 2),
)
TRUE = (100, 30, 45, 25)
TABLE = System(4, ROWS, frozenset(range(4)))


def test_what_gives_way_is_the_cheapest_neighbour() -> None:
    """C can grow by 6, with the total and B; by 20 only if the total, A or B gives."""
    leeway = Leeway(TABLE, TRUE)
    assert leeway.opened({C: 1}, 4, {}) == frozenset()
    assert leeway.opened({C: 1}, 20, {0: 9, 1: 4, 2: 3}) == {2}
    assert leeway.opened({C: 1}, 20, {0: 1, 1: 4, 2: 3}) == {0}
    # A pays 24 of its 30 and the others' slack the rest; C has no more than 25 to give
    assert leeway.opened({C: 1}, 30, {0: 9, 1: 1, 2: 9}) == {1}
    assert leeway.opened({C: -1}, 26, {}) is None


def test_what_never_gives_is_gone_around() -> None:
    leeway = Leeway(TABLE, TRUE, fixed={2})
    assert leeway.opened({C: 1}, 20, {0: 9, 1: 4, 2: 1}) == {1}
    assert Leeway(TABLE, TRUE, fixed={0, 1, 2}).opened({C: 1}, 20, {}) is None


def test_two_points_may_lie_on_both_sides() -> None:
    """The total leaves 5 both ways: two values of C 11 apart need nothing, one 11 higher does."""
    leeway = Leeway(TABLE, TRUE)
    assert leeway.opened({C: 1}, 11, {}, apart=True) == frozenset()
    assert leeway.opened({C: 1}, 11, {}) != frozenset()


def test_what_one_witness_says_twice_costs_once() -> None:
    """The total, dear to break once, is printed in five tables; B in one."""
    system = System(4, (*ROWS, *[ROWS[1]] * 4), frozenset(range(4)))
    assert Leeway(system, TRUE).opened({C: 1}, 20, {0: 3, 1: 9, 2: 4}) == {0}


def test_a_withheld_subtotal_with_one_child() -> None:
    """Keeping the subtotal back is no use: its only child prints the same."""
    secret_, child, other, total = range(4)
    rows = (
        Row(((secret_, 1), (child, -1))),
        Row(((total, 1), (secret_, -1), (other, -1))),
        Row(((child, 1),), 40, 40, 0),
        Row(((other, 1),), 60, 60, 1),
        Row(((total, 1),), 100, 100, 2),
    )
    system = System(4, rows, frozenset(range(4)))
    true = (40, 40, 60, 100)
    (found,) = exposures(system, true, [Protected(secret_, 10)])
    assert found.derived == (40, 40)
    answer = withholding(system, true, [Protected(secret_, 10)])
    assert 0 in answer.witnesses and len(answer.witnesses) == 2 and answer.cheapest


def test_two_withheld_in_one_row_need_no_more_unless_their_sum_is_secret() -> None:
    """Each may be all of the 30 that the row leaves; only the sum is known."""
    first, second, third, total = range(4)
    rows = (
        Row(((total, 1), (first, -1), (second, -1), (third, -1))),
        Row(((third, 1),), 70, 70, 0),
        Row(((total, 1),), 100, 100, 1),
    )
    system = System(4, rows, frozenset(range(4)))
    true = (10, 20, 70, 100)
    each = [Protected(first, 5), Protected(second, 10)]
    assert withholding(system, true, each).witnesses == ()
    together = withholding(system, true, [*each, Protected({first: 1, second: 1}, 10)])
    assert len(together.witnesses) == 1


def test_a_pair_that_sums_to_nothing() -> None:
    """A correction below zero: +50 and -50 cancel in the total, but each row of its own tells."""
    up, down, rest, total = range(4)
    rows = (
        Row(((total, 1), (up, -1), (down, -1), (rest, -1))),
        Row(((down, 1),), -50, -50, 0),
        Row(((rest, 1),), 100, 100, 1),
        Row(((total, 1),), 100, 100, 2),
    )
    system = System(4, rows, frozenset({up, rest, total}))
    true = (50, -50, 100, 100)
    (found,) = exposures(system, true, [Protected(up, 10)])
    assert found.derived == (50, 50)
    answer = withholding(system, true, [Protected(up, 10)], {0: 5, 1: 3, 2: 9})
    assert answer.witnesses == (1,) and all(e.safe for e in answer.exposures)


@pytest.mark.parametrize("seed", range(10))
def test_as_light_as_an_exact_program(seed: int) -> None:
    """Random tables of 5 × 4: safe, never lighter than can be, and (measured: always) as light."""
    case = secret(seed, 5, 4)
    weights = {w: 1 + (w * 7 + seed) % 5 for w in case.system.witnesses}
    answer = withholding(case.system, case.amounts, case.protected, weights)
    best = lightest(case.system, case.amounts, case.protected, weights)
    assert best is not None and answer.least <= best <= answer.weight
    assert answer.weight <= 1.1 * best
    again = exposures(case.system, case.amounts, case.protected, answer.witnesses)
    assert all(e.safe for e in again)
