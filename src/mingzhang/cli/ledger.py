"""``mingzhang new`` and ``mingzhang ledger …``: begin, check and convert a ledger."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import say
from mingzhang.cli.asking import Lang, LangOption, OutOption, fail, put, readable
from mingzhang.ledger import (
    Fault,
    NoLedger,
    check_ledger,
    export_xlsx,
    new_ledger,
    read_ledger,
    write_ledger,
)
from mingzhang.model.ledger import Ledger

LEDGER = typer.Typer(
    no_args_is_help=True,
    help="底账：检查、导出、导入。The ledger: check, export, import.",
)
"""The group ``mingzhang ledger``; other modules may add commands of their own to it."""

Where = Annotated[Path, typer.Argument(help="底账：文件夹或 .xlsx / the ledger: a folder or .xlsx")]


class FaultForm(StrEnum):
    """Forms of a list of faults."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(new)
    LEDGER.command("check")(check)
    LEDGER.command("export")(export)
    LEDGER.command("import")(import_)
    app.add_typer(LEDGER, name="ledger")


def new(
    folder: Annotated[Path, typer.Argument(help="新文件夹 / the new folder")],
    layout: Annotated[
        str,
        typer.Option("--layout", help="版式（可只写开头） / layout, or the beginning of its id"),
    ],
    year: Annotated[int, typer.Option("--year", help="年度 / budget year", min=1990, max=2199)],
    department: Annotated[
        str, typer.Option("--department", help="部门名称 / name of the department")
    ] = "",
    final: Annotated[bool, typer.Option("--final", help="决算 / a final account")] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """新建一本底账：空表、列名、说明和一行示例。Begin a ledger: empty forms, headings, one example."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(say("not-empty", lang.value, path=folder))
    try:
        ledger = new_ledger(layout, department, year, "final" if final else "budget")
    except ValueError:
        known = say("or", lang.value).join(families())
        fail(say("no-such-layout", lang.value, name=layout, list=known))
    with readable(lang):
        write_ledger(ledger, folder, example=True)
    typer.echo(say("made-new", lang.value, path=folder), err=True)


def check(
    path: Where,
    form: Annotated[
        FaultForm, typer.Option("--format", "-f", help="形式 / form of the list")
    ] = FaultForm.text,
    out: OutOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """逐行检查底账：错在哪一行哪一列，应当是什么。Check a ledger: row and column, what would be right.

    退出状态：0 没有错误和警告，1 有，2 无法读取。Exit status: 0 nothing above a note, 1 something, 2 unreadable.
    """
    ledger, faults = _read(path, lang)
    found = (*faults, *check_ledger(ledger))
    if form is FaultForm.json:
        put(json.dumps([_record(f, lang) for f in found], ensure_ascii=False, indent=2), out)
    else:
        put("\n".join([*_told(found, lang), _summary(ledger, found, lang)]), out)
    raise typer.Exit(int(any(f.severity != "note" for f in found)))


def export(
    path: Where,
    out: Annotated[Path, typer.Option("--out", "-o", help="工作簿 .xlsx / the workbook")],
    lang: LangOption = Lang.zh,
) -> None:
    """把底账导出为一个工作簿（下拉列表、批注）。Write a ledger as one workbook with drop-down lists."""
    ledger, faults = _read(path, lang)
    for line in _told(faults, lang):
        typer.echo(line, err=True)
    with readable(lang):
        try:
            export_xlsx(ledger, out)
        except ValueError as error:
            fail(say("cannot-export", lang.value, detail=error))
    typer.echo(say("made", lang.value, path=out), err=True)


def import_(
    path: Where,
    out: Annotated[Path, typer.Option("--out", "-o", help="文件夹 / the folder")],
    force: Annotated[
        bool, typer.Option("--force", help="只导入读得懂的部分 / import what can be read")
    ] = False,
    lang: LangOption = Lang.zh,
) -> None:
    """把工作簿导入为文件夹；有读不懂的内容就不写。Read a workbook back into a folder, or not at all."""
    ledger, faults = _read(path, lang)
    for line in _told(faults, lang):
        typer.echo(line, err=True)
    if any(f.severity == "error" for f in faults) and not force:
        typer.echo(say("not-imported", lang.value, path=out), err=True)
        raise typer.Exit(1)
    with readable(lang):
        write_ledger(ledger, out)
    typer.echo(say("made", lang.value, path=out), err=True)


def _read(path: Path, lang: Lang) -> tuple[Ledger, tuple[Fault, ...]]:
    with readable(lang):
        try:
            return read_ledger(path)
        except NoLedger as error:
            fail(error.fault.message_in(lang.value))


def _told(faults: Iterable[Fault], lang: Lang) -> list[str]:
    return [
        f"{f.where(lang.value)}  {say(f.severity, lang.value)}  {f.message_in(lang.value)}"
        for f in faults
    ]


def _summary(ledger: Ledger, faults: Iterable[Fault], lang: Lang) -> str:
    count = Counter(f.severity for f in faults)
    return say(
        "summary",
        lang.value,
        lines=len(ledger.lines),
        errors=count["error"],
        warnings=count["warning"],
        notes=count["note"],
    )


def _record(fault: Fault, lang: Lang) -> dict[str, object]:
    place = fault.place
    return {
        "kind": fault.kind,
        "severity": fault.severity,
        "message": fault.message_in(lang.value),
        "file": place.name,
        "sheet": place.sheet,
        "row": place.line,
        "cell": place.cell if place.column else None,
        "column": fault.heading or None,
        "text": place.excerpt or None,
        "suggestions": list(fault.suggestions),
    }
