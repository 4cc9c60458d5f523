"""Properties: 0 ≤ share ≤ 1; better is never less (up to the overshoot threshold); print adds up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.goals.targets import parse_target
from mingzhang.model.goal import GoalLine
from mingzhang.model.place import Place
from mingzhang.perform.scoring import (
    Given,
    Graded,
    execution_share,
    printed_parts,
    scheme_of,
    share_of,
)

HERE = Place("0" * 64, "goals.toml", "")
SCHEMES = [scheme_of(), scheme_of({"rules": {"several": "worst"}}), scheme_of({"rules": {"several": "all"}})]  # fmt: skip
NUMBER = st.decimals(-200, 2000, places=2, allow_nan=False)
SIGNS = ["≥", "≤", "=", ">", "<", "不少于", "不超过", ""]
CHANGES = ["提高", "降低", "比上年增长{}%以上", "比上年减少{}%以上", "提高{}%", "降低{}%"]
few = settings(max_examples=200, deadline=None)


def share(target: str, values: tuple[Decimal, ...], scheme=SCHEMES[0], baseline=Decimal(50)) -> F | None:  # type: ignore[no-untyped-def]  # fmt: skip
    line = GoalLine("x", "", "产出指标", "", "名", target, HERE, baseline=baseline)
    return share_of(line, parse_target(target), Given(values), scheme, 2023).value


@given(st.sampled_from(SIGNS), st.decimals(0, 500, places=1), NUMBER)
@few
def test_a_share_is_a_share(sign: str, target: Decimal, actual: Decimal) -> None:
    found = share(f"{sign}{target}次", (actual,))
    assert found is None or 0 <= found <= 1


@given(st.sampled_from(["≥", ">", "不少于", ""]), st.decimals(1, 500, places=1), NUMBER, NUMBER)
@few
def test_more_is_never_less_up_to_the_threshold(
    sign: str, target: Decimal, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    limit = target * Decimal("1.3")
    first, second = share(f"{sign}{target}次", (min(low, limit),)), share(f"{sign}{target}次", (min(high, limit),))  # fmt: skip
    assert first is not None
    assert second is not None
    assert first <= second


@given(st.sampled_from(["≤", "<", "不超过"]), st.decimals(0, 500, places=1), NUMBER, NUMBER)
@few
def test_less_is_never_less_where_less_is_wanted(
    sign: str, target: Decimal, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    better, worse = share(f"{sign}{target}次", (low,)), share(f"{sign}{target}次", (high,))
    assert better is not None
    assert worse is not None
    assert worse <= better


@given(st.sampled_from(CHANGES), st.integers(1, 90), NUMBER, NUMBER)
@few
def test_a_better_change_is_never_less(words: str, by: int, one: Decimal, other: Decimal) -> None:
    """Without the discount: it takes from a change far beyond the one wanted."""
    scheme = scheme_of({"overshoot": {"discount": False}})
    target = words.format(by)
    low, high = sorted((one, other))
    shares = [share(target, (value,), scheme) for value in (low, high)]
    assert None not in shares
    if "高" in target or "增" in target:
        assert shares[0] <= shares[1]  # type: ignore[operator]
    else:
        assert shares[1] <= shares[0]  # type: ignore[operator]


@given(
    st.sampled_from(range(3)),
    st.lists(st.decimals(0, 6, places=1), min_size=2, max_size=2),
    st.lists(st.decimals(0, 6, places=1), min_size=2, max_size=2),
)
@few
def test_several_conditions_never_fall(which: int, low: list[Decimal], more: list[Decimal]) -> None:
    target = "不少于5名律师和6名社工"
    better = tuple(min(a + b, Decimal(6)) for a, b in zip(low, more, strict=True))
    one = share(target, tuple(low), SCHEMES[which])
    two = share(target, better, SCHEMES[which])
    assert one is not None
    assert two is not None
    assert 0 <= one <= two <= 1


@given(st.fractions(0, 1), st.fractions(0, 1))
@few
def test_grades_are_one_ladder(one: F, other: F) -> None:
    """Any place in a better grade is at least any place in a worse one."""
    line = GoalLine("x", "", "产出指标", "", "名", "及时", HERE)

    def graded(grade: str, within: F) -> F:
        given = Given(graded=Graded(grade, within, "表"))
        found = share_of(line, parse_target("及时"), given, SCHEMES[0], 2023).value
        assert found is not None
        return found

    low, high = sorted((one, other))
    for grade in ("达成", "部分达成", "未达成"):
        assert graded(grade, low) <= graded(grade, high)
    assert graded("未达成", one) <= graded("部分达成", other) <= graded("达成", low)


@given(st.integers(-10, 500), st.integers(-10, 500), st.integers(1, 300))
@few
def test_execution_never_falls(one: int, other: int, budget: int) -> None:
    low, high = sorted((one, other))
    first, second = execution_share(low, budget).value, execution_share(high, budget).value
    assert first is not None
    assert second is not None
    assert 0 <= first <= second <= 1


@given(st.lists(st.fractions(0, 40), max_size=30), st.sampled_from([F(1, 100), F(1, 10), F(1)]))
@few
def test_print_adds_up_and_stays_near(parts: list[F], step: F) -> None:
    printed, total = printed_parts(parts, step)
    assert sum(printed, F(0)) == total
    assert abs(total - sum(parts, F(0))) <= step / 2
    for part, shown in zip(parts, printed, strict=True):
        assert abs(part - shown) < step
        assert shown == part or part % step
