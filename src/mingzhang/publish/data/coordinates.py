"""Coordinates of a quantity as columns, and the code lists that they refer to."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.quantity import COORDINATES, Quantity
from mingzhang.publish.data.resource import Field, Row

# coordinate → what it is; "local" is a matter of reading, and says nothing
TITLES = {
    "year": "年度",
    "flow": "收支方向",
    "stage": "预算阶段",
    "entity": "单位（空为部门整体）",
    "fund": "资金来源",
    "function": "支出功能分类科目编码",
    "economic": "支出经济分类科目编码",
    "nature": "支出性质",
    "project": "项目",
    "part": "项目或科目的组成部分",
    "procurement": "政府采购类别",
    "reserved": "面向企业预留",
    "item": "“三公”经费、机关运行经费、会议费、培训费等事项",
    "versus": "变化所比的年度和阶段（空为金额本身）",
    "measure": "度量：money 金额，percent 百分比，count 数量",
}
SHOWN = tuple(c for c in COORDINATES if c in TITLES)
# coordinate → the code list that it refers to
SCHEMES = {
    "flow": "flow",
    "stage": "stage",
    "fund": "fund",
    "function": "function",
    "economic": "economic",
    "gov_economic": "economic",
    "nature": "nature",
    "procurement": "procurement",
    "reserved": "reserved",
    "item": "item",
}
SCHEME_TITLES = {
    "flow": "收支方向",
    "stage": "预算阶段",
    "fund": "资金来源",
    "function": "支出功能分类科目",
    "economic": "支出经济分类科目",
    "nature": "支出性质",
    "procurement": "政府采购类别",
    "reserved": "面向企业预留",
    "item": "“三公”经费等事项",
}


def coordinate_fields() -> Iterator[Field]:
    """The columns of a quantity's coordinates."""
    for coordinate in SHOWN:
        kind = "integer" if coordinate == "year" else "string"
        yield Field(coordinate, kind, TITLES[coordinate])


def coordinates(quantity: Quantity) -> Row:
    """Their values; None for the whole over one."""
    values = quantity._asdict()
    return tuple(values[c] if values[c] != "" else None for c in SHOWN)
