"""Mends: what a printed number would have to be for the rest of the book to hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mingzhang.judge.slips import kind_of_slip, rank
from mingzhang.judge.weigh import Scale
from mingzhang.model.figure import Figure
from mingzhang.model.money import Interval, Printed, Unit
from mingzhang.model.place import Place
from mingzhang.prove import bounds

_FINEST = 6  # decimals of a 万元 that still make whole 分

Answer = tuple[tuple[int, Interval], ...]
"""Rows of a witness with the interval that the rest leaves for each."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One figure or blank that could be the wrong one, and what it would have to be."""

    witness: int
    id: str
    printed: Printed
    label: str
    place: Place
    interval: Interval  # in the number's own smallest unit (分, or hundredths of % and counts)
    kind: str
    confirmed: int  # how many other figures state the same quantity
    decimals: int = 0  # the finest precision in which the quantity is printed anywhere

    def in_unit(self) -> tuple[Decimal | None, Decimal | None]:
        """The interval in the number's own unit, narrowed to what can be printed."""
        printed = self.printed
        low, high = self.interval
        unit = printed.unit
        if not unit.is_money:
            per = Decimal(10_000 if unit is Unit.PERCENT else 100)
            return (
                None if low is None else (Decimal(low) / per).quantize(Decimal("0.01")),
                None if high is None else (Decimal(high) / per).quantize(Decimal("0.01")),
            )
        if self.kind == "missing":
            return _amounts(low, high, unit, 2)
        if low is None or high is None:
            return _amounts(low, high, unit, printed.decimals)
        for decimals in range(max(printed.decimals, self.decimals), _FINEST + 1):
            # the printable numbers whose own interval meets it; the ends themselves are half-way
            step = max(1, unit.fen // 10**decimals)
            inset = 1 if high > low and step > 1 else 0
            first = -((-(low + inset - step // 2)) // step) * step
            last = (high - inset + step // 2) // step * step
            if first <= last and (high - low >= step // 2 or first == last):
                if decimals > printed.decimals:  # a coarse slip: say what it is a slip of
                    first, last = max(first, low), min(last, high)
                return _amounts(first, last, unit, decimals)
            if step == 1:
                break
        return _amounts(low, high, unit, printed.decimals)

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.confirmed, rank(self.kind), self.id)


def mends(scale: Scale, alone: Mapping[int, Answer], broken: frozenset[int]) -> Iterator[Mend]:
    """The mend of every single alternative that is a printed number."""
    for witness, answer in alone.items():
        key = scale.witnesses[witness]
        if isinstance(key, int):
            continue
        mend = _mend(scale, witness, key, answer, broken)
        if mend is not None:
            yield mend


def mend_of(scale: Scale, key: str, freed: Collection[int] = ()) -> Mend | None:
    """What a printing would have to be for the rest to hold; None if no printable number does.

    ``freed`` are witnesses left aside besides its own. Raises Infeasible if the rest still
    contradicts itself.
    """
    witness = scale.witness_of[key]
    without = frozenset((witness, *freed))
    rows = [i for i, row in enumerate(scale.system.rows) if row.witness == witness]
    answer = tuple(
        (i, bounds(scale.system, dict(scale.system.rows[i].terms), without=without)) for i in rows
    )
    return _mend(scale, witness, key, answer, without)


def _mend(
    scale: Scale, witness: int, key: str, answer: Answer, broken: frozenset[int]
) -> Mend | None:
    printing = scale.printings[key]
    figure = printing.figure
    if figure is None:
        assert printing.blank is not None
        blank = printing.blank
        printed = Printed("", Decimal(0), Unit(blank.unit), 2)
        return Mend(witness, key, printed, blank.label, blank.place, answer[0][1], "missing", 0)
    if figure.is_percent:
        interval = _percent_range(scale, answer, broken | {witness})
        slip = kind_of_slip(figure.printed, interval, frozenset(), frozenset())
        return Mend(witness, key, figure.printed, figure.label, figure.place, interval, slip, 0)
    interval = Interval(None, None)
    for (
        _,
        left,
    ) in answer:  # beside its own quantity, copies of it (judge.ratios): one number for all
        interval = interval.cut(left)
    observation = scale.row_observation[answer[0][0]]
    assert observation is not None
    if observation.sign < 0:
        low, high = interval
        interval = Interval(None if high is None else -high, None if low is None else -low)
    if not _printable(figure.printed, interval):
        return None
    beside = [scale.printings[o.figure].figure for o in scale.observed[observation.quantity]]
    unit = figure.printed.unit
    finest = max((f.printed.decimals for f in beside if f and f.printed.unit is unit), default=0)
    slip = _slip(scale, figure, interval)
    return Mend(
        witness,
        key,
        figure.printed,
        figure.label,
        figure.place,
        interval,
        slip,
        len(beside) - 1,
        finest,
    )


def _percent_range(scale: Scale, answer: Answer, broken: frozenset[int]) -> Interval:
    """The percentage that the rest of the book allows, in ten-thousandths of a percent.

    A row says ``w * N - l * D``: with D known, that leaves N / D.
    """
    out = Interval(None, None)
    for row, interval in answer:
        (_, w), (d, minus_l) = scale.system.rows[row].terms
        base = bounds(scale.system, d, without=broken)
        if base.low is None or base.high is None or base.low <= 0 or None in interval:
            continue
        ends = [
            (Decimal(e) / Decimal(b) - minus_l) * 1_000_000 / Decimal(w)
            for e in interval
            for b in base
            if e is not None and b is not None
        ]
        out = out.cut(whole_interval(min(ends), max(ends)))
    return out


def whole_interval(low: Decimal, high: Decimal) -> Interval:
    """The whole numbers around an interval."""
    return Interval(
        int(low.to_integral_value(ROUND_FLOOR)), int(high.to_integral_value(ROUND_CEILING))
    )


def _printable(printed: Printed, interval: Interval) -> bool:
    """True if some number of this precision prints an amount in the interval."""
    low, high = interval
    if low is None or high is None or not printed.unit.is_money:
        return low is None or high is None or low <= high
    if low > high:
        return False
    step = printed.step_fen
    half = step // 2
    return (high + half) // step * step >= low - half


def _slip(scale: Scale, figure: Figure, interval: Interval) -> str:
    if not figure.is_money:
        return ""
    near: set[Decimal] = set()
    stale: set[Decimal] = set()
    quantity = figure.quantity
    for printing in scale.printings.values():
        other = printing.figure
        if other is None or not other.is_money or not other.value or other.quantity == quantity:
            continue
        beside = other.statement == figure.statement and (
            (
                figure.statement is not None
                and (
                    (
                        other.row == figure.row
                        and abs((other.column or 0) - (figure.column or 0)) <= 2
                    )
                    or (
                        other.column == figure.column
                        and abs((other.row or 0) - (figure.row or 0)) <= 1
                    )
                )
            )
            or (
                figure.statement is None
                and abs((other.paragraph or 0) - (figure.paragraph or 0)) <= 1
            )
        )
        if beside:
            near.add(other.value)
        if (
            quantity is not None
            and quantity.year is not None
            and other.quantity == quantity.with_(year=quantity.year - 1)
        ):
            stale.add(other.value)
    return kind_of_slip(figure.printed, interval, frozenset(near), frozenset(stale))


def _amounts(
    low: int | None, high: int | None, unit: Unit, decimals: int
) -> tuple[Decimal | None, Decimal | None]:
    """分 in a unit, with ``decimals`` places or as many as it takes."""
    places = Decimal(1).scaleb(-decimals)
    return (
        None if low is None else _shown(Decimal(low) / unit.fen, places),
        None if high is None else _shown(Decimal(high) / unit.fen, places),
    )


def _shown(value: Decimal, places: Decimal) -> Decimal:
    rounded = value.quantize(places)
    return rounded if rounded == value else value.normalize()
