"""Departmental evaluation 部门评价: key projects evaluated again by the department, beside the self score.

The department's answers (department.toml) are laid upon the unit's own; each difference is explained
from what differs, and in the department's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.model.evidence import Actual, Fault
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger
from mingzhang.perform.evaluation.definition import answers_judge, merged
from mingzhang.perform.evaluation.evaluate import evaluate
from mingzhang.perform.evaluation.nouns import Answers, Evaluation, Paper, Row, Spending
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.telling import phrase, told


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator (``line`` None: the rate of execution) in both evaluations.

    ``difference`` is the department's score less the unit's, None where one of them gave none;
    ``why`` by language; ``said`` the department's own words.
    """

    line: GoalLine | None
    weight: Fraction
    self_score: Fraction | None
    own_score: Fraction | None
    self_actual: str
    own_actual: str
    why: Mapping[str, str]
    said: str
    faults: tuple[Fault, ...] = ()

    @property
    def difference(self) -> Fraction | None:
        if self.self_score is None or self.own_score is None:
            return None
        return self.own_score - self.self_score

    @property
    def same(self) -> bool:
        """True if both came to the same score (or both to none)."""
        return self.self_score == self.own_score


@dataclass(frozen=True, slots=True)
class Comparison:
    """A key project in both evaluations; the sum of the differences is that of the totals."""

    project: str
    self_paper: Paper
    own_paper: Paper
    rows: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Departmental:
    """A departmental evaluation: itself, and each key project beside its self-evaluation."""

    evaluation: Evaluation
    comparisons: tuple[Comparison, ...]


def by_department(
    ledger: Ledger,
    goals: Sequence[Goal],
    actuals: Iterable[Actual],
    spending: Iterable[Spending],
    answers: Answers,
    department: Answers,
) -> Departmental:
    """The department's evaluation of its key projects (``department.projects``; all that it says
    something of, where it names none), each beside the self-evaluation. Raises BadScheme.

    Where the department gives a value, grade or points, the unit's evidence does not count.
    """
    found = list(actuals)
    money = list(spending)
    chosen = department.projects or _named(goals, answers, department)
    own = evaluate(ledger, goals, found, money, answers, only=chosen)
    over = {key for key, answer in department.answers.items() if answers_judge(answer)}
    left = [a for a in found if a.indicator not in over and a.indicator.rpartition(".")[0] not in over]  # fmt: skip
    review = evaluate(ledger, goals, left, money, merged(answers, department), only=chosen, kind="department")  # fmt: skip
    return Departmental(
        review,
        tuple(_compared(own.paper(p.project), p, department) for p in review.papers),
    )


def with_reviews(evaluation: Evaluation, found: Departmental) -> Evaluation:
    """The self-evaluation with the department's own papers in place of those it evaluated again: for
    what follows from results, the department's evaluation goes before the unit's."""
    reviewed = {c.project: c.own_paper for c in found.comparisons}
    papers = tuple(reviewed.get(p.project, p) for p in evaluation.papers)
    return replace(evaluation, papers=papers)


def _named(goals: Sequence[Goal], answers: Answers, department: Answers) -> tuple[str, ...]:
    said = {*department.answers}
    ids = {g.project: {line.id for line in g.lines} for g in goals if g.project}
    for project, served in answers.serves.items():
        ids.setdefault(project, set()).update(served)
    return tuple(project for project, mine in ids.items() if said & mine)


def _compared(mine: Paper, review: Paper, department: Answers) -> Comparison:
    rows = [_execution(mine, review, department)]
    rows += [_row(a, b, department) for a, b in zip(mine.rows, review.rows, strict=True)]
    return Comparison(mine.project, mine, review, tuple(rows))


def _execution(mine: Paper, review: Paper, department: Answers) -> Difference:
    answer = department.execution.get(mine.project)
    said = answer.reason if answer else ""
    return Difference(
        None,
        mine.execution_weight,
        mine.execution,
        review.execution,
        _rate(mine),
        _rate(review),
        _why(mine.execution, review.execution, _rate(mine), _rate(review), "", ""),
        said,
    )


def _rate(paper: Paper) -> str:
    rate = paper.spending.rate
    return "" if rate is None else f"{short(rate * 100, 2)}%"


def _row(mine: Row, review: Row, department: Answers) -> Difference:
    answer = department.answers.get(mine.line.id)
    said = "；".join(t.strip().rstrip("。") for t in (answer.basis, answer.reason) if t.strip()) if answer else ""  # fmt: skip
    faults: tuple[Fault, ...] = ()
    if mine.score != review.score and not said:
        gap = (review.score or Fraction(0)) - (mine.score or Fraction(0))
        name = mine.line.level3.strip()
        faults = (told("difference-unexplained", name=name, difference=short(gap, 2)),)
    return Difference(
        mine.line,
        mine.weight,
        mine.score,
        review.score,
        mine.actual,
        review.actual,
        _why(mine.score, review.score, mine.actual, review.actual, mine.how, review.how),
        said,
        faults,
    )


def _why(
    mine: Fraction | None,
    review: Fraction | None,
    self_actual: str,
    own_actual: str,
    self_how: Mapping[str, str] | str,
    own_how: Mapping[str, str] | str,
) -> Mapping[str, str]:
    """What differs, by language: the value found, the way of judging, or that one gave no score."""
    if mine == review:
        return phrase("evaluation.toml", "why", "same")
    if mine is None:
        return phrase("evaluation.toml", "why", "unscored-self")
    if review is None:
        return phrase("evaluation.toml", "why", "unscored-own")
    if self_actual != own_actual:
        return phrase("evaluation.toml", "why", "actual", self=self_actual or "—", own=own_actual or "—")  # fmt: skip
    if isinstance(self_how, Mapping) and isinstance(own_how, Mapping):
        return {
            lang: phrase(
                "evaluation.toml",
                "why",
                "judged",
                self=self_how.get(lang, "—"),
                own=own_how.get(lang, "—"),
            )[lang]
            for lang in ("zh", "en")
        }
    return phrase("evaluation.toml", "why", "none")
