"""Tale: what one of several books given together says, before it meets the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from mingzhang.model.book import Book
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Relation


@dataclass(frozen=True)
class Tale:
    """The constraints of the book with number ``index`` (0: the book that is checked).

    The ids of its figures are prefixed already ("1:" …) where it is not the first.
    """

    index: int
    book: Book
    observations: tuple[Observation, ...]
    relations: tuple[Relation, ...]

    @property
    def time(self) -> tuple[int | None, str]:
        """The year and stage that the book is about."""
        return self.book.year, self.book.stage

    @cached_property
    def printed(self) -> frozenset[Quantity]:
        """The quantities of which it prints the amount (or leaves the cell blank)."""
        return frozenset(o.quantity for o in self.observations)

    @cached_property
    def known(self) -> frozenset[Quantity]:
        """All quantities that it speaks of."""
        return self.printed | {q for r in self.relations for q, _ in r.terms}

    def at(self, year: int | None, stage: str) -> frozenset[Quantity]:
        """The amounts of a year and stage that it speaks of, without those of one paragraph only."""
        return frozenset(
            q
            for q in self.known
            if (q.year, q.stage) == (year, stage)
            and not (q.versus or q.local or q.part)
            and q.measure == "money"
        )

    def renamed(self, names: Mapping[Quantity, Quantity]) -> Tale:
        """The same tale with other quantities in place of those in ``names``."""
        observations = tuple(
            replace(o, quantity=names[o.quantity]) if o.quantity in names else o
            for o in self.observations
        )
        relations = tuple(
            replace(r, terms=tuple((names.get(q, q), c) for q, c in r.terms))
            if any(q in names for q, _ in r.terms)
            else r
            for r in self.relations
        )
        return Tale(self.index, self.book, observations, relations)


def as_printed(quantity: Quantity, index: int) -> Quantity:
    """The quantity as the book with number ``index`` prints it, not yet tied to what others say."""
    return quantity.with_(local=f"{PRINTED}{index}")


PRINTED = "as printed in book "
