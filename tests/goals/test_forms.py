"""Forms of goals and self-evaluation as books print them: whole columns for operator, unit, weight, actual."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.goals.faults import check_goals
from mingzhang.goals.ofbook import goals_of_book
from mingzhang.model.book import Book
from mingzhang.model.goal import Goal
from mingzhang.read import read_text_book

BASE = Path(__file__).parents[1] / "rules" / "base.txt"

PROJECT_FORM = """
表 11

## 项目支出绩效目标表

单位： 万元

项目名称→古籍修复项目
主管部门→云川市档案馆→实施单位→云川市档案馆
年度资金总额→120.00→其中：财政拨款→120.00
年度总体目标→修好馆藏里破损的书
绩效指标→一级指标→二级指标→三级指标→指标性质→指标值→度量单位→权重
→产出指标→数量指标→修复页数→≥→8000→页→20
→→质量指标→验收合格率→≥→98%→%→30
→→时效指标→完成时间→定性→12月底前完成→→10
→效益指标→社会效益指标→查档等候时间→≤→5→分钟→20
→满意度指标→服务对象满意度指标→读者满意度→大于等于→90→%→10
合计→→→→→→→90
"""

SELF_EVALUATION = """
表 11

## 项目支出绩效自评表

单位： 万元

项目名称→古籍修复项目
一级指标→二级指标→三级指标→年度指标值→实际完成值→分值→得分→偏差原因分析及改进措施
产出指标→数量指标→修复页数→≥8000页→8100页→25→25→
→质量指标→验收合格率→≥98%→99%→25→25→
效益指标→社会效益指标→查档等候时间→5分钟内→7分钟→30→28→人手不足
满意度指标→服务对象满意度指标→读者满意度→≥90%→92%→10→10→
"""


def read(form: str) -> Book:
    return read_text_book(BASE.read_text("utf-8") + form.replace("→", "\t"), "forms.txt")


def of_form(form: str) -> Goal:
    """The goal of the form: the last table of the book."""
    return next(g for g in goals_of_book(read(form)) if g.project.startswith("古籍修复"))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            PROJECT_FORM,
            {
                "修复页数": ("产出指标", "数量指标", "≥8000页"),
                "验收合格率": ("产出指标", "质量指标", "≥98%"),
                "完成时间": ("产出指标", "时效指标", "12月底前完成"),
                "查档等候时间": ("效益指标", "社会效益指标", "≤5分钟"),
                "读者满意度": ("满意度指标", "服务对象满意度指标", "大于等于90%"),
            },
        ),
        (
            SELF_EVALUATION,
            {
                "修复页数": ("产出指标", "数量指标", "≥8000页"),
                "验收合格率": ("产出指标", "质量指标", "≥98%"),
                "查档等候时间": ("效益指标", "社会效益指标", "5分钟内"),
                "读者满意度": ("满意度指标", "服务对象满意度指标", "≥90%"),
            },
        ),
    ],
    ids=["goals", "self-evaluation"],
)
def test_target_and_levels(form: str, expected: dict[str, tuple[str, str, str]]) -> None:
    goal = of_form(form)
    read_back = {
        line.level3: (line.level1, line.level2, line.target)
        for line in goal.lines
        if line.id.startswith("g10.")
    }
    assert read_back == expected


def test_the_forms_project_and_overall_goal() -> None:
    goal = of_form(PROJECT_FORM)
    assert goal.project == "古籍修复项目"
    assert "修好馆藏里破损的书" in goal.overall
    assert check_goals([goal]) == ()


def test_a_form_and_the_goal_table_are_told_apart() -> None:
    """The department's own indicators stay those of the whole."""
    goals = goals_of_book(read(PROJECT_FORM))
    whole = next(g for g in goals if not g.project)
    assert [line.target for line in whole.lines][:2] == ["≥8000页", "≥98%"]
    assert len(whole.lines) == 5
    assert all(line.project == "" for line in whole.lines)
    assert [g.project for g in goals].count("古籍修复项目") == 1
