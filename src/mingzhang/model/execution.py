"""Execution 预算执行: what was paid, and how the budget was changed during the year. In 分."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingzhang.model.place import Place

ADJUSTMENTS = ("reallocation", "supplement", "cut", "revision")  # 调剂 追加 追减 预算调整

BASIC = "基本支出"
"""In ``source`` and ``target`` of an adjustment: money that belongs to no project."""


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment 支付 against the ledger's lines: to which project and codes, when, how much.

    A refund is negative. ``document`` is the voucher 凭证号.
    """

    when: date
    amount: int
    place: Place
    entity: str = ""
    project: str = ""
    function: str = ""
    economic: str = ""
    fund: str = "general"
    document: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A dated change of the budget with its document and reason.

    kind: reallocation 调剂 (from one project or code to another), supplement 追加, cut 追减,
    revision 预算调整 (approved by the standing committee; law arts 67-71). ``source`` and ``target``
    are projects ("" is money that comes from, or goes, outside the department's projects), or BASIC.
    ``function`` and ``economic`` are the accounts it goes to; ``from_function`` and ``from_economic``
    those it leaves (the same ones where blank). No accounts at all: the project as a whole.
    """

    when: date
    kind: str
    amount: int
    place: Place
    source: str = ""
    target: str = ""
    function: str = ""
    economic: str = ""
    fund: str = "general"
    document: str = ""
    reason: str = ""
    from_function: str = ""
    from_economic: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ADJUSTMENTS:
            raise ValueError(f"no such adjustment: {self.kind}")
        if self.amount < 0:
            raise ValueError("an adjustment is positive; its direction is in source and target")


@dataclass(frozen=True, slots=True)
class Execution:
    """A year's payments and adjustments, as far as they are known on ``as_of``."""

    year: int
    as_of: date
    payments: tuple[Payment, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
