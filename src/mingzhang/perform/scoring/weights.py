"""Weights 分值: the points of each indicator, to the hundredth, adding up to exactly its group's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from mingzhang.catalog.performance import levels, placed
from mingzhang.model.evidence import Fault
from mingzhang.model.goal import GoalLine
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.scheme import GROUPS, Scheme
from mingzhang.perform.scoring.telling import told


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points of one goal: by group, by indicator id, which group each is in, and what was noticed."""

    groups: Mapping[str, Fraction]
    points: Mapping[str, Fraction]
    group_of: Mapping[str, str]
    faults: tuple[Fault, ...]


def even(points: Fraction, count: int, step: Fraction = Fraction(1, 100)) -> tuple[Fraction, ...]:
    """``points`` divided evenly among ``count``, in steps: the first ones get what is left over."""
    return scaled(points, [Fraction(1)] * count, step)


def scaled(points: Fraction, parts: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """``points`` divided in the proportion of ``parts`` (positive), in steps, exactly (largest
    remainder). ``points`` is a multiple of ``step``."""
    if not parts:
        return ()
    whole = sum(parts, Fraction(0))
    exact = [points * part / whole / step for part in parts]
    counts = [floor(e) for e in exact]
    missing = int(points / step) - sum(counts)
    by_rest = sorted(range(len(parts)), key=lambda i: (counts[i] - exact[i], i))
    for index in by_rest[:missing]:
        counts[index] += 1
    return tuple(count * step for count in counts)


def weigh(lines: Sequence[GoalLine], scheme: Scheme) -> Weighed:
    """The points of a goal's indicators.

    Weights given for all of a goal that add up to all points besides the rate of execution are taken
    as they are, whatever their groups. Otherwise a group has the scheme's points, and those of an
    empty group where [moves] sends them; within it weights given count, the rest is divided evenly,
    and what does not add up is scaled and told.
    """
    faults: list[Fault] = []
    group_of = {line.id: _group(line, faults) for line in lines}
    given = {line.id: w for line in lines if (w := _given(line, scheme, faults)) is not None}
    wanted = scheme.total - scheme.points["execution"]
    if lines and len(given) == len(lines) and sum(given.values()) == wanted:
        groups = {g: sum((w for i, w in given.items() if group_of[i] == g), Fraction(0)) for g in GROUPS}  # fmt: skip
        return Weighed(groups, given, group_of, tuple(faults))
    groups = _moved(scheme, set(group_of.values()), faults)
    points: dict[str, Fraction] = {}
    for group in GROUPS:
        members = [line.id for line in lines if group_of[line.id] == group]
        points |= _within(group, members, given, groups[group], scheme, faults)
    return Weighed(groups, points, group_of, tuple(faults))


def _group(line: GoalLine, faults: list[Fault]) -> str:
    first, second = placed(line.level1, line.level2)
    if first in GROUPS:
        return first
    above = [g for key in (first, second) if key for g in levels()[key].under]
    found = next((g for g in above if g in GROUPS), "")
    if not found:
        faults.append(told("unknown-group", level=line.level1.strip() or "—"))
    return found or "output"


def _given(line: GoalLine, scheme: Scheme, faults: list[Fault]) -> Fraction | None:
    if line.weight is None:
        return None
    found = Fraction(line.weight)
    if found <= 0 or found % scheme.weight_step:
        faults.append(told("weight-bad", weight=short(found), step=short(scheme.weight_step)))
        return None
    return found


def _moved(scheme: Scheme, have: set[str], faults: list[Fault]) -> dict[str, Fraction]:
    groups = {g: scheme.points[g] for g in GROUPS}
    if not have:
        return groups
    for group in GROUPS:
        if group in have or not groups[group]:
            continue
        to = next((g for g in scheme.moves.get(group, ()) if g in have), min(have))
        known = levels()
        faults.append(
            told(
                "group-moved",
                group=known[group].zh.removesuffix("指标"),
                group_en=known[group].en,
                points=short(groups[group]),
                to=known[to].zh.removesuffix("指标"),
                to_en=known[to].en,
            )
        )
        groups[to] += groups[group]
        groups[group] = Fraction(0)
    return groups


def _within(
    group: str,
    members: Sequence[str],
    given: Mapping[str, Fraction],
    points: Fraction,
    scheme: Scheme,
    faults: list[Fault],
) -> dict[str, Fraction]:
    step = scheme.weight_step
    mine = [i for i in members if i in given]
    rest = [i for i in members if i not in given]
    total = sum((given[i] for i in mine), Fraction(0))
    if mine and not rest and total != points:
        faults.append(_sum_fault("weights-sum", group, total, points))
        parts = scaled(points, [given[i] for i in mine], step)
        return dict(zip(mine, parts, strict=True))
    if rest and total and total > points - len(rest) * step:
        faults.append(_sum_fault("weights-over", group, total, points))
        return dict(zip(members, even(points, len(members), step), strict=True))
    out = {i: given[i] for i in mine}
    return out | dict(zip(rest, even(points - total, len(rest), step), strict=True))


def _sum_fault(code: str, group: str, total: Fraction, points: Fraction) -> Fault:
    known = levels()[group]
    return told(code, group=known.zh, group_en=known.en, sum=short(total), wanted=short(points))
