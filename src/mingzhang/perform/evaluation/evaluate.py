"""The spine: goals, actual values, money and what people wrote -> an Evaluation.

Broken or missing evidence takes that indicator's points out of the count and says what is lacking;
everything else stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fractions import Fraction

from mingzhang.catalog.source import table
from mingzhang.goals.targets import parse_target
from mingzhang.goals.telling import called, short
from mingzhang.model.evidence import Actual, Fault
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger
from mingzhang.perform.evaluation.money import laid_over
from mingzhang.perform.evaluation.notes import notes_of
from mingzhang.perform.evaluation.nouns import Answers, Evaluation, Paper, Row, Spending
from mingzhang.perform.evaluation.rows import evaluated
from mingzhang.perform.scoring import Scheme, execution_share, scheme_of, weigh
from mingzhang.perform.scoring.printed import short as number
from mingzhang.perform.scoring.telling import told

_MOST_CONDITIONS = 99  # of one target


def evaluate(
    ledger: Ledger,
    goals: Sequence[Goal],
    actuals: Iterable[Actual],
    spending: Iterable[Spending],
    answers: Answers | None = None,
    *,
    only: Collection[str] | None = None,
    kind: str = "self",
) -> Evaluation:
    """The evaluation 绩效自评 of the whole department and every project (or ``only`` some; "" is the
    whole department).

    ``actuals`` answer to indicator ids, or to "g3.1", "g3.2" for the conditions of g3; ``spending``
    is by project. Raises BadScheme where ``answers`` has a scheme that does not hold; nothing for
    evidence that is broken or missing.
    """
    said = answers or Answers()
    scheme = scheme_of(said.scheme)
    found = _by_line(actuals, goals)
    money = {s.project: s for s in spending}
    money = {s.project: s for s in laid_over(money.values(), said.spending)}
    by_project = {goal.project: goal for goal in goals}
    names = ["", *(p.name for p in ledger.projects)]
    names += [g for g in by_project if g not in names]
    withheld = {p.name for p in ledger.projects if p.withheld}
    papers = tuple(
        _paper(
            _goal(name, by_project, said, ledger),
            money.get(name),
            found,
            said,
            scheme,
            ledger.year,
            name in withheld,
        )
        for name in names
        if only is None or name in only
    )
    strange = tuple(_strange(goals, names, said))
    made = Evaluation(ledger.department, ledger.year, kind, scheme, papers, (), strange, said.evaluator)  # fmt: skip
    return replace(made, notes=notes_of(made))


def _goal(name: str, goals: Mapping[str, Goal], said: Answers, ledger: Ledger) -> Goal:
    """The goal of a project with its own indicators and those of the department that it serves,
    whose weights are those of the department's form and not of this one."""
    goal = goals.get(name) or Goal(name, ledger.source)
    served = said.serves.get(name, ()) if name else ()
    whole = goals.get("")
    more = [replace(line, weight=None) for line in (whole.lines if whole else ()) if line.id in served]  # fmt: skip
    return replace(goal, lines=(*goal.lines, *more)) if more else goal


def _by_line(actuals: Iterable[Actual], goals: Sequence[Goal]) -> Mapping[str, tuple[Actual, ...]]:
    """Indicator id -> its actual value, or those of its conditions in their order ("g3.1", "g3.2"); a
    condition that nothing answers has a fault in its place."""
    known = {line.id for goal in goals for line in goal.lines}
    found: dict[str, dict[int, Actual]] = {}
    for actual in actuals:
        stem, _, number = actual.indicator.rpartition(".")
        part = number.isdigit() and actual.indicator not in known and stem in known
        at = int(number) if part else 0
        found.setdefault(stem if part else actual.indicator, {})[at] = actual
    out: dict[str, tuple[Actual, ...]] = {}
    for key, parts in found.items():
        numbers = [0] if 0 in parts else range(1, min(max(parts), _MOST_CONDITIONS) + 1)
        lacking = told("no-actual")
        out[key] = tuple(parts.get(n) or Actual(f"{key}.{n}", "", None, fault=lacking) for n in numbers)  # fmt: skip
    return out


def _paper(
    goal: Goal,
    spending: Spending | None,
    found: Mapping[str, tuple[Actual, ...]],
    said: Answers,
    scheme: Scheme,
    year: int,
    withheld: bool,
) -> Paper:
    weighed = weigh(goal.lines, scheme)
    remarks = tuple(f for f in weighed.faults if f.code == "group-moved")
    faults = [f for f in weighed.faults if f not in remarks]
    money = spending or Spending(goal.project, None, None, None)
    names = called(goal.project)
    if spending is None:
        faults.append(told("no-spending", **names))
    if not goal.lines:
        faults.append(told("no-indicators", **names))
    share = execution_share(money.executed, money.budget)
    faults += share.faults
    points = scheme.points["execution"]
    earned = None if share.value is None else share.value * points
    answer = said.execution.get(goal.project)
    explained = _explained(earned, points, answer.reason if answer else "", answer.measure if answer else "", faults)  # fmt: skip
    rows = tuple(
        _row(line, weighed.points[line.id], weighed.group_of[line.id], found, said, scheme, year)
        for line in goal.lines
    )
    return Paper(
        goal.project, goal, money, points, earned, rows, tuple(faults), remarks, explained, withheld
    )


def _explained(
    earned: Fraction | None, points: Fraction, reason: str, measure: str, faults: list[Fault]
) -> str:
    """Reason and measure of the rate of execution; demanded where it loses points."""
    if earned is not None and earned < points and not reason.strip():
        name = table("evaluation.toml")["form"]["execution"]
        faults.append(told("reason-missing", name=name, lost=number(points - earned, 2)))
    parts = [t.strip().rstrip("。") for t in (reason, measure) if t.strip()]
    return "；".join(parts) + ("。" if parts else "")


def _row(
    line: GoalLine,
    weight: Fraction,
    group: str,
    found: Mapping[str, tuple[Actual, ...]],
    said: Answers,
    scheme: Scheme,
    year: int,
) -> Row:
    row = evaluated(
        line,
        parse_target(line.target, line.unit),
        weight,
        group,
        found.get(line.id, ()),
        said.answers.get(line.id),
        scheme,
        year,
    )
    return replace(row, faults=(*said.faults.get(line.id, ()), *row.faults))


def _strange(
    goals: Sequence[Goal], projects: Sequence[str], said: Answers
) -> Iterable[tuple[str, Fault]]:
    """What the file says of indicators and projects that do not exist, and what was unreadable."""
    known = [line.id for goal in goals for line in goal.lines]
    names = {line.level3.strip(): line.id for goal in goals for line in goal.lines}
    for key in said.answers:
        if key not in known:
            near = [names[key]] if key in names else get_close_matches(key, known, 2, 0.5)
            yield key, told("unknown-indicator", name=short(key), hint="、".join(near))
    served = {key: None for ids in said.serves.values() for key in ids if key not in known}
    for key in served:
        near = get_close_matches(key, known, 2, 0.5)
        yield key, told("unknown-indicator", name=short(key), hint="、".join(near))
    for key in (*said.execution, *said.projects, *said.serves):
        if key not in projects:
            near = get_close_matches(key, [p for p in projects if p], 2, 0.5)
            yield "", told("unknown-project", name=short(key), hint="、".join(near))
    for key, faults in said.faults.items():
        if key not in known:
            yield from ((key, fault) for fault in faults)
