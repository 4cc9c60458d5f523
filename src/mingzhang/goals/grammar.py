"""Grammar 目标值的文法: one part of a target -> what it demands.

A part is read only if all of it is understood: [subject] [operator] number [unit] [suffix] [subject],
a date, or the absence of something (无事故). Anything else gives None: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mingzhang.catalog.performance import multipliers, target_words, unit_of, units
from mingzhang.goals.dates import date_condition
from mingzhang.goals.numerals import ARABIC, CHINESE, arabic, chinese, percents
from mingzhang.goals.wording import (
    alternatives,
    any_multiplier,
    any_of,
    any_unit,
    listed,
    meanings,
)
from mingzhang.model.goal import Condition

_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_YEARLIKE = re.compile(r"(?:19|20)\d\d(?:\.\d{1,2})?")
_PERCENTS = re.compile(rf"百分之(?:{CHINESE}(?:点{CHINESE})?|\d+(?:\.\d+)?)")
_SHARES = ("%", "个百分点", "‰")
_SUBJECT = 30  # characters: a longer one is a sentence


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition, the year its change is measured against ("last"), and the operator that the parts
    joined to it by 和 or 、 share."""

    condition: Condition
    against: str = ""
    shared: str = ""


@cache
def _limit() -> str:
    """24小时内, before what is counted (24小时内响应率)."""
    spans = alternatives(w for w, unit in units().items() if unit in listed("within"))
    return rf"\d+(?:{spans})(?:以内|之内|内)"


@cache
def _pattern(number: str) -> re.Pattern[str]:
    unit, suffix = any_unit(), any_of("target_suffix")
    each = alternatives({*target_words("target_period"), *units(), "季"})
    return re.compile(
        rf"^(?P<lead>(?:(?:19|20)\d\d年度?|{_limit()}|\D)*?)"
        rf"(?P<op>{any_of('target_prefix')})?(?P<period>{any_of('target_period')})?\(?"
        rf"(?P<a>{number})"
        rf"(?:(?:{unit})?(?:{any_of('target_words', 'range')})(?P<b>{number}))?"
        rf"\(?(?:(?P<unit>{unit})|(?P<times>{any_multiplier()})(?P<unit_times>{unit})?)?"
        rf"(?P<per>(?:/(?:{each}))*)\)?(?P<suffix>{suffix})?(?P<tail>(?:(?:19|20)\d\d年度?|\D)*)$"
    )


def demand(words: str, default_unit: str = "", shared: str = "") -> Demand | None:
    """What one part of a target demands, or None.

    ``default_unit`` is that of the form's own column; ``shared`` the operator of the part before,
    where this one is joined to it and has none (不少于1名甲和5名乙).
    """
    absent = _absence(words)
    if absent is not None:
        return Demand(absent)
    on = date_condition(words)
    if on is not None:
        return Demand(on)
    plainer = _PERCENTS.sub(lambda m: percents(m.group()) or m.group(), words)
    plainer = re.sub(r"\(含[^()]*\)|\((?:19|20)\d\d年度?\)$", "", plainer)
    plainer = re.sub(
        rf"^(?:{any_of('target_words', 'and')})(?={any_of('target_prefix')})", "", plainer
    )
    found = _pattern(ARABIC).match(plainer)
    if found is not None:
        return _demand(found, arabic, default_unit, shared)
    found = _pattern(CHINESE).match(plainer)
    if found is None or not _numeral_is_certain(found, shared):
        return None
    return _demand(found, chinese, default_unit, shared)


def _numeral_is_certain(found: re.Match[str], shared: str) -> bool:
    """一, 两 begin many words: a Chinese numeral counts only beside an operator, or alone."""
    if not found["unit"] or chinese(found["a"]) is None:
        return False
    before = _without(found["lead"], "target_period", "target_words:whole_year")
    if found["op"] or shared:
        return True
    return not before and not found["tail"]


def _absence(words: str) -> Condition | None:
    found = re.match(
        rf"^(?:{any_of('target_words', 'adverb')})*(?:{any_of('target_words', 'none_of')})"
        rf"(?P<what>{any_of('target_words', 'none_noun')})$",
        words,
    )
    return None if found is None else Condition("=", Decimal(0), "", found["what"])


def _demand(
    found: re.Match[str], value_of: object, default_unit: str, shared: str
) -> Demand | None:
    first, second = _value(found["a"], value_of), _value(found["b"], value_of)
    if first is None or (found["b"] and second is None):
        return None
    lead, tail, suffix = found["lead"], found["tail"], found["suffix"] or ""
    unit = _unit(found, default_unit)
    if suffix == "内" and (unit not in listed("within") or tail.startswith("部")):
        tail, suffix = suffix + tail, ""
    context = _Context.of(lead, found["period"] or "", found["per"], unit)
    operator = _operator(found["op"], suffix, shared, context, ranged=second is not None)
    if unit is None or operator is None:
        return None
    bare_number = not unit and not found["op"] and not suffix
    if bare_number and (context.subject or tail or _YEARLIKE.fullmatch(found["a"])):
        return None  # 等级3, 50羽, 2023.12: nobody says what the number is
    if not unit and tail:
        return None
    if unit == "年" and not found["op"] and not suffix and 1900 <= first <= 2100:
        return None
    subject, change = context.subject, context.change
    if second is not None:
        subject = re.sub(rf"(?:{any_of('target_words', 'range_lead')})$", "", subject)
    for sign, words in target_words("target_trend").items():
        if tail.removeprefix("的") in words:
            change, tail = sign, ""
            operator = "≥" if operator == "=" else operator
    if not _clean(subject) or not _clean(tail):
        return None
    if second is not None and second < first:
        return None
    times = multipliers().get(found["times"] or "", Decimal(1))
    return Demand(
        Condition(
            operator,
            first * times,
            unit + context.per,
            subject + tail,
            None if second is None else second * times,
            change,
        ),
        context.against,
        operator if found["op"] else "",
    )


def _value(text: str | None, value_of: object) -> Decimal | None:
    if text is None:
        return None
    assert callable(value_of)
    value: Decimal | None = value_of(text)
    return value


def _unit(found: re.Match[str], default_unit: str) -> str:
    printed = found["unit"] or found["unit_times"] or ""
    return unit_of(printed) if printed else unit_of(default_unit)


def _operator(
    printed: str | None, suffix: str, shared: str, context: _Context, *, ranged: bool
) -> str | None:
    """The operator that prefix, suffix and context agree on; None if they do not."""
    prefix = meanings("target_prefix").get(printed or "", "")
    ending = meanings("target_suffix").get(suffix, "")
    if ranged:
        level = not ending and prefix in ("", "=")
        return "range" if level or printed in listed("range_lead") else None
    if prefix in ("", "="):
        prefix = ending or prefix
    elif ending and ending != prefix:
        return None
    return prefix or shared or context.operator or "="


@dataclass(frozen=True, slots=True)
class _Context:
    """What the words before the operator say: subject, period (/月), change, year, operator."""

    subject: str
    per: str = ""
    change: str = ""
    against: str = ""
    operator: str = ""

    @classmethod
    def of(cls, lead: str, period: str, per: str, unit: str) -> _Context:
        each = meanings("target_period")
        pers = [each[period]] if period else []
        rest = _without(lead, "target_words:whole_year")
        if not unit.startswith(_SHARES):  # 人均收入增长5%: the share is of all, not of each
            pers += [each[m.group()] for m in re.finditer(any_of("target_period"), rest)]
            rest = _without(rest, "target_period")
        against = "last" if re.search(any_of("target_words", "last_year"), rest) else ""
        rest = _without(rest, "target_words:last_year").strip(":(")
        printed = "".join("/" + _period(p) for p in per.split("/") if p)
        said = printed or "".join(f"/{p}" for p in reversed(pers))
        for sign, words in target_words("target_trend").items():
            trend = re.search(
                rf"^(.*?)({alternatives(words)})({any_of('target_words', 'reached')})?$", rest
            )
            if trend is None:
                continue
            subject, reached = _subject(trend[1]), bool(trend[3])
            if reached:
                return cls(subject, said, "", against, "≥" if sign == "+" else "≤")
            return cls(subject, said, sign, against, "≥")
        return cls(_subject(rest), said, "", against)


def _period(printed: str) -> str:
    return {"季": "季度"}.get(printed, units().get(printed, printed))


def _subject(words: str) -> str:
    """Without the adverbs, colons and 为 before an operator: they name nothing."""
    rest = re.sub(r"(?<=[率数量值额间度])为$", "", words)
    return re.sub(rf"(?:{any_of('target_words', 'adverb')}|[:(])+$", "", rest)


def _without(words: str, *tables: str) -> str:
    for name in tables:
        table, _, key = name.partition(":")
        words = re.sub(any_of(table, key), "", words)
    return words


def _clean(subject: str) -> bool:
    """True if words beside a number hold no second number, operator or doubt."""
    rest = re.sub(_limit(), "", _YEAR.sub("", subject))
    if len(rest) > _SUBJECT or re.search(r"\d|[≥≤<>=±×%]", rest):
        return False
    if rest.startswith(listed("approximate")) or rest.endswith(
        (*listed("approximate"), *listed("ordinal"))
    ):
        return False
    return not rest.startswith(("/", "*", "-", "~", "("))
