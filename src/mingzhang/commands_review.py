"""``mingzhang diff``, ``mingzhang accept``, and what ``check`` needs of both."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import mingzhang as mz
from mingzhang.asking import Files, Lang, LangOption, fail, readable
from mingzhang.diff import diff as difference
from mingzhang.files import write_beside
from mingzhang.model.book import Book
from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.read import DEFAULT
from mingzhang.read.container import gather
from mingzhang.read.limits import in_child
from mingzhang.report.annotated import annotate
from mingzhang.review import (
    BadEntries,
    Comparison,
    apply,
    beside,
    compare,
    comparison_record,
    load,
    stale,
    written,
)
from mingzhang.review import (
    accept as accepting,
)
from mingzhang.review.compare import comparison_csv, line_of, read_report
from mingzhang.review.difference import (
    STATES,
    Diff,
    diff_csv,
    diff_record,
    movers_text,
    shown,
    signed,
    where,
)
from mingzhang.review.words import word
from mingzhang.rules import load as load_rule
from mingzhang.rules import run


class DiffForm(StrEnum):
    """Forms of a difference."""

    table = "table"
    json = "json"
    csv = "csv"


Accepted = Annotated[
    Path | None,
    typer.Option(
        "--accepted",
        help="已接受的发现（默认为书旁的 *.mingzhang.toml） / accepted findings (default: beside the book)",
    ),
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since",
        help="与前一稿比：JSON 报告或书 / compare with an earlier draft: its JSON report, or the book",
    ),
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
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", help="写入文件 / write to this file")
]


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
    退出状态 exit status: 0 没有不同 nothing differs · 1 有不同 something does · 2 无法读取 unreadable
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
        _put(json.dumps(record, ensure_ascii=False, indent=2) + "\n", out)
    elif form is DiffForm.csv:
        _put(as_csv, out)
    elif out is not None:
        _put(_captured(show), out)
    else:
        show(Console(highlight=False))


def accept(
    files: Files,
    fingerprints: Annotated[
        list[str] | None,
        typer.Option(
            "--finding", "-n", help="指纹（可只写开头），可多次给出 / fingerprint or its beginning"
        ),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", "-r", help="理由 / why it may stand")] = "",
    who: Annotated[str, typer.Option("--who", help="谁 / by whom")] = "",
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="现有的错误和警告全部接受，作为基线 / all errors and warnings: a baseline"
        ),
    ] = False,
    accepted: Accepted = None,
    prior: Annotated[
        list[Path] | None,
        typer.Option("--prior", help="上年的书，可多次给出 / last year's book (repeatable)"),
    ] = None,
    lang: LangOption = Lang.zh,
) -> None:
    """接受发现并写明理由，记在书旁的文件里。Accept findings with a reason, in a file beside the book."""
    if not fingerprints and not everything:
        fail(word("accept", "none-named", lang.value))
    if not reason.strip():
        fail(word("accept", "reason-empty", lang.value))
    path = accepted or beside(files[0])
    with usable(lang):
        text = path.read_text("utf-8-sig") if path.is_file() else ""
        known = load(path) if text else ()
        book = mz.read(*files, isolated=True)
        earlier = [mz.read(p, isolated=True) for p in prior or ()]
    report = apply(mz.check(book, prior=earlier), known)
    open_ones = [f for f in report.findings if f.severity != "note"]
    chosen = open_ones if everything else _named(report.findings, fingerprints or (), lang)
    fresh = [f for f in chosen if "accepted" not in f.facts]
    if not fresh:
        key = "already" if chosen else "nothing"
        typer.echo(word("accept", key, lang.value, n=len(chosen)), err=True)
        return
    today = datetime.now(UTC).astimezone().date()
    with usable(lang):
        entries = accepting(fresh, reason, who, today, lang.value)
        write_beside(path, written(entries, text).encode())
    typer.echo(word("accept", "done", lang.value, n=len(fresh), file=path), err=True)


def _named(findings: Sequence[Finding], wanted: Sequence[str], lang: Lang) -> list[Finding]:
    out: dict[str, Finding] = {}
    for start in map(str.lower, wanted):
        found = {f.fingerprint: f for f in findings if f.fingerprint.startswith(start)}
        if len(found) != 1:
            key = "ambiguous" if found else "unknown"
            fail(word("accept", key, lang.value, fingerprint=start))
        out |= found
    return list(out.values())


# ------------------------------------------------------------------ for check
def with_rules(report: Report, rules: Sequence[Path], lang: Lang) -> Report:
    """``report`` with what a user's own rule files find, each severity after ours.

    Ends the command with status 2 if a file is missing, defines no rule, or fails while it is run.
    """
    if not rules:
        return report
    found: list[Finding] = list(report.findings)
    for path in rules:
        with usable(lang):
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


def reviewed(report: Report, files: Sequence[Path], accepted: Path | None, lang: Lang) -> Report:
    """``report`` with what was accepted beside the book (or in ``accepted``) turned into notes.

    Says on standard error which entries no longer fit. Ends the command with status 2 if the file
    cannot be used; a file that was named has to be there.
    """
    path = accepted or beside(files[0])
    if accepted is None and not path.is_file():
        return report
    with usable(lang):
        entries = load(path)
    for sentence in stale(report, entries, path.name, lang.value):
        typer.echo(sentence, err=True)
    return apply(report, entries)


def since(report: Report, earlier: Path, lang: Lang) -> Comparison:
    """``report`` against an earlier draft: a JSON report that was kept, or the book itself."""
    with usable(lang):
        if earlier.suffix.lower() == ".json":
            return compare(read_report(earlier), report)
        return compare(mz.check(mz.read(earlier, isolated=True)), report)


def write_annotated(report: Report, files: Sequence[Path], out: Path, lang: Lang) -> None:
    """Every PDF of the book with its annotations; of several, each into a file of its own."""
    with usable(lang):
        wanted = {d.source for d in report.book.documents if d.format == "pdf"}
        pdfs = {
            name: data
            for name, data in gather(files, DEFAULT)
            if hashlib.sha256(data).hexdigest() in wanted
        }
        if not pdfs:
            named = ", ".join(d.name for d in report.book.documents)
            fail(word("annotate", "not-pdf", lang.value, files=named))
        for name, data in pdfs.items():
            made = in_child(annotate, (report, {name: data}, lang.value), DEFAULT, name)
            path = out if len(pdfs) == 1 else out.with_stem(f"{out.stem}-{Path(name).stem}")
            write_beside(path, made[name])
            typer.echo(word("annotate", "done", lang.value, file=path), err=True)


@contextmanager
def usable(lang: Lang) -> Iterator[None]:
    """As ``readable``, and for a file of accepted findings or an earlier report that is no use."""
    with readable(lang):
        try:
            yield
        except BadEntries as error:
            fail(error.message_in(lang.value))


# ------------------------------------------------------------------ showing
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


def _put(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    else:
        write_beside(out, text.encode("utf-8", "replace"))
