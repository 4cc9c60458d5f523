"""Procurement: kind, project and account, what is bought."""

from __future__ import annotations

from dataclasses import replace

from small import GOODS, SERVICE, SMALL, cells, ledger, line, table


def rows(*lines: object) -> list[list[str]]:
    made = ledger(layout="jiangsu-2018", lines=lines or SMALL.lines)
    return [[x for x in row if x] for row in cells(table("procurement", made))]


def test_by_hand() -> None:
    assert rows() == [
        ["合计", "155.00"],
        ["一、货物A", "35.00"],
        ["乙", "维修（护）费", "35.00"],
        ["A02 设备", "分散采购", "35.00"],
        ["三、服务C", "120.00"],
        ["甲", "委托业务费", "120.00"],
        ["C01 服务", "集中采购", "120.00"],
    ]


def test_equal_purchases_of_a_project_are_one_row() -> None:
    found = rows(GOODS, replace(GOODS, function="2010399"))
    assert found[1:] == [
        ["一、货物A", "70.00"],
        ["乙", "维修（护）费", "70.00"],
        ["A02 设备", "分散采购", "70.00"],
    ]


def test_what_is_bought_outside_projects_stands_under_running_costs() -> None:
    paper = line(
        2,
        nature="public",
        economic="30201",
        procurement="goods",
        purchase="A05 纸",
        organised="分散采购",
    )
    assert ["公用经费", "办公费", "2.00"] in rows(paper)


def test_withheld_purchases_are_not_listed() -> None:
    found = rows(SERVICE, replace(GOODS, withheld=True))
    assert not any("A02 设备" in row or "乙" in row for row in found)


def test_a_purchase_is_named_whole() -> None:
    """▸ divides the keys of purchases; in a name it is part of the name."""
    odd = replace(GOODS, purchase="A02▸设备")
    assert ["A02▸设备", "分散采购", "35.00"] in rows(odd)
