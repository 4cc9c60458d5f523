"""Compared 比较栏: headers that tell of another year or hold two years against each other.

上年预算数, 2023年执行数, 比上年决算数增减额, 2024年预算数比2023年执行数: which year and stage a column is
about, and what a change in it is measured against. Whole labels only; the words are those that
sentences use (narrative.toml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.normal import bare, plain
from mingzhang.catalog.source import table
from mingzhang.catalog.statements import header_words

_STAGES = ("adjusted", "final", "budget")


@dataclass(frozen=True, slots=True)
class Told:
    """What such a label says. ``versus``: "" for a level, else "YYYY:stage" or "prior:stage" for a
    change (a stage not told is left out); ``percent``: the change is a percentage; ``open``: the
    label names the two sides and leaves to a label below it what is shown of them."""

    year: int | None
    stage: str
    versus: str = ""
    percent: bool = False
    open: bool = False


@cache
def told(label: str, year: int | None) -> Told | None:
    """What ``label`` says in a book of ``year``; None if it is no such label."""
    words = plain(label)
    found = _last().fullmatch(words)
    if found:
        return None if year is None else Told(year - 1, _stage(found, "stage"))
    found = _against().fullmatch(words)
    if not found:
        return None
    own, base = found["year"], found["base"]
    then = base if base and base.isdigit() else "prior"
    tail = bare(found["tail"] or "")
    return Told(
        int(own) if own else None,
        _stage(found, "own_"),
        f"{then}:{_stage(found, 'base_')}",
        tail in header_words()["percent"],
        not tail,
    )


def _stage(found: re.Match[str], prefix: str) -> str:
    groups = found.groupdict()
    return next((s for s in _STAGES if groups.get(f"{prefix}{s}")), "")


def _stages(prefix: str) -> str:
    raw = table("narrative.toml")["baseline"]
    ways = "|".join(f"(?P<{prefix}{s}>{_either(raw[s])})" for s in _STAGES)
    return rf"(?:{ways}|{_either(raw['plain'])})?"


def _either(words: list[str]) -> str:
    return "|".join(re.escape(plain(w)) for w in sorted(words, key=len, reverse=True))


@cache
def _last() -> re.Pattern[str]:
    raw = table("narrative.toml")["baseline"]
    return re.compile(rf"(?:{_either(raw['last'])})的?{_stages('stage')}数?")


@cache
def _against() -> re.Pattern[str]:
    raw = table("narrative.toml")["baseline"]
    words = header_words()
    tails = _either(sorted({*words["change"], *words["percent"]}))
    return re.compile(
        rf"(?:(?P<year>(?:19|20)\d\d)年(?:度)?|{_either(raw['same'])})?的?{_stages('own_')}"
        rf"(?:{_either(raw['open'])}|{_either(raw['joining'])})"
        rf"(?:(?P<base>(?:19|20)\d\d)年(?:度)?|{_either(raw['last'])})的?{_stages('base_')}"
        rf"(?:{_either(raw['tail'])})?(?P<tail>{tails})?"
    )
