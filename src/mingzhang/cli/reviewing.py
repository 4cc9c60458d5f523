"""``mingzhang accept``, and what people decided about findings, as ``check`` needs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import mingzhang as mz
from mingzhang.cli.asking import Files, Lang, LangOption, PriorOption, fail, readable
from mingzhang.cli.priors import prior_books
from mingzhang.files import write_beside
from mingzhang.model.finding import Finding, Report
from mingzhang.review import accept as accepting
from mingzhang.review import apply, beside, load, stale, written
from mingzhang.review.words import word

Accepted = Annotated[
    Path | None,
    typer.Option(
        "--accepted",
        help="已接受的发现（默认为书旁的 *.mingzhang.toml） / accepted findings (default: beside the book)",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(accept)


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
    prior: PriorOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """接受发现并写明理由，记在书旁的文件里。Accept findings with a reason, in a file beside the book."""
    if not fingerprints and not everything:
        fail(word("accept", "none-named", lang.value))
    if not reason.strip():
        fail(word("accept", "reason-empty", lang.value))
    path = accepted or beside(files[0])
    with readable(lang):
        text = path.read_text("utf-8-sig") if path.is_file() else ""
        known = load(path) if text else ()
        book = mz.read(*files, isolated=True)
        earlier = prior_books(prior or (), lang)
    report = apply(mz.check(book, prior=earlier), known)
    open_ones = [f for f in report.findings if f.severity != "note"]
    chosen = open_ones if everything else _named(report.findings, fingerprints or (), lang)
    fresh = [f for f in chosen if "accepted" not in f.facts]
    if not fresh:
        key = "already" if chosen else "nothing"
        typer.echo(word("accept", key, lang.value, n=len(chosen)), err=True)
        return
    today = datetime.now(UTC).astimezone().date()
    with readable(lang):
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


def reviewed(report: Report, files: Sequence[Path], accepted: Path | None, lang: Lang) -> Report:
    """``report`` with what was accepted beside the book (or in ``accepted``) turned into notes.

    Says on standard error which entries no longer fit. Ends the command with status 2 if the file
    cannot be used; a file that was named has to be there.
    """
    path = accepted or beside(files[0])
    if accepted is None and not path.is_file():
        return report
    with readable(lang):
        entries = load(path)
    for sentence in stale(report, entries, path.name, lang.value):
        typer.echo(sentence, err=True)
    return apply(report, entries)
