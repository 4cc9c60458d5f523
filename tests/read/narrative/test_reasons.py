"""Reasons: kept with the change they explain; their amounts are no statements of their own."""

from __future__ import annotations

import pytest
from sentences import Tell


@pytest.mark.parametrize(
    "words", ["主要原因是", "主要是", "，原因是", "。主要原因：", "。主要原因是", "，主要由于"]
)
def test_the_reason_is_kept(tell: Tell, words: str) -> None:
    told = tell(f"公务接待费3万元，比上年减少1万元{words}厉行节约。")
    assert told.directions[0].reason == "厉行节约"


def test_a_reason_in_a_paragraph_of_its_own(tell: Tell) -> None:
    told = tell("公务接待费3万元，比上年减少1万元。主要原因：", "厉行节约。")
    assert told.directions[0].reason == "厉行节约"
    assert told.notices == []


def test_a_reason_for_all_changes_above(tell: Tell) -> None:
    told = tell(
        "# 二、收支总体情况",
        "2023年部门预算收入10万元，比2022年增加1万元。2023年部门预算支出10万元，比2022年增加1万元。",
        "预算收支增加主要原因：一是人员增加；二是项目增加。",
    )
    assert [d.reason for d in told.directions] == ["一是人员增加;二是项目增加"] * 2


def test_a_reason_ends_with_its_clause(tell: Tell) -> None:
    told = tell(
        "公务用车购置费0万元，与2022年预算持平，主要原因是无此项支出；"
        "公务用车运行费6万元，与2022年预算持平。"
    )
    assert [d.reason for d in told.directions] == ["无此项支出", ""]
    assert told.key("6") == "year=2023 flow=expenditure item=vehicle_running"


def test_a_reason_that_is_missing(tell: Tell) -> None:
    told = tell("公务接待费3万元，与上年预算持平，主要原因是。其中：外宾接待1万元。")
    assert told.notices == [("reason-missing", "主要原因")]


def test_amounts_that_do_not_add_up_are_not_linked(tell: Tell) -> None:
    told = tell("项目支出50万元，比上年增加9万元，主要原因是新增租赁费7万元，其他经费压减10%。")
    assert told.figure("7").unread == "reason"
    assert told.figure("10").unread == "reason"


def test_amounts_that_add_up_to_the_change_are_its_parts(tell: Tell) -> None:
    told = tell(
        "项目支出50万元，比上年增加8万元，主要原因是新增租赁费7万元，培训经费增加3万元，"
        "会务经费压减2万元。"
    )
    change = "year=2023 flow=expenditure nature=project"
    ((whole, parts, complete),) = told.parts
    assert whole == f"{change} versus=2022:budget"
    assert len(parts) == 3 and complete
    assert [told.sign(t) for t in ("7", "3", "2")] == [1, 1, -1]


def test_the_same_change_said_again(tell: Tell) -> None:
    told = tell(
        "项目支出50万元，比上年增加9万元，主要原因是新增租赁费20万元，增减相抵后增加9万元。"
    )
    assert told.key("9", 1) == told.key("9", 0)
    assert told.sign("9", 1) == 1


def test_a_part_of_the_change_that_is_stated_elsewhere(tell: Tell) -> None:
    told = tell(
        "2023年部门预算支出50万元，比上年增加9万元，主要原因是基本支出增加5万元、项目支出增加4万元。",
        "基本支出30万元，比上年增加5万元。",
        "项目支出20万元，比上年增加4万元。",
    )
    spent = "year=2023 flow=expenditure"
    assert told.key("5") == f"{spent} nature=basic versus=2022:budget"
    assert told.key("4") == f"{spent} nature=project versus=2022:budget"


TOTAL = (
    "项目支出500万元，比上年增加250万元，主要原因是外事经费专项增加200万元，"
    "信息化建设经费增加90万元，其他经费压减。"
)


def test_an_addition_named_again_for_a_line_is_a_part(tell: Tell) -> None:
    """The line's reason need not add up: what it names is a part of what the total names."""
    told = tell(
        TOTAL,
        "一般公共服务支出（类）档案事务（款）一般行政管理事务（项）300万元，比上年增加120万元，"
        "主要原因是增加外事经费180万元，其他经费压减。",
    )
    change = "year=2023 flow=expenditure"
    ((whole, parts, complete),) = told.parts
    assert whole == f"{change} nature=project part=外事 versus=2022:budget local=reason"
    assert parts == [f"{change} function=2012602 part=外事 versus=2022:budget local=reason"]
    assert not complete
    assert (told.sign("200"), told.sign("180")) == (1, 1)
    assert told.figure("90").unread == "reason"  # nothing else names it


@pytest.mark.parametrize("said", ["压减外事经费180万元", "增加外汇经费180万元"])
def test_another_name_or_direction_is_another_thing(tell: Tell, said: str) -> None:
    told = tell(
        TOTAL,
        "一般公共服务支出（类）档案事务（款）一般行政管理事务（项）300万元，比上年增加120万元，"
        f"主要原因是{said}，其他经费增加。",
    )
    assert told.parts == []
    assert told.figure("180").unread == "reason"
