"""The small parts: elimination, hitting sets, the printed value, components, the public names."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mingzhang import prove
from mingzhang.model.money import Rounding, printing_interval
from mingzhang.prove import Row, System, components
from mingzhang.prove.exact import CONSTANT, eliminate, kernel, substitute, whole
from mingzhang.prove.hitting import lightest_hitting_sets
from mingzhang.prove.matrix import Matrix, View
from mingzhang.prove.point import roundest

small_ints = st.integers(-4, 4)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(small_ints, min_size=5, max_size=5), max_size=6),
    x=st.lists(st.fractions(-9, 9, max_denominator=6), min_size=5, max_size=5),
)
def test_elimination_solves(rows: list[list[int]], x: list[Fraction]) -> None:
    """Equations made from a point have it, or another one, as their solution."""
    equations = []
    for row in rows:
        equation = {j: Fraction(a) for j, a in enumerate(row) if a}
        constant = -sum((a * x[j] for j, a in equation.items()), Fraction(0))
        equations.append({**equation, CONSTANT: constant})
    pivots = eliminate(equations)
    assert pivots is not None
    solved = substitute(pivots, {})
    for equation in equations:
        assert sum(a * (1 if j == CONSTANT else solved.get(j, 0)) for j, a in equation.items()) == 0


def test_elimination_says_no() -> None:
    assert eliminate([{0: 1, CONSTANT: -1}, {0: 2, CONSTANT: -3}]) is None
    assert eliminate([{CONSTANT: 1}]) is None
    assert eliminate([{}]) == []
    many = [{j: 1, j + 1: 1, (j * 7) % 40: 2, CONSTANT: j} for j in range(40)]
    assert eliminate(many, limit=10) is None


def test_kernel_by_hand() -> None:
    """x0 + x1 = 0 and x1 - 2 x2 = 0: (2, -2, -1) and its multiples; x3 is free."""
    ways = kernel([{0: 1, 1: 1}, {1: 1, 2: -2}], range(4))
    assert len(ways) == 2
    spanned = {tuple(way.get(j, 0) for j in range(4)) for way in ways}
    assert (0, 0, 0, 1) in spanned
    assert spanned & {(2, -2, -1, 0), (-2, 2, 1, 0)}


def test_whole_numbers_keep_their_signs() -> None:
    assert whole({1: Fraction(1, 2), 2: Fraction(-3, 4), 3: 0}) == {1: 2, 2: -3}
    assert whole({1: -4, 2: 6}) == {1: -2, 2: 3}
    assert whole({}) == {}


@settings(max_examples=60, deadline=None)
@given(
    sets=st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=4), max_size=6),
    weights=st.dictionaries(st.integers(0, 6), st.integers(1, 4)),
)
def test_hitting_sets_as_brute_force(sets: list[set[int]], weights: dict[int, int]) -> None:
    hits = [
        (sum(weights.get(w, 1) for w in choice), frozenset(choice))
        for size in range(8)
        for choice in combinations(range(7), size)
        if all(s & set(choice) for s in sets)
    ]
    best = min(weight for weight, _ in hits)
    found = lightest_hitting_sets(sets, weights)
    assert found.weight == best and found.complete
    assert set(found.choices) == {choice for weight, choice in hits if weight == best}
    assert len(set(found.choices)) == len(found.choices)


def test_hitting_sets_within_limits() -> None:
    sets = [{2 * k, 2 * k + 1} for k in range(10)]
    capped = lightest_hitting_sets(sets, {}, cap=5)
    assert (capped.weight, len(capped.choices), capped.complete) == (10, 5, False)
    tangled = [{a, b, c} for a, b, c in combinations(range(14), 3)]
    assert lightest_hitting_sets(tangled, {}, visits=100).choices == ()
    with pytest.raises(ValueError, match="empty"):
        lightest_hitting_sets([set()], {})


@given(
    value=st.integers(-(10**6), 10**6),
    power=st.integers(0, 8),
    rounding=st.sampled_from([Rounding.HALF_UP, Rounding.TRUNCATE, Rounding.EITHER]),
)
def test_the_roundest_amount_is_what_was_printed(
    value: int, power: int, rounding: Rounding
) -> None:
    step = 10**power
    interval = printing_interval(value * step, step, rounding)
    assert interval.low is not None and interval.high is not None
    found = roundest(interval.low, interval.high)
    assume(value or rounding is Rounding.HALF_UP)  # a printed 0 may hide a rounder 0
    assert found == value * step


def test_components() -> None:
    rows = (
        Row(((0, 1), (2, 1))),
        Row(((2, 1), (4, -1))),
        Row(((1, 1), (3, 0)), 0, 0),  # no coefficient, no tie
        Row(((1, 1), (5, 1)), None, None),  # says nothing
        Row(((3, 1),), 1, 1, 0),
    )
    assert components(System(6, rows)) == ((0, 2, 4), (1,), (3,), (5,))


def test_freed_rows_keep_their_places() -> None:
    system = System(1, (Row(((0, 1),), 1, 1, 0), Row(((0, 1),), 2, 2, 1)))
    freed = system.free([0])
    assert freed.rows[0].says_nothing and freed.rows[1] == system.rows[1]
    assert freed.witnesses == (0, 1)
    view = View(Matrix(system), [0])
    assert (view.lo(0), view.hi(0)) == (2, 2)
    assert view.freeing([1]).lo(0) is None
    assert view.lo(0) == 2


def test_totals_beyond_machine_integers() -> None:
    system = System(2, (Row(((0, 10**9), (1, -(10**9)))), Row(((0, 1), (1, 1)))))
    big = 10**18
    assert Matrix(system).totals([big, 1]) == [10**27 - 10**9, big + 1]
    assert Matrix(system).totals([7, 5]) == [2 * 10**9, 12]
    assert Matrix(system).totals([Fraction(1, 2), 0]) == [5 * 10**8, Fraction(1, 2)]


def test_public_names() -> None:
    assert prove.__all__ == sorted(prove.__all__)
    assert all(hasattr(prove, name) for name in prove.__all__)
