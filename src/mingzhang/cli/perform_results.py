"""``mingzhang evaluate``, ``propose``: the year's results and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from mingzhang.cli.asking import Lang, LangOption, fail, readable
from mingzhang.cli.evaluated import (
    DEPARTMENT,
    DEPARTMENT_RECORD,
    RECORD,
    LedgerYear,
    ledger_year,
    say,
)
from mingzhang.files import write_beside
from mingzhang.ledger import write_ledger
from mingzhang.model.edition import Edition
from mingzhang.perform.evaluation import (
    Evaluation,
    department_edition,
    record_of,
    self_edition,
    with_reviews,
)
from mingzhang.perform.evaluation.forms import band_text, total_text, words
from mingzhang.perform.filing import canonical
from mingzhang.perform.proposals import Proposal, apply, propose
from mingzhang.perform.proposals.accounts import codes_told
from mingzhang.perform.proposals.propose import told as proposals_told
from mingzhang.publishing import PUBLISHERS, publish

FORMATS = tuple(name for name in PUBLISHERS if name != "data")
"""Formats of the forms and reports: those of a book; open data are the budget's own."""

LedgerPath = Annotated[
    Path, typer.Argument(help="底账：文件夹或 .xlsx / the ledger: a folder or .xlsx")
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("evaluate")(evaluate_command)
    app.command("propose")(propose_command)


def evaluate_command(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="写入文件夹 / write into this folder")],
    project: Annotated[
        list[str] | None,
        typer.Option("--project", "-P", help="只评这些项目，可多次给出 / only these (repeatable)"),
    ] = None,
    department: Annotated[
        bool,
        typer.Option(
            "--by-department", help="部门评价（department.toml） / departmental evaluation"
        ),
    ] = False,
    formats: Annotated[
        str, typer.Option("--formats", help="格式，逗号分开 / formats, separated by commas")
    ] = ",".join(FORMATS),
    published: Annotated[
        str, typer.Option("--published", help="公布日期 / date of publication (2024-03-01)")
    ] = "",
    lang: LangOption = Lang.zh,
) -> None:
    """绩效自评：自评表、自评报告和评价数据。The self-evaluation: forms, report, and its data.

    退出状态：0 全部评完，1 有未评分或待补的内容，2 无法读取。Exit status: 0 all scored, 1 something is open, 2 unreadable.
    """
    wanted = _formats(formats, lang)
    with readable(lang):
        year = ledger_year(ledger, lang)
        day = _day(published, lang)
        if department:
            _department(year, project, out, wanted, day, lang)
            return
        found = year.evaluation(project)
        write_beside(out / RECORD, canonical(record_of(found)))
        _publish(self_edition(found, year.ledger, day), out, wanted, lang)
        _show(found, lang)
        raise typer.Exit(int(any(True for _ in found.all_faults())))


def propose_command(
    ledger: LedgerPath,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="下一年的底账（新文件夹） / next year's ledger (new)"),
    ],
    lang: LangOption = Lang.zh,
) -> None:
    """由绩效结果提出下一年安排：保留、压减、增加、取消。Next year's ledger, proposed from the results."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        fail(say("cli", "not-empty", lang, folder=out))
    with readable(lang):
        year = ledger_year(ledger, lang)
        found = year.evaluation()
        reviewed: tuple[str, ...] = ()
        if (year.folder / DEPARTMENT).is_file():
            review = year.by_department(lang)
            found = with_reviews(found, review)
            reviewed = tuple(c.project for c in review.comparisons)
        proposals = propose(year.ledger, found, reviewed=reviewed)
        write_ledger(apply(year.ledger, proposals, found), out)
        write_beside(out / "proposals.json", canonical([_record(p) for p in proposals]))
    told = [*proposals_told(proposals, lang.value), *codes_told(year.ledger, lang.value)]
    typer.echo("\n".join(told))
    typer.echo(say("cli", "written", lang, path=out), err=True)


def _department(
    year: LedgerYear,
    project: list[str] | None,
    out: Path,
    wanted: Sequence[str],
    day: date | None,
    lang: Lang,
) -> None:
    found = year.by_department(lang, project)
    write_beside(out / DEPARTMENT_RECORD, canonical(record_of(found.evaluation)))
    _publish(department_edition(found, day), out, wanted, lang)
    _show(found.evaluation, lang)
    faults = [f for c in found.comparisons for r in c.rows for f in r.faults]
    for fault in faults:
        typer.echo(fault.message_in(lang.value), err=True)
    raise typer.Exit(int(bool(faults) or any(True for _ in found.evaluation.all_faults())))


def _record(proposal: Proposal) -> dict[str, Any]:
    return {
        "project": proposal.project,
        "action": proposal.action,
        "before": proposal.before,
        "after": proposal.after,
        "rules": list(proposal.rules),
        "reasons": dict(sorted(proposal.reasons.items())),
    }


# ------------------------------------------------------------------ saying
def _formats(formats: str, lang: Lang) -> list[str]:
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            fail(say("cli", "unknown-format", lang, name=name, known="、".join(FORMATS)))
    return wanted


def _day(text: str, lang: Lang) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(say("cli", "bad-day", lang, day=text))


def _publish(edition: Edition, out: Path, wanted: Iterable[str], lang: Lang) -> None:
    for path in publish(edition, out, tuple(wanted)).values():
        typer.echo(say("cli", "written", lang, path=path), err=True)


def _whole(lang: Lang) -> str:
    return words()["whole" if lang is Lang.zh else "whole_en"]


def _show(found: Evaluation, lang: Lang) -> None:
    """Totals to standard output; what is open or unlikely to standard error."""
    for paper in found.papers:
        facts = {
            "project": paper.project or _whole(lang),
            "score": total_text(paper, found.scheme, lang.value),
            "band": band_text(paper, found.scheme, lang.value),
        }
        typer.echo(say("cli", "summary", lang, **facts))
    open_ = list(found.all_faults())
    for project, line, fault in open_:
        where = " ".join(t for t in (project or _whole(lang), line) if t)
        typer.echo(f"{where}: {fault.message_in(lang.value)}", err=True)
    for note in found.notes:
        typer.echo(note.message_in(lang.value), err=True)
    if open_:
        typer.echo(say("cli", "open", lang, count=len(open_)), err=True)
