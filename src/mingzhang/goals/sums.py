"""Sums of goals 合计: money against goals, weights, groups of indicators that a goal should have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from mingzhang.catalog import performance
from mingzhang.catalog.normal import plain, project_key
from mingzhang.goals.numerals import ARABIC
from mingzhang.goals.telling import called, fault, fault_at, wan
from mingzhang.goals.wording import alternatives, any_of
from mingzhang.model.goal import Goal, GoalFault
from mingzhang.model.money import Rounding, Unit, parse_printed

_FEWEST = 3  # indicators: with fewer a goal has no groups


def sum_faults(goals: Sequence[Goal], amounts: Mapping[str, int] | None) -> Iterator[GoalFault]:
    """What is wrong with goals as wholes; with money only where ``amounts`` (分) are given."""
    if amounts is not None:
        yield from _money_faults(goals, amounts)
    anyone = any(goal.lines for goal in goals if goal.project)
    for goal in goals:
        if not goal.lines and (anyone or not any(g.lines for g in goals)):
            yield fault("no-indicators", goal, **called(goal.project))
        yield from _weight_faults(goal)
        yield from _missing_groups(goal)


def _money_faults(goals: Sequence[Goal], amounts: Mapping[str, int]) -> Iterator[GoalFault]:
    money = {project_key(name): (name, fen) for name, fen in amounts.items()}
    with_goal = {project_key(goal.project) for goal in goals}
    for key, (name, fen) in money.items():
        if name and fen and key not in with_goal and goals:
            facts = {"project": name, "amount": wan(fen)}
            yield fault_at("money-without-goal", name, "", goals[0].place, facts)
    for goal in goals:
        key = project_key(goal.project)
        if goal.project and not money.get(key, ("", 0))[1]:
            yield fault("goal-without-money", goal, project=goal.project)
        elif goal.total is not None and key in money and goal.total != money[key][1]:
            yield fault(
                "amount-differs",
                goal,
                what=performance.word("total", "zh"),
                what_en=performance.word("total", "en"),
                stated=wan(goal.total),
                amount=wan(money[key][1]),
                **called(goal.project),
            )
        parts = (goal.fiscal, goal.other)
        if (
            goal.total is not None
            and None not in parts
            and goal.total != sum(p or 0 for p in parts)
        ):
            yield fault(
                "parts-differ",
                goal,
                total=wan(goal.total),
                fiscal=wan(goal.fiscal or 0),
                other=wan(goal.other or 0),
                **called(goal.project),
            )
        yield from _amount_in_text(goal, money.get(key, ("", goal.total))[1])


@cache
def _whole_amount() -> re.Pattern[str]:
    units = alternatives(u.value for u in Unit if u.is_money and u is not Unit.FEN)
    return re.compile(
        rf"(?:{any_of('amount_words', 'whole')})(?:{any_of('amount_words', 'between')})*"
        rf"(?P<amount>{ARABIC})(?P<unit>{units})"
    )


def _amount_in_text(goal: Goal, fen: int | None) -> Iterator[GoalFault]:
    """The whole amount in a goal's text, where it is plainly that, against the money."""
    other = re.compile(any_of("amount_words", "other_years"))
    for text in (goal.overall, goal.content):
        for sentence in re.split(r"[;。\n]", plain(text)):
            found = _whole_amount().search(sentence)
            if fen is None or found is None or other.search(sentence[: found.start()]):
                continue
            stated = parse_printed(found["amount"], Unit(found["unit"]))
            if stated is None or stated.interval(Rounding.EITHER).contains(fen):
                continue
            yield fault(
                "amount-differs",
                goal,
                what=performance.word("text", "zh"),
                what_en=performance.word("text", "en"),
                stated=wan(stated.fen),
                amount=wan(fen),
                **called(goal.project),
            )


def _weight_faults(goal: Goal) -> Iterator[GoalFault]:
    """Weights 分值: all or none, and the sum that the catalog wants."""
    given = [line for line in goal.lines if line.weight is not None]
    if not given:
        return
    totals = performance.weight_totals()
    wanted = f"{totals[0]:f}"
    for line in goal.lines:
        if line.weight is None:
            yield fault("weight-missing", line, name=line.level3.strip(), wanted=wanted)
    total = sum((line.weight or Decimal(0) for line in given), Decimal(0))
    if len(given) == len(goal.lines) and total not in totals:
        yield fault(
            "weights", goal, sum=f"{total.normalize():f}", wanted=wanted, **called(goal.project)
        )


def _missing_groups(goal: Goal) -> Iterator[GoalFault]:
    """产出, 效益, 满意度: of a goal with enough indicators, all of known levels."""
    placed = [performance.placed(line.level1, line.level2) for line in goal.lines]
    if len(placed) < _FEWEST or not all(first or second for first, second in placed):
        return
    have = {first for first, _ in placed}
    words = "".join(line.level3 for line in goal.lines)
    for level in performance.levels().values():
        if level.wanted and level.id not in have and not any(n in words for n in level.names):
            advice = performance.wording(
                "wording", level.id if level.id != "output" else "quantity"
            )
            yield fault(
                "group-missing",
                goal,
                group=level.zh,
                group_en=level.en,
                wording=advice["zh"],
                wording_en=advice["en"],
                **called(goal.project),
            )
