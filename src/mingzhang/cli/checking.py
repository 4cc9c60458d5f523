"""``mingzhang check``: a book, or a folder of books, checked; and the forms of the report."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

import mingzhang as mz
from mingzhang.batch import Checked, books_in, check_folder
from mingzhang.catalog.messages import say
from mingzhang.cli.asking import (
    Files,
    Lang,
    LangOption,
    OutOption,
    PriorOption,
    fail,
    put,
    readable,
)
from mingzhang.cli.comparing import Since, show_comparison, since
from mingzhang.cli.picturing import emitted, write_annotated
from mingzhang.cli.priors import prior_books
from mingzhang.cli.reviewing import Accepted, reviewed
from mingzhang.files import write_beside
from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.read.errors import refusal
from mingzhang.report.terminal import render
from mingzhang.review.words import word
from mingzhang.rules import load as load_rule
from mingzhang.rules import mz109_published_late as published_late
from mingzhang.rules import run


class Format(StrEnum):
    """Forms of a report."""

    terminal = "terminal"
    json = "json"
    html = "html"
    xlsx = "xlsx"
    sarif = "sarif"
    junit = "junit"


Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, help="同时核对几本 / books at once (for a folder)")
]
Annotate = Annotated[
    Path | None,
    typer.Option("--annotate", help="另写带批注的 PDF / also write the PDF with annotations"),
]
OwnRules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rule",
        help="自己的规则文件，可多次给出 / a rule of your own (repeatable); the file is run",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(check)


def check(
    files: Files,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="报告形式 / form of the report")
    ] = Format.terminal,
    out: OutOption = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="另写一份网页 / also write an HTML page")
    ] = None,
    prior: PriorOption = None,
    rule: OwnRules = None,
    approved: Annotated[
        datetime | None,
        typer.Option("--approved", formats=["%Y-%m-%d"], help="批复日期 / date of approval"),
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option("--published", formats=["%Y-%m-%d"], help="公开日期 / date of publication"),
    ] = None,
    accepted: Accepted = None,
    earlier: Since = None,
    annotated: Annotate = None,
    jobs: Jobs = 1,
    timing: Annotated[
        bool, typer.Option("--timing", help="列出各步用时 / show seconds per stage")
    ] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """核对一本书并说明问题。Check a book and say what is wrong.

    退出状态：0 没有高于提示的发现，1 有发现，2 无法读取。Exit status: 0 nothing above note, 1 findings, 2 unreadable.
    """
    if len(files) == 1 and files[0].is_dir():
        if html is not None or prior:
            fail(say("cli", "one-book", lang.value, {}))
        raise typer.Exit(_check_folder(files[0], form, out, jobs, lang))
    with readable(lang):
        book = mz.read(*files, isolated=True)
        before = prior_books(prior or (), lang)
    report = with_rules(mz.check(book, prior=before), rule or (), lang)
    if approved is not None and published is not None:
        report = _with_dates(report, approved.date(), published.date())
    report = reviewed(report, files, accepted, lang)
    if annotated is not None:
        write_annotated(report, files, annotated, lang)
    with readable(lang):
        if html is not None:
            write_beside(html, emitted("html", report, files, lang))
        if form is not Format.terminal:
            put(emitted(form.value, report, files, lang), out)
        elif out is None:
            render(report, Console(), lang.value)
        else:
            text = io.StringIO()
            render(report, Console(file=text, width=100), lang.value)
            put(text.getvalue(), out)
    if timing:
        for stage, seconds in report.seconds.items():
            typer.echo(f"{stage:10} {seconds * 1000:8.1f} ms", err=True)
    if earlier is not None:
        comparison = since(report, earlier, lang)
        show_comparison(comparison, Console(stderr=form is not Format.terminal), lang)
        raise typer.Exit(comparison.exit_status)
    raise typer.Exit(report.exit_status)


def _check_folder(folder: Path, form: Format, out: Path | None, jobs: int, lang: Lang) -> int:
    """A folder of books: a progress bar, a table, and with --format json one line a book."""
    books = books_in(folder)
    if not books:
        fail(refusal("no-files", str(folder)).message_in(lang.value))
    done: list[Checked] = []
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(folder.name, total=len(books))
        for one in check_folder(books, jobs, lang.value):
            done.append(one)
            bar.advance(task)
    order = {name: index for index, (name, _) in enumerate(books)}
    done.sort(key=lambda one: order[one.name])
    if form is Format.json:
        lines = "".join(
            json.dumps({"name": one.name, "files": one.files, **one.record}, ensure_ascii=False)
            + "\n"
            for one in done
        )
        put(lines, out)
    else:
        Console().print(_summary(done, lang))
    for one in done:
        if one.verdict == "unreadable":
            typer.echo(one.record["message"], err=True)
    if any(one.verdict == "unreadable" for one in done):
        return 2
    return int(any(one.count("error") or one.count("warning") for one in done))


def _summary(done: list[Checked], lang: Lang) -> Table:
    columns = ("book", "verdict", "errors", "warnings", "notes", "figures", "proved")
    table = Table(*(say("cli", f"column-{c}", lang.value, {}) for c in columns), show_edge=False)
    for one in done:
        coverage = one.record["coverage"]
        counts = (one.count("error"), one.count("warning"), one.count("note"))
        verdict = say("verdict", one.verdict, lang.value, {})
        figures = (coverage["figures"], coverage["proved"])
        table.add_row(Text(one.name), verdict, *(str(n) for n in (*counts, *figures)))
    return table


def _with_dates(report: Report, approved: date, published: date) -> Report:
    """``report`` with MZ109 asked of these dates instead of those that the text tells."""
    kept = [f for f in report.findings if f.rule != published_late.RULE.id]
    kept += run(report.book, [published_late.given(approved, published)])
    return replace(report, findings=tuple(sorted(kept, key=lambda f: SEVERITIES.index(f.severity))))


def with_rules(report: Report, rules: Sequence[Path], lang: Lang) -> Report:
    """``report`` with what a user's own rule files find, each severity after ours.

    Ends the command with status 2 if a file is missing, defines no rule, or fails while it is run.
    """
    if not rules:
        return report
    found: list[Finding] = list(report.findings)
    for path in rules:
        with readable(lang):
            try:
                found += run(report.book, [load_rule(path)])
            except OSError:
                raise
            except Exception as error:  # somebody else's program: it may fail in any way
                detail = f"{type(error).__name__}: {error}"
                fail(word("rule", "broken", lang.value, file=path, detail=detail))
    return replace(
        report, findings=tuple(sorted(found, key=lambda f: SEVERITIES.index(f.severity)))
    )
