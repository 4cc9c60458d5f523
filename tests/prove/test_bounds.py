"""Bounds, repairs and leave-one-out: against the exact oracle, and by hand."""

from __future__ import annotations

from math import ceil, floor

import pytest
from exact_oracle import is_feasible, least
from hypothesis import given, settings
from hypothesis import strategies as st
from systems import ledger, small

from mingzhang.model.money import Interval, Rounding
from mingzhang.prove import Infeasible, Row, System, all_bounds, bounds, feasible, implied


def exact(system: System, form: dict[int, int], freed: tuple[int, ...] = ()) -> Interval:
    """The whole numbers between the exact extremes."""
    status, low = least(system, freed, form)
    high = least(system, freed, {j: -a for j, a in form.items()})[1]
    assert status != "infeasible"
    return Interval(None if low is None else ceil(low), None if high is None else floor(-high))


@pytest.mark.parametrize("seed", range(400, 480))
def test_as_the_oracle(seed: int) -> None:
    system = small(seed)
    if not is_feasible(system):
        with pytest.raises(Infeasible) as refused:
            bounds(system, 0)
        assert refused.value.conflict is not None
        return
    last = system.n - 1
    forms = [{0: 1}, {last: -2}, {0: 1, last: 3} if last else {0: 5}]
    assert all_bounds(system, forms) == tuple(exact(system, form) for form in forms)


@pytest.mark.parametrize("seed", range(500, 530))
def test_leave_one_out_as_the_oracle(seed: int) -> None:
    """``tight`` is what the whole rest implies; the quick answer holds it."""
    system = small(seed)
    if not is_feasible(system):
        return
    quick = implied(system)
    tight = implied(system, tight=system.witnesses)
    for w in system.witnesses:
        for (place, wide), (same, narrow) in zip(quick[w], tight[w], strict=True):
            assert place == same and system.rows[place].witness == w
            form: dict[int, int] = {}
            for j, a in system.rows[place].terms:
                form[j] = form.get(j, 0) + a
            assert narrow == exact(system, form, (w,))
            assert wide.cut(narrow) == narrow


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), power=st.integers(0, 8), hidden=st.sampled_from([0.0, 0.4]))
def test_true_amounts_are_never_excluded(seed: int, power: int, hidden: float) -> None:
    book = ledger(seed, 6, 10**power, Rounding.EITHER, hidden)
    system = book.system
    for place, interval in (found for rows in implied(system).values() for found in rows):
        assert interval.contains(sum(a * book.x[j] for j, a in system.rows[place].terms))
    some = range(0, system.n, 4)
    for j, interval in zip(some, all_bounds(system, some), strict=True):
        assert interval.contains(book.x[j])


def test_an_unprinted_amount_is_worked_out() -> None:
    """Total 100, one part 30, another 45: the withheld one is 25, to the rounding of the three."""
    rows = (
        Row(((0, 1), (1, -1), (2, -1), (3, -1))),
        Row(((0, 1),), 95, 105, 0),
        Row(((1, 1),), 30, 30, 1),
        Row(((2, 1),), 44, 46, 2),
    )
    system = System(4, rows)
    assert bounds(system, 3) == (19, 31)
    assert bounds(system, 3, without=[1]) == (None, None)
    nonnegative = System(4, rows, frozenset(range(4)))
    assert bounds(nonnegative, 3, without=[1]) == (0, 61)
    assert bounds(nonnegative, {1: 1, 3: 1}, without=[1]) == (49, 61)
    assert bounds(system, 3, known=[100, 30, 45, 25]) == (19, 31)


def test_bounds_are_rounded_inwards_to_whole_amounts() -> None:
    """3 x between 4 and 11: x is 2 or 3."""
    rows = (Row(((0, 3), (1, -1))), Row(((1, 1),), 4, 11, 0))
    assert bounds(System(2, rows), 0) == (2, 3)
    assert bounds(System(2, rows), {0: 3}) == (4, 11)


def test_big_amounts_keep_every_fen() -> None:
    big = 10**13
    rows = [Row(((20, 1), *((j, -1) for j in range(20))))]
    rows += [Row(((j, 1),), big + j, big + j + 1, j) for j in range(20)]
    assert bounds(System(21, tuple(rows)), 20) == (20 * big + 190, 20 * big + 210)


def test_leave_one_out_by_hand() -> None:
    """A figure that one sum confirms, one that is printed twice, one that nothing binds."""
    rows = (
        Row(((0, 1), (1, -1), (2, -1))),
        Row(((0, 1),), 9, 11, 0),
        Row(((1, 1),), 4, 4, 1),
        Row(((2, 1),), 5, 6, 2),
        Row(((2, 1),), 6, 7, 3),
        Row(((3, 1),), 1, 1, 4),
    )
    found = implied(System(4, rows))
    assert found[0] == ((1, (10, 10)),)
    assert found[1] == ((2, (3, 5)),)
    assert found[2] == ((3, (6, 7)),)
    assert found[4] == ((5, (None, None)),)
    assert 2 not in implied(System(4, rows), without=[2])
    assert implied(System(4, rows), without=[3])[2] == ((3, (5, 7)),)


def test_leave_one_out_through_an_unprinted_amount() -> None:
    """a + b = hidden = c + d: each figure is bound by the other three."""
    rows = (
        Row(((4, 1), (0, -1), (1, -1))),
        Row(((4, 1), (2, -1), (3, -1))),
        *(Row(((j, 1),), v, v, j) for j, v in enumerate((4, 6, 3, 7))),
    )
    system = System(5, rows)
    assert implied(system) == implied(system, tight=range(4))
    assert implied(system)[0] == ((2, (4, 4)),)


def test_a_percentage_is_implied_by_its_amounts() -> None:
    """Two rows of one witness: 2000 x - 199 y >= 0 and 2000 x - 201 y <= 0, x = 10, y = 100."""
    rows = (
        Row(((0, 2000), (1, -199)), 0, None, 9),
        Row(((0, 2000), (1, -201)), None, 0, 9),
        Row(((0, 1),), 10, 10, 0),
        Row(((1, 1),), 100, 100, 1),
    )
    system = System(2, rows)
    assert implied(system)[9] == ((0, (100, 100)), (1, (-100, -100)))
    # and implies them: 10 lies between 199/20 and 201/20
    assert implied(system)[0] == ((2, (10, 10)),)


def test_without_needs_a_consistent_rest() -> None:
    rows = (Row(((0, 1),), 1, 1, 0), Row(((0, 1),), 2, 2, 1))
    with pytest.raises(Infeasible):
        bounds(System(1, rows), 0)
    assert bounds(System(1, rows), 0, without=[1]) == (1, 1)
    assert feasible(System(1, rows), without=[0]).solution == (2,)
