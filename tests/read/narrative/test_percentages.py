"""Percentages: growth, shares and execution."""

from __future__ import annotations

import pytest
from sentences import Tell

USES = "year=2023 flow=uses"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("2023年部门预算支出100万元，比2022年增加7万元，增长7.53%。", 1),
        ("2023年部门预算支出100万元，比2022年增长7.53%，增加7万元。", 1),
        ("2023年部门预算支出100万元，比2022年减少7万元，下降7.53%。", -1),
        ("2023年部门预算支出100万元，比2022年下降7.53%。", -1),
        ("2023年部门预算支出100万元，与上年相比减少7万元，降幅7.53%。", -1),
    ],
)
def test_growth(tell: Tell, text: str, sign: int) -> None:
    told = tell(text)
    change = f"{USES} versus=2022:budget"
    assert told.ratio("7.53") == ("growth", change, "year=2022 flow=uses", sign)
    assert told.key("7.53") == f"{change} measure=percent"


def test_growth_alone_still_has_a_direction(tell: Tell) -> None:
    told = tell("公务接待费3万元，比2022年预算执行数减少1.39%。")
    (direction,) = told.directions
    assert (direction.sign, direction.figure) == (-1, None)
    assert direction.quantity.versus == "2022:final"


def test_direction_and_percentage_may_disagree(tell: Tell) -> None:
    """The amount keeps its word, the percentage its own: relating them finds the contradiction."""
    told = tell("2023年部门预算支出100万元，比2022年增加7万元，下降7.53%。")
    assert told.sign("7") == 1
    assert told.ratio("7.53")[3] == -1


def test_share_of_a_named_whole(tell: Tell) -> None:
    told = tell("财政拨款支出预算80万元，占本年支出合计的80.00%。")
    assert told.ratio("80.00")[:3] == (
        "share",
        "year=2023 flow=expenditure fund=fiscal",
        "year=2023 flow=expenditure",
    )


def test_share_of_the_list_it_stands_in(tell: Tell) -> None:
    told = tell("本年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%。")
    whole = "year=2023 flow=expenditure"
    assert told.ratio("60", 1)[:3] == ("share", f"{whole} nature=basic", whole)
    assert told.ratio("40", 1)[:3] == ("share", f"{whole} nature=project", whole)


def test_share_of_what_the_section_is_about(tell: Tell) -> None:
    told = tell(
        "# 五、一般公共预算财政拨款支出情况",
        "一般公共服务支出（类）80万元，占80%；住房保障支出（类）20万元，占20%。",
    )
    whole = "year=2023 flow=expenditure fund=general"
    assert told.ratio("80", 1)[:3] == ("share", f"{whole} function=201", whole)


def test_share_of_nothing_known_is_not_read(tell: Tell) -> None:
    told = tell("公务接待费5万元，占全市公务接待的5%。")
    assert told.figure("5", 1).unread == "whole"


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("完成年初预算的80.00%", "budget"),
        ("完成预算的80.00%", "budget"),
        ("预算执行率为80.00%", "budget"),
    ],
)
def test_execution(tell: Tell, words: str, stage: str) -> None:
    told = tell(f"公务接待费支出年初预算为10.00万元，支出决算为8.00万元，{words}。", stage="final")
    level = "year=2023 flow=expenditure stage=final item=reception"
    base = "year=2023 flow=expenditure item=reception"
    assert told.ratio("80.00")[:3] == ("execution", level, base)


def test_execution_of_the_adjusted_budget(tell: Tell) -> None:
    told = tell(
        "行政运行（项）。年初预算为100万元，全年预算数为110万元，执行数为99万元，执行率为90%。",
        stage="final",
    )
    assert told.ratio("90")[2] == "year=2023 flow=expenditure stage=adjusted function=2012601"


def test_percentage_points_are_no_percentage(tell: Tell) -> None:
    told = tell("人员经费5万元，比上年提高3个百分点。")
    assert told.figure("3").unread == "subject"


def test_how_far_a_task_is_done_is_no_execution(tell: Tell) -> None:
    told = tell("公务接待费支出5万元。工作任务完成率100%。", stage="final")
    assert told.figure("100").unread == "subject"


def test_the_labels_of_a_chart_repeat_the_shares(tell: Tell) -> None:
    told = tell(
        "2023年本年支出合计1000万元，其中：", "基本支出600万元，占60%；", "项目支出400万元，占40%。",
        "# 支出预算图", "基本支出,61%", "项目支出,40%", "55%",
    )  # fmt: skip
    assert told.ratio("61") == told.ratio("60")
    assert told.ratio("40", 1) == told.ratio("40")
    assert told.figure("55").quantity is None  # no name, no share
