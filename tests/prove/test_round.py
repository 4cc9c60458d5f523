"""Controlled rounding: by hand, and against CP-SAT."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools_oracle import least_cost
from printings import messy, table

from mingzhang.prove import (
    Cell,
    Link,
    Printing,
    RoundingLimits,
    Row,
    Unprintable,
    controlled_rounding,
    verify_rounding,
)
from mingzhang.prove.relaxation import least_cost as proved_cost

WAN = 1_000_000
SUM = Row(((0, 1), (1, 1), (2, 1), (3, -1)))


def of(*values: int, step: int = WAN) -> tuple[Cell, ...]:
    return tuple(Cell(value, step) for value in values)


def test_nothing_moves_where_the_sum_holds_anyway() -> None:
    printing = Printing(of(1_400_000, 2_600_000, 3_000_000, 7_000_000), (SUM,))
    found = controlled_rounding(printing)
    assert found.printed == (1 * WAN, 3 * WAN, 3 * WAN, 7 * WAN)
    assert (found.moved, found.rows, found.optimality) == ((), (), "proved")
    assert (found.largest, found.total, found.reach) == (Fraction(2, 5), Fraction(4, 5), 1)


def test_three_parts_of_a_third_more() -> None:
    """1.4 + 1.3 + 1.4 = 4.1: the parts print 1 + 1 + 1 by themselves, one of the two 1.4 gives way."""
    printing = Printing(of(1_400_000, 1_300_000, 1_400_000, 4_100_000), (SUM,))
    found = controlled_rounding(printing)
    assert sorted(found.printed) == [WAN, WAN, 2 * WAN, 4 * WAN]
    assert found.printed[1] == WAN and found.rows == (0,) and len(found.moved) == 1
    assert found.total == Fraction(4 + 3 + 6 + 1, 10) and found.optimality == "proved"


def test_a_dear_total_stays_and_a_cheap_one_moves() -> None:
    """0.3 + 0.3 + 0.1 = 0.7: the total prints 0 (0.7 off, 0.4 more than 1 would be), or one part
    prints 1 (0.7 off, 0.4 more than 0 would be): what is dearer decides.
    """
    parts = of(300_000, 300_000, 100_000)
    cheap = controlled_rounding(
        Printing((*(replace(c, weight=2) for c in parts), Cell(700_000, WAN)), (SUM,))
    )
    dear = controlled_rounding(Printing((*parts, Cell(700_000, WAN, 2)), (SUM,)))
    assert cheap.printed == (0, 0, 0, 0) and cheap.moved == (3,)
    assert dear.printed[3] == WAN and len(dear.moved) == 1


def test_what_needs_no_rounding_stays() -> None:
    printing = Printing(of(500_000, 500_000, 0, 1_000_000), (SUM,))
    found = controlled_rounding(printing)
    assert found.printed[2:] == (0, WAN) and sorted(found.printed[:2]) == [0, WAN]


def test_half_way_is_rounded_up_where_nothing_forbids_it() -> None:
    assert controlled_rounding(Printing(of(500_000, -500_000))).printed == (WAN, -WAN)


def test_a_fixed_figure_pushes_the_others() -> None:
    """Last year's book prints 5 for what was 4.2: the parts of 4.2 have to make up 5."""
    cells = (*of(1_400_000, 1_400_000, 1_400_000), Cell(4_200_000, WAN, fixed=5 * WAN))
    found = controlled_rounding(Printing(cells, (SUM,)))
    assert found.printed[3] == 5 * WAN and sorted(found.printed[:3]) == [WAN, 2 * WAN, 2 * WAN]
    far = (*of(1_400_000, 1_400_000, 1_400_000), Cell(4_200_000, WAN, fixed=9 * WAN))
    found = controlled_rounding(Printing(far, (SUM,)))
    assert sum(found.printed[:3]) == 9 * WAN and found.reach == 2


def test_fixed_figures_that_exclude_each_other_are_named() -> None:
    cells = (
        Cell(1_400_000, WAN, fixed=WAN),
        Cell(2_000_000, WAN),
        Cell(0, WAN),
        Cell(3_400_000, WAN, fixed=3 * WAN),
        Cell(3_400_000, WAN, fixed=4 * WAN),
    )
    other = Row(((3, 1), (4, -1)))
    with pytest.raises(Unprintable) as refused:
        controlled_rounding(Printing(cells, (SUM, other)))
    assert (refused.value.rows, refused.value.cells) == ((1,), (3, 4)) and refused.value.certified
    through = (Row(((0, 1), (1, 1), (2, 1), (3, -1))), Row(((0, 1), (1, 1), (2, 1), (4, -1))))
    with pytest.raises(Unprintable) as refused:
        controlled_rounding(Printing(cells, through))
    assert (refused.value.rows, refused.value.cells) == ((0, 1), (3, 4)) and refused.value.certified


def test_a_parity_that_no_printing_has_is_searched_and_thinned_out() -> None:
    """Twice a figure can be no odd number, though half a unit would do."""
    cells = (Cell(1_500_000, WAN), Cell(3 * WAN, WAN, fixed=3 * WAN), Cell(WAN, WAN))
    rows = (Row(((0, 2), (1, -1))), Row(((0, 1), (2, -1)), 0, None))
    with pytest.raises(Unprintable) as refused:
        controlled_rounding(Printing(cells, rows))
    found = refused.value
    assert (found.rows, found.cells, found.certified) == ((0,), (1,), False)
    assert "1024" in str(found)


def test_a_sentence_in_coarser_units_follows_the_table() -> None:
    """0.4949 亿元 of 4,949 万元 and a sum that moves the table's figure over the half."""
    yi = 10_000 * WAN
    cells = (*of(1_300_000, 4_998_400_000, 5_000_000, 5_004_700_000), Cell(4_998_400_000, yi))
    found = controlled_rounding(Printing(cells, (SUM,), (Link(4, 1),)))
    assert found.printed[1] in (4998 * WAN, 4999 * WAN) and found.printed[4] == 0
    near = (*of(1_300_000, 4_999_900_000, 5_400_000, 5_006_600_000), Cell(4_999_900_000, yi))
    found = controlled_rounding(Printing(near, (SUM,), (Link(4, 1),)))
    assert abs(found.printed[4] - found.printed[1]) <= yi // 2


@pytest.mark.parametrize(
    ("cells", "rows", "links", "about"),
    [
        (of(1, 2), (Row(((0, 1), (1, -1))),), (), "exact amounts"),
        ((Cell(1, 1), Cell(1, 10)), (Row(((0, 1), (1, -1))),), (), "mixes"),
        (of(1), (Row(((3, 1),)),), (), "outside"),
        (of(1), (), (Link(0, 1),), "outside"),
        ((Cell(1, 10), Cell(1, 4)), (), (Link(0, 1),), "divide"),
        ((Cell(1, 10, fixed=15),), (), (), "multiple"),
        ((Cell(1, 0),), (), (), "at least 1"),
    ],
)
def test_what_cannot_be_asked(
    cells: tuple[Cell, ...], rows: tuple[Row, ...], links: tuple[Link, ...], about: str
) -> None:
    with pytest.raises(ValueError, match=about):
        Printing(cells, rows, links)


def test_the_judge_sees_what_is_wrong() -> None:
    printing = Printing(of(1_400_000, 1_300_000, 1_400_000, 4_100_000), (SUM,))
    found = controlled_rounding(printing)
    assert verify_rounding(printing, found)
    assert not verify_rounding(printing, replace(found, printed=(WAN, WAN, WAN, 4 * WAN)))
    assert not verify_rounding(printing, replace(found, largest=Fraction(1, 10)))
    assert not verify_rounding(printing, replace(found, printed=found.printed[:3]))


@pytest.mark.parametrize("seed", range(120))
def test_as_cp_sat(seed: int) -> None:
    printing = messy(seed)
    strict = least_cost(printing, 1)
    try:
        found = controlled_rounding(printing)
    except Unprintable:
        assert least_cost(printing, 64, strict=False) is None
        return
    assert verify_rounding(printing, found)
    assert (found.reach == 1) == (strict is not None)
    if strict is not None:
        cost = printing.cost(dict(enumerate(found.printed)))
        assert cost == strict
        assert found.optimality in ("proved", "solved")
        assert found.excess is None or found.excess >= 0


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    sides=st.sampled_from([(2, 3), (5, 4), (3, 3, 3), (2, 3, 4), (2, 2, 3, 3)]),
    step=st.sampled_from([10, 100, WAN]),
)
def test_tables_as_cp_sat(seed: int, sides: tuple[int, ...], step: int) -> None:
    """Of two directions: strict, and proved to be the nearest. Of more: whatever is possible."""
    printing = table(seed, sides, step)
    found = controlled_rounding(printing)
    strict = least_cost(printing, 1)
    assert verify_rounding(printing, found)
    assert (found.reach == 1) == (strict is not None)
    if len(sides) == 2:
        assert found.optimality == "proved"
    if strict is not None:
        assert printing.cost(dict(enumerate(found.printed))) == strict


def test_three_directions_without_a_strict_rounding() -> None:
    """Three halves, each two of which add up to a whole figure: one up, one down, and the third?"""
    printing = without_strict()
    assert least_cost(printing, 1) is None
    found = controlled_rounding(printing)
    assert verify_rounding(printing, found) and found.reach > 1 and found.excess is None


def without_strict() -> Printing:
    """An odd cycle of sums: what a table of three directions can contain."""
    cells = of(500_000, 500_000, 500_000, 1_000_000, 1_000_000, 1_000_000)
    rows = tuple(Row(((a, 1), (b, 1), (c, -1))) for a, b, c in ((0, 1, 3), (1, 2, 4), (0, 2, 5)))
    return Printing(cells, rows)


def test_the_same_question_gets_the_same_answer_and_large_parts_too() -> None:
    printing = table(5, (40, 30), WAN)
    first = controlled_rounding(printing)
    assert first == controlled_rounding(printing) and first.optimality == "proved"
    r = random.Random(1)
    rows = list(printing.rows)
    r.shuffle(rows)
    shuffled = controlled_rounding(Printing(printing.cells, tuple(rows)))
    assert shuffled.printed == first.printed


def test_a_large_part_is_searched_from_its_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three directions, taken for a large part: as good as it says it is."""
    for seed in range(4):
        printing = table(seed, (5, 5, 4), 100)
        exact = controlled_rounding(printing)
        monkeypatch.setattr("mingzhang.prove.branch._LARGE", 20)
        found = controlled_rounding(printing, RoundingLimits(slack=10))
        monkeypatch.undo()
        assert verify_rounding(printing, found) and found.reach == exact.reach == 1
        assert found.excess is not None and exact.excess is not None
        assert found.excess >= exact.excess
        best = printing.cost(dict(enumerate(exact.printed)))
        cost = printing.cost(dict(enumerate(found.printed)))
        assert best <= cost <= best + found.excess * printing.scale
        assert found.optimality == "limited" or cost == best


def test_multipliers_prove_in_whole_numbers() -> None:
    """x + y >= 1 costs 3 or 5: the multiplier 3 proves 3, 4 would prove less (x is at most 1)."""
    from mingzhang.prove.grid import Demand, Piece, Program

    pieces = (Piece(0, 1, 3, 1), Piece(1, 1, 5, 1))
    program = Program(pieces, {0: 0, 1: 0}, (Demand(((0, 1), (1, 1)), 1, None),), 1, False)
    assert proved_cost(program, [3]) == (3, [0, 2])
    assert proved_cost(program, [4]) == (3, [-1, 1])
    assert proved_cost(program, [6]) == (2, [-3, -1])
