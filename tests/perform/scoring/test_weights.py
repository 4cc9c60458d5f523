"""Weights: exact to the hundredth, and adding up to exactly the group's points."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.model.goal import GoalLine
from mingzhang.model.place import Place
from mingzhang.perform.scoring import even, scheme_of, weigh

HERE = Place("0" * 64, "goals.toml", "")
LEVELS = {"o": "产出指标", "b": "效益指标", "s": "满意度指标", "c": "成本指标"}


def lines(groups: str, *weights: str | None) -> list[GoalLine]:
    given = [*weights, *[None] * (len(groups) - len(weights))]
    return [
        GoalLine(f"i{n}", "", LEVELS[g], "", f"指标{n}号", "≥1", HERE, weight=w and Decimal(w))  # type: ignore[arg-type]
        for n, (g, w) in enumerate(zip(groups, given, strict=True))
    ]


def points(groups: str, *weights: str | None) -> list[F]:
    return list(weigh(lines(groups, *weights), scheme_of()).points.values())


def codes(groups: str, *weights: str | None) -> list[str]:
    return [f.code for f in weigh(lines(groups, *weights), scheme_of()).faults]


def test_divided_evenly() -> None:
    """50 over three is 16.67 + 16.67 + 16.66."""
    assert points("ooobs") == [F(1667, 100), F(1667, 100), F(1666, 100), F(30), F(10)]
    assert even(F(10), 3) == (F(334, 100), F(333, 100), F(333, 100))


def test_without_satisfaction_benefit_takes_forty() -> None:
    assert points("ob") == [F(50), F(40)]
    assert codes("ob") == ["group-moved"]
    assert points("o") == [F(90)]


def test_cost_is_an_output_where_it_stands_alone() -> None:
    assert points("ocbs") == [F(25), F(25), F(30), F(10)]


def test_given_weights_count_and_the_rest_is_divided() -> None:
    assert points("ooobs", "20") == [F(20), F(15), F(15), F(30), F(10)]


def test_a_whole_form_of_its_own_groups_is_taken_as_given() -> None:
    """40 + 40 + 10 is all that is not the rate of execution: other groups, and right."""
    assert points("obs", "40", "40", "10") == [F(40), F(40), F(10)]
    assert codes("obs", "40", "40", "10") == []


def test_what_does_not_add_up_is_scaled_and_told() -> None:
    assert points("oobs", "30", "30", "30", "10") == [F(25), F(25), F(30), F(10)]
    assert codes("oobs", "30", "30", "30", "10") == ["weights-sum"]
    assert points("oobs", "60") == [F(25), F(25), F(30), F(10)]
    assert codes("oobs", "60") == ["weights-over"]
    assert codes("obs", "-1") == ["weight-bad"]


def test_a_level_nobody_knows_is_an_output_and_told() -> None:
    strange = GoalLine("x", "", "特色指标", "", "名", "≥1", HERE)
    found = weigh([strange, *lines("bs")], scheme_of())
    assert found.group_of["x"] == "output"
    assert [f.code for f in found.faults] == ["unknown-group"]


@given(
    st.lists(
        st.tuples(st.sampled_from("obsc"), st.none() | st.integers(1, 9000)),
        min_size=1,
        max_size=25,
    )
)
@settings(max_examples=150, deadline=None)
def test_always_all_points_in_hundredths(drawn: list[tuple[str, int | None]]) -> None:
    weights = [None if w is None else f"{Decimal(w) / 100}" for _, w in drawn]
    found = weigh(lines("".join(g for g, _ in drawn), *weights), scheme_of())
    assert sum(found.points.values()) == 90
    assert all(p >= 0 and p * 100 == int(p * 100) for p in found.points.values())
    for group, total in found.groups.items():
        mine = [p for i, p in found.points.items() if found.group_of[i] == group]
        assert sum(mine) == total
