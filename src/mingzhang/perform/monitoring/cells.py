"""Cells of the form: its words, and the seven cells that tell of money."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.edition import TableCell
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.perform.execution.risk import percent, signed
from mingzhang.perform.execution.state import Standing
from mingzhang.perform.monitoring.monitor import Monitoring
from mingzhang.perform.telling import wan

UNIT = Unit.WAN
DECIMALS = 2


class Words:
    """The words of [form], and how the period is called on this day."""

    def __init__(self, found: Monitoring) -> None:
        day = found.as_of
        self._texts = catalog.section("form")
        self.date = self("date", month=day.month, day=day.day)
        ends = date.fromordinal(day.toordinal() + 1).day == 1
        key = "day" if not ends else "month_end" if day.month > 1 else "month_one"
        self.period = self(key, month=day.month, day=day.day)

    def __call__(self, key: str, **params: object) -> str:
        return str(self._texts[key]).format(**params)

    def list(self, key: str) -> list[str]:
        """The headings of a table."""
        return [str(text).format(period=self.period) for text in self._texts[key]]


def money_cells(standing: Standing, found: Monitoring, words: Words) -> tuple[TableCell, ...]:
    """年初预算数, 调整后预算数, 执行数, 执行率, 序时进度, 偏差, 全年预计: seven cells."""
    at = _quantity(standing, found.year)
    paid = at.with_(stage="final", local=f"paid {found.as_of:%Y-%m-%d}")
    amounts = (
        (at, standing.budget),
        (at.with_(stage="adjusted"), standing.adjusted),
        (paid, standing.paid),
    )
    deviation = standing.deviation
    return (
        *(TableCell(wan(fen), quantity, rounded(fen)) for quantity, fen in amounts),
        TableCell(share_text(standing.rate)),
        TableCell(percent(standing.pace)),
        TableCell(words("none") if deviation is None else signed(deviation)),
        TableCell(_expected(standing, words)),
    )


def _expected(standing: Standing, words: Words) -> str:
    ahead = standing.forecast
    if ahead.central is None:
        return words("none")
    if ahead.low == ahead.high:
        return wan(ahead.central)
    return words("range", central=wan(ahead.central), low=wan(ahead.low), high=wan(ahead.high))


def _quantity(standing: Standing, year: int) -> Quantity:
    natures = {"basic": "basic", "projects": "project", "project": "project"}
    return Quantity(
        year=year,
        flow="expenditure",
        nature=natures.get(standing.kind, ""),
        project=standing.name if standing.kind == "project" else "",
        fund=standing.name if standing.kind == "fund" else "",
    )


def rounded(fen: int) -> int:
    """To the printed step, half away from zero, in 分."""
    step = UNIT.step(DECIMALS)
    return (abs(fen) + step // 2) // step * step * (-1 if fen < 0 else 1)


def share_text(rate: Fraction | None) -> str:
    """A share as a percentage; a dash for none."""
    return str(catalog.section("form")["none"]) if rate is None else percent(rate)
