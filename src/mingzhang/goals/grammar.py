"""Grammar 目标值的文法: one part of a target -> what it demands.

A part is read only if all of it is understood: [subject] [operator] number [unit] [suffix] [subject],
a date, or the absence of something (无事故). Anything else gives None: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mingzhang.catalog.performance import multipliers, period_of, target_words, unit_of, units
from mingzhang.goals.dates import date_condition
from mingzhang.goals.numerals import ARABIC, CHINESE, arabic, chinese
from mingzhang.goals.rewriting import one_way
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
        rf"(?P<per>(?:/(?:{each})(?:[/·](?:{each}))*)?)\)?(?P<suffix>{suffix})?(?P<tail>(?:(?:19|20)\d\d年度?|\D)*)$"
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
    plainer = one_way(words)
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


@cache
def _absences() -> re.Pattern[str]:
    kinds = "|".join(any_of("target_words", key) for key in ("none_kind", "none_noun"))
    what = rf"(?:{kinds}){{0,4}}(?:{any_of('target_words', 'none_noun')})"
    happens = any_of("target_words", "none_happens")
    return re.compile(
        rf"(?:{any_of('target_words', 'adverb')})*(?:{any_of('target_words', 'none_of')})"
        rf"(?P<what>{what})(?:{happens})?|(?P<that>{what})(?:零|0)(?:{happens})"
    )


def _absence(words: str) -> Condition | None:
    """None of something: 无重大安全事故发生, 事故零发生."""
    found = _absences().fullmatch(words) if len(words) <= _SUBJECT else None
    if found is None:
        return None
    return Condition("=", Decimal(0), "", found["what"] or found["that"])


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
    context = _Context.of(lead, found["period"] or "", found["per"].replace("·", "/"), unit)
    subject, change, printed = context.subject, context.change, found["op"]
    if not printed:
        held = _held_on(subject)
        if held is None:
            return None
        printed, subject = held
    operator = _operator(printed, suffix, shared, context, ranged=second is not None)
    if operator is None or _no_amount(found, first, unit, tail):
        return None
    bare_number = not unit and not printed and not suffix
    if bare_number and first and (subject or tail or _YEARLIKE.fullmatch(found["a"])):
        return None  # 等级3, 50羽, 2023.12: nobody says what the number is; of 0 it does not matter
    if not unit and tail:
        return None
    if unit == "年" and not printed and not suffix and 1900 <= first <= 2100:
        return None
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
    if not found["unit_times"] and unit.startswith(found["times"] or "-"):
        times = Decimal(1)  # 3000万 in a column of 万元
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
        operator if printed else "",
    )


def _held_on(subject: str) -> tuple[str, str] | None:
    """(operator, subject) of words before a number: 至少覆盖 is ≥ and 覆盖. None where an operator may
    belong to something else (不高于市场价的设备5台)."""
    found = list(re.finditer(any_of("target_words", "holds_on"), subject))
    if not found:
        return "", subject
    after = subject[found[0].end() :]
    if len(found) > 1 or "的" in after[:-1]:
        return None
    return found[0].group(), subject[: found[0].start()] + after


def _no_amount(found: re.Match[str], first: Decimal, unit: str, tail: str) -> bool:
    """True for a number that says no amount: 每月10日前, 3000万 (of what?), 不满0起 (nothing is less)."""
    if unit in listed("within") and tail.startswith(listed("by")):
        return True
    if found["times"] and not unit:
        return True
    word = found["op"] or ""
    return not first and word[:1].isalpha() and meanings("target_prefix")[word] == "<"


def _value(text: str | None, value_of: object) -> Decimal | None:
    if text is None:
        return None
    assert callable(value_of)
    value: Decimal | None = value_of(text)
    return value


def _unit(found: re.Match[str], default_unit: str) -> str:
    printed = found["unit"] or found["unit_times"] or ""
    return unit_of(printed or default_unit)


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
        printed = "".join("/" + period_of(p) for p in per.split("/") if p)
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


def _subject(words: str) -> str:
    """Without the adverbs, colons and 为 before an operator: they name nothing."""
    rest = re.sub(r"(?<=[率数量值额间度])为$", "", words)
    return re.sub(
        rf"(?:(?<![平人户年月日周])(?:{any_of('target_words', 'adverb')})|[:(])+$", "", rest
    )


def _without(words: str, *tables: str) -> str:
    for name in tables:
        table, _, key = name.partition(":")
        words = re.sub(any_of(table, key), "", words)
    return words


def _clean(subject: str) -> bool:
    """True if words beside a number hold no second number, operator or doubt."""
    rest = re.sub(_limit(), "", _YEAR.sub("", subject))
    if len(rest) > _SUBJECT or re.search(r"\d|[≥≤<>=±×%↑↓]", rest):
        return False
    ends = listed("approximate") if rest.endswith(listed("ahead")) else (*listed("approximate"), *listed("ordinal"))  # fmt: skip
    if rest.startswith(listed("approximate")) or rest.endswith(ends):
        return False
    return not rest.startswith(("/", "*", "-", "~", "(", "·"))
