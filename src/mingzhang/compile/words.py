"""Words of the template language: what the passages of a book may ask for, in Chinese or English.

A passage says 金额(项目="信访专项"), not which cell; this turns such words into quantities.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingzhang.catalog.dimensions import values
from mingzhang.compile.rows import quantity_at
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import COORDINATES, Quantity

_NAMES = {
    "收支": "flow",
    "资金": "fund",
    "功能": "function",
    "经济": "economic",
    "性质": "nature",
    "项目": "project",
    "明细": "part",
    "采购": "procurement",
    "面向": "reserved",
    "费用": "item",
    "单位": "entity",
    "年": "year",
    "阶段": "stage",
}


class UnknownWord(ValueError):
    """A passage asks for something that does not exist; ``args`` are the name and the value."""


def quantity_of(ledger: Ledger, words: Mapping[str, Any], versus: str = "") -> Quantity:
    """The quantity that a placeholder names. Raises UnknownWord for a name or value nobody knows."""
    where: dict[str, str | int] = {}
    for key, value in words.items():
        name = _NAMES.get(key, key)
        if name not in COORDINATES:
            raise UnknownWord(key, "")
        where[name] = _value(name, value)
    if where.get("project") or where.get("part"):
        where.setdefault("nature", "project")
    if not where.get("flow"):
        where["flow"] = "expenditure"
    if versus:
        where["versus"] = versus
    return quantity_at(ledger, where)


def _value(name: str, value: Any) -> str | int:
    if name == "year":
        return int(value)
    text = str(getattr(value, "name", value))
    known = {k: v for (d, k), v in values().items() if d == name}
    if not known or text in known:
        return text
    for key, found in known.items():
        if found.zh == text or text in found.labels:
            return key
    raise UnknownWord(name, text)
