"""``mingzhang compile``: a ledger into a published book, read back and proved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from mingzhang.catalog.messages import say
from mingzhang.catalog.naming import short_name
from mingzhang.cli.asking import Files, Lang, LangOption, PriorOption, fail, readable
from mingzhang.cli.ledger import LEDGER
from mingzhang.cli.priors import prior_books
from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.disclosure import Audit
from mingzhang.frombook import recover
from mingzhang.frombook.recover import DETERMINED
from mingzhang.ledger import NoLedger, check_ledger, read_ledger, write_ledger
from mingzhang.ledger.new import layout_for
from mingzhang.model.ledger import Ledger
from mingzhang.publish.pdf import PublishFailed
from mingzhang.publish.pdf.failed import failed
from mingzhang.publishing import PUBLISHERS, prove, publish
from mingzhang.read import read_book


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("compile")(compile_command)
    LEDGER.command("from-book")(from_book)


def compile_command(
    ledger: Annotated[
        Path, typer.Argument(help="底账：文件夹或 XLSX / the ledger: a folder or an XLSX")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="写入文件夹 / write into this folder")],
    formats: Annotated[
        str, typer.Option("--formats", help="格式，逗号分开 / formats, separated by commas")
    ] = ",".join(PUBLISHERS),
    prior: PriorOption = None,
    fonts: Annotated[
        Path | None,
        typer.Option("--fonts", help="PDF 用的字体文件夹 / a folder of fonts for the PDF"),
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof/--no-proof", help="读回并证明 / read back and prove")
    ] = True,
    lang: LangOption = Lang.zh,
) -> None:
    """由底账编成整本预算，发布为各种格式，再逐个读回证明。Compiles a ledger into a published book."""
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in PUBLISHERS]
    if unknown:
        known = "、".join(PUBLISHERS)
        fail(say("cli", "unknown-format", lang.value, {"name": unknown[0], "known": known}))
    if not wanted:
        fail(say("cli", "no-format", lang.value, {"known": "、".join(PUBLISHERS)}))
    _check_folders(out, fonts, lang)
    with readable(lang), _published(lang):
        found = read(ledger, lang)
        books = prior_books(prior or (), lang)
        compiled = compile_ledger(found, books)
        show(compiled, lang)
        if not compiled.ok or compiled.edition is None or compiled.book is None:
            typer.echo(say("cli", "not-published", lang.value, {}), err=True)
            raise typer.Exit(1)
        right = True
        for name, path in publish(compiled.edition, out, wanted, fonts).items():
            verdict = ""
            if proof:
                proved = prove(path, compiled.book)
                right = right and proved.ok
                key = "proved" if proved.ok else "not-proved"
                count = str(proved.report.coverage.figures)
                verdict = say("cli", key, lang.value, {"figures": count})
                for line in proved.different[:10]:
                    typer.echo(f"    {line}", err=True)
            typer.echo(f"{name:<5} {path}  {verdict}")
        raise typer.Exit(0 if right else 1)


def _check_folders(out: Path, fonts: Path | None, lang: Lang) -> None:
    """Ends the command with status 2 if the book cannot go to ``out``, or there are no such fonts:
    before the work is done, not after."""
    file = next((p for p in (out, *out.parents) if p.exists() and not p.is_dir()), None)
    if file is not None:
        fail(say("cli", "not-a-folder", lang.value, {"file": str(file)}))
    if fonts is not None and not fonts.is_dir():
        fail(failed("folder", name=str(fonts)).message_in(lang.value))


@contextmanager
def _published(lang: Lang) -> Iterator[None]:
    """Ends the command with status 2 and a sentence if a file cannot be made (Typst, fonts)."""
    try:
        yield
    except PublishFailed as error:
        fail(error.message_in(lang.value))


def from_book(
    files: Files,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="新底账的文件夹 / folder of the new ledger")
    ],
    layout: Annotated[str, typer.Option("--layout", help="换成另一版式 / for another layout")] = "",
    lang: LangOption = Lang.zh,
) -> None:
    """由公开的书倒推底账：能编出同样的报表；哪些是书中定的、哪些是选的，逐行写明。A ledger from a book."""
    with readable(lang):
        book = read_book(files, isolated=True)
        try:
            family = layout_for(layout, book.year or 0, book.stage).id if layout else ""
            found = recover(book, family)
        except ValueError as error:
            fail(say("cli", "no-ledger-in-book", lang.value, {"why": str(error)}))
        write_ledger(found.ledger, out)
    table = [t for t in found.broken if t.table]
    facts = {
        "lines": str(len(found.ledger.lines)),
        "fixed": str(sum(line.note == DETERMINED for line in found.ledger.lines)),
        "missed": str(len(table)),
        "prose": str(len(found.broken) - len(table)),
    }
    typer.echo(say("cli", "recovered", lang.value, facts))
    for one in found.broken:
        typer.echo(f"  {short_name(one.quantity, lang.value)}  {one.fen / 100:,.2f}", err=True)


def read(path: Path, lang: Lang) -> Ledger:
    """The ledger at a path; its faults go to standard error, and an error ends the command."""
    try:
        ledger, faults = read_ledger(path)
    except NoLedger as error:
        fail(error.fault.message_in(lang.value))
    found = (*faults, *check_ledger(ledger))
    for fault in found:
        if fault.severity != "note":
            words = f"{fault.where(lang.value)} {fault.message_in(lang.value)}"
            typer.echo(f"{_severity(fault.severity, lang)} {words}", err=True)
    if any(fault.severity == "error" for fault in found):
        typer.echo(say("cli", "not-published", lang.value, {}), err=True)
        raise typer.Exit(1)
    return ledger


def show(compiled: Compiled, lang: Lang) -> None:
    """What was wrong and what rounding moved, to standard error."""
    for fault in compiled.faults:
        words = (
            _severity(fault.severity, lang),
            fault.where(lang.value),
            fault.message(lang.value),
        )
        typer.echo(" ".join(filter(None, words)), err=True)
    if compiled.moves is not None:
        facts = {
            "figures": str(compiled.moves.figures),
            "moved": str(compiled.moves.moved),
            "largest": f"{float(compiled.moves.largest):.3f}",
        }
        typer.echo(say("cli", "moves", lang.value, facts), err=True)
    if compiled.audit is not None:
        _show_audit(compiled.audit, lang)


def _show_audit(audit: Audit, lang: Lang) -> None:
    """The audit for the officer: on the screen only, never in a published file."""
    for secret, (low, high, needed) in audit.intervals.items():
        facts = {"secret": secret, "low": _yuan(low), "high": _yuan(high), "needed": _yuan(needed)}
        typer.echo(say("cli", "audited", lang.value, facts), err=True)
    if audit.cure:
        listed = ",\n".join(f'  "{key}"' for key in audit.cure)
        typer.echo(f"[protection]\nwithhold = [\n{listed}\n]", err=True)


def _yuan(fen: int | None) -> str:
    return "∞" if fen is None else f"{fen / 100:,.2f}"


def _severity(severity: str, lang: Lang) -> str:
    return say("severity", severity, lang.value, {})
