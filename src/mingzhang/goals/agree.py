"""Text and table 文字与指标表: where both speak of one thing, do they say the same?

Only what is certain: a subject that is named alike in both, counted in the same unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mingzhang.catalog.normal import bare
from mingzhang.catalog.performance import alike
from mingzhang.goals.targets import format_condition, meets, parse_target
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, Goal, GoalLine

_AND = re.compile(r"以及|[及和与、]")
_SHORTEST = 4  # characters of a name that is no mere word (社工 is in 采购社工 and 培训社工)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A line whose target the text contradicts, and what the text says."""

    line: GoalLine
    said: str


@dataclass(frozen=True, slots=True)
class _Stated:
    project: str
    condition: Condition


def disagreements(goals: Sequence[Goal]) -> Iterator[Disagreement]:
    """Lines of ``goals`` that the goals' texts contradict: 24 + 8 社工 in the text, 33人 in the table."""
    stated = list(_stated(goals))
    for goal in goals:
        for line in goal.lines:
            mine = [s for s in stated if not goal.project or s.project == goal.project]
            for condition in parse_target(line.target, line.unit).conditions:
                if condition.change or condition.unit in (DATE, DAY_OF_YEAR):
                    continue
                found = _contradiction(line, condition, mine)
                if found:
                    yield Disagreement(line, found)


def _stated(goals: Iterable[Goal]) -> Iterator[_Stated]:
    seen: set[tuple[str, Condition]] = set()
    for goal in goals:
        for text in (goal.overall, goal.content):
            for condition in parse_target(text).conditions:
                key = (goal.project, condition)
                if condition.subject and not condition.change and key not in seen:
                    seen.add(key)
                    yield _Stated(*key)


def _contradiction(line: GoalLine, condition: Condition, stated: Sequence[_Stated]) -> str:
    """What the text says otherwise; "" where it says the same, or nothing that is certain."""
    name = condition.subject or bare(line.level3)
    parts = [p for p in _AND.split(name) if p]
    if len(parts) > 1:
        found = [_named(part, condition, stated) for part in parts]
        if all(len({s.condition.value for s in f}) == 1 for f in found):
            pieces = [f[0].condition for f in found]
            if len(set(pieces)) < len(pieces) or any(p.operator != "=" for p in pieces):
                return ""
            total = sum((p.value for p in pieces), Decimal(0))
            return "" if meets(condition, total) else _sum(pieces, total)
    named = _named(name, condition, stated)
    if len({(s.condition.value, s.condition.upper) for s in named}) != 1:
        return ""
    other = named[0]
    if (other.condition.value, other.condition.upper) == (condition.value, condition.upper):
        return ""
    share = condition.unit == "%"
    part_of_more = other.project != line.project and other.condition.value < condition.value
    if part_of_more and not share:
        return ""  # the project's part of what the whole department does
    return other.condition.text or format_condition(replace(other.condition, subject=""))


def _sum(pieces: Sequence[Condition], total: Decimal) -> str:
    return " + ".join(f"{p.value:f}" for p in pieces) + f" = {total:f}{pieces[0].unit}"


def _named(name: str, like: Condition, stated: Iterable[_Stated]) -> list[_Stated]:
    """What the text states of ``name``, in a unit that counts the same."""
    if len(name) < _SHORTEST:
        return []
    return [
        s
        for s in stated
        if alike(s.condition.unit, like.unit)
        and (
            s.condition.subject.endswith(name)
            or (len(s.condition.subject) >= _SHORTEST and name.endswith(s.condition.subject))
        )
    ]
