"""Counts: people, vehicles, equipment, projects."""

from __future__ import annotations

import pytest
from sentences import Tell


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("行政编制7名。", "行政编制"),
        ("实有在编人数7人。", "在编人员"),
        ("退休7人。", "退休人员"),
        ("从基本支出工资福利列支的雇员（含老工勤）7人。", "雇员"),
        ("某市档案局共有车辆7辆。", "车辆"),
        ("2023年计划新增车辆7辆。", "新增车辆"),
        ("编报绩效目标的项目共7个。", "绩效目标项目"),
        ("设置并编报7个项目绩效目标。", "绩效目标项目"),
        ("2023年本部门共7个项目实行绩效目标管理。", "绩效目标项目"),
    ],
)
def test_known_things(tell: Tell, text: str, item: str) -> None:
    assert tell(text).key("7") == f"year=2023 item={item} measure=count"


def test_the_date_of_the_count(tell: Tell) -> None:
    assert tell("截至2022年10月，共有车辆7辆。").key("7") == "year=2022 item=车辆 measure=count"


def test_kinds_add_up_to_the_whole(tell: Tell) -> None:
    told = tell("共有车辆3辆，其中：机要通信用车1辆、其他用车2辆；单价50万元以上设备4台（套）。")
    ((whole, parts, complete),) = told.parts
    assert whole == "year=2023 item=车辆 measure=count"
    assert len(parts) == 2 and complete


def test_brackets_hold_some(tell: Tell) -> None:
    told = tell("行政编制41名（含单列编制1名，专项编制1名），实有在编人数40人。")
    ((whole, parts, complete),) = told.parts
    assert whole == "year=2023 item=行政编制 measure=count"
    assert len(parts) == 2 and not complete


def test_people_and_their_money_in_one_clause(tell: Tell) -> None:
    told = tell(
        "项目支出50万元，具体包括：",
        "1. 讲解服务项目预算50万元，主要包括采购讲解员24名支出40万元；采购保安8名支出10万元。",
        projects={"讲解服务": "讲解服务"},
    )
    project = "year=2023 flow=expenditure nature=project project=讲解服务"
    assert told.key("24") == "year=2023 project=讲解服务 item=讲解员 measure=count"
    assert told.key("40") == f"{project} part=采购讲解员支出"
    assert told.parts[0] == (
        project,
        [f"{project} part=采购讲解员支出", f"{project} part=采购保安支出"],
        True,
    )


def test_things_nobody_needs_to_compare_are_listed_only(tell: Tell) -> None:
    told = tell("修改12件法规，审议5件法规，设38个处室。")
    assert [(f.text, f.quantity, f.unread) for f in told.figures] == [
        (n, None, "count") for n in ("12", "5", "38")
    ]
