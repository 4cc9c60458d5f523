"""Dates in a target 完成时间: "12月底前完成", "2023年6月30日前", "年底前", as numbers to compare.

A date is accepted only where its last day is certain: "12月前" is not (before December, or in it?).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from mingzhang.goals.numerals import chinese
from mingzhang.goals.wording import any_of, listed, meanings
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition

_SEASON_END = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}
_MONTH = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_WRITTEN = re.compile(r"((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})(?!\d)[日号]?")
_LEAP = 2024  # 2月底 of a year nobody knows is the 29th at the latest


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<lead>\D*?)(?P<op>{any_of('target_prefix')})?"
        rf"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<now>{any_of('target_words', 'this_year')}))?"
        rf"(?:(?P<month>{_MONTH})月(?:份)?(?:(?P<day>\d{{1,2}})[日号]|(?P<month_end>底|末))?"
        r"|第?(?P<season>[1-4一二三四])季度(?P<season_end>底|末)"
        r"|(?P<year_end>年?(?:底|末))|(?P<half>上半年)|(?P<within>年?内)|(?P<whole>))"
        rf"(?P<by>{any_of('target_words', 'by')})?(?P<tail>\D*)$"
    )


def date_condition(words: str) -> Condition | None:
    """A part of a target as a condition on a date; None if it is not one, or not certain."""
    words = _WRITTEN.sub(r"\1年\3月\4日", words)
    found = _pattern().match(words)
    if found is None:
        return None
    named = found["year"] or found["now"]
    if not named and (found["within"] == "内" or found["year_end"] in ("底", "末")):
        return None
    if found["whole"] is not None and (not named or found["by"]):
        return None  # 2023年前: before it begins, or before it ends?
    operator = meanings("target_prefix")[found["op"]] if found["op"] else ""
    done = found["tail"].startswith(listed("done")) and "率" not in found["tail"]
    if not (operator and not found["by"]) and not found["by"] and not done:
        return None
    day = _day(found)
    if day is None:
        return None
    if found["by"] or not operator:
        if operator not in ("", "≤"):
            return None
        operator = "≤"
    lead = re.sub(any_of("target_period"), "", found["lead"])
    lead = re.sub(rf"(?:{any_of('target_words', 'on')}|:)+$", "", lead)
    year = int(found["year"]) if found["year"] else None
    value = day[0] * 100 + day[1] + (year * 10_000 if year else 0)
    unit = DATE if year else DAY_OF_YEAR
    return Condition(operator, Decimal(value), unit, lead + found["tail"])


def _day(found: re.Match[str]) -> tuple[int, int] | None:
    """Month and day of the last day that is in time."""
    if found["season"]:
        number = chinese(found["season"]) or found["season"]
        return _SEASON_END[int(number)]
    if found["half"]:
        return None if found["by"] else (6, 30)
    if found["year_end"] or found["within"] or found["whole"] is not None:
        return (12, 31)
    month = int(chinese(found["month"]) or found["month"])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(int(found["year"] or _LEAP), month)[1]
    if found["month_end"] or (found["day"] is None and not found["by"]):
        return month, last  # 12月完成: in it, and so by its end
    if found["day"] is None:
        return None
    return (month, int(found["day"])) if 1 <= int(found["day"]) <= last else None


def date_value(day: date) -> Decimal:
    """A day as the number that conditions on dates hold: 2023-12-31 -> 20231231."""
    return Decimal(day.year * 10_000 + day.month * 100 + day.day)


def dated(condition: Condition, year: int) -> Condition:
    """A condition on a day of the year as one on a date of ``year``; any other as it is."""
    if condition.unit != DAY_OF_YEAR:
        return condition

    def moved(value: Decimal) -> Decimal:
        month, day = divmod(int(value), 100)
        return date_value(date(year, month, min(day, calendar.monthrange(year, month)[1])))

    upper = None if condition.upper is None else moved(condition.upper)
    return replace(condition, value=moved(condition.value), upper=upper, unit=DATE)


def date_text(value: Decimal, unit: str) -> str:
    """The number of a DATE or DAY_OF_YEAR condition as a date in words."""
    month, day = divmod(int(value) % 10_000, 100)
    year = f"{int(value) // 10_000}年" if unit == DATE else ""
    return f"{year}{month}月{day}日"
