"""Money: whole 分, units, printed amounts, and the interval of true amounts a printed amount allows.

Source: 预算法实施条例 art. 11 (the unit of account is 人民币元); books print 元, 千元, 万元 or 亿元.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import NamedTuple


class Unit(Enum):
    """A printing unit 金额单位; the value is the text as printed."""

    FEN = "分"
    YUAN = "元"
    THOUSAND = "千元"
    WAN = "万元"
    YI = "亿元"
    PERCENT = "%"
    COUNT = "个"

    @property
    def fen(self) -> int:
        """分 in one of this unit. Raises KeyError for units that are not money."""
        return _FEN[self]

    def step(self, decimals: int) -> int:
        """分 in one unit of the last of so many decimals, at least 1."""
        return max(1, int(_FEN[self] // 10**decimals))

    @property
    def is_money(self) -> bool:
        return self in _FEN


_FEN = {
    Unit.FEN: 1,
    Unit.YUAN: 100,
    Unit.THOUSAND: 100_000,
    Unit.WAN: 1_000_000,
    Unit.YI: 10_000_000_000,
}


class Rounding(Enum):
    """How a printed amount came from the true one 尾数处理."""

    HALF_UP = "round"  # 四舍五入
    TRUNCATE = "truncate"  # 截尾 (towards zero)
    EITHER = "either"  # nobody knows which: the union of both


class Interval(NamedTuple):
    """Closed interval of integers (分 for money); None is unbounded on that side."""

    low: int | None
    high: int | None

    def contains(self, value: int) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def meets(self, other: Interval) -> bool:
        """True if the two have a value in common."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )

    def cut(self, other: Interval) -> Interval:
        """The common part (may be empty: low > high)."""
        lows = [v for v in (self.low, other.low) if v is not None]
        highs = [v for v in (self.high, other.high) if v is not None]
        return Interval(max(lows) if lows else None, min(highs) if highs else None)


@dataclass(frozen=True, slots=True)
class Printed:
    """One number exactly as printed: its text, value, unit and number of decimals.

    ``value`` is in ``unit`` (e.g. Decimal("887.36") 万元). ``decimals`` is the printed precision,
    from which the interval of true amounts follows.
    """

    text: str
    value: Decimal
    unit: Unit
    decimals: int

    @property
    def step_fen(self) -> int:
        """分 in one unit of the last printed digit, at least 1 (true amounts are whole 分)."""
        return self.unit.step(self.decimals)

    @property
    def fen(self) -> int:
        """The printed value itself in 分 (rounded to whole 分 if finer was printed)."""
        return int((self.value * self.unit.fen).to_integral_value())

    def interval(self, rounding: Rounding = Rounding.HALF_UP) -> Interval:
        """True amounts (分) that print as this text under ``rounding``."""
        return printing_interval(self.fen, self.step_fen, rounding)


def printing_interval(value: int, step: int, rounding: Rounding) -> Interval:
    """Integers that print as ``value`` when the printed grid is ``step`` apart.

    HALF_UP keeps both half-way ends (half-up, half-even and half-away all occur in practice).
    TRUNCATE cuts towards zero. A step of 1 is exact whatever the rounding.
    """
    if step <= 1:
        return Interval(value, value)
    half = step // 2
    low, high = value - half, value + half
    if rounding is Rounding.HALF_UP:
        return Interval(low, high)
    cut_low = value if value > 0 else value - step + 1
    cut_high = value if value < 0 else value + step - 1
    if rounding is Rounding.TRUNCATE:
        return Interval(cut_low, cut_high)
    return Interval(min(low, cut_low), max(high, cut_high))


_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "－": "-", "﹣": "-", "，": ","})


def parse_number(text: str) -> tuple[Decimal, int] | None:
    """The number a cell or token prints, with its count of decimals; None if it is not one number.

    Understands full-width digits, thousands commas, a minus in any of its shapes, accounting
    brackets "(12.3)" and letter-spaced digits. A dash alone, a blank or words give None.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS)
    plain = re.sub(r"\s+", "", plain).rstrip("%")
    negative = plain.startswith("(") and plain.endswith(")")
    if negative:
        plain = plain[1:-1]
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None
    decimals = len(plain.partition(".")[2])
    return (-value if negative else value), decimals


def parse_printed(text: str, unit: Unit) -> Printed | None:
    """``text`` as a printed number in ``unit``; None if it is not one number."""
    found = parse_number(text)
    if found is None:
        return None
    return Printed(text, found[0], unit, found[1])
