"""Standards 达标情况: one condition of a target against one actual value, on one day.

What accumulates (cases handled, events held) is held against the share of the year that is gone;
what does not (rates, head counts, times, dates) against the target itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.performance import alike, unit_of
from mingzhang.goals.dates import date_text
from mingzhang.goals.targets import change_from, format_condition, meets, meets_change
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, GoalLine, Target
from mingzhang.perform.execution.risk import Reason, percent, points

_TIMES = ("秒", "分钟", "小时", "天", "个工作日", "个自然日", "周", "个月")


class Lack(Exception):
    """Nothing can be said; why."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


@dataclass(frozen=True, slots=True)
class Reached:
    """An actual value, from evidence or noted by hand: does it grow, by which measure was it found."""

    value: Decimal
    unit: str
    document: str = ""
    grows: bool | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """One condition and how it stands. ``share`` of it that is reached (None where that says nothing);
    ``expected`` at the year's end, in ``unit``."""

    condition: Condition
    actual: Decimal
    unit: str
    accumulates: bool
    level: str
    share: Fraction | None = None
    expected: Decimal | None = None
    reason: Reason | None = None

    @property
    def text(self) -> str:
        """The actual value as printed."""
        return value_text(self.actual, self.unit)

    @property
    def expected_text(self) -> str:
        """The value expected at the year's end, as printed."""
        return "" if self.expected is None else value_text(self.expected, self.unit)


def value_text(value: Decimal, unit: str) -> str:
    """A value with its unit, at most two decimals; a date as a date."""
    if unit in (DATE, DAY_OF_YEAR):
        return date_text(value, unit)
    short = value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
    text = f"{short:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{unit}"


def grows(found: Reached, unit: str) -> bool:
    """True if the value accumulates over the year."""
    if found.grows is not None:
        return found.grows
    if found.measure in catalog.accumulating("always"):
        return True
    if found.measure and found.measure not in catalog.accumulating("measures"):
        return False
    return unit in catalog.accumulating("units") or (bool(found.measure) and not unit)


def baseline(line: GoalLine, target: Target) -> Decimal:
    """What a change is measured against. Raises Lack."""
    if target.against == "last" and line.last_actual is not None:
        return line.last_actual
    found = line.baseline if line.baseline is not None else line.last_actual
    if found is None:
        raise Lack("no-baseline")
    return found


def yearly(value: Decimal, pace: Fraction) -> Decimal:
    """What a growing value comes to by the year's end at the same rate."""
    whole = Fraction(value) / pace
    rounded = Decimal(round(whole * 100)) / 100
    return rounded.quantize(Decimal(1)) if value == value.to_integral_value() else rounded


def trend_standard(line: GoalLine, target: Target, found: Reached, pace: Fraction) -> Standard:
    """提高 or 降低 and nothing else: the right side of the baseline. Raises Lack without one."""
    base = baseline(line, target)
    growing = grows(found, found.unit)
    whole = yearly(found.value, pace) if growing else found.value
    right = whole > base if target.change == "+" else whole < base
    condition = Condition(">", Decimal(0), change=target.change)
    level = "normal" if right else ("warning" if pace == 1 else "attention")
    reason = Reason(
        level,
        "wrong-way",
        {
            "actual": value_text(found.value, found.unit),
            "baseline": value_text(base, found.unit),
            "target": target.text,
        },
    )
    return Standard(
        condition,
        found.value,
        found.unit,
        growing,
        level,
        expected=whole if growing else None,
        reason=None if right else reason,
    )


def standard(
    line: GoalLine, target: Target, condition: Condition, found: Reached, pace: Fraction
) -> Standard:
    """A condition against an actual value. Raises Lack where the two cannot be compared."""
    unit = condition.unit
    if condition.change:
        return _changed(line, target, condition, found, pace)
    if unit in _TIMES and found.unit == "%":  # 1小时内: the share of cases within the limit
        wanted = _wanted(condition)
        condition = Condition("≥", Decimal(100), "%", condition.subject, text=wanted)
        return _level(condition, found)
    if unit == DAY_OF_YEAR and found.unit == DATE:
        found = replace(found, value=found.value % 10_000, unit=unit)
    mine, theirs = unit_of(found.unit), unit_of(unit)
    if mine and theirs and not alike(mine, theirs):
        raise Lack("unit", unit=found.unit, target=line.target)
    if grows(found, theirs or mine):
        return _growing(condition, found, pace)
    return _level(condition, found)


def _level(condition: Condition, found: Reached) -> Standard:
    """What does not grow: it meets the target today or it does not."""
    unit = found.unit or condition.unit
    share = min(_ratio(condition, found.value), Fraction(1))
    if meets(condition, found.value):
        return Standard(condition, found.value, unit, False, "normal", Fraction(1), found.value)
    told = {"actual": value_text(found.value, unit), "target": _wanted(condition)}
    most = condition.value if condition.operator == "=" else condition.upper
    over = most is not None and found.value > most
    reason = "exceeded" if over or condition.operator in "≤<" else "short"
    if condition.unit in (DATE, DAY_OF_YEAR):  # late is late: dates have no shares
        why = Reason("warning", reason, told)
        return Standard(condition, found.value, unit, False, "warning", None, found.value, why)
    # more than an exact number is no failure, but it is not the goal either
    near = over or share >= _points("level_warning")
    level = "attention" if near else "warning"
    why = Reason(level, reason, told)
    return Standard(condition, found.value, unit, False, level, share, found.value, why)


def _growing(condition: Condition, found: Reached, pace: Fraction) -> Standard:
    """What grows: held against the share of the year that is gone."""
    unit = found.unit or condition.unit
    value, expected = found.value, yearly(found.value, pace)
    told = {"actual": value_text(value, unit), "target": _wanted(condition)}
    top = {"≤": condition.value, "<": condition.value, "range": condition.upper}.get(
        condition.operator
    )
    level, key = "normal", ""
    if top is not None and (value > top or (condition.operator == "<" and value == top)):
        level, key = "warning", "exceeded"
    elif condition.operator in "≤<":
        used = Fraction(value) / Fraction(top) if top else Fraction(0)
        if used - pace >= _points("behind_attention"):
            level, key = "attention", "fast"
    done = _ratio(condition, value) if condition.operator not in "≤<" else Fraction(1)
    if not key and done >= 1 and pace == 1 and not meets(condition, value):
        level, key = "attention", "exceeded" if value > condition.value else "short"
    elif not key and done < 1:
        behind = pace - done
        told = {"share": percent(done), "pace": percent(pace), "points": points(behind)}
        if behind >= _points("behind_warning"):
            level, key = "warning", "slow"
        elif behind >= _points("behind_attention") or pace == 1:  # the year is over: any gap tells
            level, key = "attention", "slow"
    reason = Reason(level, key, told) if key else None
    share = min(done, Fraction(1))
    return Standard(condition, value, unit, True, level, share, expected, reason)


def _changed(
    line: GoalLine, target: Target, condition: Condition, found: Reached, pace: Fraction
) -> Standard:
    """A change against the baseline; what grows is first taken to the year's end."""
    base = baseline(line, target)
    growing = grows(found, found.unit)
    whole = yearly(found.value, pace) if growing else found.value
    told = {
        "actual": value_text(found.value, found.unit),
        "baseline": value_text(base, found.unit),
        "target": target.text,
    }
    try:
        right = meets_change(condition, base, whole)
        moved = change_from(condition, base, whole)
    except ValueError:
        raise Lack("no-baseline") from None
    wanted = Fraction(condition.value)
    share = min(max(moved / wanted, Fraction(0)), Fraction(1)) if wanted > 0 else None
    if right:
        return Standard(condition, found.value, found.unit, growing, "normal", Fraction(1), whole)
    level = "warning" if pace == 1 or moved <= 0 else "attention"
    reason = Reason(level, "wrong-way", told)
    return Standard(condition, found.value, found.unit, growing, level, share, whole, reason)


def _ratio(condition: Condition, value: Decimal) -> Fraction:
    """How much of a condition is reached, 1 being all of it (more is possible where more is better)."""
    have, want = Fraction(value), Fraction(condition.value)
    if condition.operator == "range" and condition.upper is not None and have > condition.upper:
        return Fraction(condition.upper) / have
    if condition.operator in "≤<":
        return max(want, Fraction(0)) / have if have > want else Fraction(1)
    if want <= 0:
        return Fraction(1) if have >= want else Fraction(0)
    return max(have, Fraction(0)) / want


def _wanted(condition: Condition) -> str:
    return condition.text or format_condition(condition)


def _points(key: str) -> Fraction:
    return Fraction(catalog.number("indicator", key)) / 100
