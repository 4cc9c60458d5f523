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


def last_year(relations: Iterable[Relation], quantities: Iterable[Quantity]) -> Iterator[Relation]:
    """What a line had last year is at most what the line above it had: last year added up as well.

    Asked only of amounts that sentences imply (this year's less the change); codes may have moved
    since, so it is not certain.
    """
    implied = {base for q in quantities if (base := q.base()) is not None}
    for relation in relations:
        if relation.reason.kind != "column-sum":
            continue
        whole, *parts = (q for q, _ in relation.terms)
        for year, stage in sorted({(b.year or 0, b.stage) for b in implied}):
            above = whole.with_(year=year, stage=stage)
            below = [q for p in parts if (q := p.with_(year=year, stage=stage)) in implied]
            if above in implied and below:
                terms = ((above, 1), *((q, -1) for q in below))
                yield Relation(terms, Reason("last-year"), 0, None, certain=False)


def _part(q: Quantity) -> bool:
    return bool(q.function or q.nature or q.project or q.item or q.local or q.measure != "money")
