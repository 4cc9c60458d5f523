"""Print 打印数: exact points as printed numbers whose printed sum is the printed total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction, step: Fraction = Fraction(1, 100)) -> Fraction:
    """``value`` to the nearest multiple of ``step``, halves away from zero 四舍五入."""
    count = floor(abs(value) / step + Fraction(1, 2)) * step
    return -count if value < 0 else count


def printed_parts(
    parts: Sequence[Fraction], step: Fraction = Fraction(1, 100)
) -> tuple[tuple[Fraction, ...], Fraction]:
    """(parts, total) as printed: the total is the exact sum half up, each part its exact value rounded
    down or up (largest remainder 最大余数), so that the printed parts add up to the printed total.

    A part that is a multiple of ``step`` stays, so none is printed above a weight that is one. Raises
    ValueError for a negative part.
    """
    if any(part < 0 for part in parts):
        raise ValueError("points are not negative")
    total = half_up(sum(parts, Fraction(0)), step)
    floors = [floor(part / step) for part in parts]
    missing = int(total / step) - sum(floors)
    by_rest = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] / step, i))
    for index in by_rest[:missing]:
        floors[index] += 1
    return tuple(count * step for count in floors), total


def text(value: Fraction, step: Fraction = Fraction(1, 100)) -> str:
    """A multiple of ``step`` as printed: "8.60", "9". Half up where it is none."""
    decimals = len(str(step.denominator)) - 1
    rounded = half_up(value, step)
    return f"{Decimal(rounded.numerator) / Decimal(rounded.denominator):.{decimals}f}"


def short(value: Fraction, places: int = 6) -> str:
    """A number without needless zeros, cut half up at ``places`` decimals."""
    shown = text(value, Fraction(1, 10**places))
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
