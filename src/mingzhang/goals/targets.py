"""Targets 目标值: the text of a target as typed conditions, and conditions against actual values.

Every word it knows is data (catalog/performance.toml). What it does not understand stays
"described": it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from mingzhang.catalog.performance import scales, target_words
from mingzhang.goals.dates import date_text
from mingzhang.goals.grammar import Demand, demand
from mingzhang.goals.wording import (
    Said,
    alternatives,
    any_of,
    any_unit,
    listed,
    meanings,
    parts,
    said,
)
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, Target

_JOINS = re.compile(r"(?:以及|及|和|与|并且|且|并)(?=\D*\d|\D*[一二两三四五六七八九十])")

_LONGEST_PART = 120  # characters without a comma: no target is said like that
_LONGEST_COMPOUND = 16  # characters
_MOST_JOINS = 6  # 甲和乙和丙 …: all ways to part them are tried


def parse_target(text: str, unit: str = "") -> Target:
    """A target 目标值 as printed, understood.

    ``unit`` is the 计量单位 of a column of its own, for numbers printed without one.
    """
    whole = said(text)
    words = whole.words.strip(";。")
    if not words or re.fullmatch(rf"(?:{any_of('target_words', 'blank')})+", words):
        return Target(text, "none")
    trend = _trend(words)
    if trend is not None:
        return Target(text, "trend", change=trend[0], against=trend[1])
    kept = _against_last(words)
    if kept is not None:
        return Target(
            text, "trend", (replace(kept, text=text.strip()),), kept.change, against="last"
        )
    pieces = list(_pieces(whole, unit))
    demands = [p.demand for p in pieces if p.demand is not None]
    if not demands:
        scale = _scale([p.words for p in pieces])
        kind = "qualitative" if scale else "described"
        return Target(text, kind, scale=scale)
    rest = "；".join(p.printed for p in pieces if p.demand is None)
    conditions = tuple(d.condition for d in demands)
    against = next((d.against for d in demands if d.against), "")
    changes = {c.change for c in conditions}
    if "" in changes:
        return Target(text, "quantitative", conditions, against=against, rest=rest)
    return Target(text, "trend", conditions, min(changes), against=against, rest=rest)


def measurable(target: Target) -> bool:
    """True if someone could say that the target was missed 能否判定未完成.

    Numbers and dates can be; so can words that describe a test (及时, 合格), and a change, once its
    baseline is known; words like 有效维护 and sentences cannot.
    """
    if target.kind == "qualitative":
        return scales()[target.scale].testable
    return target.kind in ("quantitative", "trend")


def numbered(text: str) -> bool:
    """True if there is a number in a target, understood or not."""
    return bool(re.search(rf"\d|[二两三四五六七八九十百千]+(?:{any_unit()}|成)", said(text).words))


def meets(condition: Condition, actual: Decimal) -> bool:
    """True if an actual value (in the condition's unit) meets it, exactly.

    For a condition on a change, ``actual`` is the change itself (see ``change_from``).
    """
    if condition.operator == "range":
        assert condition.upper is not None
        return condition.value <= actual <= condition.upper
    return {
        "≥": actual >= condition.value,
        "≤": actual <= condition.value,
        "=": actual == condition.value,
        ">": actual > condition.value,
        "<": actual < condition.value,
    }[condition.operator]


def change_from(condition: Condition, baseline: Decimal, actual: Decimal) -> Fraction:
    """The change that a condition speaks of, from baseline 基期值 to actual value, exactly.

    In "%" it is a share of the baseline, else a difference in the unit; a fall counts as a positive
    number where the target wants one. Raises ValueError for a condition on a level, and for a share
    of a baseline of 0.
    """
    if not condition.change:
        raise ValueError("the condition is on a level, not on a change")
    moved = Fraction(actual) - Fraction(baseline)
    if condition.change == "-":
        moved = -moved
    if condition.unit != "%":
        return moved
    if not baseline:
        raise ValueError("no share of a baseline of 0")
    return moved * 100 / abs(Fraction(baseline))


def meets_change(condition: Condition, baseline: Decimal, actual: Decimal) -> bool:
    """True if the change from the baseline meets a condition on a change. Raises ValueError."""
    moved = change_from(condition, baseline, actual)
    low, high = Fraction(condition.value), condition.upper
    if high is not None:
        return low <= moved <= Fraction(high)
    return {
        "≥": moved >= low,
        "≤": moved <= low,
        "=": moved == low,
        ">": moved > low,
        "<": moved < low,
    }[condition.operator]


def format_condition(condition: Condition) -> str:
    """A condition in the wording that ``parse_target`` reads as the same condition."""
    head = condition.subject
    if condition.change:
        head += target_words("target_trend")[condition.change][0]
    if condition.unit in (DATE, DAY_OF_YEAR):
        value, unit = date_text(condition.value, condition.unit), ""
    else:
        value, unit = f"{condition.value:f}", condition.unit
    if condition.upper is not None:
        return f"{head}{value}~{condition.upper:f}{unit}"
    return f"{head}{condition.operator}{value}{unit}"


def format_target(target: Target) -> str:
    """The target in one clear wording: its conditions, or its text."""
    return "；".join(format_condition(c) for c in target.conditions) or target.text.strip()


# ------------------------------------------------------------------ parts of a target
@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    printed: str
    demand: Demand | None


def _pieces(whole: Said, unit: str) -> Iterator[_Piece]:
    """The parts of a target, each with what it demands. An operator holds on over 和 and 、."""
    shared = ""
    for start, end, mark in parts(whole):
        found = list(_joined(whole, start, end, unit, shared))
        shared = ""
        if mark == "、" and found[-1].demand is not None:
            shared = found[-1].demand.shared
        yield from found


def _joined(whole: Said, start: int, end: int, unit: str, shared: str) -> Iterator[_Piece]:
    """One part, or the two of 甲和乙 where each has a number of its own."""
    words = whole.words[start:end]
    if len(words) > _LONGEST_PART:
        yield _piece(whole, start, end, None)
        return
    joins = list(_JOINS.finditer(words))
    for join in joins if len(joins) <= _MOST_JOINS else ():
        left = demand(words[: join.start()], unit, shared)
        if left is None:
            continue
        right = list(_joined(whole, start + join.end(), end, unit, left.shared or shared))
        if all(p.demand is not None for p in right):
            yield _piece(whole, start, start + join.start(), left)
            yield from right
            return
    yield _piece(whole, start, end, demand(words, unit, shared))


def _piece(whole: Said, start: int, end: int, found: Demand | None) -> _Piece:
    printed = whole.printed(start, end)
    if found is not None:
        found = replace(found, condition=replace(found.condition, text=printed))
    return _Piece(whole.words[start:end], printed, found)


# ------------------------------------------------------------------ words alone
@cache
def _trend_pattern(sign: str) -> re.Pattern[str]:
    adverb = any_of("target_words", "adverb")
    return re.compile(
        rf"(?P<last>{any_of('target_words', 'last_year')})?(?:{adverb})*"
        rf"(?P<last2>{any_of('target_words', 'last_year')})?(?:{adverb})*"
        rf"(?:{alternatives(target_words('target_trend')[sign])})(?:{adverb})*"
    )


def _trend(words: str) -> tuple[str, str] | None:
    """(sign, against) of a target that is a trend and nothing else: 持续提高, 较上年降低."""
    for sign in target_words("target_trend"):
        found = _trend_pattern(sign).fullmatch(words)
        if found is not None:
            return sign, "last" if found["last"] or found["last2"] else ""
    return None


def _against_last(words: str) -> Condition | None:
    """不低于上年, 与上年持平: a change of at least, or exactly, nothing."""
    if words in listed("level_with"):
        return Condition("=", Decimal(0), change="+")
    found = re.fullmatch(
        rf"({any_of('target_prefix')})(?:{any_of('target_words', 'last_level')})", words
    )
    if found is None:
        return None
    operator = meanings("target_prefix")[found[1]]
    if operator == "=":
        return Condition("=", Decimal(0), change="+")
    return Condition(
        "≥" if operator in "≥≤" else ">", Decimal(0), change="+" if operator in "≥>" else "-"
    )


@cache
def _scale_patterns() -> dict[str, re.Pattern[str]]:
    adverb = alternatives(listed("adverb"))
    return {
        scale.id: re.compile(rf"(?:{adverb})*(?:{alternatives(scale.words)})")
        for scale in scales().values()
    }


def _scale(pieces: list[str]) -> str:
    """The scale of a target whose every part is a qualitative word; of several, the one that says
    least. "" if any part is something else."""
    found = [_scale_of(words) for words in pieces]
    if not found or "" in found:
        return ""
    return min(found, key=lambda s: scales()[s].testable)


def _scale_of(words: str) -> str:
    exact = next((s.id for s in scales().values() if words in s.words), "")
    if exact:
        return exact
    plain = next((key for key, p in _scale_patterns().items() if p.fullmatch(words)), "")
    if plain or len(words) > _LONGEST_COMPOUND:
        return plain
    found = _compound(words)
    return min(found, key=lambda s: scales()[s].testable) if found else ""


@cache
def _tokens() -> dict[str, str]:
    """Words that stand side by side in one target (及时足额发放, 真实准确完整), the longest first: what
    they say (a scale), or "" where they only go along."""
    known = {w: s.id for s in scales().values() for w in s.words if len(w) > 1}
    along = (*listed("adverb"), *listed("done"), *target_words("target_suffix")["≥"])
    words = known | dict.fromkeys(along, "")
    return {w: words[w] for w in sorted(words, key=lambda w: (-len(w), w))}


@lru_cache(maxsize=4096)
def _compound(words: str) -> tuple[str, ...] | None:
    """The scales of all words that a text consists of; None if any of it is something else."""
    if not words:
        return ()
    for token, scale in _tokens().items():
        rest = _compound(words.removeprefix(token)) if words.startswith(token) else None
        if rest is not None:
            return (scale, *rest) if scale else rest
    return None
