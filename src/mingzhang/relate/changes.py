"""Changes: a change is this year's amount less the one it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation


def differences(quantities: Iterable[Quantity]) -> Iterator[Relation]:
    """x[change] = x[level] - x[base], for every change that is printed."""
    for quantity in quantities:
        base = quantity.base()
        if base is None:
            continue
        terms = ((quantity, 1), (quantity.level(), -1), (base, 1))
        yield Relation(terms, Reason("difference", (("versus", quantity.versus),)))


def balances(quantities: Iterable[Quantity]) -> Iterator[Relation]:
    """收入总计 = 支出总计 in every year of which a book speaks on both sides.

    A book that tells by how much its totals grew speaks of last year's totals too: they balanced.
    """
    known = set(quantities)
    known |= {q.level() for q in known if q.versus} | {b for q in known if (b := q.base())}
    for quantity in sorted(known, key=lambda q: q.order):
        if quantity.flow != "sources" or quantity.versus or _part(quantity):
            continue
        other = quantity.with_(flow="uses")
        if other in known:
            yield Relation(((quantity, 1), (other, -1)), Reason("balance-year"))


def _part(q: Quantity) -> bool:
    return bool(q.function or q.nature or q.project or q.item or q.local or q.measure != "money")
