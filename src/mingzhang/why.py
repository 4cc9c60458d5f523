"""Why: everything that the book says about one figure: its relations and the interval left for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.check import scale_of
from mingzhang.judge.mends import Mend, mend_of
from mingzhang.judge.relations import tested
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import equation
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Checked
from mingzhang.model.relation import Relation
from mingzhang.prove import Infeasible, locate

_SIGNS = {"exact": "=", "rounding": "≈", "violated": "≠", "open": "~"}


@dataclass(frozen=True, slots=True)
class Why:
    """One figure: the relations it takes part in (with their equations), the other figures that
    state the same quantity, and the values (in its own unit) that the rest of the book leaves it."""

    figure: Figure
    relations: tuple[tuple[Checked, str], ...]
    same: tuple[Figure, ...]
    low: Decimal | None
    high: Decimal | None


def why(book: Book, figure_id: str, prior: Sequence[Book] = ()) -> Why:
    """What the book says about one figure. Raises KeyError for an unknown id."""
    figure = book.figure(figure_id)
    scale = scale_of(book, prior)
    checked = tested(scale)
    found = tuple(
        (test, equation(scale, test.relation, sign=_SIGNS[test.state]))
        for test in checked
        if _takes_part(test.relation, figure)
    )
    same = (
        tuple(
            other
            for o in scale.observed.get(figure.quantity, ())
            if figure.quantity is not None
            and (other := scale.printings[o.figure].figure) is not None
            and o.figure != figure_id
        )
        if figure.quantity is not None
        else ()
    )
    mend = _mend(scale, figure_id) if figure_id in scale.witness_of else None
    low, high = mend.in_unit() if mend is not None else (None, None)
    return Why(figure, found, same, low, high)


def _mend(scale: Scale, figure_id: str) -> Mend | None:
    """What the rest of the book leaves; of what contradicts itself elsewhere, the likeliest culprits
    are left aside."""
    witness = scale.witness_of[figure_id]
    found = locate(scale.system, scale.weights)
    freed: set[int] = set()
    for cluster in found.clusters:
        if cluster.alternatives:
            first = cluster.alternatives[0]
            freed.update(next((a for a in cluster.alternatives if witness in a), first))
    try:
        return mend_of(scale, figure_id, freed)
    except Infeasible:
        return None


def _takes_part(relation: Relation, figure: Figure) -> bool:
    if relation.figure == figure.id:
        return True
    return figure.quantity is not None and any(q == figure.quantity for q, _ in relation.terms)
