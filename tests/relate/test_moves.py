"""Changes that tell of each other: views of one amount, and the parts of a whole."""

from __future__ import annotations

import pytest

import mingzhang as mz

HEAD = "某市档案局2023年部门预算\n\n第一部分 收支总体情况\n\n"
TWINS = (
    "2023年部门预算收入100.00万元，比2022年预算增加{a}万元。"
    "2023年部门预算支出100.00万元，比2022年预算增加{b}万元。"
    "财政拨款支出100.00万元，比2022年预算增加{c}万元。\n"
)
PARTS = (
    "2023年部门预算收入100.00万元，比2022年预算增加12.00万元。"
    "2023年部门预算支出100.00万元，比2022年预算增加12.00万元，包括基本支出60.00万元、"
    "项目支出40.00万元。\n\n"
    "基本支出60.00万元，比2022年预算增加{a}万元。\n\n项目支出40.00万元，比2022年预算增加{b}万元。\n"
)


def told(text: str) -> list[str]:
    report = mz.check(mz.read_text(HEAD + text))
    return [f.equation for f in report.findings if f.rule.startswith("MZ00")]


def kinds(text: str) -> list[str]:
    related = mz.check(mz.read_text(HEAD + text)).relations
    return [r.relation.reason.kind for r in related if r.relation.reason.kind.startswith("move")]


def test_three_changes_of_one_amount_are_one() -> None:
    assert told(TWINS.format(a="5.00", b="5.00", c="5.00")) == []


def test_the_odd_one_of_three_is_told() -> None:
    assert told(TWINS.format(a="5.00", b="5.00", c="8.00"))


def test_no_majority_no_word() -> None:
    assert kinds(TWINS.format(a="5.00", b="6.00", c="8.00")) == []


def test_other_money_last_year_keeps_the_views_apart() -> None:
    """Fiscal money grew by more than the total, as money of another kind went away."""
    text = TWINS.format(a="5.00", b="5.00", c="9.00")
    other = "财政专户管理资金收入0.00万元，比2022年预算减少4.00万元。\n"
    assert told(text + "\n" + other) == []


@pytest.mark.parametrize(("a", "b"), [("7.00", "5.00"), ("9.00", "9.00")])
def test_too_few_sums_ask_nothing(a: str, b: str) -> None:
    assert "move-sum" not in kinds(PARTS.format(a=a, b=b))
