"""Quantity: the coordinates of one amount. Two figures with one quantity are one unknown."""

from __future__ import annotations

import re
from typing import Any, NamedTuple


class Quantity(NamedTuple):
    """What a figure states the value of. An empty coordinate means the whole over it.

    The values of ``flow``, ``fund``, ``nature``, ``procurement``, ``reserved`` and ``item`` are
    ids of catalog/dimensions.toml, which also says how each divides into parts.

    entity       单位 within the department; "" is the department as a whole
    year, stage  年度 and 阶段: budget 年初预算, adjusted 调整预算, final 决算
    flow         收支方向: sources 收入总计, income 本年收入, carry_in 上年结转, uses 支出总计,
                 expenditure 本年支出, carry_out 结转下年 …
    fund         资金来源: fiscal 财政拨款, general 一般公共预算, govfund 政府性基金, soe 国资 …
    function     支出功能分类科目编码 (3/5/7 digits)
    economic     支出经济分类科目编码 (3/5 digits; 3xx 部门, 5xx 政府)
    nature       支出性质: basic 基本, personnel 人员, public 公用, project 项目 …
    project      项目 (canonical name)
    part         a named part of that project or subject
    procurement  政府采购: all, goods 货物, works 工程, services 服务
    reserved     面向企业预留: sme 中小企业, micro 小型微型企业
    item         三公 / 机关运行 / 会议 / 培训 item
    versus       "" or "YYYY:stage": the change against that year and stage ("?" for a year not told)
    measure      money, percent, or count (then ``item`` says of what)
    local        a key that keeps a quantity from meeting any outside its own table or paragraph
    """

    year: int | None = None
    flow: str = ""
    stage: str = "budget"
    entity: str = ""
    fund: str = ""
    function: str = ""
    economic: str = ""
    nature: str = ""
    project: str = ""
    part: str = ""
    procurement: str = ""
    reserved: str = ""
    item: str = ""
    versus: str = ""
    measure: str = "money"
    local: str = ""

    def with_(self, **coordinates: Any) -> Quantity:
        """The same quantity with some coordinates replaced. Raises ValueError for unknown names."""
        return self._replace(**coordinates)

    @property
    def key(self) -> str:
        """One line that names every non-empty coordinate, for listings and fingerprints."""
        return " ".join(
            f"{name}={value}"
            for name, value in zip(self._fields, self, strict=True)
            if value not in ("", None)
            and (name, value) not in (("measure", "money"), ("stage", "budget"))
        )

    @property
    def order(self) -> tuple[object, ...]:
        """For sorting: all coordinates, an unknown year first."""
        return (self[0] or 0, *self[1:])

    def base(self) -> Quantity | None:
        """For a change: what it is measured against; None for a level."""
        if not self.versus:
            return None
        year, _, stage = self.versus.partition(":")
        return self._replace(versus="", year=int(year) if year.isdigit() else None, stage=stage)

    def level(self) -> Quantity:
        """For a change: this year's amount itself."""
        return self._replace(versus="")


COORDINATES: tuple[str, ...] = Quantity._fields
_NAMED = re.compile(rf"(?:^| )({'|'.join(COORDINATES)})=")


def from_key(key: str) -> Quantity:
    """The quantity whose ``key`` this is. Raises ValueError if it is none."""
    first, *rest = _NAMED.split(key)
    if first or not rest:
        raise ValueError(f"not the key of a quantity: {key!r}")
    values: dict[str, Any] = dict(zip(rest[::2], rest[1::2], strict=True))
    if "year" in values:
        values["year"] = int(values["year"])
    return Quantity(**values)
