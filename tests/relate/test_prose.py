"""What sentences say of each other without saying so: tracked projects, contracts awarded."""

from __future__ import annotations

import pytest

import mingzhang as mz

HEAD = (
    "某市档案局2023年部门预算\n\n第一部分 收支总体情况\n\n"
    "2023年部门预算收入900.00万元，2023年部门预算支出900.00万元。\n\n"
)
GOALS = (
    "一、预算绩效情况\n\n编报绩效目标的2023年度项目{n}个，涉及预算金额{a}万元；"
    "绩效跟踪评价的2023年度项目{m}个，涉及预算金额{b}万元。\n"
)
BOUGHT = (
    "一、政府采购支出情况\n\n2023年度政府采购金额为250.00万元，其中：货物采购金额4.00万元、"
    "工程采购金额0万元、服务采购金额246.00万元。\n\n"
    "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额{a}万元。\n"
)


def told(text: str) -> list[tuple[str, str]]:
    report = mz.check(mz.read_text(HEAD + text))
    return [(f.rule, f.severity) for f in report.findings if f.rule.startswith("MZ00")]


@pytest.mark.parametrize(
    ("n", "m", "a", "b", "odd"),
    [
        (4, 4, "598.42", "598.42", False),
        (4, 4, "598.42", "568.42", True),  # as many projects are the same projects
        (4, 3, "598.42", "568.42", False),  # some of them
        (4, 3, "598.42", "698.42", True),  # more money than all of them have
    ],
)
def test_tracked_projects_are_among_those_with_goals(
    n: int, m: int, a: str, b: str, odd: bool
) -> None:
    found = told(GOALS.format(n=n, m=m, a=a, b=b))
    assert bool(found) == odd
    assert all(severity == "warning" for _, severity in found)


@pytest.mark.parametrize(("a", "odd"), [("4.00", False), ("400.00", True)])
def test_no_more_is_awarded_than_was_bought(a: str, odd: bool) -> None:
    assert bool(told(BOUGHT.format(a=a))) == odd
