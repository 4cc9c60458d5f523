"""Rewriting: what officers print in many ways, in the one way that the grammar of targets reads."""

from __future__ import annotations

import re
from functools import cache

from mingzhang.catalog.performance import target_words
from mingzhang.goals.numerals import ARABIC, CHINESE, percents, tenths
from mingzhang.goals.wording import alternatives, any_of, any_unit

_PERCENTS = re.compile(rf"百分之(?:{CHINESE}(?:点{CHINESE})?|\d+(?:\.\d+)?)")


@cache
def _rewritings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern, replacement): other ways to print what the grammar reads."""
    unit, prefix = any_unit(), target_words("target_prefix")
    most = alternatives(w for w in prefix["≤"] if not w[0].isalpha())
    trend = alternatives(w for found in target_words("target_trend").values() for w in found)
    return (
        (re.compile(r"\(含[^()]*\)|\((?:19|20)\d\d年度?\)$"), ""),
        (re.compile(rf"^(?:{any_of('target_words', 'and')})(?={any_of('target_prefix')})"), ""),
        (  # 由85%提升到90%: where it starts from is a baseline, and no target
            re.compile(
                rf"(?:{any_of('target_words', 'from')})(?:{any_of('target_words', 'last_level')})?的?"
                rf"{ARABIC}(?:{unit})?(?=(?:{trend})(?:{any_of('target_words', 'reached')}))"
            ),
            "",
        ),
        (  # 80%≤满意度≤100%
            re.compile(
                rf"^({ARABIC})(?:{unit})?(?:{most})([a-zA-Z]?)([^\d≥≤<>=]*)(?:{most})({ARABIC}.*)$"
            ),
            r"\3\1~\4",
        ),
    )


def one_way(words: str) -> str:
    """百分之九十 and 九成 as 90%, 80%≤甲≤100% as 甲80%~100%, and so on: what the grammar reads."""
    out = _PERCENTS.sub(lambda m: percents(m.group()) or m.group(), words)
    ends = any_of("target_suffix")
    out = re.sub(rf"[一二两三四五六七八九十\d]成[一二三四五六七八九半]?(?=$|{ends})", _tenths, out)
    for pattern, instead in _rewritings():
        out = pattern.sub(instead, out)
    return out


def _tenths(found: re.Match[str]) -> str:
    return tenths(found.group()) or found.group()
