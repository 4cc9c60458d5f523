"""Figure: one printed number with its place and the quantity it states."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from mingzhang.model.money import Printed, Unit, parse_printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A money amount, percentage or count as printed.

    ``label`` says for a person what it is about (row · column, or the words before it).
    ``statement``/``row``/``column`` point into ``Book.statements`` for a table figure;
    ``paragraph``/``start`` into ``Book.paragraphs`` for one in prose.
    ``quantity`` is None when nobody understood it; ``unread`` then says why.
    ``confidence`` is below 1 only for figures read by OCR.
    """

    id: str
    printed: Printed
    place: Place
    label: str
    quantity: Quantity | None = None
    statement: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    start: int | None = None
    unread: str = ""
    confidence: float = 1.0

    @property
    def text(self) -> str:
        return self.printed.text

    @property
    def value(self) -> Decimal:
        return self.printed.value

    @property
    def unit(self) -> str:
        return self.printed.unit.value

    @property
    def in_prose(self) -> bool:
        return self.statement is None

    @property
    def is_money(self) -> bool:
        return self.printed.unit.is_money

    @property
    def is_percent(self) -> bool:
        return self.printed.unit is Unit.PERCENT

    def printing(self, text: str) -> Figure:
        """The same figure with another number printed. Raises ValueError if it is not a number."""
        printed = parse_printed(text, self.printed.unit)
        if printed is None:
            raise ValueError(f"not a number: {text!r}")
        return replace(self, printed=printed, place=self.place.quoting(text))
