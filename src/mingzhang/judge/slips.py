"""Slips: what a hand does wrong when it types a number, and which slip explains a difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mingzhang.model.money import Interval, Printed, Rounding

PERCENT_SCALE = 10_000  # intervals of percentages are in ten-thousandths of a percent

# likelier slips first; the order breaks ties between suspects
KINDS = (
    "swapped",
    "tenfold",
    "tenth",
    "unit",
    "sign",
    "neighbour",
    "stale",
    "lost",
    "doubled",
    "digit",
    "missing",
    "",
)


def rank(kind: str) -> int:
    """Place of a kind in KINDS."""
    return KINDS.index(kind)


def kind_of_slip(
    printed: Printed,
    wanted: Interval,
    neighbours: frozenset[Decimal],
    last_year: frozenset[Decimal],
) -> str:
    """The likeliest slip that turned an amount within ``wanted`` (分) into ``printed``; "" if none.

    ``neighbours`` are values printed beside it, ``last_year`` those of the same line a year ago.
    """
    for kind, value in _undone(printed):
        if _meets(printed, value, wanted):
            return kind
    if printed.value in last_year:
        return "stale"
    if printed.value in neighbours:
        return "neighbour"
    for kind, value in _digits_undone(printed):
        if _meets(printed, value, wanted):
            return kind
    return ""


def _meets(printed: Printed, value: Decimal, wanted: Interval) -> bool:
    if not printed.unit.is_money:
        step = Decimal(PERCENT_SCALE) / 10**printed.decimals
        middle, half = value * PERCENT_SCALE, step / 2
        return Interval(int(middle - half), int(middle + half)).meets(wanted)
    return replace(printed, value=value).interval(Rounding.HALF_UP).meets(wanted)


def _undone(printed: Printed) -> Iterator[tuple[str, Decimal]]:
    """Values from which one gross slip makes the printed one."""
    digits, exponent, negative = _digits(printed)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            yield "swapped", _value(swapped, exponent, negative)
    yield "tenfold", printed.value / 10
    yield "tenth", printed.value * 10
    yield "unit", printed.value / 10000
    yield "unit", printed.value * 10000
    yield "sign", -printed.value


def _digits_undone(printed: Printed) -> Iterator[tuple[str, Decimal]]:
    digits, exponent, negative = _digits(printed)
    for i in range(len(digits) + 1):
        for digit in "0123456789":
            yield "lost", _value(digits[:i] + digit + digits[i:], exponent, negative)
    for i in range(len(digits)):
        if (i > 0 and digits[i] == digits[i - 1]) and len(digits) > 1:
            yield "doubled", _value(digits[:i] + digits[i + 1 :], exponent, negative)
    for i in range(len(digits)):
        for digit in "0123456789":
            if digit != digits[i]:
                yield "digit", _value(digits[:i] + digit + digits[i + 1 :], exponent, negative)


def _digits(printed: Printed) -> tuple[str, int, bool]:
    sign, digits, exponent = printed.value.as_tuple()
    text = "".join(map(str, digits))
    assert isinstance(exponent, int)
    return text.rjust(printed.decimals + 1, "0"), exponent, bool(sign)


def _value(digits: str, exponent: int, negative: bool) -> Decimal:
    value = Decimal(int(digits or "0")).scaleb(exponent)
    return -value if negative else value
