"""Conditions 条件: one condition of a target and one actual value -> the share of the points, exactly.

A share is 1 where the condition is met and far from it goes to 0; it never falls when the actual
comes nearer (for ≥ and ≤: when it improves), as long as it is not beyond ``overshoot.above``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from mingzhang.catalog.normal import plain
from mingzhang.catalog.performance import target_words
from mingzhang.model.goal import Condition
from mingzhang.perform.scoring.scheme import Overshoot, Scheme

_ONE, _NONE = Fraction(1), Fraction(0)


def level_share(
    condition: Condition, actual: Fraction, scheme: Scheme, direction: str = ""
) -> tuple[Fraction, bool]:
    """(share, met) of a condition on a level, a range, or an amount of change.

    ≥: min(actual/target, 1); ≤: min(target/actual, 1); a range as its nearer end; "=" by the
    indicator's ``direction``, else both ways. A target of 0 or less is met or missed.
    """
    wanted = Fraction(condition.value)
    if condition.upper is not None:
        upper = Fraction(condition.upper)
        share = min(_at_least(wanted, actual), _at_most(upper, actual))
        return share, wanted <= actual <= upper
    operator = meant(condition, scheme, direction)
    if operator in ("≥", ">"):
        share, met = _at_least(wanted, actual), actual >= wanted
    elif operator in ("≤", "<"):
        share, met = _at_most(wanted, actual), actual <= wanted
    else:
        return min(_at_least(wanted, actual), _at_most(wanted, actual)), actual == wanted
    if operator in "><" and actual == wanted:
        met = False
    if operator in "><" and not met:
        share *= scheme.strict_missed
    return share, met


def meant(condition: Condition, scheme: Scheme, direction: str = "") -> str:
    """The operator that a condition is scored by: "32人" is "at least" where the scheme says so, and
    "=" of an indicator that is better up (down) is at least (at most)."""
    if condition.operator != "=":
        return condition.operator
    if condition.change:
        return "≥"  # a change is counted in the wanted way: more of it is better
    if direction:
        return "≥" if direction == "up" else "≤"
    printed = plain(condition.text)
    signed = any(word in printed for word in target_words("target_prefix")["="])
    number = condition.value > 0 and bool(printed) and not signed
    return "≥" if number and scheme.bare_number == "at_least" else "="


def _at_least(wanted: Fraction, actual: Fraction) -> Fraction:
    if actual >= wanted:
        return _ONE
    return max(actual, _NONE) / wanted if wanted > 0 else _NONE


def _at_most(wanted: Fraction, actual: Fraction) -> Fraction:
    if actual <= wanted:
        return _ONE
    return wanted / actual if wanted > 0 else _NONE


def date_share(condition: Condition, actual: date, scheme: Scheme) -> tuple[Fraction, bool]:
    """(share, met) of a condition on a date (unit DATE): each day out of time loses 1/``late_days``."""
    first = last = as_day(condition.value)
    if condition.upper is not None:
        last = as_day(condition.upper)
    days = 0
    if condition.operator in ("≤", "<", "=", "range"):
        days = max(days, (actual - last).days + (condition.operator == "<"))
    if condition.operator in ("≥", ">", "range"):
        days = max(days, (first - actual).days + (condition.operator == ">"))
    return max(_NONE, 1 - Fraction(max(days, 0), scheme.late_days)), days <= 0


def as_day(value: Decimal | Fraction) -> date:
    """20231215 as a day. Raises ValueError if there is no such day."""
    number = int(value)
    if number != value:
        raise ValueError(f"no date: {value}")
    return date(number // 10_000, number // 100 % 100, number % 100)


def lost_beyond(
    condition: Condition, actual: Fraction, scheme: Scheme, direction: str = ""
) -> Fraction:
    """The share lost because the actual value lies far beyond the target 超目标较多: 0 for most."""
    rule: Overshoot = scheme.overshoot
    wanted = Fraction(condition.value)
    if not rule.discount or condition.operator not in rule.operators or wanted <= 0:
        return _NONE
    operator = meant(condition, scheme, direction)
    if operator in ("≥", ">"):
        ratio = actual / wanted
    elif operator in ("≤", "<") and actual > 0:
        ratio = wanted / actual
    else:
        return _NONE
    if ratio <= rule.above:
        return _NONE
    return min(rule.most, ceil((ratio - rule.above) / rule.step) * rule.lost)
