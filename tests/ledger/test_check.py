"""What check_ledger has against a ledger, one slip at a time, on a right one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from mingzhang.ledger import Fault, check_ledger
from mingzhang.ledger.checksecrets import withheld_names
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Entity, Ledger, Line, Passage, Project
from random_ledger import WHERE, Size, make_ledger

NOW, BEFORE = (0, "budget"), (1, "budget")


def base() -> Ledger:
    """A department of one unit, 2023, five plain lines, one project; nothing against it."""
    basic = [
        Line({NOW: fen, BEFORE: fen}, WHERE, nature=nature, function="2010301", economic=economic)
        for fen, nature, economic in (
            (50_000_000, "personnel", "30101"),
            (30_000_000, "personnel", "30102"),
            (4_000_000, "public", "30201"),
            (2_000_000, "public", "30217"),
        )
    ]
    work = Line(
        {NOW: 9_000_000, BEFORE: 9_000_000}, WHERE, nature="project", project="河道巡护",
        function="2010302", economic="30227",
    )  # fmt: skip
    return Ledger(
        "账", "某局", 2023, "shenzhen", (*basic, work), WHERE,
        projects=(Project("河道巡护", WHERE, "用于巡护", reason="工作量增加"),),
    )  # fmt: skip


def changed(index: int, **values: object) -> Ledger:
    ledger = base()
    lines = list(ledger.lines)
    lines[index] = replace(lines[index], **values)  # type: ignore[arg-type]
    return replace(ledger, lines=tuple(lines))


def added(*lines: Line, **values: object) -> Ledger:
    ledger = replace(base(), **values)  # type: ignore[arg-type]
    return replace(ledger, lines=(*ledger.lines, *lines))


def flow(name: str, fen: int, fund: str = "general") -> Line:
    return Line({NOW: fen}, WHERE, flow=name, fund=fund)


def test_nothing_against_a_right_ledger() -> None:
    assert check_ledger(base()) == ()


def at_row(line: Line, row: int) -> Line:
    return replace(line, place=replace(WHERE, line=row))


def test_a_code_of_another_year_is_told_once_with_what_took_over() -> None:
    """46 lines of 2010308 in 2024 are one warning: all rows, the heir, and that it is from memory."""
    old = replace(base().lines[0], function="2010308")
    rows = (2, 3, 4, 9)
    lines = tuple(at_row(replace(old, note=str(row)), row) for row in rows)
    ledger = replace(base(), year=2024, lines=(*lines, base().lines[1]))
    (fault,) = [f for f in check_ledger(ledger) if f.kind == "other-year"]
    assert fault.place.line == 2
    assert fault.suggestions == ("2014004 信访业务",)
    assert fault.message == (
        "科目 2010308“信访事务”据我们所知不用于 2024 年（…—2023），共 4 处（第 2—4、9 行）；"
        "2024 年起用 2014004 信访业务，也可能有一部分列在别处，请逐行看（据记忆，请核对当年的政府收支分类科目）"
    )
    assert "4 times (rows 2—4, 9); from 2024 on it is 2014004" in fault.message_in("en")


def test_two_codes_of_another_year_are_two_messages() -> None:
    lines = (replace(base().lines[0], function="2010308"), replace(base().lines[1], function="2040405"))  # fmt: skip
    found = [f for f in check_ledger(replace(base(), year=2024, lines=lines)) if f.kind == "other-year"]  # fmt: skip
    assert [f.suggestions for f in found] == [("2014004 信访业务",), ("2040410 检察监督",)]


def test_a_code_that_begins_later_is_told_with_what_was_before() -> None:
    (fault,) = [f for f in check_ledger(changed(0, function="2014004")) if f.kind == "other-year"]
    assert fault.suggestions == ("2010308 信访事务",)
    assert "2024 年以前用" in fault.message


def test_an_account_that_moved_whole_says_nothing_of_parts() -> None:
    """2040405 went whole into 2040410 in 2019 (merger with two others)."""
    (fault,) = [f for f in check_ledger(changed(0, function="2040405")) if f.kind == "other-year"]
    assert "；2019 年起用 2040410 检察监督（据记忆" in fault.message


def test_a_code_that_divides_is_for_people_to_decide() -> None:
    """30104 became three accounts in 2018."""
    (fault,) = [f for f in check_ledger(changed(0, economic="30104")) if f.kind == "other-year"]
    assert [s[:5] for s in fault.suggestions] == ["30110", "30111", "30112"]
    assert "2018 年起分为" in fault.message and "逐行" in fault.message


def test_a_code_that_the_ledger_names_itself_is_its_own_affair() -> None:
    ledger = replace(changed(0, function="2010308"), year=2024, facts={"名称:2010308": "信访"})
    assert [f for f in check_ledger(ledger) if f.kind == "other-year"] == []


SPENT = 95_000_000
CASES: dict[str, tuple[Ledger, str, str]] = {
    "unknown code": (changed(0, function="2010398"), "unknown-code error", "2010399"),
    "swapped digits": (changed(0, function="2010310"), "unknown-code error", "2010301 行政运行"),
    "gone by that year": (
        replace(changed(0, function="2010308"), year=2024), "other-year warning", "2014004 信访业务"
    ),
    "not yet in that year": (changed(0, function="2014004"), "other-year warning", "—"),
    "group instead of item": (changed(0, function="20103"), "code-level error", "2010301 行政运行"),
    "class of the economic": (changed(2, economic="302"), "code-level error", "30201 办公费"),
    "government code": (changed(2, economic="50201"), "code-scheme error", "50201 办公经费"),
    "no function": (changed(2, function=""), "no-code error", "功能科目"),
    "no economic, project": (changed(4, economic=""), "no-code-yet warning", "部门经济科目"),
    "no economic, basic": (changed(0, economic=""), "no-code-yet error", "部门经济科目"),
    "negative": (changed(0, amounts={NOW: -5}), "negative error", "-0.05"),
    "negative in all": (
        added(replace(base().lines[3], amounts={NOW: -3_000_000}, note="")), "negative error", "-30000.00"
    ),
    "adjusted below zero": (
        changed(3, amounts={NOW: -2_000_000}, note="年中冲减"), "negative-sum error", "-20000.00"
    ),
    "copied": (added(base().lines[0]), "copied warning", "一字不差"),
    "duplicate": (added(replace(base().lines[2], amounts={NOW: 77, BEFORE: 77})), "duplicate note", "备注"),
    "project without name": (changed(4, project=""), "project-without-name error", "项目名称"),
    "basic with project": (changed(0, project="河道巡护"), "basic-with-project error", "人员经费"),
    "unknown project": (changed(4, project="河道巡户"), "project-unknown warning", "河道巡护"),
    "wages as running costs": (changed(0, nature="public"), "nature-economic warning", "人员经费"),
    "no nature": (changed(0, nature=""), "no-nature error", "人员经费"),
    "reserved only": (changed(4, reserved="sme"), "reserved-without-procurement error", "面向中小企业"),
    "bought, but what": (replace(changed(4, procurement="goods"), layout="jiangsu-2018"), "purchase-missing note", "采购品目"),
    "unbalanced": (added(flow("income", SPENT + 1)), "unbalanced error", "0.01"),
    "carried too much": (added(flow("carry_in", SPENT + 1)), "more-carried-than-spent error", "0.01"),
    "万元 for 元": (
        changed(4, amounts={NOW: 90_000_000_000, BEFORE: 9_000_000}), "unit-hint note", "90000.00"
    ),
    "nobody's department": (replace(base(), department=""), "no-department error", "部门名称"),
    "no such layout": (replace(base(), layout="mars"), "no-layout error", "mars"),
    "layout of the other stage": (replace(base(), stage="final"), "layout-stage error", "决算"),
    "no such part": (
        replace(base(), passages=(Passage("overveiw", "文", WHERE),)), "part-of-book-unknown warning", "overview"
    ),
    "left unfilled": (
        replace(base(), passages=(Passage("overview", "本局【请填写】", WHERE),)), "placeholder warning", "【请填写】"
    ),
    "people over posts": (
        replace(base(), entities=(Entity("某局", WHERE, "行政", {"行政编制": 5, "行政在编": 6}),)),
        "people error", "6 人",
    ),
    "no reason, project": (
        replace(changed(4, amounts={NOW: 9_000_000, BEFORE: 8_999_999}), projects=(Project("河道巡护", WHERE),)),
        "reason-missing warning", "河道巡护",
    ),
    "no reason, receptions": (
        changed(3, amounts={NOW: 2_000_000, BEFORE: 1_900_000}), "reason-missing warning", "公务接待费"
    ),
    "goal of nothing": (
        replace(base(), goals=(Goal("桥梁检测", WHERE), Goal("河道巡护", WHERE))), "goal-unknown warning", "桥梁检测"
    ),
    "goal's amount": (
        replace(base(), goals=(Goal("河道巡护", WHERE, total=9_000_001),)), "goal-total error", "0.01"
    ),
    "goal's parts": (
        replace(base(), goals=(Goal("河道巡护", WHERE, total=9_000_000, fiscal=9_000_000, other=5),)),
        "goal-parts error", "90000.05",
    ),
    "project without goal": (replace(base(), goals=(Goal("", WHERE),)), "goal-missing note", "河道巡护"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_slip_is_told(name: str) -> None:
    ledger, wanted, said = CASES[name]
    kind, severity = wanted.split()
    found = [f for f in check_ledger(ledger) if f.kind == kind]
    assert found, [(f.kind, f.message) for f in check_ledger(ledger)]
    assert {f.severity for f in found} == {severity}
    assert any(said in f.message for f in found)
    for fault in found:
        assert fault.message_in("en") != fault.message
        assert "{" not in fault.message + fault.message_in("en")


@pytest.mark.parametrize(
    "ledger",
    [
        pytest.param(
            added(replace(base().lines[0], amounts={NOW: 7}, note="补发")), id="told apart"
        ),
        pytest.param(added(flow("income", SPENT)), id="balanced"),
        pytest.param(added(flow("carry_in", SPENT)), id="all of it carried in"),
        pytest.param(changed(4, procurement="goods", purchase="船", reserved="micro"), id="bought"),
        pytest.param(
            added(replace(base().lines[2], amounts={NOW: -1_000_000}, note="年中核减")),
            id="adjusted",
        ),
        pytest.param(changed(0, nature="wages"), id="wages"),
        pytest.param(
            replace(changed(0, function="2010398"), facts={"名称:2010398": "其他"}),
            id="own account",
        ),
    ],
)
def test_what_is_fine(ledger: Ledger) -> None:
    moved = {"reason-missing"}  # adding a line changes the total
    assert [f.kind for f in check_ledger(ledger) if f.kind not in moved] == []


def test_weights_and_ids_of_indicators() -> None:
    lines = tuple(
        GoalLine(
            key, "河道巡护", "产出指标", "数量指标", "次数", "≥12次", WHERE, weight=Decimal(weight)
        )
        for key, weight in (("a", 50), ("a", 30))
    )
    ledger = replace(base(), goals=(Goal("河道巡护", WHERE, lines=lines),))
    assert {f.kind for f in check_ledger(ledger)} == {"same-id", "goal-weights"}


def test_several_entities() -> None:
    units = (Entity("某局本级", WHERE), Entity("某局服务中心", WHERE, "事业"))
    ledger = replace(changed(0, entity="某局服务中新"), entities=units)
    kinds = [f.kind for f in check_ledger(ledger)]
    assert kinds.count("entity-unknown") == 1
    assert kinds.count("entity-missing") == 4
    unknown = next(f for f in check_ledger(ledger) if f.kind == "entity-unknown")
    assert unknown.suggestions[0] == "某局服务中心"


# ------------------------------------------------------------------ what is withheld
def secret(**values: object) -> Ledger:
    hidden = Line(
        {NOW: 5_000_000}, WHERE, nature="project", project="甲字工程", part="暗渠", function="2010302",
        economic="30227", withheld=True, note="甲字工程第一批",
    )  # fmt: skip
    plan = Project("甲字工程", WHERE, "甲字工程的用途", withheld=True)
    return added(hidden, projects=(*base().projects, plan), **values)


def leaks(ledger: Ledger) -> list[Fault]:
    return [f for f in check_ledger(ledger) if f.kind == "leak"]


def test_withheld_names() -> None:
    """Names of withheld projects and parts; the withheld line's own note is not public."""
    assert set(withheld_names(secret())) == {"甲字工程", "暗渠"}
    assert leaks(secret()) == []


@pytest.mark.parametrize(
    "tell",
    [
        lambda: secret(passages=(Passage("overview", "本年推进 甲 字 工程 建设", WHERE),)),
        lambda: secret(facts={"工作目标": "完成“甲字工程”"}),
        lambda: secret(goals=(Goal("河道巡护", WHERE, "配合甲字工程"),)),
        lambda: replace(secret(), projects=(replace(base().projects[0], purpose="为暗渠巡护"), *secret().projects[1:])),
        lambda: replace(secret(), lines=(replace(base().lines[0], note="同甲字工程"), *secret().lines[1:])),
    ],
)  # fmt: skip
def test_a_withheld_name_in_public_words(tell: Callable[[], Ledger]) -> None:
    (fault,) = leaks(tell())
    assert fault.severity == "error"


def test_a_name_that_stands_in_the_open_anyway_is_no_secret() -> None:
    ledger = secret()
    open_line = replace(ledger.lines[-2], part="暗渠")
    ledger = replace(ledger, lines=(*ledger.lines[:-2], open_line, ledger.lines[-1]))
    assert withheld_names(ledger) == ("甲字工程",)


def test_a_line_of_a_withheld_project_must_be_withheld() -> None:
    ledger = secret()
    ledger = replace(ledger, lines=(*ledger.lines[:-1], replace(ledger.lines[-1], withheld=False)))
    assert "withheld-line" in {f.kind for f in check_ledger(ledger)}


def test_random_ledgers_with_secrets_leak_nothing() -> None:
    for seed in range(10):
        ledger = make_ledger(seed, size=Size(projects=3), withheld=True)
        assert withheld_names(ledger)
        assert leaks(ledger) == []
