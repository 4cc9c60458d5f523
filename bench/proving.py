"""The proof alone, for many variants of one book: what does not change is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.check import weighed
from mingzhang.judge.coverage import coverage
from mingzhang.judge.findings import findings
from mingzhang.judge.weigh import Scale, printings
from mingzhang.model.book import Book
from mingzhang.model.finding import Coverage, Finding
from mingzhang.prove import Location
from mingzhang.relate import relate


@dataclass(frozen=True, slots=True)
class Proof:
    """What ``mingzhang.check`` finds by arithmetic, and the location behind it."""

    findings: tuple[Finding, ...]
    location: Location
    scale: Scale


class Prover:
    """Proves ``book`` and variants of it with one printed figure changed.

    The relations follow from what the reader understood, not from the amounts; so they are built
    once. A percentage is itself a relation, and a change of precision alters what is granted as
    slack: there all is built anew.
    """

    def __init__(self, book: Book, prior: Sequence[Book] = ()) -> None:
        self.book = book
        self.prior = tuple(prior)
        self._related = relate(book, self.prior)

    def prove(self) -> Proof:
        """The book as it is."""
        return self._prove(self.book, same=True)

    def altered(self, figure_id: str, text: str) -> Proof:
        """The book with one figure printed as ``text``."""
        before = self.book.figure(figure_id)
        book = self.book.with_figure(figure_id, text)
        after = book.figure(figure_id)
        same = not before.is_percent and before.printed.decimals == after.printed.decimals
        return self._prove(book, same)

    def coverage(self) -> Coverage:
        """Which figures of the book as it is are linked and proved."""
        scale, location = weighed(self._related, printings((self.book, *self.prior)))[:2]
        strangers = {f.id: f.unread or "subject" for f in self.book.figures if f.quantity is None}
        return coverage(scale, location, len(self.book.figures), strangers)

    def _prove(self, book: Book, same: bool) -> Proof:
        related = self._related if same else relate(book, self.prior)
        scale, location = weighed(related, printings((book, *self.prior)))[:2]
        return Proof(tuple(findings(scale, location)), location, scale)
