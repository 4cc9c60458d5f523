"""Targets: texts by hand -> kind and conditions; what is formatted is read back; meeting is monotone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.catalog import performance
from mingzhang.catalog.source import table
from mingzhang.goals.dates import date_value, dated
from mingzhang.goals.numerals import chinese, percents
from mingzhang.goals.targets import (
    change_from,
    format_condition,
    format_target,
    measurable,
    meets,
    meets_change,
    numbered,
    parse_target,
)
from mingzhang.model.goal import DATE, DAY_OF_YEAR, OPERATORS, Condition, Target


def shown(condition: Condition) -> str:
    """subject operator value[..upper] unit [change], in one line."""
    upper = "" if condition.upper is None else f"..{condition.upper:f}"
    change = f" {condition.change}" if condition.change else ""
    head = f"{condition.subject} " if condition.subject else ""
    return f"{head}{condition.operator} {condition.value:f}{upper} {condition.unit}{change}".strip()


QUANTITATIVE = {
    "≥80%": ["≥ 80 %"],
    "≥ 80 ％": ["≥ 80 %"],
    ">=80%": ["≥ 80 %"],
    "=100%": ["= 100 %"],
    "=100.00(%)": ["= 100.00 %"],
    "＞6.00（次）": ["> 6.00 次"],
    "≥100百分比": ["≥ 100 %"],
    "≤90万元": ["≤ 90 万元"],
    "<3天": ["< 3 天"],
    "≯5%": ["≤ 5 %"],
    "32人": ["= 32 人"],
    "5个": ["= 5 个"],
    "100": ["= 100"],
    "0": ["= 0"],
    "≥98.5": ["≥ 98.5"],
    "8,000页": ["= 8000 页"],
    "3万人次": ["= 30000 人次"],
    "1.2亿元": ["= 1.2 亿元"],
    "100%": ["= 100 %"],
    "不少于1名执业律师和5名实习律师": ["执业律师 ≥ 1 名", "实习律师 ≥ 5 名"],
    "不少于三名律师、五名社工": ["律师 ≥ 3 名", "社工 ≥ 5 名"],
    "1小时内响应，3小时内到达现场": ["响应 ≤ 1 小时", "到达现场 ≤ 3 小时"],
    "响应时间:1小时内;到场时间:3小时内": ["响应时间 ≤ 1 小时", "到场时间 ≤ 3 小时"],
    "不超过5%": ["≤ 5 %"],
    "控制在10%以内": ["≤ 10 %"],
    "95%以上": ["≥ 95 %"],
    "90分（含）以上": ["≥ 90 分"],
    "达到95%以上": ["≥ 95 %"],
    "至少2次": ["≥ 2 次"],
    "10-20个": ["range 10..20 个"],
    "95%～98%": ["range 95..98 %"],
    "保持在10至20个": ["range 10..20 个"],
    "全年不少于4次": ["≥ 4 次"],
    "1次/月": ["= 1 次/月"],
    "每月不少于1次": ["≥ 1 次/月"],
    "每季度一次": ["= 1 次/季度"],
    "每人每月500元": ["= 500 元/人/月"],
    "500元/人/月": ["= 500 元/人/月"],
    "两次": ["= 2 次"],
    "不少于十二场": ["≥ 12 场"],
    "百分之九十以上": ["≥ 90 %"],
    "百分之九十九点五": ["= 99.5 %"],
    "2个工作日内": ["≤ 2 个工作日"],
    "收到后5个工作日内答复": ["收到后答复 ≤ 5 个工作日"],
    "5个内部网站": ["内部网站 = 5 个"],
    "零事故": ["事故 = 0"],
    "无重大安全事故": ["重大安全事故 = 0"],
    "0起": ["= 0 起"],
    "12月底前完成": ["完成 ≤ 1231 月日"],
    "2023年6月底前": ["≤ 20230630 年月日"],
    "2024年2月底前完成": ["完成 ≤ 20240229 年月日"],
    "2023年2月底前完成": ["完成 ≤ 20230228 年月日"],
    "2023年12月31日前完成验收": ["完成验收 ≤ 20231231 年月日"],
    "十月底前": ["≤ 1031 月日"],
    "第三季度末前": ["≤ 930 月日"],
    "年底前": ["≤ 1231 月日"],
    "2023年底前": ["≤ 20231231 年月日"],
    "上半年完成": ["完成 ≤ 630 月日"],
    "提高到95%": ["≥ 95 %"],
    "投诉率降低到5%以下": ["投诉率 ≤ 5 %"],
    "完成率100%且满意度90%以上": ["完成率 = 100 %", "满意度 ≥ 90 %"],
    "1.培训4期；2.培训人次不少于200人次": ["培训 = 4 期", "培训人次 ≥ 200 人次"],
    "①举办2场②参加人数≥300人": ["举办 = 2 场", "参加人数 ≥ 300 人"],
    "合格率100%，无安全事故": ["合格率 = 100 %", "安全事故 = 0"],
    "增长率≥5%": ["增长率 ≥ 5 %"],
    "<br>≥3次</br>": ["≥ 3 次"],
    "24小时内响应率100%": ["24小时内响应率 = 100 %"],
    "3日内办结率≥95%": ["3日内办结率 ≥ 95 %"],
    "2023年底前完成率100%": ["2023年底前完成率 = 100 %"],
    "≥95%，且≤100%": ["≥ 95 %", "≤ 100 %"],
    "每年12月底前": ["≤ 1231 月日"],
    "每半年1次": ["= 1 次/半年"],
    "1次/半年": ["= 1 次/半年"],
    "5家（含5家）以上": ["≥ 5 家"],
    "500人（次）": ["= 500 人次"],
    "5台（套）": ["= 5 台套"],
    "90%（2023年）": ["= 90 %"],
    "一是培训3次；二是满意度95%以上": ["培训 = 3 次", "满意度 ≥ 95 %"],
}

CHANGES = {
    "提高5%": ("+", "", ["≥ 5 % +"]),
    "较上年增长10%以上": ("+", "last", ["≥ 10 % +"]),
    "同比下降3个百分点": ("-", "last", ["≥ 3 个百分点 -"]),
    "人均收入增长5%": ("+", "", ["人均收入 ≥ 5 % +"]),
    "10%的增长": ("+", "", ["≥ 10 % +"]),
    "提高": ("+", "", []),
    "持续提升": ("+", "", []),
    "降低": ("-", "", []),
    "较上年明显减少": ("-", "last", []),
    "提升明显": ("+", "", []),
    "不低于上年": ("+", "last", ["≥ 0  +"]),
    "不超过上年水平": ("-", "last", ["≥ 0  -"]),
    "与上年持平": ("+", "last", ["= 0  +"]),
}

SCALES = {
    "及时": "timely",
    "按时完成": "timely",
    "及时、准确": "timely",
    "规范": "order",
    "合格": "reached",
    "全部合格": "reached",
    "应保尽保": "whole",
    "优秀": "grade",
    "有效维护": "effect",
    "有效保障。": "effect",
    "效果明显": "state",
    "及时，效果明显": "state",
}

NOTHING = ["", " ", "—", "/", "－－", "……", "××"]

DESCRIBED = [
    "12月前",  # before December, or before it ends?
    "12月底",
    "2023年",
    "2023.12",
    "2022-2023年",
    "约100人",
    "100余人",
    "100人左右",
    "50羽",
    "第2期",
    "1/3",
    "7×24小时",
    "GB50433-2018",
    "一次性办结",
    "两个维护",
    "进一步做实做细",
    "一千五次",
    "无",
    "20-10个",
    "≥10-20个",
    "不少于5次以下",
    "等级3",
    "提升服务水平",
    "中长期",
    "95%（优秀）",
    "1:3",
    "让群众少跑路，让数据多跑路，推动社会治理再上新台阶。",
]


@pytest.mark.parametrize("text", QUANTITATIVE)
def test_quantitative(text: str) -> None:
    target = parse_target(text)
    assert (target.kind, target.text, target.rest) == ("quantitative", text, "")
    assert [shown(c) for c in target.conditions] == QUANTITATIVE[text]
    assert measurable(target)


@pytest.mark.parametrize("text", CHANGES)
def test_changes(text: str) -> None:
    target = parse_target(text)
    conditions = [shown(c) for c in target.conditions]
    assert (target.kind, (target.change, target.against, conditions)) == ("trend", CHANGES[text])


@pytest.mark.parametrize("text", SCALES)
def test_qualitative(text: str) -> None:
    target = parse_target(text)
    assert (target.kind, target.scale, target.conditions) == ("qualitative", SCALES[text], ())
    assert measurable(target) == performance.scales()[target.scale].testable


@pytest.mark.parametrize("text", NOTHING)
def test_no_target(text: str) -> None:
    assert parse_target(text).kind == "none"


@pytest.mark.parametrize("text", DESCRIBED)
def test_what_is_not_certain_is_described(text: str) -> None:
    target = parse_target(text)
    assert target == Target(text, "described")
    assert not measurable(target)


@pytest.mark.parametrize(
    "text", ["1名和" * 400 + "1", "一" * 4000, "1" * 4000, "及时" * 900, "≥" * 900]
)
def test_a_target_of_any_length_is_read_at_once(text: str) -> None:
    started = perf_counter()
    parse_target(text)
    assert perf_counter() - started < 2


def test_numbers_that_were_not_understood() -> None:
    """Of these nobody may say that they hold nothing to measure."""
    for text in ("95%（优秀）", "1:3", "两成左右", "50羽", "7×24小时"):
        assert numbered(text), text
    for text in ("一次性办结", "有效维护", "进一步提升服务", "无"):
        assert not numbered(text), text


def test_unit_of_a_column_of_its_own() -> None:
    assert shown(parse_target("≥95", "%").conditions[0]) == "≥ 95 %"
    assert shown(parse_target("30", "万 元").conditions[0]) == "= 30 万元"
    assert shown(parse_target("50", "羽").conditions[0]) == "= 50 羽"
    assert shown(parse_target("5次", "%").conditions[0]) == "= 5 次", "what is printed goes first"


def test_conditions_quote_the_print_and_the_rest_is_told() -> None:
    target = parse_target("加强日常管理， 完成率 ≥ 95％ ；队伍稳定")
    assert [c.text for c in target.conditions] == ["完成率 ≥ 95％"]
    assert target.rest == "加强日常管理；队伍稳定"


def test_every_suggested_wording_reads_as_measurable() -> None:
    """Whatever we tell people to write has to pass: “…” with N filled in."""
    raw = table("performance.toml")
    examples = [
        part.partition("”")[0].replace("N", "6")
        for section in ("wording", "scale")
        for row in raw[section].values()
        for part in row["zh"].split("“")[1:]
    ]
    assert len(examples) >= 15
    wrong = [e for e in examples if parse_target(e).kind not in ("quantitative", "trend")]
    assert wrong == []


def test_words_of_the_catalog_mean_one_thing() -> None:
    for name in ("target_prefix", "target_suffix", "target_period", "target_trend", "target_unit"):
        words = [w for found in performance.target_words(name).values() for w in found]
        assert len(words) == len(set(words)), name
    scale_words = [w for s in performance.scales().values() for w in s.words]
    assert len(scale_words) == len(set(scale_words))


# ------------------------------------------------------------------ levels
@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标", "数量指标", ("output", "quantity")),
        ("产出指标（50分）", "质量指标", ("output", "quality")),
        ("产出", "时效", ("output", "time")),
        ("产出指标", "成本指标", ("output", "cost")),
        ("成本指标", "经济成本指标", ("cost", "cost_economic")),
        ("成本指标", "", ("cost", "")),
        ("效益指标", "社会效益指标", ("benefit", "benefit_social")),
        ("", "可持续影响指标", ("benefit", "sustainable")),
        ("效益指标", "服务对象满意度指标", ("satisfaction", "satisfaction_served")),
        ("满意度指标", "满意度指标", ("satisfaction", "")),
        ("效益指标", "满意度指标", ("satisfaction", "")),
        ("", "部门协助", ("", "")),
    ],
)
def test_levels(level1: str, level2: str, expected: tuple[str, str]) -> None:
    assert performance.placed(level1, level2) == expected


# ------------------------------------------------------------------ numerals and dates
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("两百", 200),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("一万二千", 12000),
        ("三十万", 300000),
        ("两亿", 200000000),
        ("二〇二三", 2023),
        ("零", 0),
    ],
)
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["一百五", "两万五", "十百", "万", "百千", "三个"])
def test_doubtful_numerals_are_none(text: str) -> None:
    assert chinese(text) is None


def test_percents_in_words() -> None:
    assert (percents("百分之八十五"), percents("百分之98")) == ("85%", "98%")
    assert percents("百分百") is None


def test_a_day_of_the_year_gets_its_year() -> None:
    (due,) = parse_target("2月底前完成").conditions
    assert (due.value, due.unit) == (Decimal(229), DAY_OF_YEAR)
    assert dated(due, 2023).value == date_value(date(2023, 2, 28))
    assert dated(due, 2024).value == date_value(date(2024, 2, 29))
    in_time, late = date_value(date(2023, 2, 28)), date_value(date(2024, 1, 2))
    assert meets(dated(due, 2023), in_time) and not meets(dated(due, 2023), late)
    level = Condition("≥", Decimal(1))
    assert dated(level, 2023) == level


# ------------------------------------------------------------------ properties
_units = st.sampled_from(["", *sorted(set(performance.units().values()))])
_periods = st.sampled_from(["", "/月", "/季度", "/人", "/人/月"])
_values = st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False)
_subjects = st.sampled_from(["", "执业律师", "响应", "培训人次", "群众满意度", "完成验收"])


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    operator = draw(st.sampled_from(OPERATORS))
    value = draw(_values)
    upper = value + draw(_values) if operator == "range" else None
    unit = draw(_units)
    if unit:
        unit += draw(_periods)
    subject = draw(_subjects) if unit else ""
    change = draw(st.sampled_from(["", "+", "-"])) if unit else ""
    return Condition(operator, value, unit, subject, upper, change)


@st.composite
def date_conditions(draw: st.DrawFn) -> Condition:
    day = draw(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
    unit = draw(st.sampled_from([DATE, DAY_OF_YEAR]))
    value = date_value(day) if unit == DATE else date_value(day) % 10_000
    operator = draw(st.sampled_from(["≥", "≤", "=", ">", "<"]))
    return Condition(operator, value, unit, draw(_subjects))


@settings(max_examples=400, deadline=None)
@given(st.one_of(conditions(), date_conditions()))
def test_what_is_formatted_is_read_back(condition: Condition) -> None:
    bare_year = not condition.unit and condition.operator == "range"
    if bare_year and 1900 <= condition.value <= 2100:
        return
    target = parse_target(format_condition(condition))
    assert target.conditions == (condition,), format_condition(condition)
    assert parse_target(format_target(target)).conditions == target.conditions


@settings(max_examples=300, deadline=None)
@given(conditions(), _values, _values)
def test_meeting_is_monotone(condition: Condition, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    if condition.operator in ("≥", ">"):
        assert meets(condition, less) <= meets(condition, more)
    elif condition.operator in ("≤", "<"):
        assert meets(condition, less) >= meets(condition, more)
    elif condition.operator == "range" and meets(condition, less) and meets(condition, more):
        assert meets(condition, (less + more) / 2)
    at = condition.value
    assert meets(condition, at) == (condition.operator in ("≥", "≤", "=", "range"))


@settings(max_examples=200, deadline=None)
@given(conditions(), _values, _values, _values)
def test_meeting_a_change_is_monotone_and_exact(
    condition: Condition, baseline: Decimal, one: Decimal, other: Decimal
) -> None:
    condition = replace(condition, change=condition.change or "+")
    if condition.unit == "%" and not baseline:
        with pytest.raises(ValueError, match="baseline of 0"):
            change_from(condition, baseline, one)
        return
    less, more = sorted((one, other))
    worse, better = (less, more) if condition.change == "+" else (more, less)
    assert change_from(condition, baseline, worse) <= change_from(condition, baseline, better)
    assert change_from(condition, baseline, baseline) == 0
    if condition.operator in ("≥", ">"):
        a, b = (meets_change(condition, baseline, v) for v in (worse, better))
        assert a <= b


def test_changes_by_hand() -> None:
    rise = parse_target("较上年提高5%").conditions[0]
    assert change_from(rise, Decimal(3), Decimal("3.15")) == 5
    assert meets_change(rise, Decimal(3), Decimal("3.15"))
    assert not meets_change(rise, Decimal(3), Decimal("3.1499999999"))
    fall = parse_target("降低3个百分点").conditions[0]
    assert change_from(fall, Decimal(12), Decimal("8.5")) == Fraction(7, 2)
    with pytest.raises(ValueError, match="level"):
        change_from(parse_target("≥5%").conditions[0], Decimal(1), Decimal(2))


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet="不少于超过大小提高降低达到完成和、，；。1２35.％%≥≤<>=~-—()（）次人月日年底前内以上零两百万及时",
        max_size=24,
    )
)
def test_any_text_is_understood_or_left_alone(text: str) -> None:
    target = parse_target(text)
    for condition in target.conditions:
        assert condition.text in text
        again = parse_target(format_condition(condition)).conditions
        if condition.subject == "" and condition.unit:
            assert again == (condition,)


@pytest.mark.parametrize(
    "wrong",
    [
        {"operator": "~"},
        {"operator": "range"},
        {"operator": "≥", "upper": Decimal(3)},
        {"operator": "range", "upper": Decimal(0)},
        {"operator": "≥", "change": "up"},
    ],
)
def test_conditions_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Condition(**{"value": Decimal(1), **wrong})  # type: ignore[arg-type]
