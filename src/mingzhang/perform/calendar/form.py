"""The calendar as an Edition: a table of days, tasks, who, and on what basis."""

from __future__ import annotations

from datetime import date

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.edition import (
    Edition,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.model.ledger import Ledger
from mingzhang.model.money import Unit
from mingzhang.perform.calendar.tasks import Due

_SATURDAY = 5


def calendar_edition(ledger: Ledger, tasks: tuple[Due, ...]) -> Edition:
    """The table, ready for every publisher; a form is Chinese."""
    words = catalog.section("calendar")
    widths = (1.3, 3.2, 1.6, 3.0, 0.5)
    roles = ("year", "name", "text", "text", "text")
    table = Table(
        kind="calendar",
        number="",
        title=words["table"],
        unit=None,
        decimals=0,
        columns=tuple(
            TableColumn((head,), role, width)
            for head, role, width in zip(words["columns"], roles, widths, strict=True)
        ),
        rows=tuple(_row(task) for task in tasks),
        entity=ledger.department,
        notes=(words["note"],),
        landscape=True,
    )
    return Edition(
        title=words["title"].format(department=ledger.department, year=ledger.year),
        department=ledger.department,
        year=ledger.year,
        stage=ledger.stage,
        layout="calendar",
        body=(table,),
        unit=Unit.YUAN,
    )


def _row(task: Due) -> TableRow:
    texts = (_day(task), task.what["zh"], task.who["zh"], task.basis["zh"], task.mark)
    return TableRow(tuple(TableCell(text) for text in texts))


def _day(task: Due) -> str:
    """2023年2月10日, with 最迟 and the day of the weekend where it is one."""
    words = catalog.section("calendar")
    if task.when is None:
        fixed = task.event["zh"] if task.event and not task.event["zh"].endswith("截止") else ""
        return str(words["open"].format(event=fixed) if fixed else words["open_plain"])
    text = day_text(task.when)
    if task.when.weekday() >= _SATURDAY:
        day = words["days"][task.when.weekday() - _SATURDAY]
        text = words["weekend"].format(date=text, day=day)
    return str(words["latest"].format(date=text) if task.latest else text)


def day_text(when: date) -> str:
    """A day in Chinese."""
    return f"{when.year}年{when.month}月{when.day}日"
