"""Relate: Book(s) → constraints. What budgets know about their own figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.model.book import Book
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Related, Relation
from mingzhang.relate.books import together
from mingzhang.relate.changes import balances, differences, last_year
from mingzhang.relate.counts import counted
from mingzhang.relate.funds import fund_sums, own_money
from mingzhang.relate.moves import moved
from mingzhang.relate.prose import claimed, observations
from mingzhang.relate.statements import Listing, balance, leaf_blanks, listings, sums
from mingzhang.relate.tale import Tale
from mingzhang.relate.views import paired

__all__ = ["relate"]


def relate(book: Book, prior: Sequence[Book] = ()) -> Related:
    """All constraints of ``book``, joined with other books by the quantities that both speak of.

    ``prior`` are books of earlier years, of another stage of the same year (its budget, its final
    account), or of the department it belongs to or the units that belong to it. Their figures take
    part with ids prefixed "1:", "2:" … in the order given.
    """
    tales = [_tale(one, index) for index, one in enumerate((book, *prior))]
    seen, found = together(tales)
    return Related(tuple(seen), _once(found))


def _tale(book: Book, index: int) -> Tale:
    """What one book says by itself."""
    prefix = f"{index}:" if index else ""
    mine = list(observations(book))
    listed = listings(book)
    found = list(_of_one(book, listed, frozenset(o.quantity for o in mine), _steps(book, mine)))
    found.extend(moved(book, mine, tuple(found)))
    mine.extend(leaf_blanks(listed))
    everything = {q for r in found for q, _ in r.terms} | {o.quantity for o in mine}
    found.extend(balances(everything))
    found.extend(last_year(tuple(found), everything))
    found.extend(differences(sorted(everything, key=lambda q: q.order)))
    return Tale(
        index,
        book,
        tuple(Observation(prefix + o.figure, o.quantity, o.sign) for o in mine),
        tuple(_prefixed(r, prefix) for r in found),
    )


def _of_one(
    book: Book,
    listed: Sequence[Listing],
    stated: frozenset[Quantity],
    steps: dict[Quantity, int],
) -> list[Relation]:
    out: list[Relation] = []
    for listing in listed:
        out.extend(sums(listing))
        out.extend(balance(listing))
    out.extend(claimed(book, steps))
    out.extend(fund_sums(stated))
    out.extend(own_money(stated))
    out.extend(paired(book, stated))
    out.extend(counted(book, stated))
    return out


def _steps(book: Book, seen: Sequence[Observation]) -> dict[Quantity, int]:
    """The coarsest printed step (分) of each quantity: what a sentence may have been worked out from."""
    figures = {f.id: f for f in book.figures}
    out: dict[Quantity, int] = {}
    for observation in seen:
        figure = figures[observation.figure]
        if figure.is_money:
            step = figure.printed.step_fen
            out[observation.quantity] = max(out.get(observation.quantity, step), step)
    return out


def _prefixed(relation: Relation, prefix: str) -> Relation:
    if not prefix or relation.figure is None:
        return relation
    return replace(relation, figure=prefix + relation.figure)


def _once(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Each relation once, with all the reasons for it."""
    out: dict[object, Relation] = {}
    for relation in relations:
        key = (frozenset(relation.terms), relation.low, relation.high, relation.figure)
        if key in out:
            known = out[key]
            out[key] = replace(
                known,
                also=(*known.also, relation.reason),
                certain=known.certain or relation.certain,
            )
        else:
            out[key] = relation
    return tuple(out.values())
