"""The command line: ``mingzhang accept|check|diff|explain|figures|read|reconstruct|why``."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

import mingzhang as mz
from mingzhang.asking import Files, Lang, LangOption, fail, readable
from mingzhang.batch import Checked, books_in, check_folder
from mingzhang.catalog.messages import say
from mingzhang.commands_read import read
from mingzhang.commands_review import (
    Accepted,
    Annotate,
    OwnRules,
    Since,
    accept,
    diff,
    reviewed,
    show_comparison,
    since,
    with_rules,
    write_annotated,
)
from mingzhang.files import write_beside
from mingzhang.read.errors import refusal
from mingzhang.report import EMITTERS
from mingzhang.report.terminal import render
from mingzhang.rules import explain as explain_rule

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="明账：读懂、证明并说清部门预算。Reads, proves and explains departmental budgets.",
)


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
Prior = Annotated[
    list[Path] | None,
    typer.Option("--prior", help="上年的书，可多次给出 / last year's book (repeatable)"),
]


@app.command()
def check(
    files: Files,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="报告形式 / form of the report")
    ] = Format.terminal,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入文件 / write to this file")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="另写一份网页 / also write an HTML page")
    ] = None,
    prior: Prior = None,
    rule: OwnRules = None,
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

    退出状态 exit status: 0 没有高于说明的发现 nothing above note · 1 有发现 findings · 2 无法读取 unreadable
    """
    if len(files) == 1 and files[0].is_dir():
        if html is not None or prior:
            fail(say("cli", "one-book", lang.value, {}))
        raise typer.Exit(_check_folder(files[0], form, out, jobs, lang))
    with readable(lang):
        book = mz.read(*files, isolated=True)
        before = [mz.read(p, isolated=True) for p in prior or ()]
    report = with_rules(mz.check(book, prior=before), rule or (), lang)
    report = reviewed(report, files, accepted, lang)
    if annotated is not None:
        write_annotated(report, files, annotated, lang)
    if html is not None:
        write_beside(html, EMITTERS["html"](report, lang.value))
    if form is Format.terminal:
        if out is None:
            render(report, Console(), lang.value)
        else:
            text = io.StringIO()
            render(report, Console(file=text, width=100), lang.value)
            write_beside(out, text.getvalue().encode())
    else:
        data = EMITTERS[form.value](report, lang.value)
        if out is not None:
            write_beside(out, data)
        else:
            sys.stdout.buffer.write(data)
            if not data.endswith(b"\n"):
                sys.stdout.buffer.write(b"\n")
            sys.stdout.buffer.flush()
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
        ).encode()
        if out is None:
            sys.stdout.buffer.write(lines)
        else:
            write_beside(out, lines)
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
        table.add_row(one.name, verdict, *(str(n) for n in (*counts, *figures)))
    return table


@app.command()
def figures(
    files: Files,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV / print CSV")] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """列出每个数字及其含义。List every figure with the quantity it states."""
    with readable(lang):
        book = mz.read(*files, isolated=True)
    header = ("id", "text", "unit", "label", "quantity", "where")
    lines = [
        (
            f.id,
            f.text,
            f.unit,
            f.label,
            f.quantity.key if f.quantity else say("unread", _reason(f.unread), lang.value, {}),
            where(f.place),
        )
        for f in book.figures
    ]
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(header)
        writer.writerows(lines)
        return
    table = Table(*header, show_edge=False, pad_edge=False)
    for line in lines:
        table.add_row(*line)
    Console().print(table)


@app.command()
def why(
    file: Annotated[Path, typer.Argument(help="书 / the book")],
    figure: Annotated[str, typer.Argument(help="数字的编号（见 figures） / the figure's id")],
    prior: Prior = None,
    lang: LangOption = Lang.zh,
) -> None:
    """一个数字参与的关系和它的可能取值。The relations of one figure and the interval left for it."""
    with readable(lang):
        book = mz.read(file)
        earlier = [mz.read(p) for p in prior or ()]
    try:
        found = mz.why(book, figure, earlier)
    except KeyError:
        fail(say("cli", "no-figure", lang.value, {"id": figure, "file": file.name}))
    console = Console(highlight=False)
    one = found.figure
    console.print(f"[bold]{one.text}{one.unit}[/]  {one.label}", f"({where(one.place)})")
    if one.quantity is not None:
        console.print(one.quantity.key, style="dim")
    low = "−∞" if found.low is None else f"{found.low:,f}"
    high = "+∞" if found.high is None else f"{found.high:,f}"
    facts = {"low": low, "high": high, "unit": one.unit}
    console.print(say("cli", "exactly" if low == high else "interval", lang.value, facts))
    for other in found.same:
        facts = {"text": f"{other.text}{other.unit}", "where": where(other.place)}
        console.print("  = " + say("cli", "same", lang.value, {**facts, "label": other.label}))
    for test, words in found.relations:
        reason = say(
            "relation", test.relation.reason.kind, lang.value, dict(test.relation.reason.params)
        )
        console.print(
            f"  {words}", style="bold" if test.state == "violated" else None, markup=False
        )
        console.print(f"      {reason}", style="dim", markup=False)


@app.command()
def reconstruct(files: Files, prior: Prior = None, lang: LangOption = Lang.zh) -> None:
    """由全书推出目录列出而正文缺少的报表。Rebuild statements that are announced but missing."""
    with readable(lang):
        book = mz.read(*files, isolated=True)
        earlier = [mz.read(p) for p in prior or ()]
    rebuilt = mz.reconstruct(book, earlier)
    console = Console(highlight=False)
    if not rebuilt:
        console.print(say("cli", "nothing-missing", lang.value, {}))
    for statement in rebuilt:
        mark = say("cli", "rebuilt" if statement.verified else "rebuilt-unverified", lang.value, {})
        table = Table(
            "", *statement.columns, title=f"{statement.title} {mark}", caption=statement.unit
        )
        for label, cells in statement.rows:
            table.add_row(label, *(c.text or between(c.low, c.high) for c in cells))
        console.print(table)


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="规则编号，如 MZ001 / a rule id")],
    lang: LangOption = Lang.zh,
) -> None:
    """说明一条规则。Explain a rule: what it checks, its basis, an example, when it is silent."""
    try:
        typer.echo(explain_rule(rule.upper(), lang.value))
    except KeyError:
        fail(say("cli", "no-rule", lang.value, {"rule": rule}))


for command in (read, diff, accept):
    app.command()(command)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="版本 / version")] = False,
) -> None:
    """明账 Mingzhang."""
    if show:
        typer.echo(mz.__version__)
        raise typer.Exit


def main() -> None:
    """Entry point. Output is UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


def between(low: object, high: object) -> str:
    """An interval as shown in a cell: nothing where nothing is known."""
    if low is None and high is None:
        return ""
    return f"[{'−∞' if low is None else f'{low:,f}'}, {'+∞' if high is None else f'{high:,f}'}]"


def where(place: mz.Place) -> str:
    """A place in a few characters: page, sheet and cell, or line and column."""
    if place.page is not None:
        return f"p.{place.page}"
    if place.cell is not None:
        return f"{place.sheet or ''}!{place.cell}"
    return f"{place.line}:{place.column}"


def _reason(unread: str) -> str:
    return unread if unread in ("row", "column", "percent-column", "threshold") else "subject"


COMMANDS: dict[str, Callable[..., None]] = {
    "accept": accept,
    "check": check,
    "diff": diff,
    "explain": explain,
    "figures": figures,
    "read": read,
    "reconstruct": reconstruct,
    "why": why,
}


if __name__ == "__main__":
    main()
