"""Faults of goals: each kind by hand, with its wording; right goals have none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from string import Formatter

import pytest

from mingzhang.catalog import performance
from mingzhang.catalog.source import table
from mingzhang.goals.faults import check_goals
from mingzhang.goals.targets import measurable, parse_target
from mingzhang.model.goal import Goal, GoalFault, GoalLine
from mingzhang.model.place import Place

HERE = Place("0" * 64, "ledger.xlsx", "", sheet="绩效指标", cell="A2")
WAN = 1_000_000

# level1, level2, name, target: a goal that nothing is wrong with
ROWS = [
    ("产出指标", "数量指标", "修复档案页数", "≥8000页"),
    ("产出指标", "质量指标", "修复验收合格率", "≥98%"),
    ("产出指标", "时效指标", "完成时间", "12月底前完成"),
    ("效益指标", "社会效益指标", "公众查档人次", "≥2000人次"),
    ("满意度指标", "服务对象满意度指标", "查档人满意度", "≥90%"),
]


def lines(
    rows: Iterable[tuple[str, str, str, str]] = ROWS, project: str = ""
) -> tuple[GoalLine, ...]:
    return tuple(
        GoalLine(f"{project}{n}", project, *row, place=replace(HERE, cell=f"A{n + 2}"))
        for n, row in enumerate(rows)
    )


def goal(**changes: object) -> Goal:
    return replace(
        Goal("", HERE, "修复破损档案。", year=2024, total=120 * WAN, lines=lines()), **changes
    )


def kinds(found: Iterable[GoalFault]) -> list[str]:
    return [f.kind for f in found]


def with_line(number: int, **changes: object) -> Goal:
    kept = list(lines())
    kept[number] = replace(kept[number], **changes)
    return goal(lines=tuple(kept))


def test_a_right_goal_has_no_fault() -> None:
    assert check_goals([goal()], {"": 120 * WAN}) == ()
    assert check_goals([goal()]) == ()
    assert check_goals([]) == ()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("", ["no-target"]),
        ("—", ["no-target"]),
        ("有效保障", ["not-measurable"]),
        ("让更多人用上档案。", ["not-measurable"]),
        ("公众查档人次", ["repeats-name"]),
        ("及时", ["soft"]),
        ("30羽以上", ["not-understood"]),
        ("提高", ["no-baseline"]),
        ("不低于上年", ["no-baseline"]),
        ("较上年提高5%", ["no-baseline"]),
        ("≥2000人次，服务更好", ["partly-measurable"]),
        ("2000人次以上", []),
    ],
)
def test_one_target(target: str, expected: list[str]) -> None:
    found = check_goals([with_line(3, target=target)])
    assert kinds(found) == expected
    for fault in found:
        assert (fault.line, fault.place.cell) == ("3", "A5")
        assert fault.suggestion


def test_a_blank_form_is_not_asked_for_its_targets() -> None:
    assert check_goals([goal(lines=lines((a, b, c, "") for a, b, c, _ in ROWS))]) == ()


def test_a_trend_with_its_baseline() -> None:
    based = with_line(3, target="提高", baseline=Decimal(1900), baseline_year=2023)
    assert check_goals([based]) == ()
    assert check_goals([with_line(3, target="较上年提高", last_actual=Decimal(1900))]) == ()
    (fault,) = check_goals([with_line(3, target="提高", last_actual=Decimal(1900), unit="人次")])
    assert (fault.kind, "“>1900人次”" in fault.suggestion) == ("no-baseline", True)


@pytest.mark.parametrize(
    ("number", "target", "last", "expected"),
    [
        (1, "≥98%", "97.5", []),
        (1, "≥98%", "98", []),
        (1, "≥98%", "99.2", ["below-last-year"]),
        (1, "98%", "99.2", ["below-last-year"]),  # 合格率: more is better, by its name
        (0, "8000页", "9000", []),  # nobody says which way is better
        (2, "≤5天", "4", ["below-last-year"]),
        (2, "≤5天", "6", []),
        (2, "12月底前完成", "1101", []),
        (3, "range", "4", ["not-measurable"]),
    ],
)
def test_against_last_year(number: int, target: str, last: str, expected: list[str]) -> None:
    found = check_goals([with_line(number, target=target, last_actual=Decimal(last))])
    assert kinds(found) == expected
    if expected == ["below-last-year"]:
        assert f"{last}" in found[0].suggestion


def test_the_direction_told_goes_first() -> None:
    line = {"target": "=5个", "last_actual": Decimal(4)}
    assert kinds(check_goals([with_line(0, direction="down", **line)])) == ["below-last-year"]
    assert kinds(check_goals([with_line(0, direction="up", **line)])) == []


def test_duplicates() -> None:
    same = (*ROWS, ("产出指标", "质量指标", "修复验收合格率", "不低于98%"))
    assert kinds(check_goals([goal(lines=lines(same))])) == ["duplicate"]
    other = (*ROWS, ("产出指标", "质量指标", "修复验收合格率", "≥95%"))
    (fault,) = check_goals([goal(lines=lines(other))])
    assert (fault.kind, fault.line, fault.severity) == ("two-targets", "5", "error")
    assert "≥98%、≥95%" in fault.message
    elsewhere = (*ROWS, ("产出指标", "数量指标", "修复验收合格率", "≥95%"))
    assert check_goals([goal(lines=lines(elsewhere))]) == ()
    of_project = goal(project="古籍修复", lines=lines(ROWS, "古籍修复"))
    assert check_goals([goal(), of_project]) == ()


def test_money() -> None:
    project = goal(project="古籍修复项目", lines=lines(ROWS, "古籍修复项目"))
    money = {"": 120 * WAN, "古籍修复": 120 * WAN}
    assert check_goals([goal(), project], money) == ()
    assert kinds(check_goals([goal(), project], {**money, "数字化": 90 * WAN})) == [
        "money-without-goal"
    ]
    assert kinds(check_goals([goal(), project], {**money, "数字化": 0})) == []
    assert kinds(check_goals([goal(), project], {"": 120 * WAN})) == ["goal-without-money"]
    (fault,) = check_goals([goal(), project], {**money, "古籍修复": 120 * WAN + 1})
    assert (fault.kind, fault.project) == ("amount-differs", "古籍修复")
    assert "120 万元" in fault.message and "120.000001 万元" in fault.message


def test_parts_of_the_amount() -> None:
    right = goal(fiscal=100 * WAN, other=20 * WAN)
    assert check_goals([right], {"": 120 * WAN}) == ()
    assert kinds(check_goals([replace(right, other=21 * WAN)], {"": 120 * WAN})) == ["parts-differ"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本项目共申请预算资金120万元，其中材料45万元。", []),
        ("本项目共申请预算资金119.96万元。", ["amount-differs"]),
        ("本项目共申请预算资金130万元。", ["amount-differs"]),
        ("累计三年申请预算资金300万元。", []),
        ("修复外包75万元。", []),
    ],
)
def test_amount_in_the_text(text: str, expected: list[str]) -> None:
    assert kinds(check_goals([goal(overall=text)], {"": 120 * WAN})) == expected


@pytest.mark.parametrize(
    ("text", "target", "differs"),
    [
        ("采购大厅调解社工24名及社区建设社工8名。", "32人", False),
        ("采购大厅调解社工24名及社区建设社工9名。", "32人", True),
        ("采购大厅调解社工24名及社区建设社工9名。", "≥32人", False),
        ("采购大厅调解社工24名及社区建设社工7名。", "≥32人", True),
        ("采购大厅调解社工24名。", "32人", False),  # half of it is not told
        ("采购社工24名及社工8名。", "32人", False),  # which is which?
    ],
)
def test_counts_in_the_text(text: str, target: str, differs: bool) -> None:
    rows = (*ROWS, ("产出指标", "数量指标", "大厅调解社工及社区建设社工", target))
    project = goal(project="社工服务", overall=text, lines=())
    found = check_goals([goal(lines=lines(rows)), project])
    assert kinds(found) == ["text-differs"] * differs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修复验收合格率100%。", ["text-differs"]),
        ("修复验收合格率不低于98%。", []),
        ("修复档案页数9000页。", ["text-differs"]),
        ("修复档案页数3000页。", []),  # of another project: its part of the whole
        ("合格率100%。", []),  # of what?
    ],
)
def test_what_the_text_says_of_an_indicator(text: str, expected: list[str]) -> None:
    found = check_goals([goal(), goal(project="古籍修复", overall=text, lines=())])
    assert kinds(found) == expected


def test_weights() -> None:
    weights = [Decimal(w) for w in ("20", "20", "10", "30", "10")]
    weighed = [replace(one, weight=w) for one, w in zip(lines(), weights, strict=True)]
    assert check_goals([goal(lines=tuple(weighed))]) == ()  # 90, and 10 for the execution rate
    weighed[0] = replace(weighed[0], weight=Decimal("30"))
    assert check_goals([goal(lines=tuple(weighed))]) == ()  # 100
    weighed[0] = replace(weighed[0], weight=Decimal("30.5"))
    (fault,) = check_goals([goal(lines=tuple(weighed))])
    assert (fault.kind, "100.5" in fault.message) == ("weights", True)
    weighed[0] = replace(weighed[0], weight=None)
    assert kinds(check_goals([goal(lines=tuple(weighed))])) == ["weight-missing"]


def test_groups() -> None:
    (fault,) = check_goals([goal(lines=lines(ROWS[:4]))])
    assert (fault.kind, "满意度指标" in fault.message) == ("group-missing", True)
    assert check_goals([goal(lines=lines(ROWS[:2]))]) == ()
    unknown = (*ROWS[:4], ("其他", "其他", "知晓率", "≥90%"))
    assert check_goals([goal(lines=lines(unknown))]) == ()
    cost_first = (*ROWS, ("成本指标", "经济成本指标", "总成本", "≤120万元"))
    assert check_goals([goal(lines=lines(cost_first))]) == ()


def test_indicators_are_missing_only_where_others_have_them() -> None:
    project = goal(project="古籍修复", lines=())
    assert check_goals([goal(), project]) == ()
    other = goal(project="数字化", lines=lines(ROWS, "数字化"))
    assert kinds(check_goals([goal(), project, other])) == ["no-indicators"]
    assert kinds(check_goals([project])) == ["no-indicators"]


# ------------------------------------------------------------------ the data behind
def test_every_fault_speaks_both_languages_with_the_same_facts() -> None:
    raw = table("performance.toml")["fault"]
    for kind in performance.faults():
        row = raw[kind]
        assert row["severity"] in ("error", "warning", "note")
        for zh, en in (("zh", "en"), ("suggestion_zh", "suggestion_en")):
            assert _fields(row[zh]) == _fields(row[en]), kind


def _fields(text: str) -> set[str]:
    return {(f or "").removesuffix("_en") for _, f, _, _ in Formatter().parse(text) if f}


def test_following_the_suggestion_mends_the_fault() -> None:
    """Every “…” of a suggestion, with N filled in, is a target that passes in its place."""
    for target in ("", "有效保障", "让更多人用上档案。", "及时", "规范", "优秀", "提高"):
        for number in range(len(ROWS)):
            found = check_goals([with_line(number, target=target)])
            for fault in [f for f in found if f.kind != "duplicate"]:
                for part in fault.suggestion.split("“")[1:]:
                    text = part.partition("”")[0].replace("N", "6")
                    assert measurable(parse_target(text)), (fault.kind, text)
