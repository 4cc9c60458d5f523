"""Propose 建议: keep, cut, raise or end each project, by the rules of catalog/proposals.toml."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mingzhang.catalog.source import table
from mingzhang.model.ledger import Ledger, Project
from mingzhang.perform.evaluation.forms import band_text, wan
from mingzhang.perform.evaluation.nouns import Evaluation, Paper
from mingzhang.perform.proposals.accounts import reason_of_codes
from mingzhang.perform.scoring.printed import half_up, short

ACTIONS = ("keep", "cut", "raise", "end")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one project: ``action``, from ``before`` 年初预算数 to ``after`` (分), all
    rules that held, and the reasons by language: those of the rules that come to this action."""

    project: str
    action: str
    before: int
    after: int
    rules: tuple[str, ...]
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    project: Project
    budget: int  # 全年预算数
    initial: int
    executed: int | None
    score: Fraction | None  # points earned, in hundredths of the form; None: not fully scored
    year: int
    words: Mapping[str, str]

    @property
    def rate(self) -> Fraction | None:
        known = self.executed is not None and self.budget > 0
        return Fraction(self.executed or 0, self.budget) if known else None

    @property
    def unspent(self) -> int:
        return max(self.budget - self.executed, 0) if self.executed is not None else 0

    @property
    def supplement(self) -> int:
        return max(self.budget - self.initial, 0)

    @property
    def reduced(self) -> int:
        return max(self.initial - self.budget, 0)


def propose(
    ledger: Ledger,
    evaluation: Evaluation,
    rules: Mapping[str, Any] | None = None,
    *,
    reviewed: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """A proposal for every project of the ledger, in its order.

    ``reviewed`` are projects whose paper is the department's own evaluation: their reasons say so.
    A code that next year does not use is told with what took over from it (``accounts``).
    ``rules`` replaces catalog/proposals.toml. A project that was not evaluated is kept, with that as
    its reason.
    """
    data = rules or table("proposals.toml")
    papers = {p.project: p for p in evaluation.papers}
    made = (
        _proposal(ledger, project, papers.get(project.name), evaluation, data)
        for project in ledger.projects
    )
    said = (_by_department(p, data) if p.project in reviewed else p for p in made)
    return tuple(_with_codes(p, ledger) for p in said)


def _with_codes(proposal: Proposal, ledger: Ledger) -> Proposal:
    """The proposal, saying also under which other codes its money will be told."""
    reasons = {}
    for lang, text in proposal.reasons.items():
        added = reason_of_codes(ledger, proposal.project, lang)
        reasons[lang] = (f"{text} {added}" if lang == "en" else text + added) if added else text
    return replace(proposal, reasons=reasons)


def _by_department(proposal: Proposal, data: Mapping[str, Any]) -> Proposal:
    reasons = {lang: text + data["reviewed"][lang] for lang, text in proposal.reasons.items()}
    return replace(proposal, reasons=reasons)


def planned(ledger: Ledger, project: str) -> int:
    """年初预算数 of a project in the ledger's lines, in 分."""
    return sum(
        line.amounts.get((0, "budget"), 0)
        for line in ledger.lines
        if line.flow == "expenditure" and line.project == project
    )


def _proposal(
    ledger: Ledger,
    project: Project,
    paper: Paper | None,
    evaluation: Evaluation,
    data: Mapping[str, Any],
) -> Proposal:
    before = planned(ledger, project.name)
    facts = _facts(ledger, project, paper, evaluation, before)
    held = [r for r in data["rule"] if _holds(r["when"], facts, paper)]
    if not held:
        return Proposal(project.name, "keep", before, before, (), _otherwise(data))
    action = held[0]["action"]
    same = [r for r in held if r["action"] == action]
    moved = max((_amount(r["by"], facts) for r in same if "by" in r), default=0)
    step = int(data["step"]["yuan"]) * 100
    after = {"keep": before, "end": 0, "cut": before - moved, "raise": before + moved}[action]
    if action in ("cut", "raise"):
        after = max(int(half_up(Fraction(after), Fraction(step))), 0)
    reasons = {
        lang: (" " if lang == "en" else "").join(r[lang].format_map(facts.words) for r in same)
        for lang in ("zh", "en")
    }
    if after == before:
        action = "keep"
    ids = tuple(r["id"] for r in held)
    return Proposal(project.name, action, before, after, ids, reasons)


def _otherwise(data: Mapping[str, Any]) -> dict[str, str]:
    return {lang: data["otherwise"][lang] for lang in ("zh", "en")}


def _facts(
    ledger: Ledger, project: Project, paper: Paper | None, evaluation: Evaluation, before: int
) -> _Facts:
    money = paper.spending if paper else None
    budget = before if money is None or money.budget is None else money.budget
    initial = before if money is None or money.initial is None else money.initial
    executed = money.executed if money else None
    score: Fraction | None = None
    total = evaluation.scheme.total
    if paper is not None and paper.rows and paper.out_of == total:
        score = (
            half_up(paper.scored, evaluation.scheme.print_step) * 100 / total
        )  # as its form says
    made = _Facts(project, budget, initial, executed, score, ledger.year, {})
    words = {
        "ends": str(project.ends or ""),
        "score": "—" if score is None else short(score, 2),
        "band": band_text(paper, evaluation.scheme) if paper else "—",
        "rate": "—" if made.rate is None else f"{short(made.rate * 100, 2)}%",
        "unspent": wan(made.unspent),
        "supplement": wan(made.supplement),
        "reduced": wan(made.reduced),
        "out_of": short(paper.out_of, 2) if paper else "0",
    }
    return _Facts(project, budget, initial, executed, score, ledger.year, words)


def _holds(when: Mapping[str, Any], facts: _Facts, paper: Paper | None) -> bool:
    """True if every condition holds; what is not known holds for nothing."""
    score, rate = facts.score, facts.rate
    ended = facts.project.ends is not None and facts.project.ends <= facts.year
    known = {
        "score_below": score is not None and score < Fraction(when.get("score_below", 0)),
        "score_from": score is not None and score >= Fraction(when.get("score_from", 0)),
        "rate_below": rate is not None and rate < Fraction(when.get("rate_below", 0)),
        "rate_from": rate is not None and rate >= Fraction(when.get("rate_from", 0)),
        "ended": ended == when.get("ended"),
        "unscored": (paper is not None and score is None) == when.get("unscored"),
        "supplemented": (facts.supplement > 0) == when.get("supplemented"),
        "reduced": (facts.reduced > 0) == when.get("reduced"),
    }
    return all(known[key] for key in when)


def _amount(by: Mapping[str, str], facts: _Facts) -> int:
    base = {
        "budget": facts.budget,
        "unspent": facts.unspent,
        "supplement": facts.supplement,
        "reduced": facts.reduced,
    }
    moved = Fraction(base[by["of"]]) * Fraction(by["share"])
    return int(half_up(min(moved, facts.initial * Fraction(by["most"])), Fraction(1)))


def told(proposals: Sequence[Proposal], lang: str) -> list[str]:
    """One line a proposal, for people."""
    data = table("proposals.toml")
    return [
        data["said"]["line"][lang].format(
            project=p.project,
            action=data["actions"][p.action][lang],
            before=wan(p.before),
            after=wan(p.after),
            reasons=p.reasons[lang],
        )
        for p in proposals
    ]
