"""Phrases 语句: what a placeholder in prose becomes, with every figure in it known as a quantity.

Direction words, percentages and 持平 follow from the figures; nobody types them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mingzhang.catalog.forms import ProseForm
from mingzhang.compile.printing import Printer, Style, percent_text
from mingzhang.model.edition import Span
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity

Phrase = tuple[Span, ...]


def prose_style(form: ProseForm, quantity: Quantity) -> Style:
    """Unit and precision of an amount in prose; some items (三公) are told more finely."""
    decimals = form.items.get(quantity.item, form.decimals)
    zero = "0" if form.trim or not decimals else f"{Decimal(0):.{decimals}f}"
    return Style(form.unit, decimals, zero, form.trim, form.thousands)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Makes phrases from one printer. ``exact_ratios``: percentages from exact amounts (a book of
    independently rounded figures) or from the printed ones (one rounded as a whole)."""

    printer: Printer
    form: ProseForm
    year: int
    mark: str

    def amount(self, quantity: Quantity, unit: bool = True) -> Phrase:
        """ "5,255万元" """
        style = prose_style(self.form, quantity)
        if self.printer.kept_back(quantity):
            return (Span(self.mark),)
        fen = self.printer.fen(quantity, style)
        figure = Span(self.printer.text(fen, style), quantity, style.unit)
        return (figure, Span(style.unit.value)) if unit else (figure,)

    def signed(self, quantity: Quantity) -> int:
        """The printed value of a change, in 分."""
        return self.printer.fen(quantity, prose_style(self.form, quantity))

    def change(self, quantity: Quantity, percent: bool = True, against: str = "") -> Phrase:
        """ "比2022年增加169万元，增长3.3%", or "与2022年持平" where the printed change is nothing."""
        base = quantity.base()
        assert base is not None
        when = against or f"{base.year}年"
        if any(map(self.printer.kept_back, (quantity, quantity.level(), base))):
            return (Span(f"与{when}相比的变化不予公开"),)
        style = prose_style(self.form, quantity)
        fen = self.printer.fen(quantity, style)
        if not fen:
            return (Span(f"与{when}持平"),)
        word = "增加" if fen > 0 else "减少"
        figure = Span(self.printer.text(abs(fen), style), quantity, style.unit)
        out: Phrase = (Span(f"比{when}{word}"), figure, Span(style.unit.value))
        rate = self._rate(quantity, fen) if percent else None
        if rate is not None:
            growth = quantity.with_(measure="percent")
            out += (
                Span("，增长" if fen > 0 else "，下降"),
                Span(rate, growth, Unit.PERCENT),
                Span("%"),
            )
        return out

    def share(self, part: Quantity, whole: Quantity) -> Phrase:
        """ "占42.4%" """
        if self.printer.kept_back(part) or self.printer.kept_back(whole):
            return (Span("占比不予公开"),)
        if self.printer.chosen:
            values = self._printed(part), self._printed(whole)
        else:
            values = self.printer.amounts.of(part), self.printer.amounts.of(whole)
        text = percent_text(*values, self.form.percent_decimals, self.form.trim)
        if text is None:
            return (Span("占比无法计算"),)
        return (Span("占"), Span(text, part.with_(measure="percent"), Unit.PERCENT), Span("%"))

    def _rate(self, quantity: Quantity, change: int) -> str | None:
        base = quantity.base()
        assert base is not None
        if self.printer.chosen:
            # a book rounded as a whole is its own truth: rates follow from what it prints
            before = self._printed(quantity.level()) - change
            now = change
        else:
            before, now = self.printer.amounts.of(base), self.printer.amounts.of(quantity)
        text = percent_text(abs(now), before, self.form.percent_decimals, self.form.trim)
        return text if before > 0 else None

    def _printed(self, quantity: Quantity) -> int:
        return self.printer.fen(quantity, prose_style(self.form, quantity))
