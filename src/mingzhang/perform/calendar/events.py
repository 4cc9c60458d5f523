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

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mingzhang.catalog import performance_year as catalog
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.model.place import Place
from mingzhang.perform.execution.table import text_of
from mingzhang.perform.telling import both, fault

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


def read_events(folder: Path) -> tuple[Events, tuple[Fault, ...]]:
    """What calendar.toml says and what is wrong with it; nothing if there is no such file.

    Raises OSError for one that cannot be opened.
    """
    path = folder / FILE
    name = f"{folder.name}/{FILE}"
    notes = Notebook()
    found = text_of(path, name, notes) if path.is_file() else None
    if found is None:
        return Events(), notes.faults()
    text, source = found
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        place = Place(source, name, "", line=int(at[1]) if at else None)
        notes.add("bad-toml", place, detail=str(error))
        return Events(), notes.faults()
    reader = _Reader(text, Place(source, name, ""), notes)
    reader.known(raw, ("events", "task"))
    return Events(reader.days(raw), reader.tasks(raw)), notes.faults()


class _Reader:
    def __init__(self, text: str, place: Place, notes: Notebook) -> None:
        self.lines, self.place, self.notes = text.splitlines(), place, notes

    def days(self, raw: Mapping[str, Any]) -> dict[str, date]:
        """[events]."""
        table = raw.get("events", {})
        known = catalog.section("event")
        if not isinstance(table, dict):
            self.bad("events", "table", name="[events]")
            return {}
        out = {}
        for key, value in table.items():
            if key not in known:
                near = get_close_matches(key, known, 3, 0.4) or list(known)[:3]
                told = fault("event-unknown", self.at(key), key, nearest=near, text=key)
                self.notes.take([told])
            elif (day := _day(value)) is None:
                self.bad(key, "date")
            else:
                out[key] = day
        return out

    def tasks(self, raw: Mapping[str, Any]) -> tuple[OwnTask, ...]:
        """[[task]]."""
        found = raw.get("task", [])
        if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
            self.bad("task", "table", name="[[task]]")
            return ()
        out = []
        for table in found:
            self.known(table, _TASK)
            due = _day(table.get("due"))
            texts = {k: table.get(k, "") for k in ("name", "who", "basis")}
            wrong = [k for k, v in texts.items() if not isinstance(v, str)]
            if due is None:
                self.bad("due", "date")
            elif wrong or not texts["name"]:
                self.bad(wrong[0] if wrong else "name", "text")
            else:
                out.append(OwnTask(texts["name"], texts["who"], due, texts["basis"]))
        return tuple(out)

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        """Note what nobody knows."""
        for key in table:
            if key not in keys:
                words = {"name": key, "known": "、".join(keys)}
                self.notes.take([fault("key-unknown", self.at(key), key, **words)])

    def bad(self, key: str, wanted: str, **params: str) -> None:
        """Note an entry of the wrong kind."""
        words = both("wanted", "wanted", wanted, **params)
        self.notes.take([fault("bad-entry", self.at(key), key, name=key, **words)])

    def at(self, key: str) -> Place:
        pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), None)
        return Place(self.place.source, self.place.name, "", line=line)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
