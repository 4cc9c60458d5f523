"""Amounts as a reader expects to see them: in the book's own unit and the book's own style."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mingzhang.model.book import Blank
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Suspect
from mingzhang.model.money import Interval, Rounding, Unit
from mingzhang.report.words import Words


def plain(value: Decimal, grouped: bool = True, decimals: int = 0) -> str:
    """A number without exponent and idle zeros, with at least ``decimals`` decimals."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    whole, point, fraction = text.partition(".")
    if point:
        fraction = fraction.rstrip("0")
    fraction = fraction.ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def money(fen: int, unit: Unit) -> str:
    """An amount in 分, shown in a printing unit: 90_000_000 分 -> "90 万元"."""
    return f"{plain(Decimal(fen) / unit.fen)} {unit.value}"


def printed(figure: Figure) -> str:
    """A figure as printed, with its unit where the text does not carry one already."""
    text, unit = figure.text.strip(), figure.unit
    if figure.printed.unit is Unit.COUNT or unit in text:
        return text
    return f"{text}%" if figure.is_percent else f"{text} {unit}"


@dataclass(frozen=True, slots=True)
class Style:
    """How a table or sentence prints its numbers: unit, decimals, thousands commas or not."""

    unit: Unit
    decimals: int
    grouped: bool

    def bare(self, value: Decimal) -> str:
        """A value without its unit."""
        return plain(value, self.grouped, self.decimals)

    def text(self, value: Decimal) -> str:
        """A value with its unit, as it would be printed."""
        if self.unit is Unit.COUNT:
            return self.bare(value)
        space = "" if self.unit is Unit.PERCENT else " "
        return f"{self.bare(value)}{space}{self.unit.value}"


def style_of(one: Figure | Blank, unit: str) -> Style:
    """The style of a figure, or of an empty cell in a statement printed in ``unit``."""
    if isinstance(one, Figure):
        grouped = "," in one.text or "，" in one.text or abs(one.value) < 1000
        return Style(one.printed.unit, one.printed.decimals, grouped)
    known = {u.value: u for u in Unit if u.is_money}
    return Style(known.get(unit, Unit.WAN), 0, True)


def mended(suspect: Suspect, style: Style, words: Words) -> str:
    """What the suspect should say: one value, or the interval that is left for it."""
    low, high = suspect.low, suspect.high
    if low is not None and high is not None:
        if low == high:
            return words("finding", "should_be", value=style.text(low))
        between = {"low": style.bare(low), "high": style.text(high)}
        return words("finding", "should_between", **between)
    if low is not None:
        return words("finding", "should_least", low=style.text(low))
    if high is not None:
        return words("finding", "should_most", high=style.text(high))
    return words("finding", "no_value")


def true_interval(figure: Figure, how: str) -> Interval | None:
    """The true amounts (分) that print as this figure, given how its statement rounds."""
    if not figure.is_money:
        return None
    modes = {mode.value: mode for mode in Rounding}
    return figure.printed.interval(modes.get(how, Rounding.HALF_UP))


def interval_words(figure: Figure, how: str, words: Words) -> str:
    """The printed interval 尾数区间 as a sentence; "" for percentages and counts."""
    interval = true_interval(figure, how)
    if interval is None or interval.low is None or interval.high is None:
        return ""
    unit = figure.printed.unit
    if interval.low == interval.high:
        return words("page", "interval_exact", low=money(interval.low, unit))
    return words(
        "page",
        "interval_value",
        text=figure.text.strip(),
        low=plain(Decimal(interval.low) / unit.fen),
        high=money(interval.high, unit),
    )
