"""Composing: the words of an understood phrase → coordinates (docs/decisions/0002-coordinates.md)."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.phrase import Reading
from mingzhang.read.narrative.scope import Scope

_INCOME_FUNDS = frozenset({"business", "operating", "superior", "affiliated", "other", "debt"})


def in_unit(quantity: Quantity, reading: Reading, scope: Scope) -> Quantity:
    """本级 beside the whole of a list, or 下属单位: a part of the department."""
    if not reading.unit or quantity.entity:
        return quantity
    for whole in scope.wholes:
        if quantity.with_(flow="") == whole.with_(
            flow="", year=quantity.year, stage=quantity.stage
        ):
            return whole.with_(entity=reading.unit)
    return quantity.with_(entity=reading.unit) if reading.unit.endswith("单位") else quantity


def compose(reading: Reading, scope: Scope) -> Iterator[Quantity]:
    """The quantities that the parts of a subject make together, likelier readings first."""
    values = reading.values
    spent = scope.base.with_(flow="expenditure")
    if "item" in values:
        yield spent.with_(item=values["item"])
        return
    if "procurement" in values or "reserved" in values:
        kind = values.get("procurement", "all")
        awarded = "授予" in reading.text or "中标" in reading.text
        if buying(scope) or awarded or "采购" in reading.text or "购买" in reading.text:
            bought = spent.with_(procurement=kind, reserved=values.get("reserved", ""))
            yield bought.with_(part="授予合同") if awarded else bought
        return
    fund = values.get("fund", "")
    if "nature" in values:
        nature = values["nature"]
        if nature == "wages" and not scope.apart:
            nature = "personnel"
        yield spent.with_(nature=nature, fund=fund or _inherited_fund(scope))
        if nature == "subsidy":  # also a class of the economic classification
            yield from accounts_of("economic", ("303",), scope, fund, "")
        return
    yield from _flows(reading, scope, fund)


def _flows(reading: Reading, scope: Scope, fund: str) -> Iterator[Quantity]:
    base = scope.base
    if reading.flow not in ("", "in", "out", "both"):
        yield base.with_(flow=reading.flow, fund=fund)
        return
    side = reading.flow or ("in" if fund in _INCOME_FUNDS else _side(scope))
    inherited = fund
    if not fund and not reading.total and not reading.current:
        inherited = _inherited_fund(scope)
    if side == "both":
        yield base.with_(flow="sources", fund=fund)
        return
    order = ("income", "sources") if side == "in" else ("expenditure", "uses")
    if not inherited and not reading.current:
        order = (order[1], order[0])  # 收入 and 支出 alone are the whole department's totals
    if not side:
        order = ("expenditure", "income")
    for flow in order:
        yield base.with_(flow=flow, fund=inherited)


def _side(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("sources", "income"):
            return "in"
        if whole.flow in ("uses", "expenditure"):
            return "out"
    return scope.side


def _inherited_fund(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("uses", "expenditure") and not whole.item:
            return whole.fund
    return scope.fund


def _inherited_nature(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("uses", "expenditure") and not whole.item:
            return whole.nature
    return ""


def accounts_of(
    scheme: str, codes: tuple[str, ...], scope: Scope, fund: str, nature: str
) -> tuple[Quantity, ...]:
    """The accounts that a subject names."""
    spent = scope.base.with_(
        flow="expenditure",
        fund=fund or _inherited_fund(scope),
        nature=nature or _inherited_nature(scope),
    )
    return tuple(spent.with_(**{scheme: code}) for code in codes)


def buying(scope: Scope) -> bool:
    """True if the sentence speaks of procurement 政府采购."""
    return scope.procurement or bool(scope.subject is not None and scope.subject.procurement)
