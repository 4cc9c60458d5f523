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
