"""Disclosure: intervals against an exact simplex and GLOP, withholding against all subsets."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import ceil, floor

import pytest
from exact_oracle import least
from ortools_oracle import extremes
from withheld import Secret, secret

from mingzhang.prove import (
    Protected,
    ProtectLimits,
    Row,
    System,
    Unprotectable,
    exposures,
    verify_exposure,
    withholding,
)

TOTAL, A, B, C = range(4)
"""One withheld part C of a total; the total and the other parts are published to the half unit."""
PARTS = Row(((TOTAL, 1), (A, -1), (B, -1), (C, -1)))
PUBLISHED = System(
    4,
    (
        PARTS,
        Row(((TOTAL, 1),), 95, 105, 0),
        Row(((A, 1),), 30, 30, 1),
        Row(((B, 1),), 44, 46, 2),
    ),
    frozenset(range(4)),
)
TRUE = (100, 30, 45, 25)


def test_a_neighbour_is_subtracted_from_the_total() -> None:
    (found,) = exposures(PUBLISHED, TRUE, [Protected(C, 20)])
    assert found.derived == found.attained == (19, 31)
    assert (found.width, found.needs, found.safe, found.exposed) == (12, 20, False, True)
    assert found.witnesses == {0, 1, 2}
    assert found.low is not None and found.low.equation == (1, found.low.multipliers)
    assert dict(zip(found.low.rows, found.low.multipliers, strict=True)) == {
        0: -1,
        1: 1,
        2: -1,
        3: -1,
    }
    assert verify_exposure(PUBLISHED, found)


def test_what_is_wide_enough_is_safe() -> None:
    assert exposures(PUBLISHED, TRUE, [Protected(C, 12)])[0].safe
    assert not exposures(PUBLISHED, TRUE, [Protected(C, 13)])[0].safe
    assert exposures(PUBLISHED, TRUE, [Protected(C, share=Fraction(12, 25))])[0].safe
    assert not exposures(PUBLISHED, TRUE, [Protected(C, share=Fraction(1, 2))])[0].safe


def test_without_the_total_there_is_no_upper_end() -> None:
    (found,) = exposures(PUBLISHED, TRUE, [Protected(C, 1000)], without=[0])
    assert found.derived == (0, None) and found.safe and found.attained == (0, 1025)
    assert found.high is None and verify_exposure(PUBLISHED, found, [0])


def test_a_sum_of_withheld_amounts() -> None:
    """With B withheld too, C alone is open from 0 to 75, the two together are known to 10."""
    one, both = exposures(PUBLISHED, TRUE, [Protected(C, 50), Protected({B: 1, C: 1}, 50)], [2])
    assert one.derived == (0, 75) and one.safe
    assert both.derived == (65, 75) and both.exposed and both.witnesses == {0, 1}


def test_last_years_book_gives_it_away() -> None:
    """C is withheld, but "more than last year by 5" is printed and last year's C was 20."""
    rows = (*PUBLISHED.rows, Row(((C, 1), (4, -1)), 5, 5, 3), Row(((4, 1),), 20, 20, 4))
    system = System(5, rows, frozenset(range(5)))
    (found,) = exposures(system, (*TRUE, 20), [Protected(C, 10)])
    assert found.derived == (25, 25) and found.witnesses == {3, 4}
    answer = withholding(system, (*TRUE, 20), [Protected(C, 10)], fixed=[4])
    assert answer.witnesses == (3,) and answer.cheapest


def test_the_cheapest_companion_is_withheld() -> None:
    weights = {0: 9, 1: 4, 2: 3}
    answer = withholding(PUBLISHED, TRUE, [Protected(C, 20)], weights)
    assert (answer.witnesses, answer.weight, answer.cheapest) == ((2,), 3, True)
    assert answer.sets == (frozenset({0, 1, 2}),) and all(e.safe for e in answer.exposures)
    answer = withholding(PUBLISHED, TRUE, [Protected(C, 20)], weights, fixed=[2])
    assert answer.witnesses == (1,)
    assert withholding(PUBLISHED, TRUE, [Protected(C, 12)]).witnesses == ()


def test_what_must_stay_published_may_be_too_much() -> None:
    with pytest.raises(Unprotectable, match="20 are needed") as refused:
        withholding(PUBLISHED, TRUE, [Protected(C, 20)], fixed=[0, 1, 2])
    assert refused.value.exposure.derived == (19, 31)


def test_what_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="do not obey"):
        exposures(PUBLISHED, (100, 30, 45, 26), [Protected(C)])
    with pytest.raises(ValueError, match="do not obey"):
        withholding(PUBLISHED, (100, 31, 44, 25), [Protected(C)])
    with pytest.raises(ValueError, match="at least 1"):
        withholding(PUBLISHED, TRUE, [Protected(C)], {0: 0})


def test_big_amounts_keep_every_fen() -> None:
    big = 10**13
    rows = [Row(((20, 1), *((j, -1) for j in range(20))))]
    rows += [Row(((j, 1),), big + j, big + j + 1, j) for j in range(20)]
    system = System(21, tuple(rows))
    true = (*(big + j for j in range(20)), 20 * big + 190)
    (found,) = exposures(system, true, [Protected(20, 21)])
    assert found.derived == found.attained == (20 * big + 190, 20 * big + 210)
    assert found.exposed and len(found.witnesses) == 20


@pytest.mark.parametrize("seed", range(8))
def test_intervals_as_the_exact_oracle(seed: int) -> None:
    case = secret(seed, 2, 2)
    for found in exposures(case.system, case.amounts, case.protected):
        assert verify_exposure(case.system, found)
        form = found.protected.terms
        low, high = (
            least(case.system, (), form)[1],
            least(case.system, (), dict.fromkeys(form, -1))[1],
        )
        assert low is not None and high is not None
        assert found.derived == found.attained == (ceil(low), floor(-high))


@pytest.mark.parametrize("seed", range(20))
def test_intervals_as_glop(seed: int) -> None:
    case = secret(seed, 6, 5, 1000)
    without = [c for c in case.system.witnesses if (c + seed) % 4 == 0]
    published = case.system.free(without)
    for found in exposures(case.system, case.amounts, case.protected, without):
        assert verify_exposure(case.system, found, without)
        low, high = extremes(published, found.protected.terms)
        assert low is not None and found.derived.low == ceil(low - 1e-6)
        assert (high is None) == (found.derived.high is None)
        if high is not None:
            assert found.derived == found.attained
            assert found.derived.high == floor(high + 1e-6)


def cheapest(case: Secret, weights: dict[int, int], fixed: set[int]) -> int | None:
    """The least weight of figures to withhold, all subsets tried; None: nothing helps."""
    choices = [w for w in case.system.witnesses if w not in fixed]
    subsets = [s for size in range(len(choices) + 1) for s in combinations(choices, size)]
    subsets.sort(key=lambda s: sum(weights[w] for w in s))
    for subset in subsets:
        if all(_wide(case, one, subset) for one in case.protected):
            return sum(weights[w] for w in subset)
    return None


def _wide(case: Secret, protected: Protected, without: tuple[int, ...]) -> bool:
    low, high = extremes(case.system.free(without), protected.terms)
    if low is None or high is None:
        return True
    return floor(high + 1e-6) - ceil(low - 1e-6) >= protected.width


@pytest.mark.parametrize("seed", range(12))
def test_withholding_as_all_subsets(seed: int) -> None:
    case = secret(seed, 2, 2)
    weights = {w: 1 + (w * 7 + seed) % 3 for w in case.system.witnesses}
    fixed = {w for w in case.system.witnesses if (w + seed) % 5 == 0}
    expected = cheapest(case, weights, fixed)
    try:
        answer = withholding(case.system, case.amounts, case.protected, weights, fixed)
    except Unprotectable:
        assert expected is None
        return
    assert answer.cheapest and answer.weight == expected
    assert all(
        e.safe and verify_exposure(case.system, e, answer.witnesses) for e in answer.exposures
    )


@pytest.mark.parametrize("seed", range(6))
def test_at_the_work_limit_no_figure_can_be_spared(seed: int) -> None:
    case = secret(seed, 5, 4)
    few = withholding(
        case.system, case.amounts, case.protected, limits=ProtectLimits(audits=20, visits=0)
    )
    best = withholding(case.system, case.amounts, case.protected)
    assert best.weight <= few.weight
    assert all(e.safe for e in few.exposures)
    for w in few.witnesses:
        rest = [v for v in few.witnesses if v != w]
        if not few.cheapest:
            again = exposures(case.system, case.amounts, case.protected, rest)
            assert not all(e.safe for e in again)
