"""Plausibility 合理性: what in an evaluation looks unlikely, and should be looked at before it is filed.

Observed averages of published self-evaluations are 99.33-100 (REFERENCE.md part E).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from mingzhang.catalog.source import table
from mingzhang.goals.telling import called
from mingzhang.model.evidence import Fault
from mingzhang.perform.evaluation.nouns import Evaluation, Paper
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.telling import told


def notes_of(evaluation: Evaluation) -> tuple[Fault, ...]:
    """Everything that looks unlikely; codes are those of [note] in catalog/evaluation.toml."""
    return tuple(_whole(evaluation)) + tuple(
        note for paper in evaluation.papers for note in _paper(evaluation, paper)
    )


def _whole(evaluation: Evaluation) -> Iterator[Fault]:
    total, scheme = evaluation.scheme.total, evaluation.scheme
    full = [p for p in evaluation.papers if p.rows and not p.missing and p.out_of == total]
    if len(full) < 2:
        return
    count = len(full)
    if all(p.scored == total for p in full):
        yield told("all-full", "note", count=count)
        return
    score, same = Counter(p.scored for p in full).most_common(1)[0]
    if same >= scheme.same_at_least:
        yield told("all-same", "note", count=same, score=short(score, 2))
    average = sum((p.scored for p in full), Fraction(0)) / count
    if average * 100 / total >= scheme.average:
        shown = {"score": short(average, 2), "limit": short(scheme.average, 2)}
        yield told("average", "note", **shown)


def _paper(evaluation: Evaluation, paper: Paper) -> Iterator[Fault]:
    names = called(paper.project)
    limits = table("evaluation.toml")["plausible"]
    if paper.rows and not paper.missing and paper.scored == evaluation.scheme.total:
        yield told("full", "note", **names)
    scored = [r for r in paper.rows if r.score is not None]
    if len(scored) > 1 and all(r.by in ("grade", "hand") for r in scored):
        yield told("all-grades", "note", **names)
    rate = paper.spending.rate
    if rate is None:
        return
    shown = f"{short(rate * 100, 2)}%"
    if rate > 1:
        yield told("overspent", "note", rate=shown, **names)
    weight = sum((r.weight for r in scored), Fraction(0))
    earned = sum((r.score for r in scored if r.score is not None), Fraction(0))
    low, high = Fraction(limits["money_below"]), Fraction(limits["results_from"])
    if weight and rate < low and earned / weight >= high:
        share = f"{short(earned * 100 / weight, 2)}%"
        yield told("money-result", "note", rate=shown, share=share, **names)
