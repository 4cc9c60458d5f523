"""Stated amounts 印出的金额: what the figures of a book leave of a quantity, for rules that compare two."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.model.book import Book
from mingzhang.model.claim import Direction
from mingzhang.model.figure import Figure
from mingzhang.model.money import Interval, Rounding, printing_interval
from mingzhang.model.quantity import Quantity
from mingzhang.rules.once import per_book

Printing = tuple[int, Interval]
"""The amount as printed (分) and the true amounts that may print so, rounded or cut off."""


@per_book
def stated(book: Book) -> Mapping[Quantity, tuple[Printing, ...]]:
    """Every printing of each quantity; an empty cell is zero, 减少 12 a change of -12."""
    out: dict[Quantity, list[Printing]] = {}
    signs = {
        c.figure: c.sign
        for c in book.claims
        if isinstance(c, Direction) and c.figure and c.sign < 0
    }
    for figure in book.figures:
        if figure.quantity is not None and figure.is_money:
            out.setdefault(figure.quantity, []).append(_printing(figure, signs.get(figure.id, 1)))
    for statement in book.statements:
        for blank in statement.blanks:
            room = printing_interval(0, blank.step_fen, Rounding.EITHER)
            out.setdefault(blank.quantity, []).append((0, room))
    return {quantity: tuple(found) for quantity, found in out.items()}


def _printing(figure: Figure, sign: int) -> Printing:
    value = sign * figure.printed.fen
    return value, printing_interval(value, figure.printed.step_fen, Rounding.EITHER)


def amount(book: Book, quantity: Quantity) -> Printing | None:
    """What is printed for a quantity, all its printings together; None if it is not printed, or if
    its printings do not agree (that is for the proof to tell)."""
    found = stated(book).get(quantity)
    if not found:
        return None
    value, room = found[0]
    for other, narrower in found[1:]:
        value, room = other if narrower.meets(room) else value, room.cut(narrower)
    assert room.low is not None and room.high is not None
    return (value, room) if room.low <= room.high else None


def base(book: Book, change: Quantity) -> Printing | None:
    """What a change is measured against: printed itself, else this year's amount less the change."""
    quantity = change.base()
    printed = None if quantity is None else amount(book, quantity)
    if printed is not None or quantity is None:
        return printed
    level, moved = amount(book, change.level()), amount(book, change)
    if level is None or moved is None:
        return None
    return level[0] - moved[0], minus(level[1], moved[1])


def minus(a: Interval, b: Interval) -> Interval:
    """All differences of an amount of ``a`` and one of ``b`` (both bounded)."""
    assert None not in (*a, *b)
    return Interval((a.low or 0) - (b.high or 0), (a.high or 0) - (b.low or 0))
