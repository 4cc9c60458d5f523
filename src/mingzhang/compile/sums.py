"""Sums within a table: which figure is the sum of which others there.

They become the live formulas of the XLSX. A sum is only named where the exact amounts of the ledger
add up, so that what is missing from the table can never make a formula wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mingzhang.catalog.dimensions import ancestors
from mingzhang.compile.amounts import Amounts
from mingzhang.model.edition import Sum, Table
from mingzhang.model.quantity import Quantity

Position = tuple[int, int]


def _parent_code(code: str) -> str:
    return {3: "", 5: code[:3], 7: code[:5]}.get(len(code), "")


def _within(dimension: str) -> Callable[[str], str]:
    def parent(value: str) -> str:
        up = ancestors(dimension, value)
        return up[0] if up else ""

    return parent


# in this order: down the rows first, then across the columns
_DIVISIONS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("function", _parent_code),
    ("economic", _parent_code),
    ("project", lambda value: ""),
    ("entity", lambda value: ""),
    ("fund", _within("fund")),
    ("nature", _within("nature")),
    ("item", _within("item")),
    ("procurement", _within("procurement")),
    ("flow", _within("flow")),
)


def sums_of(table: Table, amounts: Amounts) -> tuple[Sum, ...]:
    """All sums of a table, each figure as a total at most once."""
    cells = {(r, c): cell.quantity for r, c, cell in table.figures() if cell.quantity is not None}
    where: dict[Quantity, Position] = {}
    for position, quantity in cells.items():
        where.setdefault(quantity, position)
    children = {name: _children(where, name, parent) for name, parent in _DIVISIONS}
    return tuple(_sums(cells, where, children, amounts))


def _children(
    where: Mapping[Quantity, Position], name: str, parent: Callable[[str], str]
) -> Mapping[Quantity, list[Quantity]]:
    """For each quantity that would be a whole, the parts of it that the table prints."""
    out: dict[Quantity, list[Quantity]] = {}
    for quantity in where:
        value = getattr(quantity, name)
        if value:
            out.setdefault(quantity.with_(**{name: parent(value)}), []).append(quantity)
    return out


def _sums(
    cells: Mapping[Position, Quantity],
    where: Mapping[Quantity, Position],
    children: Mapping[str, Mapping[Quantity, list[Quantity]]],
    amounts: Amounts,
) -> Iterator[Sum]:
    for position, quantity in cells.items():
        if where[quantity] != position:  # printed twice: the second repeats the first
            yield Sum(position, (where[quantity],), (1,))
            continue
        base = quantity.base()
        if base is not None and base in where and quantity.level() in where:
            yield Sum(position, (where[quantity.level()], where[base]), (1, -1))
            continue
        for name, _ in _DIVISIONS:
            parts = children[name].get(quantity, [])
            if parts and sum(map(amounts.of, parts)) == amounts.of(quantity):
                yield Sum(position, tuple(where[p] for p in parts), (1,) * len(parts))
                break
