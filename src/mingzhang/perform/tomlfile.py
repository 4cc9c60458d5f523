"""TOML files that people fill in for a year (calendar.toml, monitoring.toml): every slip is noted with
its line, and the rest stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingzhang.ledger import values
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.values import Bad
from mingzhang.model.place import Place
from mingzhang.perform.execution.table import NOTHING, text_of
from mingzhang.perform.telling import both, fault


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says, its lines for the places of faults, and where these are noted."""

    data: Mapping[str, Any]
    place: Place
    lines: tuple[str, ...]
    notes: Notebook

    def at(self, key: str) -> Place:
        """The first line that begins with a key or the name of a table."""
        pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), None)
        return Place(self.place.source, self.place.name, "", line=line)

    def entries(self, key: str) -> tuple[tuple[Mapping[str, Any], Place], ...]:
        """The tables [[key]], each with the place where it begins."""
        found = self.data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
            self.bad(key, self.at(key), "table", name=f"[[{key}]]")
            return ()
        head = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        starts: list[int | None] = [n for n, t in enumerate(self.lines, 1) if head.match(t)]
        if len(starts) != len(found):  # written in another way, as key = [{…}]
            starts = [self.at(key).line] * len(found)
        return tuple(
            (entry, Place(self.place.source, self.place.name, "", line=line))
            for entry, line in zip(found, starts, strict=True)
        )

    def table(self, key: str) -> Mapping[str, Any]:
        """The table [key]; empty if there is none or it is none."""
        found = self.data.get(key, {})
        if isinstance(found, dict):
            return found
        self.bad(key, self.at(key), "table", name=f"[{key}]")
        return {}

    def text(self, table: Mapping[str, Any], key: str, at: Place) -> str:
        """A text without spaces around it; "" if there is none."""
        value = table.get(key, "")
        if isinstance(value, str):
            return value.strip()
        self.bad(key, at, "text")
        return ""

    def day(self, table: Mapping[str, Any], key: str, at: Place) -> date | None:
        """A day, as TOML has it or as a text; None if there is none."""
        if key not in table:
            return None
        try:
            return day_of(table[key])
        except Bad:
            self.bad(key, at, "date")
            return None

    def known(self, table: Mapping[str, Any], keys: Sequence[str], at: Place | None = None) -> None:
        """Note the keys that nobody knows."""
        for key in table:
            if key not in keys:
                self.note("key-unknown", at or self.at(key), key, name=key, known="、".join(keys))

    def bad(self, key: str, at: Place, wanted: str, **params: str) -> None:
        """Note an entry of the wrong kind; ``wanted`` is a key of [wanted]."""
        self.note(
            "bad-entry", at, key, name=key, nearest=(), **both("wanted", "wanted", wanted, **params)
        )

    def note(
        self, kind: str, at: Place, heading: str, *, nearest: Sequence[str] = (), **params: object
    ) -> None:
        """Note a fault of catalog/performance-year.toml."""
        self.notes.take([fault(kind, at, heading, nearest=nearest, **params)])


def read_toml(folder: Path, file: str, notes: Notebook) -> TomlFile:
    """A file of the folder ``year``; without data if there is none or it is no TOML (noted).

    Raises OSError for one that cannot be opened.
    """
    path, name = folder / file, f"{folder.name}/{file}"
    found = text_of(path, name, notes) if path.is_file() else None
    if found is None:
        return TomlFile({}, Place(NOTHING, name, ""), (), notes)
    text, source = found
    place, lines = Place(source, name, ""), tuple(text.splitlines())
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        at = Place(source, name, "", line=int(line[1]) if line else None)
        notes.add("bad-toml", at, detail=str(error))
        return TomlFile({}, place, lines, notes)
    return TomlFile(data, place, lines, notes)


def day_of(value: object) -> date:
    """A day as people give it: TOML's own, or a text as in the tables (2023年8月31日). Raises Bad."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return values.day(value)
    raise Bad("not-a-date", text=str(value))
