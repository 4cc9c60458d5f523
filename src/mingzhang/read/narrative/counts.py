"""Counts: people, vehicles, pieces of equipment and projects."""

from __future__ import annotations

import re
from functools import cache

from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.lists import split_opener
from mingzhang.read.narrative.naming import core_of
from mingzhang.read.narrative.numbers import Number
from mingzhang.read.narrative.phrase import read_phrase
from mingzhang.read.narrative.scope import Scope
from mingzhang.read.narrative.words import either, table

_THINGS = frozenset({"名", "人", "辆", "台", "套", "台(套)", "台/套", "台套"})
_VERBS = re.compile(r"^(?:共有|共|现有|实有|拥有|采购|聘用|计划|新聘)+")
_YEAR = re.compile(r"((?:19|20)\d\d)年")


@cache
def _goals() -> re.Pattern[str]:
    return re.compile(either(table()["goals"]))


def goal_words(sentence: str) -> str:
    """Which performance step a sentence speaks of (绩效目标, 绩效自评 …); "" if none."""
    found = _goals().search(sentence)
    return table()["goals"][found.group()] if found else ""


def count_of(
    said: str,
    after: str,
    number: Number,
    scope: Scope,
    year: int | None,
    local: str,
    sentence: str,
) -> Quantity | None:
    """What a number of things counts; None where nobody needs to know.

    ``said`` is the clause before the number, ``after`` what follows it. Known things (编制, 车辆,
    projects with goals) meet their like anywhere in the book, others only in their own paragraph.
    """
    named = _YEAR.search(sentence)
    when = year or (int(named[1]) if named else None) or scope.base.year
    counted = scope.base.with_(year=when, measure="count")
    said = re.sub(r"\([^()]*\)", "", said).lstrip("(")
    said = split_opener(said)[2] or said
    if number.word in ("个", "项") and ("项目" in said or after.startswith("项目")):
        goal = goal_words(said + after) or ("评级" not in said and goal_words(sentence))
        if goal and "发现问题" not in said:
            return counted.with_(item=f"{goal}项目")
    core = core_of(read_phrase(said, scope.names))
    core = _VERBS.sub("", core)
    known = table()["counted"]
    for form in (core, core.rpartition("的")[2]):
        if form in known:
            return counted.with_(item=known[form])
    whole = scope.whole
    if whole is not None and whole.project and core:
        return counted.with_(item=core, project=whole.project)
    if core and (number.word in _THINGS or (whole is not None and whole.measure == "count")):
        return counted.with_(item=core, local=local)
    return None
