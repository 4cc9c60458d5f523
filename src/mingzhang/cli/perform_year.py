"""``mingzhang execution``, ``monitor``, ``calendar`` and ``overview``: the year of a budget."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mingzhang.cli.asking import Lang, LangOption, OutOption, fail, put, readable
from mingzhang.cli.perform_tables import (
    Form,
    execution_data,
    execution_text,
    ledger_at,
    monitoring_text,
    phrase,
    show,
)
from mingzhang.files import write_beside
from mingzhang.ledger import Fault
from mingzhang.ledger.values import Bad
from mingzhang.model.edition import Edition
from mingzhang.model.ledger import Ledger
from mingzhang.perform.calendar import calendar_edition, calendar_ics, due_tasks, read_events
from mingzhang.perform.execution import year_folder
from mingzhang.perform.monitoring import monitoring_edition
from mingzhang.perform.overview import publish_overview
from mingzhang.perform.tomlfile import day_of
from mingzhang.perform.year import Year, read_year
from mingzhang.publishing import PUBLISHERS, file_name, publish

FORMATS = tuple(name for name in PUBLISHERS if name != "data")
"""Formats of the forms; they are no budget book, so there is no data package of them."""
ALL = ",".join(FORMATS)

LedgerPath = Annotated[
    Path, typer.Argument(help="底账：文件夹或 .xlsx / the ledger: a folder or .xlsx")
]
DateOption = Annotated[
    str,
    typer.Option("--date", "-d", help="截至哪一天（默认最后一笔支付） / as of (last payment)"),
]
FormatsOption = Annotated[
    str, typer.Option("--formats", help="格式，逗号分开 / formats, separated by commas")
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("execution")(execution_command)
    app.command("monitor")(monitor_command)
    app.command("calendar")(calendar_command)
    app.command("overview")(overview_command)


def execution_command(
    ledger: LedgerPath,
    when: DateOption = "",
    form: Annotated[Form, typer.Option("--format", "-f", help="形式 / form")] = Form.text,
    out: OutOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """预算执行：年初、调整后、执行数、执行率、序时进度和全年预计。Budget, payments, pace and forecast.

    退出状态：0 没有错误，1 有，2 无法读取。Exit status: 0 no errors, 1 some, 2 unreadable.
    """
    with readable(lang):
        year = _year(ledger, when, lang, registers=False)
        show(year.faults, lang)
        found = year.state()
        data = json.dumps(execution_data(found), ensure_ascii=False, indent=2)
        put(data if form is Form.json else execution_text(found, lang), out)
    raise typer.Exit(int(_wrong(year.faults)))


def monitor_command(
    ledger: LedgerPath,
    when: DateOption = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写入文件夹 / write into this folder")
    ] = None,
    formats: FormatsOption = ALL,
    lang: LangOption = Lang.zh,
) -> None:
    """绩效运行监控：目标和资金双监控，偏离的要写原因和措施。Goals and money; what is off track needs a reason.

    退出状态：0 没有错误，1 有错误或缺原因、措施，2 无法读取。Exit status: 0 nothing missing, 1 errors or missing reasons, 2 unreadable.
    """
    wanted = _formats(formats, lang)
    with readable(lang):
        year = _year(ledger, when, lang)
        found = year.monitoring()
        show((*year.faults, *found.faults), lang)
        typer.echo(monitoring_text(found, lang))
        if out is not None:
            _publish(monitoring_edition(found), out, wanted, lang)
    missing = sum(fault.severity == "error" for fault in found.faults)
    if missing:
        typer.echo(phrase("open", lang, count=missing), err=True)
    raise typer.Exit(int(bool(missing) or _wrong(year.faults)))


def calendar_command(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="写入文件夹 / write into this folder")],
    formats: FormatsOption = ALL,
    lang: LangOption = Lang.zh,
) -> None:
    """工作日程：什么事、谁做、哪天截止、依据是什么；另存日历文件。What is due when, for whom; also as .ics."""
    wanted = _formats(formats, lang)
    with readable(lang):
        found = _dated(ledger, lang)
        events, faults = read_events(year_folder(ledger), found.year)
        show(faults, lang)
        tasks = due_tasks(found.year, events, units=not found.single)
        edition = calendar_edition(found, tasks)
        _publish(edition, out, wanted, lang)
        path = out / f"{file_name(edition)}.ics"
        write_beside(path, calendar_ics(found, tasks, lang.value))
        typer.echo(phrase("written", lang, path=path), err=True)
    raise typer.Exit(int(_wrong(faults)))


def overview_command(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", "-o", help="写入 .html / write this .html")],
    when: DateOption = "",
    lang: LangOption = Lang.zh,
) -> None:
    """总览：给领导看的一页，资金与结果、风险、按月执行与全年预计。One page for a director."""
    with readable(lang):
        year = _year(ledger, when, lang)
        show(year.faults, lang)
        publish_overview(year.monitoring(), out, lang.value)
        typer.echo(phrase("written", lang, path=out), err=True)
    raise typer.Exit(int(_wrong(year.faults)))


# ------------------------------------------------------------------ reading
def _dated(path: Path, lang: Lang) -> Ledger:
    """The ledger; ends the command if it says no year, without which no day can be placed."""
    ledger = ledger_at(path, lang)
    if not ledger.year:
        fail(phrase("no-year", lang))
    return ledger


def _year(path: Path, when: str, lang: Lang, *, registers: bool = True) -> Year:
    ledger = _dated(path, lang)
    day = _day(when, lang)
    if day is not None and day.year != ledger.year:
        fail(phrase("not-in-year", lang, date=day, year=ledger.year))
    try:
        return read_year(path, ledger, day, registers=registers)
    except ModuleNotFoundError as absent:
        typer.echo(phrase("no-engine", lang, name=absent.name), err=True)
        return read_year(path, ledger, day, registers=False)


def _day(text: str, lang: Lang) -> date | None:
    if not text:
        return None
    try:
        return day_of(text)
    except Bad:
        fail(phrase("bad-date", lang, text=text))


# ------------------------------------------------------------------ saying
def _wrong(faults: Iterable[Fault]) -> bool:
    return any(fault.severity == "error" for fault in faults)


def _formats(formats: str, lang: Lang) -> list[str]:
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            fail(phrase("unknown-format", lang, name=name, known="、".join(FORMATS)))
    return wanted


def _publish(edition: Edition, out: Path, formats: Sequence[str], lang: Lang) -> None:
    for path in publish(edition, out, formats).values():
        typer.echo(phrase("written", lang, path=path), err=True)
