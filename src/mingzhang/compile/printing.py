"""Printing 打印: how an exact amount becomes the text of a figure.

A Printer knows the exact amounts and, when the book is rounded as a whole (controlled rounding),
the value that was chosen for each quantity at each precision. Without a choice it rounds half up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from mingzhang.compile.amounts import Amounts
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity


class Style(NamedTuple):
    """Unit, decimals, what a zero prints, whether zeros behind the point go, thousands commas."""

    unit: Unit
    decimals: int
    zero: str = "0"
    trim: bool = False
    thousands: bool = True

    @property
    def step(self) -> int:
        """分 in one unit of the last decimal."""
        return self.unit.step(self.decimals)


Key = tuple[Quantity, int]  # a quantity and the step (分) that it is printed to


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints quantities. ``chosen`` holds the values of controlled rounding, in 分."""

    amounts: Amounts
    chosen: Mapping[Key, int] = field(default_factory=dict)
    withhold: frozenset[str] = frozenset()

    def fen(self, quantity: Quantity, style: Style) -> int:
        """The printed value in 分: a multiple of the style's step."""
        found = self.chosen.get((quantity, style.step))
        return round_half_up(self.amounts.of(quantity), style.step) if found is None else found

    def in_table(self, kind: str, quantity: Quantity, style: Style) -> int:
        """The printed value in 分 in one kind of statement.

        There a figure may have been moved by one unit by hand (Ledger.adjusted, 尾差调整); a larger
        move is not honoured: it would not be rounding.
        """
        fen = self.fen(quantity, style)
        moved = self.amounts.ledger.adjusted.get(f"{kind} {quantity.key}")
        if moved is None or self.chosen or abs(moved - fen) > style.step or moved % style.step:
            return fen
        return moved

    def text(self, fen: int, style: Style) -> str:
        """A printed value as text: "5,255", "3.5", "-0.39", or what the style prints for zero."""
        value = Decimal(fen) / style.unit.fen
        if not fen:
            return style.zero
        text = f"{value:,.{style.decimals}f}" if style.thousands else f"{value:.{style.decimals}f}"
        if style.trim and "." in text:
            text = text.rstrip("0").rstrip(".")
        return text

    def kept_back(self, quantity: Quantity) -> bool:
        """True if the ledger withholds this figure (Protection.withhold)."""
        return quantity.key in self.withhold


def round_half_up(fen: int, step: int) -> int:
    """The nearest multiple of ``step``, halves away from zero (四舍五入)."""
    return int((Decimal(fen) / step).to_integral_value(ROUND_HALF_UP)) * step


def percent_text(part: int, whole: int, decimals: int, trim: bool = False) -> str | None:
    """``part`` of ``whole`` in percent, half up; None where the whole is zero."""
    if not whole:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if trim and "." in text else text
