"""Scores worked out by hand from the rules of REFERENCE.md part E."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import pytest

from mingzhang.goals.targets import parse_target
from mingzhang.model.goal import GoalLine
from mingzhang.model.place import Place
from mingzhang.perform.scoring import (
    BadScheme,
    Given,
    Graded,
    execution_share,
    half_up,
    printed_parts,
    scheme_of,
    share_of,
)
from mingzhang.perform.scoring.printed import text

HERE = Place("0" * 64, "goals.toml", "")
PLAIN = scheme_of()


def share(target: str, *values: str, unit: str = "", scheme=PLAIN, **line: object):  # type: ignore[no-untyped-def]
    given = Given(tuple(Decimal(v) for v in values), unit)
    return share_of(
        GoalLine("x", "", "产出指标", "数量指标", "名", target, HERE, **line),  # type: ignore[arg-type]
        parse_target(target),
        given,
        scheme,
        2023,
    )


# ------------------------------------------------------------------ 执行率
def test_execution_rate_of_a_published_form() -> None:
    """廊坊 2019: 86 % executed is 8.6 points of 10, printed as 9 in whole points."""
    earned = execution_share(86, 100).value
    assert earned == F(86, 100)
    assert text(earned * 10) == "8.60"
    assert text(earned * 10, F(1)) == "9"


@pytest.mark.parametrize(
    ("executed", "budget", "points"),
    [(100, 100, 10), (0, 100, 0), (130, 100, 10), (-5, 100, 0), (1, 3, F(10, 3))],
)
def test_execution_rate(executed: int, budget: int, points: F) -> None:
    earned = execution_share(executed, budget).value
    assert earned is not None
    assert earned * 10 == points


@pytest.mark.parametrize(
    ("executed", "budget", "code"),
    [(5, 0, "no-budget"), (5, None, "no-budget"), (None, 9, "no-execution")],
)
def test_execution_that_is_not_known(executed: int, budget: int, code: str) -> None:
    found = execution_share(executed, budget)
    assert (found.value, [f.code for f in found.faults]) == (None, [code])


# ------------------------------------------------------------------ 定量
CASES = [
    # target, actual, share
    ("≥80%", "80", F(1)),
    ("≥80%", "60", F(3, 4)),
    ("≥80%", "100", F(1)),
    ("≤5次", "5", F(1)),
    ("≤5次", "4", F(1)),
    ("≤5次", "8", F(5, 8)),
    ("≤0起", "1", F(0)),
    ("无事故", "0", F(1)),
    ("无事故", "2", F(0)),
    ("=100%", "98", F(98, 100)),
    ("=50%", "60", F(5, 6)),  # nobody says that more is better
    ("32人", "30", F(15, 16)),
    ("32人", "34", F(1)),  # a number without a sign: at least
    (">6次", "7", F(1)),
    (">6次", "6", F(9, 10)),  # missed, so never all of the points
    (">6次", "3", F(9, 20)),
    ("5-8次", "6", F(1)),
    ("5-8次", "4", F(4, 5)),
    ("5-8次", "10", F(4, 5)),
    ("≥10人", "-1", F(0)),
]


@pytest.mark.parametrize(("target", "actual", "wanted"), CASES)
def test_one_condition(target: str, actual: str, wanted: F) -> None:
    assert share(target, actual).value == wanted


def test_equal_follows_the_direction_of_the_indicator() -> None:
    assert share("=50%", "60", direction="up").value == 1
    assert share("=50%", "60", direction="down").value == F(5, 6)
    assert share("=50%", "40", direction="down").value == 1


def test_dates() -> None:
    """12月底前: each day late loses 1/90."""
    assert share("12月底前完成", "20231231").value == 1
    assert share("12月底前完成", "20231101").value == 1
    assert share("2023年10月31日前完成", "20231109").value == F(81, 90)
    assert share("2023年6月30日前完成", "20231231").value == 0
    assert [f.code for f in share("12月底前完成", "20231345").faults] == ["bad-date"]
    assert [f.code for f in share("12月底前完成", "12.5").faults] == ["bad-date"]


LAWYERS = "不少于1名执业律师和5名实习律师"


@pytest.mark.parametrize(
    ("several", "wanted"), [("each", F(9, 10)), ("worst", F(4, 5)), ("all", F(0))]
)
def test_several_conditions(several: str, wanted: F) -> None:
    """1 of 1 and 4 of 5: the mean is 9/10, the worst 4/5, and all or nothing gives nothing."""
    scheme = scheme_of({"rules": {"several": several}})
    assert share(LAWYERS, "1", "4", scheme=scheme).value == wanted
    assert share(LAWYERS, "1", "5", scheme=scheme).value == 1


def test_a_limit_of_time_answered_by_the_share_that_kept_to_it() -> None:
    found = share("1小时内响应，3小时内到达现场", "96", "99", unit="%")
    assert found.value == F(975, 1000)
    assert found.met is False
    assert share("1小时内响应", "0.5", unit="小时").value == 1


def test_units_that_do_not_agree() -> None:
    assert [f.code for f in share("≥80人", "80", unit="%").faults] == ["unit-differs"]
    assert share("5名", "5", unit="人").value == 1


def test_the_number_of_values_is_the_number_of_conditions() -> None:
    assert [f.code for f in share(LAWYERS, "6").faults] == ["several-actuals"]
    assert [f.code for f in share("≥5人").faults] == ["no-actual"]


# ------------------------------------------------------------------ 趋势
def test_trend_needs_a_baseline() -> None:
    assert [f.code for f in share("提高", "9").faults] == ["no-baseline"]
    assert share("提高", "9", baseline=Decimal(8)).value == 1
    assert share("提高", "8", baseline=Decimal(8)).value == F(6, 10)
    assert share("提高", "7", baseline=Decimal(8)).value == 0
    assert share("降低", "7", baseline=Decimal(8)).value == 1
    assert share("比上年提高", "9", last_actual=Decimal(8)).value == 1


def test_by_how_much() -> None:
    """From 1210 to 1130 is a fall of 80/1210 = 6.6 %: 80/121 of the points for 10 %."""
    found = share("比上年减少10%以上", "1130", baseline=Decimal(1210))
    assert found.value == F(80, 121)
    assert share("比上年减少10%以上", "1089", baseline=Decimal(1210)).value == 1
    assert share("比上年减少10%以上", "1300", baseline=Decimal(1210)).value == 0
    assert [f.code for f in share("比上年减少10%以上", "9", baseline=Decimal(0)).faults] == [
        "zero-baseline"
    ]


# ------------------------------------------------------------------ 定性
@pytest.mark.parametrize(
    ("grade", "within", "wanted"),
    [
        ("达成", F(1), F(1)),
        ("达成", F(0), F(8, 10)),
        ("及时", F(1, 2), F(9, 10)),  # the target's own words are grades too
        ("部分达成并有效果", F(1), F(8, 10)),
        ("部分达成并有效果", F(1, 2), F(7, 10)),
        ("基本及时", F(0), F(6, 10)),
        ("未达成", F(1), F(6, 10)),
        ("不及时", F(0), F(0)),
        ("达成", None, F(1)),
    ],
)
def test_grades(grade: str, within: F | None, wanted: F) -> None:
    """达成 100-80 %, 部分达成并有效果 80-60 %, 未达成 60-0 %."""
    line = GoalLine("x", "", "产出指标", "时效指标", "办理时效", "及时", HERE)
    given = Given(graded=Graded(grade, within, "考核表"))
    assert share_of(line, parse_target("及时"), given, PLAIN, 2023).value == wanted


@pytest.mark.parametrize(
    ("graded", "code"),
    [
        (Graded("达成"), "grade-without-document"),
        (Graded("很好", None, "表"), "unknown-grade"),
        (Graded("达成", F(3, 2), "表"), "within-range"),
        (None, "no-grade"),
    ],
)
def test_a_grade_needs_its_document(graded: Graded | None, code: str) -> None:
    line = GoalLine("x", "", "产出指标", "时效指标", "办理时效", "及时", HERE)
    found = share_of(line, parse_target("及时"), Given(graded=graded), PLAIN, 2023)
    assert (found.value, [f.code for f in found.faults]) == (None, [code])


def test_words_answered_by_a_share() -> None:
    assert share("及时", "97", unit="%").value == F(97, 100)
    assert [f.code for f in share("及时", "97", unit="次").faults] == ["no-grade"]
    assert [f.code for f in share("队伍得到加强", "97", unit="%").faults] == ["not-measurable"]
    assert [f.code for f in share("", "97").faults] == ["no-target"]


# ------------------------------------------------------------------ 超目标
@pytest.mark.parametrize(
    ("actual", "wanted"),
    [
        ("130", F(1)),  # 1.3 times: not yet
        ("131", F(95, 100)),  # the first step is begun
        ("140", F(95, 100)),
        ("141", F(90, 100)),
        ("900", F(80, 100)),  # no more than a fifth is lost
    ],
)
def test_far_beyond_the_target(actual: str, wanted: F) -> None:
    assert share("≥100人", actual).value == wanted


def test_overshoot_with_its_reason_or_switched_off() -> None:
    line = GoalLine("x", "", "产出指标", "数量指标", "名", "≥100人", HERE)
    given = Given((Decimal(200),), justified=True)
    assert share_of(line, parse_target("≥100人"), given, PLAIN, 2023).value == 1
    off = scheme_of({"overshoot": {"discount": False}})
    assert share("≥100人", "200", scheme=off).value == 1
    assert share("≤100人", "20").value == 1  # fewer than feared is no slip of the target


# ------------------------------------------------------------------ 等级, 打印
@pytest.mark.parametrize(
    ("score", "four", "passing"),
    [("90", "优", "优"), ("89.99", "良", "良"), ("80", "良", "良"), ("60", "中", "合格"), ("59", "差", "不合格")],
)  # fmt: skip
def test_bands(score: str, four: str, passing: str) -> None:
    assert PLAIN.band(F(score)).zh == four
    assert scheme_of({"bands": {"use": "pass"}}).band(F(score)).zh == passing


def test_printed_parts_add_up() -> None:
    """Three thirds of 10: 3.34 + 3.33 + 3.33, not 9.99."""
    parts, total = printed_parts([F(10, 3)] * 3)
    assert [text(p) for p in parts] == ["3.34", "3.33", "3.33"]
    assert text(total) == "10.00"
    assert half_up(F(1, 200)) == F(1, 100)
    assert half_up(F(-1, 200)) == F(-1, 100)
    with pytest.raises(ValueError, match="negative"):
        printed_parts([F(-1)])


@pytest.mark.parametrize(
    "own",
    [
        {"points": {"output": "many"}},
        {"points": {"quality": "5"}},
        {"rules": {"several": "some"}},
        {"rules": {"strict_missed": "1.5"}},
        {"overshoot": {"above": "0.9"}},
        {"grade": {"part": {"high": "0.9"}}},
        {"bands": {"use": "none"}},
        {"colours": {"a": "b"}},
        {"points": "all"},
        {"print": {"step": "0.03"}},
        {"moves": {"benefit": ["benefit"]}},
    ],
)
def test_a_scheme_that_does_not_hold_is_refused(own: dict[str, object]) -> None:
    with pytest.raises(BadScheme) as caught:
        scheme_of(own)
    assert set(caught.value.fault.messages) == {"zh", "en"}
