"""``mingzhang diff``: two books or drafts, figure by figure or finding by finding."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import mingzhang as mz
from mingzhang.cli.asking import Lang, LangOption, OutOption, put, readable, where
from mingzhang.diff import diff as difference
from mingzhang.model.book import Book
from mingzhang.model.finding import Report
from mingzhang.review import Comparison, compare, comparison_record
from mingzhang.review.compare import comparison_csv, line_of, read_report
from mingzhang.review.difference import (
    STATES,
    Diff,
    diff_csv,
    diff_record,
    movers_text,
    shown,
    signed,
)
from mingzhang.review.words import word


class DiffForm(StrEnum):
    """Forms of a difference."""

    table = "table"
    json = "json"
    csv = "csv"


Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        help="与前一稿比：JSON 报告或书 / compare with an earlier draft: its JSON report, or the book",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(diff)


def diff(
    before: Annotated[Path, typer.Argument(help="前一本书或前一稿 / the earlier book or draft")],
    after: Annotated[Path, typer.Argument(help="后一本书或后一稿 / the later book or draft")],
    form: Annotated[
        DiffForm, typer.Option("--format", "-f", help="形式 / form of the difference")
    ] = DiffForm.table,
    out: OutOption = None,
    same: Annotated[
        bool, typer.Option("--all", help="也列出相同的数字 / list what is the same, too")
    ] = False,
    findings: Annotated[
        bool,
        typer.Option("--findings", help="改为比较两稿的发现 / compare the findings of the drafts"),
    ] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """逐个数字对比两本书或两稿，并说明变动来自哪里。Compare two books or drafts figure by figure.

    一本书有多个文件时请给出文件夹。A book of several files is given as a folder.
    退出状态：0 没有不同，1 有不同，2 无法读取。Exit status: 0 nothing differs, 1 something does, 2 unreadable.
    """
    with readable(lang):
        a, b = mz.read(before, isolated=True), mz.read(after, isolated=True)
    if findings:
        comparison = compare(mz.check(a), mz.check(b))
        _tell(
            form,
            out,
            comparison_record(comparison, lang.value),
            comparison_csv(comparison, lang.value),
            lambda console: show_comparison(comparison, console, lang),
        )
        raise typer.Exit(int(bool(comparison.new or comparison.changed or comparison.gone)))
    found = difference(a, b)
    _tell(
        form,
        out,
        diff_record(found, lang.value),
        diff_csv(found, lang.value, same),
        lambda console: show_diff(found, console, lang, same),
    )
    raise typer.Exit(int(found.count("same") < len(found.lines)))


def _tell(
    form: DiffForm,
    out: Path | None,
    record: Mapping[str, Any],
    as_csv: str,
    show: Callable[[Console], None],
) -> None:
    """In the form that was asked for, to the screen or to a file."""
    if form is DiffForm.json:
        put(json.dumps(record, ensure_ascii=False, indent=2) + "\n", out)
    elif form is DiffForm.csv:
        put(as_csv, out)
    elif out is not None:
        put(_captured(show), out)
    else:
        show(Console(highlight=False))


def since(report: Report, earlier: Path, lang: Lang) -> Comparison:
    """``report`` against an earlier draft: a JSON report that was kept, or the book itself."""
    with readable(lang):
        if earlier.suffix.lower() == ".json":
            return compare(read_report(earlier), report)
        return compare(mz.check(mz.read(earlier, isolated=True)), report)


def show_comparison(comparison: Comparison, console: Console, lang: Lang) -> None:
    """What is new, changed, gone and unchanged, and how many of each."""
    lines = comparison.lines()
    if not lines:
        console.print(word("compare", "nothing", lang.value))
        return
    table = Table(show_edge=False, pad_edge=False)
    for column in ("state", "severity", "rule", "message", "where"):
        table.add_column(word("compare", column, lang.value))
    for state, told in lines:
        if (state, told.severity) == ("unchanged", "note"):
            continue  # counted below; a page of them hides what matters
        cells = line_of(state, told, lang.value)
        table.add_row(*(Text(cell, style=_STYLE[state]) for cell in cells))
    console.print(table)
    counts = {state: len(getattr(comparison, state)) for state in _STYLE}
    console.print(Text(word("compare", "counts", lang.value, **counts), style="bold"))


_STYLE = {"new": "red", "changed": "yellow", "unchanged": "", "gone": "green"}


def show_diff(found: Diff, console: Console, lang: Lang, same: bool = False) -> None:
    """What differs (with ``same``: every line) as a table, and how many lines of each kind."""
    names = {"a": _named_book(found.a), "b": _named_book(found.b)}
    console.print(Text(word("diff", "title", lang.value, **names), style="bold"))
    table = Table(show_edge=False, pad_edge=False)
    for column in ("line", "before", "after", "difference", "percent", "because", "where"):
        right = column in ("before", "after", "difference", "percent")
        table.add_column(word("diff", column, lang.value), justify="right" if right else "left")
    for line in found.lines:
        if line.state == "same" and not same:
            continue
        side = line.after or line.before
        assert side is not None
        cells = (
            f"{line.names[lang.value]} ({side.unit.value})",
            shown(line.before, lang.value) or "—",
            shown(line.after, lang.value) or "—",
            signed(line.difference),
            signed(line.percent),
            movers_text(line.because, lang.value),
            where(side.place),
        )
        table.add_row(*map(Text, cells))
    if table.row_count:
        console.print(table)
    counts = {state.replace("-", "_"): found.count(state) for state in STATES}
    alike = counts["same"] == len(found.lines)
    key = "alike" if alike else "counts"
    console.print(Text(word("diff", key, lang.value, **counts), style="bold"))


def _named_book(book: Book) -> str:
    files = ", ".join(d.name for d in book.documents)
    return f"{book.title or book.entity} ({files})"


def _captured(show: Callable[[Console], None]) -> str:
    text = io.StringIO()
    show(Console(file=text, width=160, highlight=False))
    return text.getvalue()
