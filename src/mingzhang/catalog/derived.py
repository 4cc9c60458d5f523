"""Derived items 费用归集: which 三公 and other items a line counts under (derived.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from mingzhang.catalog.dimensions import ancestors
from mingzhang.catalog.source import table
from mingzhang.model.ledger import Ledger, Line


@cache
def _rules() -> tuple[Mapping[str, Any], ...]:
    return tuple(table("derived.toml")["item"])


def items_of(line: Line, ledger: Ledger) -> frozenset[str]:
    """The items of an expenditure line: those that follow from its codes, those it names itself.

    A line names an item to be added ("running_cost") or to be left out ("-running_cost").
    """
    if line.flow != "expenditure":
        return frozenset()
    kinds = {entity.name: entity.kind for entity in ledger.entities}
    kind = kinds.get(line.entity) or (
        ledger.entities[0].kind if ledger.single and kinds else "行政"
    )
    funds = {line.fund, *ancestors("fund", line.fund)}
    found = {
        rule["item"]
        for rule in _rules()
        if line.economic.startswith(tuple(rule["economic"]))
        and line.nature in rule.get("nature", (line.nature,))
        and not funds.isdisjoint(rule.get("fund", funds))
        and kind in rule.get("kinds", (kind,))
    }
    for item in line.items:
        if item.startswith("-"):
            found.discard(item[1:])
        else:
            found.add(item.lstrip("+"))
    return frozenset(found)


def item_accounts(economic: str = "") -> tuple[str, ...]:
    """The accounts that items follow from, or with ``economic`` the items that follow from it."""
    if economic:
        return tuple(r["item"] for r in _rules() if economic.startswith(tuple(r["economic"])))
    return tuple(sorted({c for r in _rules() for c in r["economic"] if len(c) == 5}))


@cache
def likely_together() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """(functions, accounts) that usually pay for each other: for choosing, never for judging."""
    return tuple(
        (tuple(likely["function"]), tuple(likely["economic"]))
        for likely in table("derived.toml").get("likely", ())
    )
