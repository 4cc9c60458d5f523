"""Faults of goals 绩效目标的问题: each with its place and the wording that would pass.

Severities and sentences are data: [fault] in catalog/performance.toml. Source: REFERENCE.md part E.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mingzhang.catalog import performance
from mingzhang.catalog.normal import bare
from mingzhang.goals.agree import disagreements
from mingzhang.goals.ofbook import direction
from mingzhang.goals.sums import sum_faults
from mingzhang.goals.targets import format_condition, measurable, numbered, parse_target
from mingzhang.goals.telling import fault, short
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, Goal, GoalFault, GoalLine, Target

_NAMELESS = re.compile(r"指标\d*|…+|\.+|[-—/]+")


def check_goals(
    goals: Sequence[Goal], amounts: Mapping[str, int] | None = None
) -> tuple[GoalFault, ...]:
    """What is wrong with goals, in their order.

    ``amounts`` are what the money is, exactly: project name -> 分 ("" the whole department). With it,
    money without goals, goals without money and amounts that differ are found; without it (a
    published book, whose amounts the proof checks) they are not looked at.
    """
    return (*_line_faults(goals), *sum_faults(goals, amounts))


def _line_faults(goals: Sequence[Goal]) -> Iterator[GoalFault]:
    said = {d.line.id: d.said for d in disagreements(goals)}
    for goal in goals:
        lines = [line for line in goal.lines if not nameless(line)]
        targets = {line.id: parse_target(line.target, line.unit) for line in lines}
        blank = sum(t.kind == "none" for t in targets.values())
        whole_form_blank = 2 * blank > len(lines)
        for line in lines:
            target = targets[line.id]
            if target.kind == "none":
                if not whole_form_blank:
                    yield _told("no-target", line, target)
                continue
            yield from target_faults(line, target)
            if line.id in said:
                yield fault(
                    "text-differs",
                    line,
                    name=short(line.level3),
                    target=short(line.target),
                    said=said[line.id],
                )
        yield from twice(lines)


def nameless(line: GoalLine) -> bool:
    """True for a line without a name of its own: blank, or 指标1 of an empty form."""
    return bool(_NAMELESS.fullmatch(bare(line.level3) or "-"))


def target_faults(line: GoalLine, target: Target) -> Iterator[GoalFault]:
    """What is wrong with one line's target by itself."""
    if target.kind == "described":
        if bare(target.text) == bare(line.level3):
            yield _told("repeats-name", line, target)
        else:
            kind = "not-understood" if numbered(target.text) else "not-measurable"
            yield _told(kind, line, target)
    elif target.kind == "qualitative":
        yield _told("soft" if measurable(target) else "not-measurable", line, target)
    elif target.kind == "trend":
        given = line.baseline is not None or (
            target.against == "last" and line.last_actual is not None
        )
        if not given:
            example = _against_last(line, target.change)
            yield _told("no-baseline", line, target, example=example)
    if target.rest:
        yield _told("partly-measurable", line, target, rest=short(target.rest))
    if len(target.conditions) == 1:
        yield from _below_last_year(line, target.conditions[0])


def _told(kind: str, line: GoalLine, target: Target, **more: str) -> GoalFault:
    """A fault of a target, with the wording for its scale or its level."""
    if target.kind == "qualitative":
        advice = performance.wording("scale", target.scale)
    else:
        advice = level_wording(line)
    return fault(
        kind,
        line,
        name=short(line.level3),
        target=short(line.target),
        wording=advice["zh"],
        wording_en=advice["en"],
        **more,
    )


def level_wording(line: GoalLine) -> dict[str, str]:
    """What a target of this line's level may look like, by language."""
    first, second = performance.placed(line.level1, line.level2)
    if second in ("quantity", "quality", "time"):
        return performance.wording("wording", second)
    group = "cost" if "cost" in (first, second) or second.startswith("cost") else first
    known = group if group in ("cost", "benefit", "satisfaction") else "other"
    return performance.wording("wording", known)


def _against_last(line: GoalLine, change: str) -> str:
    """A level to write instead of 提高 or 降低: beyond last year's actual, or N."""
    share = bare(line.level3).endswith(("率", "度", "比例", "占比"))
    unit = line.unit or ("%" if share else "")
    known = line.last_actual is not None
    value = f"{line.last_actual:f}" if known else "N"
    sign = {"+": ">" if known else "≥", "-": "<" if known else "≤"}[change]
    return f"{sign}{value}{unit}"


def _below_last_year(line: GoalLine, condition: Condition) -> Iterator[GoalFault]:
    last = line.last_actual
    if last is None or condition.change or condition.unit in (DATE, DAY_OF_YEAR):
        return
    way = line.direction or direction(line.level3, line.target, line.unit)
    worse = {"up": condition.value < last, "down": (condition.upper or condition.value) > last}
    if worse.get(way, False):
        level = Condition("≥" if way == "up" else "≤", last, condition.unit)
        yield fault(
            "below-last-year",
            line,
            name=short(line.level3),
            target=short(line.target),
            actual=f"{last:f}",
            unit=condition.unit,
            example=format_condition(level),
        )


def twice(lines: Iterable[GoalLine]) -> Iterator[GoalFault]:
    """Indicators that stand more than once under one level of one goal."""
    named: dict[tuple[str, tuple[str, str]], list[GoalLine]] = {}
    for line in lines:
        key = (bare(line.level3), performance.placed(line.level1, line.level2))
        named.setdefault(key, []).append(line)
    for same in named.values():
        if len(same) < 2:
            continue
        demands = {_demanded(line) for line in same}
        facts = {"name": short(same[0].level3), "count": str(len(same))}
        if len(demands) == 1:
            yield fault("duplicate", same[1], target=short(same[0].target), **facts)
        else:
            targets = "、".join(dict.fromkeys(short(line.target) or "—" for line in same))
            yield fault("two-targets", same[1], targets=targets, **facts)


def _demanded(line: GoalLine) -> tuple[object, ...]:
    """What a line demands, however it is worded: ≥90% and 不低于90% are one."""
    target = parse_target(line.target, line.unit)
    unnamed = [
        (c.operator, c.value, c.upper, c.unit, c.subject, c.change) for c in target.conditions
    ]
    return (target.change, *unnamed) if unnamed else (target.kind, bare(line.target))
