"""Draft: what has been read so far of a book's prose, while it is being read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mingzhang.model.book import Notice
from mingzhang.model.claim import Claim, Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.money import Printed, Rounding
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.compact import Compact
from mingzhang.read.narrative.movement import Move


@dataclass(slots=True)
class Reason:
    """A reason: its text from ``start`` on, and the amounts inside it.

    It explains the directions ``first`` to ``last`` of the draft (those of the sign that ``head``
    names, if it names one). ``change`` is the change before it. ``amounts``: figure id, sign,
    printed, the change it may name, its words, where they stand.
    """

    start: int
    first: int
    last: int
    change: Quantity | None
    head: Move | None
    text: str = ""
    sign: int = 1
    amounts: list[tuple[str, int, Printed, Quantity | None, str, int]] = field(default_factory=list)
    compact: Compact | None = None
    local: str = ""


@dataclass(slots=True)
class Draft:
    """Figures by id, claims in order, and what each quantity was printed as first."""

    lexicon: Lexicon
    figures: dict[str, Figure] = field(default_factory=dict)
    ratios: list[Ratio] = field(default_factory=list)
    directions: list[Direction] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    printed: dict[Quantity, list[Printed]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """One more figure; remembers what its quantity was printed as."""
        self.figures[figure.id] = figure
        if figure.quantity is not None and not figure.is_percent:
            self.printed.setdefault(figure.quantity, []).append(figure.printed)

    def relink(self, figure_id: str, quantity: Quantity) -> None:
        """Say afterwards what a figure states."""
        self.add(replace(self.figures[figure_id], quantity=quantity, unread=""))

    def first_printed(self, quantity: Quantity) -> Printed | None:
        """What the prose, or else a table, prints for a quantity; None if nothing does."""
        found = self.printed.get(quantity)
        if found:
            return found[0]
        stated = self.lexicon.stated.get(quantity, ())
        return stated[0].printed if stated else None

    def known(self, quantity: Quantity) -> bool:
        """True if a table or an earlier sentence states it."""
        return quantity in self.printed or quantity in self.lexicon.stated

    def agrees(self, quantity: Quantity, printed: Printed) -> bool:
        """True if a table states ``quantity`` with an amount that could print so."""
        return any(
            same_amount(figure.printed, printed)
            for figure in self.lexicon.stated.get(quantity, ())
            if figure.is_money
        )

    def choose(self, candidates: Sequence[Quantity], printed: Printed) -> Quantity:
        """The first candidate that a table agrees with, else the first: its plain reading."""
        return next((q for q in candidates if self.agrees(q, printed)), candidates[0])

    def claims(self) -> tuple[Claim, ...]:
        """All claims: percentages, divisions, directions."""
        return (*self.ratios, *self.parts, *self.directions)

    def say(self, what: str, text: str, place: Place) -> None:
        """Something that was not understood, or that a template left behind."""
        self.notices.append(Notice(what, text, place))


def same_amount(a: Printed, b: Printed) -> bool:
    """True if one true amount could print as both."""
    if not (a.unit.is_money and b.unit.is_money):
        return False
    return a.interval(Rounding.EITHER).meets(b.interval(Rounding.EITHER))


def add_up(whole: Printed, parts: Iterable[tuple[int, Printed]]) -> bool:
    """True if the signed parts make the whole but for rounding: within (n + 1)/2 printing units."""
    if whole.unit.is_money:
        total = sum(sign * p.fen for sign, p in parts)
        steps = whole.step_fen + sum(p.step_fen for _, p in parts)
        return 2 * abs(whole.fen - total) <= steps
    return whole.value == sum(sign * p.value for sign, p in parts)
