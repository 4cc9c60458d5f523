"""What a bare number means by its indicator, changes of nothing, each condition's unit, print and band."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.goals.targets import parse_target
from mingzhang.model.goal import GoalLine
from mingzhang.model.place import Place
from mingzhang.perform.scoring import BadScheme, Given, Share, scheme_of, share_of, weigh
from mingzhang.perform.scoring.printed import text

HERE = Place("0" * 64, "goals.toml", "")
PLAIN = scheme_of()
few = settings(max_examples=150, deadline=None)


def share(name: str, target: str, *values: str, level2: str = "数量指标", **known: str) -> Share:
    baseline = Decimal(known["baseline"]) if "baseline" in known else None
    line = GoalLine("x", "", "产出指标", level2, name, target, HERE, baseline=baseline)
    given_ = Given(tuple(Decimal(v) for v in values), known.get("unit", ""))
    return share_of(line, parse_target(target), given_, PLAIN, 2023)


@pytest.mark.parametrize(
    ("name", "level2", "target", "actual", "wanted"),
    [
        # a cost without a sign is a ceiling: 3 of 2.4 万元 a person is 4/5 and not full
        ("人均培训费", "成本指标", "2.4万元", "3", F(4, 5)),
        ("人均培训费", "成本指标", "2.4万元", "2", F(1)),
        ("单位造价", "经济成本指标", "=50万元", "40", F(1)),
        # … but not what is better high, also among the costs
        ("预算执行率", "成本指标", "=100%", "98", F(98, 100)),
        ("资金节约率", "成本指标", "5%", "6", F(1)),
        ("资金节约率", "成本指标", "5%", "4", F(4, 5)),
        # a time without a sign, by its name
        ("平均办结时间", "时效指标", "5天", "4", F(1)),
        ("平均办结时间", "时效指标", "5天", "8", F(5, 8)),
        ("培训场次", "数量指标", "8场", "6", F(3, 4)),
    ],
)
def test_a_bare_number_goes_the_way_of_its_indicator(
    name: str, level2: str, target: str, actual: str, wanted: F
) -> None:
    assert share(name, target, actual, level2=level2).value == wanted


@pytest.mark.parametrize(
    ("target", "actual", "wanted"),
    [
        ("不低于上年", "98", F(1)),
        ("不低于上年", "97", F(97, 98)),  # a hair below last year is not nothing
        ("与上年持平", "99", F(1)),
        ("与上年持平", "49", F(1, 2)),
        ("不高于上年", "98", F(1)),
        ("不高于上年", "196", F(1, 2)),
        ("高于上年", "98", F(9, 10)),
        ("低于上年", "98", F(9, 10)),
        ("低于上年", "97", F(1)),
    ],
)
def test_no_worse_than_last_year_is_a_level(target: str, actual: str, wanted: F) -> None:
    found = share("到场率", target, actual, baseline="98")
    assert found.value == wanted
    assert found.met == (wanted == 1)


def test_no_worse_than_a_baseline_of_nothing() -> None:
    assert share("事故数", "不高于上年", "0", baseline="0").value == 1
    assert share("事故数", "不高于上年", "1", baseline="0").value == 0


def test_each_condition_has_its_own_unit() -> None:
    """合格率 in % and 培训 in 次 were both held against the first value's unit, and not scored."""
    target = "合格率≥95%，培训≥4次"
    line = GoalLine("x", "", "产出指标", "", "名", target, HERE)
    values = (Decimal(95), Decimal(3))
    found = share_of(line, parse_target(target), Given(values, units=("%", "次")), PLAIN, 2023)
    assert (found.value, found.faults) == (F(7, 8), ())
    wrong = share_of(line, parse_target(target), Given(values, units=("%", "人")), PLAIN, 2023)
    assert [f.code for f in wrong.faults] == ["unit-differs"]


@given(st.sampled_from(["3-8次", "=6次", "6次"]), st.integers(-5, 60), st.integers(-5, 60))
@few
def test_nearer_is_never_less(target: str, one: int, other: int) -> None:
    """Of two values on the same side of what is wanted, the nearer has at least as many points."""
    low, high = sorted((one, other))
    first, second = (share("名", target, str(v)).value for v in (low, high))
    assert first is not None
    assert second is not None
    if high <= 6:
        assert first <= second or low >= 3
    elif low >= 8 and target != "6次":
        assert second <= first


@given(st.fractions(0, 100))
@few
def test_the_band_is_that_of_the_printed_score(score: F) -> None:
    printed = F(text(score))
    assert PLAIN.band(score) is PLAIN.band(printed)


def test_a_score_printed_as_ninety_is_excellent() -> None:
    assert (text(F("89.996")), PLAIN.band(F("89.996")).zh) == ("90.00", "优")
    assert (text(F("89.994")), PLAIN.band(F("89.994")).zh) == ("89.99", "良")


@pytest.mark.parametrize(
    "own",
    [
        {"points": {"execution": "20"}},  # 110 points
        {"points": {"output": "40"}},  # 90
        {"print": {"step": "1"}},  # 5 printed of a weight of 4.17
        {"print": {"step": "0.1"}},
    ],
)
def test_a_form_that_is_not_of_a_hundred_points_or_prints_above_a_weight(own: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(BadScheme):
        scheme_of(own)


def test_other_points_that_are_a_hundred() -> None:
    made = scheme_of({"points": {"execution": "20", "output": "40"}})
    assert made.total == 100


def test_a_weight_finer_than_the_steps_says_so() -> None:
    line = GoalLine("x", "", "产出指标", "", "名", "≥1次", HERE, weight=Decimal("4.5"))
    found = weigh([line], scheme_of({"points": {"step": "1"}}))
    (fault,) = [f for f in found.faults if f.code == "weight-bad"]
    assert "4.5" in fault.message
    assert "1 的整数倍" in fault.message
