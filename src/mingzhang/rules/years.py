"""Years 年度 in titles, headings and sentences, and whether another year there is a comparison."""

from __future__ import annotations

import re

from mingzhang.catalog.normal import plain
from mingzhang.rules.wording import words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_THIS_BUDGET = re.compile(
    r"(?<!\d)((?:19|20)\d{2})年(?:度)?(?:本)?(?:部门|单位)?(?:汇总)?(?:收支|收入|支出)?(?:预算|决算)"
)
_SPAN = re.compile(r"(?:19|20)\d{2}年?[-—–－至到~～](?:19|20)\d{2}")


def years_in(text: str) -> tuple[int, ...]:
    """Years followed by 年, in order; those of a span (2021—2025年) are left out."""
    said = plain(text)
    return tuple(int(y) for y in _YEAR.findall(_SPAN.sub("", said)))


def may_compare(text: str, year: int, stage: str) -> bool:
    """True if the words leave room for a year other than the book's: a comparison with it, what
    was carried over from it, the execution or evaluation of an earlier year, a span of years."""
    said = plain(text)
    if _SPAN.search(said) or year in years_in(said):
        return True
    if any(w in said for w in words("comparison")):
        return True
    return stage == "budget" and any(w in said for w in words("earlier_results"))


def this_budget(words: str) -> re.Match[str] | None:
    """Where normalised words speak of a budget or final account itself with its year (group 1)."""
    return _THIS_BUDGET.search(words)
