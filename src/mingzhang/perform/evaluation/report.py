"""Editions 自评报告 and 部门评价: prose filled from the figures, and the forms, for every publisher.

All sentences are ours, in [report] of catalog/evaluation.toml. Withheld projects 涉密 do not appear.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mingzhang.catalog.source import table
from mingzhang.model.edition import (
    Block,
    Edition,
    Heading,
    Prose,
    Span,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.model.ledger import Ledger
from mingzhang.model.money import Unit
from mingzhang.perform.evaluation.department import Comparison, Departmental
from mingzhang.perform.evaluation.forms import (
    band_text,
    department_table,
    hidden,
    printed_scores,
    reached,
    self_table,
    total_text,
    wan,
    words,
)
from mingzhang.perform.evaluation.notes import notes_of
from mingzhang.perform.evaluation.nouns import Evaluation, Paper
from mingzhang.perform.scoring.printed import short, text
from mingzhang.perform.scoring.scheme import Scheme


def self_edition(evaluation: Evaluation, ledger: Ledger, published: date | None = None) -> Edition:
    """The report with all self-evaluation forms: the whole department first, then every project."""
    papers = [p for p in evaluation.papers if not p.withheld]
    body: list[Block] = [*_report(evaluation, papers, ledger, published)]
    for number, paper in enumerate(papers, 1):
        body.append(self_table(evaluation, paper, ledger, f"表 {number}"))
    title = f"{evaluation.department}{evaluation.year}年度{words()['report']}"
    return _edition(title, evaluation, tuple(body), published)


def department_edition(found: Departmental, published: date | None = None) -> Edition:
    """The departmental evaluation: one form a key project."""
    evaluation = found.evaluation
    comparisons = [c for c in found.comparisons if not c.own_paper.withheld]
    body: list[Block] = [Heading(1, words()["department"])]
    if evaluation.evaluator:
        body.append(_prose(evaluation.evaluator))
    body += [_compared(comparison, evaluation) for comparison in comparisons]
    body += _signed(evaluation, published)
    for number, comparison in enumerate(comparisons, 1):
        body.append(department_table(comparison, evaluation, f"表 {number}"))
    title = f"{evaluation.department}{evaluation.year}年度{words()['department']}"
    return _edition(title, evaluation, tuple(body), published)


def _compared(found: Comparison, evaluation: Evaluation) -> Prose:
    """A key project in one sentence: both totals and bands, and how many indicators differ."""
    scheme = evaluation.scheme
    return _said(
        "compared",
        project=found.project or words()["whole"],
        self_score=_points(found.self_paper, scheme),
        self_band=band_text(found.self_paper, scheme),
        own_score=_points(found.own_paper, scheme),
        own_band=band_text(found.own_paper, scheme),
        count=len(found.rows),
        differ=sum(not row.same for row in found.rows),
    )


def _points(paper: Paper, scheme: Scheme) -> str:
    """The total with its unit: 93.44分, or the sentence that says what is not scored."""
    score = total_text(paper, scheme)
    return f"{score}分" if score[:1].isdigit() else score


def _signed(evaluation: Evaluation, published: date | None) -> Iterator[Prose]:
    """Whose report it is, with room for the seal, and its date, or room for it."""
    yield _prose(words()["seal"].format(department=evaluation.department))
    day = f"{published.year}年{published.month}月{published.day}日" if published else words()["day"]
    yield _prose(day)


def _edition(
    title: str, evaluation: Evaluation, body: tuple[Block, ...], published: date | None
) -> Edition:
    digest = hashlib.sha256(repr(body).encode("utf-8")).hexdigest()
    return Edition(
        title,
        evaluation.department,
        evaluation.year,
        "final",
        "",
        body,
        published,
        Unit.WAN,
        digest=digest,
    )


def _prose(said: str) -> Prose:
    return Prose((Span(said),))


def _said(key: str, **fields: object) -> Prose:
    return _prose(table("evaluation.toml")["report"][key].format(**fields))


def _heading(key: str) -> Heading:
    return Heading(2, table("evaluation.toml")["report"][key])


def _name(paper: Paper) -> str:
    return paper.project or words()["whole"]


# ------------------------------------------------------------------ parts of the report
def _report(
    evaluation: Evaluation, papers: list[Paper], ledger: Ledger, published: date | None
) -> Iterator[Block]:
    scheme = evaluation.scheme
    projects = [p for p in papers if p.project]
    yield Heading(1, words()["report"])
    yield _heading("h_scope")
    yield _said(
        "scope",
        department=evaluation.department,
        year=evaluation.year,
        count=len(projects),
        **{k: short(v, 2) for k, v in scheme.points.items()},
    )
    yield _heading("h_result")
    yield from _results(evaluation, papers, projects, ledger)
    yield _heading("h_done")
    for paper in papers:
        if paper.rows:
            yield _said("done", project=_name(paper), **reached(paper))
    yield _heading("h_short")
    yield from list(_short(evaluation, papers)) or [_said("no_short")]
    yield _heading("h_open")
    yield from list(_open(papers)) or [_said("no_open")]
    yield _heading("h_sources")
    by = {
        row.line.id: row.by for paper in papers for row in paper.rows
    }  # once, in however many forms
    asked, proved = (list(by.values()).count(kind) for kind in ("data", "document"))
    judged = sum(kind in ("grade", "hand") for kind in by.values())
    facts = {"count": len(by), "asked": asked, "papers": proved, "judged": judged}
    yield _said("sources", **facts, open=len(by) - asked - proved - judged)
    public = notes_of(replace(evaluation, papers=tuple(papers)))  # none of a withheld project
    yield from [_said("note", note=n.message) for n in public] or [_said("no_notes")]
    yield from _signed(evaluation, published)


def _results(
    evaluation: Evaluation, papers: list[Paper], projects: list[Paper], ledger: Ledger
) -> Iterator[Block]:
    scheme, w = evaluation.scheme, words()
    for paper in papers:
        if paper.project:
            continue
        money, rate = paper.spending, paper.spending.rate
        secret = hidden(ledger, "") or money.budget is None or money.executed is None
        yield _said(
            "whole_hidden" if secret else "whole",
            score=_points(paper, scheme),
            band=band_text(paper, scheme),
            budget=wan(money.budget or 0),
            executed=wan(money.executed or 0),
            rate=w["none"] if rate is None else f"{text(rate * 100)}%",
        )
    if not projects:
        return
    report = table("evaluation.toml")["report"]
    bands = Counter(band_text(p, scheme) for p in projects)
    listed = "，".join(
        report["band_count"].format(band=band if band != w["none"] else w["unscored"], count=count)
        for band, count in bands.items()
    )
    yield _said("projects", count=len(projects), bands=listed)
    yield _said("money")
    yield _overview(evaluation, papers, ledger)


def _overview(evaluation: Evaluation, papers: list[Paper], ledger: Ledger) -> Table:
    """A small table in the text: money, rate, score and band of every paper."""
    w, scheme = words(), evaluation.scheme
    amounts_of = (w["money_unit"].format(name=w[k]) for k in ("budget", "executed"))
    headers = (w["project"], *amounts_of, w["rate"], w["score"], w["band"])
    rows = []
    for paper in papers:
        money, rate = paper.spending, paper.spending.rate
        secret = hidden(ledger, paper.project)
        amounts = [w["none"] if secret or fen is None else wan(fen) for fen in (money.budget, money.executed)]  # fmt: skip
        shown = w["none"] if rate is None else f"{text(rate * 100)}%"
        texts = (_name(paper), *amounts, shown, total_text(paper, scheme), band_text(paper, scheme))
        rows.append(TableRow(tuple(TableCell(t) for t in texts), "item"))
    widths = (2.4, 1.4, 1.4, 1, 2.2, 1.4)
    columns = tuple(
        TableColumn((h,), "name" if i == 0 else "text", width)
        for i, (h, width) in enumerate(zip(headers, widths, strict=True))
    )
    return Table("", "", "", None, 2, columns, tuple(rows))


def _short(evaluation: Evaluation, papers: list[Paper]) -> Iterator[Block]:
    nothing = table("evaluation.toml")["report"]["no_reason"]
    for paper in papers:
        scores = printed_scores(paper, evaluation.scheme).rows
        for row, score in zip(paper.rows, scores, strict=True):
            if row.score is None or row.score == row.weight:
                continue
            yield _said(
                "short",
                project=_name(paper),
                name=row.line.level3.strip(),
                target=row.line.target.strip(),
                actual=row.actual or words()["none"],
                score=score,
                weight=short(row.weight, 2),
                reason=row.explained or nothing,
            )


def _open(papers: list[Paper]) -> Iterator[Block]:
    for paper in papers:
        for row in paper.rows:
            if row.score is None:
                fault = row.faults[0].message if row.faults else words()["none"]
                weight = short(row.weight, 2)
                yield _said(
                    "open", project=_name(paper), name=row.line.level3.strip(), weight=weight, fault=fault
                )  # fmt: skip
