"""``mingzhang execution``, ``monitor``, ``calendar``, ``overview`` and ``goals check``: the year of a budget."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.ledger import say
from mingzhang.cli.asking import Lang, LangOption, OutOption, fail, put, readable, where
from mingzhang.files import write_beside
from mingzhang.goals.faults import check_goals
from mingzhang.goals.ofbook import goals_of_book
from mingzhang.ledger import Fault, NoLedger, read_ledger
from mingzhang.model.edition import Edition
from mingzhang.model.goal import Goal, GoalFault
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.calendar import calendar_edition, calendar_ics, due_tasks, read_events
from mingzhang.perform.execution import Standing, State, money_risk, year_folder
from mingzhang.perform.execution.risk import percent
from mingzhang.perform.monitoring import Monitoring, monitoring_edition
from mingzhang.perform.overview import publish_overview
from mingzhang.perform.telling import yuan
from mingzhang.perform.year import Year, read_year
from mingzhang.publishing import PUBLISHERS, file_name, publish
from mingzhang.read import read_book

GOALS = typer.Typer(no_args_is_help=True, help="绩效目标。Performance goals.")
"""The group ``mingzhang goals``; other modules may add commands of their own to it."""

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


class Form(StrEnum):
    """Forms of what is printed."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("execution")(execution_command)
    app.command("monitor")(monitor_command)
    app.command("calendar")(calendar_command)
    app.command("overview")(overview_command)
    GOALS.command("check")(goals_check)
    app.add_typer(GOALS, name="goals")


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
        _show(year.faults, lang)
        found = year.state()
        data = json.dumps(_data(found), ensure_ascii=False, indent=2)
        put(data if form is Form.json else _text(found, lang), out)
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

    退出状态：0 没有错误，1 有错误或缺原因、措施，2 无法读取。
    Exit status: 0 nothing missing, 1 errors or missing reasons, 2 unreadable.
    """
    wanted = _formats(formats, lang)
    with readable(lang):
        year = _year(ledger, when, lang)
        found = year.monitoring()
        _show((*year.faults, *found.faults), lang)
        typer.echo(_monitored(found, lang))
        if out is not None:
            _publish(monitoring_edition(found), out, wanted, lang)
    missing = sum(fault.severity == "error" for fault in found.faults)
    if missing:
        typer.echo(_say("open", lang, count=missing), err=True)
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
        found = _ledger(ledger, lang)
        events, faults = read_events(year_folder(ledger))
        _show(faults, lang)
        tasks = due_tasks(found.year, events, units=not found.single)
        edition = calendar_edition(found, tasks)
        _publish(edition, out, wanted, lang)
        path = out / f"{file_name(edition)}.ics"
        write_beside(path, calendar_ics(found, tasks, lang.value))
        typer.echo(_say("written", lang, path=path), err=True)
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
        _show(year.faults, lang)
        publish_overview(year.monitoring(), out, lang.value)
        typer.echo(_say("written", lang, path=out), err=True)
    raise typer.Exit(int(_wrong(year.faults)))


def goals_check(
    path: Annotated[
        Path,
        typer.Argument(help="底账文件夹，或一本书 / a ledger's folder, or a published book"),
    ],
    form: Annotated[Form, typer.Option("--format", "-f", help="形式 / form")] = Form.text,
    out: OutOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """检查绩效目标：没有目标值、不能核对、没有基期……并给出能通过的写法。Checks goals, with wording that passes.

    退出状态：0 没有错误和警告，1 有，2 无法读取。Exit status: 0 nothing above a note, 1 something, 2 unreadable.
    """
    with readable(lang):
        goals, faults = _goals(path, lang)
        if form is Form.json:
            records = [_goal_record(fault, lang) for fault in faults]
            put(json.dumps(records, ensure_ascii=False, indent=2), out)
        else:
            put("\n".join(_goal_lines(goals, faults, lang)), out)
    raise typer.Exit(int(any(fault.severity != "note" for fault in faults)))


# ------------------------------------------------------------------ reading
def _ledger(path: Path, lang: Lang) -> Ledger:
    try:
        ledger, faults = read_ledger(path)
    except NoLedger as error:
        fail(error.fault.message_in(lang.value))
    _show((f for f in faults if f.severity != "note"), lang)
    return ledger


def _year(path: Path, when: str, lang: Lang, *, registers: bool = True) -> Year:
    ledger = _ledger(path, lang)
    day = _day(when, lang)
    if day is not None and day.year != ledger.year:
        fail(_say("not-in-year", lang, date=day, year=ledger.year))
    try:
        return read_year(path, ledger, day, registers=registers)
    except ModuleNotFoundError as absent:
        typer.echo(_say("no-engine", lang, name=absent.name), err=True)
        return read_year(path, ledger, day, registers=False)


def _day(text: str, lang: Lang) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(_say("bad-date", lang, text=text))


def _goals(path: Path, lang: Lang) -> tuple[Sequence[Goal], tuple[GoalFault, ...]]:
    """Goals of a ledger, held against its money; or of a book, whose amounts the proof checks."""
    ledger = _ledger(path, lang) if path.is_dir() else _workbook(path)
    if ledger is None:
        goals: Sequence[Goal] = goals_of_book(read_book([path]))
        return goals, check_goals(goals)
    amounts: dict[str, int] = {"": 0}
    for line in ledger.lines:
        if line.flow == "expenditure":
            fen = line.amounts.get((0, "budget"), 0)
            amounts[""] += fen
            if line.project:
                amounts[line.project] = amounts.get(line.project, 0) + fen
    return ledger.goals, check_goals(ledger.goals, amounts)


def _workbook(path: Path) -> Ledger | None:
    """The ledger in a workbook; None for any other file, and for a workbook that is a book."""
    try:
        ledger, _ = read_ledger(path)
    except NoLedger:
        return None
    return ledger if ledger.lines and ledger.year else None


# ------------------------------------------------------------------ saying
def _say(key: str, lang: Lang, **params: object) -> str:
    return catalog.phrase("cli", key, lang.value, **params)


def _show(faults: Iterable[Fault], lang: Lang) -> None:
    for fault in faults:
        level = say(fault.severity, lang.value)
        words = f"{fault.where(lang.value)}  {level}  {fault.message_in(lang.value)}"
        typer.echo(words, err=True)


def _wrong(faults: Iterable[Fault]) -> bool:
    return any(fault.severity == "error" for fault in faults)


def _formats(formats: str, lang: Lang) -> list[str]:
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    for name in wanted:
        if name not in FORMATS:
            fail(_say("unknown-format", lang, name=name, known="、".join(FORMATS)))
    return wanted


def _publish(edition: Edition, out: Path, formats: Sequence[str], lang: Lang) -> None:
    for path in publish(edition, out, formats).values():
        typer.echo(_say("written", lang, path=path), err=True)


def _standings(found: State) -> tuple[Standing, ...]:
    return (found.whole, found.basic, found.together, *found.projects)


def _name(standing: Standing, lang: Lang) -> str:
    return standing.name or _say(standing.kind, lang)


def _text(found: State, lang: Lang) -> str:
    head = _say("headline", lang, date=found.as_of, pace=percent(found.pace))
    fields = ("name", "budget", "adjusted", "paid", "rate", "deviation", "forecast", "level")
    rows = [[_say(field, lang) for field in fields]]
    for standing in _standings(found):
        ahead = standing.forecast.central
        rows.append(
            [
                _name(standing, lang),
                *(yuan(fen) for fen in (standing.budget, standing.adjusted, standing.paid)),
                "—" if standing.rate is None else percent(standing.rate),
                "—" if standing.deviation is None else percent(standing.deviation),
                "—" if ahead is None else yuan(ahead),
                catalog.level_name(money_risk(standing).level, lang.value),
            ]
        )
    method = catalog.method(lang.value, found.whole.forecast.seasonal)
    return "\n".join([head, *_aligned(rows), method])


def _monitored(found: Monitoring, lang: Lang) -> str:
    head = _say("headline", lang, date=found.as_of, pace=percent(found.state.pace))
    rows = [[_say(field, lang) for field in ("name", "rate", "level", "why")]]
    for one in (found.whole, *found.projects):
        rate = one.standing.rate
        counts = _say(
            "indicators",
            lang,
            normal=one.count("normal"),
            off=one.count("attention", "warning"),
            unknown=one.count("unknown"),
        )
        texts = (one.risk.said(lang.value), counts if one.progress else "")
        rows.append(
            [
                one.project or _say("whole", lang),
                "—" if rate is None else percent(rate),
                catalog.level_name(one.level, lang.value),
                "；".join(text for text in texts if text),
            ]
        )
    return "\n".join([head, *_aligned(rows, last_left=True)])


def _aligned(rows: Sequence[Sequence[str]], last_left: bool = False) -> Iterator[str]:
    """Columns under each other, a Chinese character counting two; numbers to the right."""
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = []
        for n, text in enumerate(row):
            gap = " " * (widths[n] - _width(text))
            left = n == 0 or (last_left and n == len(row) - 1)
            cells.append(text + gap if left else gap + text)
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _data(found: State) -> dict[str, object]:
    """A state as data: amounts in 元 as texts, shares as decimals of four places."""
    return {
        "year": found.year,
        "as_of": found.as_of.isoformat(),
        "pace": f"{float(found.pace):.4f}",
        "standings": [_standing(s) for s in (*_standings(found), *found.funds)],
    }


def _standing(standing: Standing) -> dict[str, object]:
    ahead, risk = standing.forecast, money_risk(standing)
    return {
        "kind": standing.kind,
        "name": standing.name,
        **{k: _yuan(getattr(standing, k)) for k in ("budget", "adjusted", "paid")},
        "months": [_yuan(fen) for fen in standing.months],
        "rate": None if standing.rate is None else f"{float(standing.rate):.4f}",
        "deviation": None if standing.deviation is None else f"{float(standing.deviation):.4f}",
        "forecast": {
            "low": _yuan(ahead.low),
            "central": None if ahead.central is None else _yuan(ahead.central),
            "high": _yuan(ahead.high),
        },
        "level": risk.level,
        "why": [reason.key for reason in risk.reasons],
    }


def _yuan(fen: int) -> str:
    return yuan(fen).replace(",", "")


def _goal_lines(goals: Sequence[Goal], faults: Sequence[GoalFault], lang: Lang) -> Iterator[str]:
    if not goals:
        yield _say("no-goals", lang)
        return
    for fault in faults:
        yield f"{_at(fault.place)}  {say(fault.severity, lang.value)}  {fault.messages[lang.value]}"
        yield f"    {_say('suggest', lang, text=fault.suggestions[lang.value])}"
    count = Counter(fault.severity for fault in faults)
    numbers = {level: count[level] for level in ("error", "warning", "note")}
    lines = sum(len(goal.lines) for goal in goals)
    yield _say("goals", lang, goals=len(goals), lines=lines, **numbers)


def _at(place: Place) -> str:
    """File and page, cell or line."""
    if place.page is None and place.cell is None and place.column is None:
        return f"{place.name}:{place.line}" if place.line else place.name
    return f"{place.name} {where(place)}"


def _goal_record(fault: GoalFault, lang: Lang) -> dict[str, object]:
    place = fault.place
    return {
        "kind": fault.kind,
        "severity": fault.severity,
        "project": fault.project,
        "indicator": fault.line,
        "message": fault.messages[lang.value],
        "suggestion": fault.suggestions[lang.value],
        "file": place.name,
        "page": place.page,
        "row": place.line,
    }
