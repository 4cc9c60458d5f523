"""Progress of an indicator: worked by hand for each kind of target; better is never classed worse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.catalog.performance_year import LEVELS
from mingzhang.model.evidence import Actual, Fault, Provenance
from mingzhang.model.goal import DATE, Condition, GoalLine
from mingzhang.perform.monitoring import Noted, Progress
from mingzhang.perform.monitoring.progress import Known, overdue, progress
from smallyear import PLACE

HALF = date(2023, 7, 2)  # 183 of 365 days
PACE = Fraction(183, 365)


def line(target: str, **more: object) -> GoalLine:
    return GoalLine("g1", "", "产出指标", "数量指标", "指标", target, PLACE, **more)  # type: ignore[arg-type]


def asked(
    target: str, value: str, unit: str, measure: str = "", when: date = HALF, **more: object
) -> Progress:
    """An indicator with one actual value from evidence."""
    actual = Actual("g1", unit, Decimal(value))
    known = Known({"g1": actual}, {}, {"g1": measure} if measure else {})
    return progress(line(target, **more), known, when, PACE if when == HALF else Fraction(1))


def noted(target: str, value: str, **more: object) -> Progress:
    """An indicator whose value somebody wrote down."""
    found = Noted("g1", value, "文件", PLACE, **more)  # type: ignore[arg-type]
    return progress(line(target), Known({}, {"g1": found}, {}), HALF, PACE)


@pytest.mark.parametrize(
    ("target", "value", "unit", "measure", "level", "key"),
    [
        # what grows: against 50.1 % of the year
        ("≥100次", "50", "次", "count", "normal", ""),
        ("≥100次", "40", "次", "count", "attention", "slow"),  # 10.1 points behind
        ("≥100次", "25", "次", "count", "warning", "slow"),
        ("≥100次", "130", "次", "count", "normal", ""),
        ("=12期", "13", "期", "", "normal", ""),
        ("不超过10起", "5", "起", "count", "normal", ""),
        ("不超过10起", "7", "起", "count", "attention", "fast"),
        ("不超过10起", "11", "起", "count", "warning", "exceeded"),
        ("≥90%", "45", "%", "execution_rate", "normal", ""),
        # what does not: against the target itself
        ("≥90%", "45", "%", "share", "warning", "short"),
        ("≥90%", "82", "%", "satisfaction", "attention", "short"),
        ("≥90%", "90", "%", "satisfaction", "normal", ""),
        ("32人", "32", "人", "count_distinct", "normal", ""),
        ("32人", "31", "名", "count_distinct", "attention", "short"),
        ("32人", "33", "人", "count_distinct", "attention", "exceeded"),
        ("≤3小时", "3", "小时", "average", "normal", ""),
        ("≤3小时", "3.2", "小时", "average", "attention", "exceeded"),
        ("≤3小时", "6", "小时", "average", "warning", "exceeded"),
        (">6次/月", "6", "次/月", "average", "attention", "short"),
        ("3-5次/月", "7", "次/月", "average", "attention", "exceeded"),
        ("3-5次/月", "2", "次/月", "average", "warning", "short"),
        ("1小时内响应", "100", "%", "share_within", "normal", ""),
        ("1小时内响应", "97", "%", "share_within", "attention", "short"),
    ],
)
def test_quantities(target: str, value: str, unit: str, measure: str, level: str, key: str) -> None:
    found = asked(target, value, unit, measure)
    assert found.level == level, found.why()
    assert [r.key for r in found.reasons] == ([key] if key else [])
    assert "{" not in found.why("zh") + found.why("en")


def test_what_grows_is_expected_to_go_on() -> None:
    found = asked("≥100次", "50", "次", "count")
    assert found.share == Fraction(1, 2)
    assert found.expected == "100次"  # 50 · 365/183 = 99.7
    assert asked("≥90%", "82", "%", "share").expected == "82%"


def test_at_the_years_end_any_gap_tells() -> None:
    end = date(2023, 12, 31)
    assert asked("≥100次", "99", "次", "count", end).level == "attention"
    assert asked("≥100次", "100", "次", "count", end).level == "normal"
    over = asked(">100次", "100", "次", "count", end)
    assert (over.level, over.why()) == ("attention", "现为 100次，未达到 >100次")
    over = asked("=12期", "13", "期", "", end)  # it is not 8.3 points behind
    assert (over.level, over.why()) == ("attention", "现为 13期，已突破 =12期")
    assert asked("=12期", "12", "期", "", end).level == "normal"


def test_trends_need_a_baseline() -> None:
    assert asked("降低", "40", "次", "count").lack == "no-baseline"
    down = {"baseline": Decimal(100), "baseline_year": 2022}
    assert asked("降低", "40", "次", "count", **down).level == "normal"  # 80 by the year's end
    assert asked("降低", "60", "次", "count", **down).level == "attention"
    assert asked("提高", "60", "%", "share", baseline=Decimal(59)).level == "normal"
    last = {"last_actual": Decimal(100)}
    assert asked("比上年减少10%以上", "44", "次", "count", **last).level == "normal"
    assert asked("比上年减少10%以上", "47", "次", "count", **last).level == "attention"
    assert asked("比上年减少10%以上", "60", "次", "count", **last).level == "warning"


def test_grades_and_words() -> None:
    assert noted("及时", "及时").level == "normal"
    assert noted("及时", "基本及时").level == "attention"
    assert noted("及时", "不及时").level == "warning"
    assert noted("及时", "马马虎虎").lack == "grade"
    assert noted("提高", "提高").level == "normal"
    assert noted("提高", "下降").level == "warning"
    assert noted("≥95%", "96%").level == "normal"
    assert noted("≥95%", "很好").lack == "not-number"
    assert noted("6月底前", "6月20日").level == "normal"
    assert noted("2023年6月30日前", "2023年7月1日").level == "warning"
    assert noted("12次", "12", accumulates=False).level == "normal"
    assert noted("12次", "6").level == "normal"
    assert noted("12次", "6", accumulates=False).level == "warning"


def test_what_cannot_be_said_is_not_said() -> None:
    nothing = Known({}, {}, {})

    def lack(target: str, known: Known = nothing) -> str:
        found = progress(line(target), known, HALF, PACE)
        assert found.level == "unknown"
        assert found.why("zh") and found.why("en")
        return found.lack

    assert lack("") == "no-target"
    assert lack("队伍得到加强") == "not-measurable"
    assert lack("及时") == "no-actual"
    assert lack("≥5次") == "no-actual"
    assert lack("12月底前完成") == "no-actual"
    fault = Fault("missing", {"zh": "没有文件", "en": "no file"})
    broken = Known({"g1": Actual("g1", "%", None, fault=fault)}, {}, {})
    assert lack("≥5%", broken) == "evidence"
    assert progress(line("≥5%"), broken, HALF, PACE).why("en") == "no file"
    few = Known({"g1": Actual("g1", "%", None, suppressed=True)}, {}, {})
    assert lack("≥5%", few) == "suppressed"
    other = Known({"g1": Actual("g1", "人", Decimal(5))}, {}, {})
    assert lack("≥5次", other) == "unit"


def test_a_date_that_is_past() -> None:
    late = progress(line("6月底前"), Known({}, {}, {}), HALF, PACE)
    assert (late.level, [r.key for r in late.reasons]) == ("warning", ["due"])
    condition = Condition("range", Decimal(20230301), DATE, upper=Decimal(20230930))
    last = date(2023, 9, 30)
    assert overdue(condition, last) is None  # its last day, not its first
    assert overdue(condition, last + timedelta(days=1)) is not None
    assert overdue(Condition("≥", Decimal(20230301), DATE), last) is None


def test_several_conditions() -> None:
    """Each has an actual value of its own; the worst counts."""
    target = "不少于1名执业律师和5名实习律师"
    one = {"g1.1": Actual("g1.1", "名", Decimal(1))}
    found = progress(line(target), Known(one, {}, {}), HALF, PACE)
    assert found.lack == "parts" and "g1.2" in found.why()
    both = {**one, "g1.2": Actual("g1.2", "名", Decimal(4))}
    found = progress(line(target), Known(both, {}, {}), HALF, PACE)
    assert found.level == "warning"
    assert found.text == "执业律师1名；实习律师4名"
    assert found.share == Fraction(4, 5)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["≥", "≤", "=", ">", "<"]),
    st.integers(1, 200),
    st.integers(0, 250),
    st.integers(1, 50),
    st.sampled_from(["count", "share"]),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_better_is_never_worse(
    operator: str, target: int, value: int, more: int, measure: str, when: date
) -> None:
    """More of what there should be more of, or less of what there should be less of."""
    unit = "次" if measure == "count" else "%"
    better = value - more if operator in "≤<" else value + more
    if better < 0 or (operator == "=" and better > target):
        return
    pace = Fraction(when.timetuple().tm_yday, 365)

    def level(actual: int) -> int:
        known = Known({"g1": Actual("g1", unit, Decimal(actual))}, {}, {"g1": measure})
        return LEVELS.index(progress(line(f"{operator}{target}{unit}"), known, when, pace).level)

    assert level(better) <= level(value)


def test_provenance_is_not_needed() -> None:
    """An actual value may carry anything; only the value is looked at."""
    came = Provenance((), "q", 1, 1, datetime(2023, 1, 1, tzinfo=UTC), "e")
    actual = Actual("g1", "次", Decimal(100), provenance=came)
    assert progress(line("≥100次"), Known({"g1": actual}, {}, {}), HALF, PACE).level == "normal"
