"""Forecast 全年预计执行数: a simple, explained extrapolation, with an interval that says how simple.

Method. Each month has a weight: its share of last year's payments where those are given, else 1/12.
The rate is what the last n whole months paid, over their weights (an estimate of a whole year's
payments). What is left of the year is its remaining weight at that rate. The interval is Student's,
from the spread of those months around the rate, for months that are independent of each other.
Limits. It knows no contracts, acceptance dates or invoices; money paid at once at the year's end is
foreseen only if last year's pattern shows it. No payment can exceed the budget (《预算法》 art. 13):
forecasts are cut off there, and ``uncapped`` tells what would have been needed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalog.performance_year import forecasting

EVEN: tuple[Fraction, ...] = (Fraction(1, 12),) * 12
"""The weights of the months where nobody knows better."""

_UNKNOWN = 10**17  # 分: wider than any budget


@dataclass(frozen=True, slots=True)
class Forecast:
    """Payments expected by 31 December, in 分: paid ≤ low ≤ central ≤ high ≤ max(paid, budget).

    ``central`` is None where too few months have passed, or nothing was paid in them: low and high
    are then all that is certain.
    ``uncapped`` is the estimate before it was cut off at the budget. ``seasonal``: weighted by last
    year's months.
    """

    low: int
    central: int | None
    high: int
    uncapped: int | None
    months: int
    seasonal: bool


def weights(months: Sequence[int]) -> tuple[Fraction, ...]:
    """The weights of the months from a year's payments by month; even ones if there were none.

    A month in which more came back than was paid weighs nothing.
    """
    positive = [max(m, 0) for m in months]
    total = sum(positive)
    return tuple(Fraction(m, total) for m in positive) if total else EVEN


def forecast(
    months: Sequence[int],
    budget: int,
    as_of: date,
    pattern: Sequence[Fraction] = EVEN,
) -> Forecast:
    """What the year will pay, from payments by month (12 amounts in 分, those after ``as_of`` 0).

    ``budget`` is the adjusted budget 调整后预算数; ``pattern`` the weights of the months (sum 1).
    A payment more never lowers ``central``. Raises ValueError unless there are 12 of each.
    """
    if len(months) != 12 or len(pattern) != 12:
        raise ValueError("a year has 12 months")
    rules = forecasting()
    paid, limit = sum(months), max(sum(months), budget)
    days = monthrange(as_of.year, as_of.month)[1]
    whole = as_of.month if as_of.day == days else as_of.month - 1
    seasonal = tuple(pattern) != EVEN
    part = pattern[whole] * Fraction(as_of.day, days) if whole < as_of.month else Fraction(0)
    left = max(1 - sum(pattern[:whole], Fraction(0)) - part, Fraction(0))
    if not left:
        return Forecast(paid, paid, paid, paid, whole, seasonal)
    first = max(0, whole - int(rules["months"]))
    used = range(first, whole)
    weight = sum((pattern[m] for m in used), Fraction(0))
    if whole < rules["least"] or not weight or not any(months[m] for m in used):
        return Forecast(paid, None, limit, None, whole, seasonal)
    rate = Fraction(sum(months[m] for m in used)) / weight
    uncapped = max(paid + round(rate * left), paid)
    central = min(uncapped, limit)
    wide = _half_width([months[m] for m in used], [pattern[m] for m in used], rate, left)
    low = min(max(paid, uncapped - wide), central)
    high = min(max(uncapped + wide, central), limit)
    return Forecast(low, central, high, uncapped, len(used), seasonal)


def _half_width(
    months: Sequence[int],
    weight: Sequence[Fraction],
    rate: Fraction,
    left: Fraction,
) -> int:
    """Half the interval, in 分: quantile × the standard error of what is left of the year.

    A month of weight w pays w·rate with a deviation of variance w·s² (so that months add up); the
    rate itself is known from the used months only.
    """
    pairs = [(m, w) for m, w in zip(months, weight, strict=True) if w]
    degrees = len(pairs) - 1
    if degrees < 1:
        return _UNKNOWN
    spread = sum((((m - w * rate) ** 2) / w for m, w in pairs), Fraction(0)) / degrees
    known = sum(weight, Fraction(0))
    variance = spread * (left + left * left / known)
    quantiles = forecasting()["quantile"]
    quantile = Decimal(quantiles[min(degrees, len(quantiles)) - 1])
    root = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
    return int((quantile * root).to_integral_value())
