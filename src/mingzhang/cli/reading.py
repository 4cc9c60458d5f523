"""``mingzhang read`` and ``mingzhang figures``: a book as data, as a summary, drawn over its pages;
and its figures one by one."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import mingzhang as mz
from mingzhang.catalog.messages import say
from mingzhang.cli.asking import Files, Lang, LangOption, fail, put, readable, where
from mingzhang.draw import draw_pdf, draw_png
from mingzhang.export import summarise, to_csv, to_json, to_xlsx
from mingzhang.export.words import word
from mingzhang.files import write_beside, write_folder
from mingzhang.model.book import Book
from mingzhang.model.document import Document
from mingzhang.read import DEFAULT
from mingzhang.read.container import gather
from mingzhang.read.limits import in_child


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(read)
    app.command()(figures)


def read(
    files: Files,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help="写入 .json、.xlsx 或文件夹（CSV） / write .json, .xlsx or a folder of CSV",
        ),
    ] = None,
    draw: Annotated[
        Path | None,
        typer.Option(
            "--draw",
            help="把读到的内容画在原页上：.pdf 或 .png / draw what was read over the pages: .pdf or .png",
        ),
    ] = None,
    bom: Annotated[
        bool,
        typer.Option(
            "--bom/--no-bom", help="CSV 带 BOM，便于 Excel 打开 / CSV with a BOM, which Excel needs"
        ),
    ] = True,
    lang: LangOption = Lang.zh,
) -> None:
    """读一本书，输出数据或概要。Read a book: as data, as a summary, or drawn over its pages."""
    if draw is not None and draw.suffix.lower() not in (".pdf", ".png"):
        fail(word("written", "draw-suffix", lang.value, path=draw))
    if out is not None and out.suffix.lower() not in ("", ".json", ".xlsx") and not out.is_dir():
        fail(word("written", "suffix", lang.value, path=out))
    with readable(lang):
        book = mz.read(*files, isolated=True)
        if out is not None:
            _write(book, out, bom, lang)
        if draw is not None:
            _draw(book, files, draw, lang)
    if out is None and draw is None:
        show_summary(book, Console(highlight=False), lang)
    else:
        for warning in book.warnings:
            typer.echo(warning, err=True)


def _write(book: Book, out: Path, bom: bool, lang: Lang) -> None:
    kind = out.suffix.lower()
    if out.is_dir() or not kind:
        made = to_csv(book, excel=bom, lang=lang.value)
        write_folder(out, made)
        typer.echo(word("written", "folder", lang.value, path=out, n=len(made)), err=True)
        return
    write_beside(out, to_json(book).encode() if kind == ".json" else to_xlsx(book, lang.value))
    typer.echo(word("written", "file", lang.value, path=out), err=True)


def _draw(book: Book, files: Sequence[Path], out: Path, lang: Lang) -> None:
    """Every PDF of the book drawn upon; of several, each into a file of its own."""
    bytes_of = {hashlib.sha256(data).hexdigest(): data for _, data in gather(files, DEFAULT)}
    drawn = [d for d in book.documents if d.format == "pdf" and d.source in bytes_of]
    if not drawn:
        names = ", ".join(d.name for d in book.documents)
        fail(word("written", "not-pdf", lang.value, files=names))
    coverage = mz.check(book).coverage
    states = dict.fromkeys(coverage.unlinked, "alone")
    for document in drawn:
        data = bytes_of[document.source]
        stem = out.stem if len(drawn) == 1 else f"{out.stem}-{Path(document.name).stem}"
        for path, picture in _pictures(data, book, document, states, lang, out.with_stem(stem)):
            write_beside(path, picture)
            typer.echo(word("written", "file", lang.value, path=path), err=True)


def _pictures(
    data: bytes,
    book: Book,
    document: Document,
    states: Mapping[str, str],
    lang: Lang,
    out: Path,
) -> list[tuple[Path, bytes]]:
    arguments = (data, book, document, states, lang.value)
    if out.suffix.lower() == ".pdf":
        return [(out, in_child(draw_pdf, arguments, DEFAULT, document.name))]
    pages = in_child(draw_png, arguments, DEFAULT, document.name)
    digits = len(str(document.pages))
    return [(out.with_stem(f"{out.stem}-{page:0{digits}d}"), png) for page, png in pages]


def show_summary(book: Book, console: Console, lang: Lang) -> None:
    """What was read, and what was not understood."""
    summary = summarise(book, lang.value)
    facts = Table.grid(padding=(0, 2))
    for caption, text in summary.facts:
        facts.add_row(Text(caption, style="dim"), Text(text))
    console.print(facts)
    table = Table(show_edge=False, pad_edge=False)
    for k, caption in enumerate(summary.columns):
        table.add_column(caption, justify="right" if k in (2, 3) else "left")
    for line in summary.statements:
        table.add_row(*(Text(t) for t in line))
    console.print()
    console.print(table)
    console.print()
    if not summary.unread:
        console.print(word("summary", "all-understood", lang.value), style="green")
    else:
        console.print(word("summary", "not-understood", lang.value), style="bold")
    for unread in summary.unread:
        console.print(Text("  " + unread))
    for warning in summary.warnings:
        console.print(Text(warning, style="yellow"))


def figures(
    files: Files,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV / print CSV")] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """列出每个数字及其含义。List every figure with the quantity it states."""
    with readable(lang):
        book = mz.read(*files, isolated=True)
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
    if as_csv:  # for programs: its columns have the same names in every language
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(_FIGURE_COLUMNS)
        writer.writerows(lines)
        put(text.getvalue(), None)
        return
    captions = [say("cli", f"column-{name}", lang.value, {}) for name in _FIGURE_COLUMNS]
    table = Table(*captions, show_edge=False, pad_edge=False)
    for line in lines:
        table.add_row(*map(Text, line))
    Console().print(table)


_FIGURE_COLUMNS = ("id", "text", "unit", "label", "quantity", "where")


def _reason(unread: str) -> str:
    return unread if unread in ("row", "column", "percent-column", "threshold") else "subject"
