"""``mingzhang evaluate``, ``file``, ``verify``, ``propose``: the year's results and what follows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from mingzhang.cli.asking import Lang, LangOption, fail, readable
from mingzhang.files import write_beside
from mingzhang.ledger import NoLedger, read_ledger, write_ledger
from mingzhang.model.edition import Edition
from mingzhang.model.evidence import Actual
from mingzhang.model.ledger import Ledger
from mingzhang.perform.evaluation import (
    Answers,
    Evaluation,
    Spending,
    Unusable,
    by_department,
    department_edition,
    evaluate,
    laid_over,
    load_answers,
    record_of,
    self_edition,
    spending_of_ledger,
    spending_of_state,
    with_reviews,
)
from mingzhang.perform.evaluation.forms import band_text, total_text, words
from mingzhang.perform.evaluation.records import FORMAT
from mingzhang.perform.execution import read_execution, state, year_folder
from mingzhang.perform.filing import NotSound, canonical, file_version, verify
from mingzhang.perform.proposals import Proposal, apply, propose
from mingzhang.perform.proposals.propose import told as proposals_told
from mingzhang.perform.scoring import BadScheme
from mingzhang.perform.scoring.telling import phrase
from mingzhang.publishing import PUBLISHERS, publish

FORMATS = tuple(name for name in PUBLISHERS if name != "data")
"""Formats of the forms and reports: those of a book; open data are the budget's own."""

_RECORD = "evaluation.json"
_FILED = "filed"

LedgerPath = Annotated[
    Path, typer.Argument(help="底账：文件夹或 .xlsx / the ledger: a folder or .xlsx")
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("evaluate")(evaluate_command)
    app.command("file")(file_command)
    app.command("verify")(verify_command)
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

    退出状态：0 全部评完，1 有未评分或待补的内容，2 无法读取。
    Exit status: 0 all scored, 1 something is open, 2 unreadable.
    """
    wanted = _formats(formats, lang)
    with readable(lang):
        year = _year(ledger, lang)
        day = _day(published, lang)
        if department:
            _department(year, project, out, wanted, day, lang)
            return
        found = year.evaluation(project)
        write_beside(out / _RECORD, canonical(record_of(found)))
        _publish(self_edition(found, year.ledger, day), out, wanted, lang)
        _show(found, lang)
        raise typer.Exit(int(any(True for _ in found.all_faults())))


def file_command(
    what: Annotated[
        Path,
        typer.Argument(
            help="evaluate 写的文件夹或 evaluation.json，或底账 / what evaluate wrote, or a ledger"
        ),
    ],
    who: Annotated[str, typer.Option("--who", help="归档人 / who files it")],
    when: Annotated[
        str, typer.Option("--when", help="时间，含时区 / time with zone: 2024-01-20T09:30:00+08:00")
    ],
    folder: Annotated[
        Path | None, typer.Option("--folder", help="归档文件夹 / folder of the filed versions")
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """把评价冻结为一个版本，不覆盖以前的版本。Freezes an evaluation as a version; overwrites nothing."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not who.strip():
        fail(_say("cli", "bad-when", lang, when=when))
    with readable(lang):
        content, beside = _content(what, moment, lang)
        target = folder or beside / _FILED
        try:
            filed = file_version(content, who, moment, target)
        except NotSound as refused:
            for problem in refused.found.problems:
                typer.echo(problem.message_in(lang.value), err=True)
            fail(_say("filing", "refused", lang))
    count = _open(content)
    if count and filed.new:
        typer.echo(_say("filing", "not-ready", lang, count=count), err=True)
    key = "filed" if filed.new else "same"
    facts = {"number": filed.number, "path": filed.path, "digest": filed.digest}
    typer.echo(_say("filing", key, lang, **facts))


def verify_command(
    folder: Annotated[Path, typer.Argument(help="归档文件夹 / folder of the filed versions")],
    digest: Annotated[
        str,
        typer.Option("--digest", help="登记的末版校验值 / digest on record of the last version"),
    ] = "",
    lang: LangOption = Lang.zh,
) -> None:
    """核验归档：改动、缺失、换序都会指出。Verifies filed versions: changed, removed, reordered.

    退出状态：0 完整，1 有问题。Exit status: 0 sound, 1 not.
    """
    with readable(lang):
        found = verify(folder, digest)
    for version in found.versions:
        typer.echo(f"v{version.number}  {version.when}  {version.who}  {version.digest}")
    for problem in found.problems:
        typer.echo(problem.message_in(lang.value), err=True)
    if found.sound:
        typer.echo(_say("filing", "sound", lang, count=len(found.versions), digest=found.digest))
    raise typer.Exit(int(not found.sound))


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
        fail(_say("cli", "not-empty", lang, folder=out))
    with readable(lang):
        year = _year(ledger, lang)
        found, reviewed = _results(year, lang)
        proposals = propose(year.ledger, found, reviewed=reviewed)
        write_ledger(apply(year.ledger, proposals, found), out)
        write_beside(out / "proposals.json", canonical([_record(p) for p in proposals]))
    typer.echo("\n".join(proposals_told(proposals, lang.value)))
    typer.echo(_say("cli", "written", lang, path=out), err=True)


# ------------------------------------------------------------------ a year
@dataclass(frozen=True, slots=True)
class _Year:
    """A ledger with its year: actual values, money, answers."""

    ledger: Ledger
    folder: Path
    actuals: tuple[Actual, ...]
    spending: tuple[Spending, ...]
    answers: Answers

    def evaluation(self, only: Sequence[str] | None = None) -> Evaluation:
        """The self-evaluation, of some projects or all."""
        chosen = None if not only else tuple(only)
        return evaluate(
            self.ledger, self.ledger.goals, self.actuals, self.spending, self.answers, only=chosen
        )


def _year(path: Path, lang: Lang, now: datetime | None = None) -> _Year:
    """The ledger and everything in its folder ``year``; what is missing there is simply not known.
    ``now`` is the time at which the registers are said to be asked (the clock's if None)."""
    try:
        ledger, faults = read_ledger(path)
    except NoLedger as error:
        fail(error.fault.message_in(lang.value))
    for one in faults:
        if one.severity != "note":
            typer.echo(f"{one.where(lang.value)} {one.message_in(lang.value)}", err=True)
    folder = year_folder(path)
    try:
        answers = _answers(folder / "evaluation.toml")
        actuals = _asked(folder / "evidence.toml", lang, now)
        spending = laid_over(spending_of_ledger(ledger), _paid(folder, ledger, lang))
        evaluate(ledger, (), (), (), answers, only=())  # the scheme holds, or it is said at once
    except (Unusable, BadScheme) as refused:
        fail(refused.fault.message_in(lang.value))
    return _Year(ledger, folder, actuals, spending, answers)


def _asked(path: Path, lang: Lang, now: datetime | None) -> tuple[Actual, ...]:
    """The actual values that the registers give; none where there is no evidence.toml."""
    if not path.is_file():
        return ()
    try:  # the engine is an extra: without it everything else still works
        from mingzhang.perform import evidence
    except ModuleNotFoundError as absent:
        typer.echo(_say("cli", "no-engine", lang, name=absent.name or ""), err=True)
        return ()
    try:
        return evidence.evaluate(evidence.load(path), now=now)
    except evidence.Refused as refused:
        fail(refused.fault.message_in(lang.value))


def _answers(path: Path) -> Answers:
    return load_answers(path) if path.is_file() else Answers()


def _paid(folder: Path, ledger: Ledger, lang: Lang) -> Iterable[Spending]:
    if not any((folder / f"payments{ending}").is_file() for ending in (".csv", ".xlsx")):
        return ()
    execution, faults = read_execution(folder, ledger, date(ledger.year, 12, 31))
    for one in faults:
        if one.severity != "note":
            typer.echo(f"{one.where(lang.value)} {one.message_in(lang.value)}", err=True)
    return spending_of_state(state(ledger, execution, date(ledger.year, 12, 31)))


def _department(
    year: _Year,
    project: list[str] | None,
    out: Path,
    wanted: Sequence[str],
    day: date | None,
    lang: Lang,
) -> None:
    try:
        own = load_answers(year.folder / "department.toml")
        own = _chosen(own, project)
        found = by_department(
            year.ledger, year.ledger.goals, year.actuals, year.spending, year.answers, own
        )
    except (Unusable, BadScheme) as refused:
        fail(refused.fault.message_in(lang.value))
    write_beside(out / f"department-{_RECORD}", canonical(record_of(found.evaluation)))
    _publish(department_edition(found, day), out, wanted, lang)
    _show(found.evaluation, lang)
    faults = [f for c in found.comparisons for r in c.rows for f in r.faults]
    for fault in faults:
        typer.echo(fault.message_in(lang.value), err=True)
    raise typer.Exit(int(bool(faults) or any(True for _ in found.evaluation.all_faults())))


def _results(year: _Year, lang: Lang) -> tuple[Evaluation, tuple[str, ...]]:
    """The self-evaluation, with the department's own where there is one, and of which projects."""
    found = year.evaluation()
    path = year.folder / "department.toml"
    if not path.is_file():
        return found, ()
    try:
        review = by_department(
            year.ledger,
            year.ledger.goals,
            year.actuals,
            year.spending,
            year.answers,
            load_answers(path),
        )
    except (Unusable, BadScheme) as refused:
        fail(refused.fault.message_in(lang.value))
    return with_reviews(found, review), tuple(c.project for c in review.comparisons)


def _chosen(own: Answers, project: list[str] | None) -> Answers:
    if not project:
        return own
    return Answers(
        own.answers,
        own.execution,
        own.spending,
        own.scheme,
        tuple(project),
        own.evaluator,
        own.faults,
    )


def _content(what: Path, when: datetime, lang: Lang) -> tuple[Mapping[str, Any], Path]:
    """The data to file and the folder beside which to file it."""
    path = what / _RECORD if what.is_dir() else what
    if path.is_file() and path.suffix == ".json":
        try:
            content = json.loads(path.read_bytes())
        except ValueError:
            content = None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            fail(_say("cli", "not-evaluation", lang, file=path))
        return content, path.parent
    year = _year(what, lang, when)
    return record_of(year.evaluation()), year.folder


def _open(content: Mapping[str, Any]) -> int:
    """How much is still missing or wrong in an evaluation."""
    own = len(content["faults"]) + sum(len(p["faults"]) for p in content["papers"])
    return own + sum(len(r["faults"]) for p in content["papers"] for r in p["rows"])


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
def _say(section: str, key: str, lang: Lang, **fields: object) -> str:
    return phrase("evaluation.toml", section, key, **fields)[lang.value]


def _formats(formats: str, lang: Lang) -> list[str]:
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            fail(_say("cli", "unknown-format", lang, name=name, known="、".join(FORMATS)))
    return wanted


def _day(text: str, lang: Lang) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(_say("cli", "bad-when", lang, when=text))


def _publish(edition: Edition, out: Path, wanted: Iterable[str], lang: Lang) -> None:
    for path in publish(edition, out, tuple(wanted)).values():
        typer.echo(_say("cli", "written", lang, path=path), err=True)


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
        typer.echo(_say("cli", "summary", lang, **facts))
    open_ = list(found.all_faults())
    for project, line, fault in open_:
        where = " ".join(t for t in (project or _whole(lang), line) if t)
        typer.echo(f"{where}: {fault.message_in(lang.value)}", err=True)
    for note in found.notes:
        typer.echo(note.message_in(lang.value), err=True)
    if open_:
        typer.echo(_say("cli", "open", lang, count=len(open_)), err=True)
