"""calendar.toml in the folder ``year``: the days of a year's events, and a department's own tasks.

[events]
approved = 2023-02-10          # ids of [event] in catalog/performance-year.toml

[[task]]
name = "报送三季度项目进展"
who = "各业务处"
due = 2023-10-15
basis = "局办通知"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from mingzhang.catalog import performance_year as catalog
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.model.place import Place
from mingzhang.perform.tomlfile import TomlFile, read_toml

FILE = "calendar.toml"
_TASK = ("name", "who", "due", "basis")


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task that the department set itself."""

    name: str
    who: str
    due: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Events:
    """The days that are known: by id of event, and own tasks."""

    days: Mapping[str, date] = field(default_factory=dict)
    tasks: tuple[OwnTask, ...] = ()


def read_events(folder: Path, year: int | None = None) -> tuple[Events, tuple[Fault, ...]]:
    """What calendar.toml says and what is wrong with it; nothing if there is no such file.

    ``year``: the budget's; a day that is not of it, of the year before or after, is noted. Raises
    OSError for a file that cannot be opened.
    """
    notes = Notebook()
    file = read_toml(folder, FILE, notes)
    file.known(file.data, ("events", "task"))
    events = Events(_days(file, year), _tasks(file, year))
    for key, day in events.days.items():
        before = catalog.section("event")[key].get("after", "")
        if before in events.days and day < events.days[before]:
            words = {**_named("event", key), **_named("before", before)}
            file.note("event-order", file.at(key), key, **words)
    return events, notes.faults()


def _named(field_: str, event: str) -> dict[str, str]:
    """{field} and {field_en}: an event's name in both languages."""
    row = catalog.section("event")[event]
    return {field_: str(row["zh"]), f"{field_}_en": str(row["en"])}


def _days(file: TomlFile, year: int | None) -> dict[str, date]:
    """[events]."""
    table, known = file.table("events"), catalog.section("event")
    out = {}
    for key in table:
        at = file.at(key)
        if key not in known:
            near = get_close_matches(key, known, 3, 0.4) or list(known)[:3]
            file.note("event-unknown", at, key, nearest=near, text=key)
        elif (day := file.day(table, key, at)) is not None:
            out[key] = day
            _near(file, key, day, year, at)
    return out


def _tasks(file: TomlFile, year: int | None) -> tuple[OwnTask, ...]:
    """[[task]]; one without a name or a day is left out."""
    out = []
    for table, at in file.entries("task"):
        file.known(table, _TASK, at)
        name, who, basis = (file.text(table, key, at) for key in ("name", "who", "basis"))
        due = file.day(table, "due", at)
        if due is not None and name:
            out.append(OwnTask(name, who, due, basis))
            _near(file, "due", due, year, at)
        elif "due" not in table:
            file.bad("due", at, "date")
        elif due is not None and isinstance(table.get("name", ""), str):
            file.bad("name", at, "text")
    return tuple(out)


def _near(file: TomlFile, key: str, day: date, year: int | None, at: Place) -> None:
    """Note a day that can hardly be of this budget: its year is a slip."""
    if year is not None and abs(day.year - year) > 1:
        file.note("event-far", at, key, date=day.isoformat(), year=year)
