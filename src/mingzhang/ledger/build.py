"""Build: a form (tables of text) to a Ledger, with a fault for all that cannot be understood.

Half a ledger is a ledger: what is missing is empty, what is wrong is noted and left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import tables, words
from mingzhang.catalog.normal import plain
from mingzhang.ledger import values
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.ledger.form import Form, Row, Sheet
from mingzhang.ledger.lines import lines_of
from mingzhang.ledger.values import Bad
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import (
    Asset,
    Entity,
    Ledger,
    Part,
    Passage,
    Project,
    Protection,
    Reason,
)
from mingzhang.model.money import parse_number
from mingzhang.model.place import Place

T = TypeVar("T")


def build(form: Form, source: Place, read_faults: tuple[Fault, ...]) -> tuple[Ledger, tuple[Fault, ...]]:  # fmt: skip
    """The ledger of a form, and every fault, those of reading the files included."""
    notes = Notebook()
    notes.take(read_faults)
    builder = _Builder(form, notes)
    ledger = builder.ledger(source)
    return ledger, notes.faults()


class _Cells:
    """The fields of one row, read one by one; what is bad is noted and becomes the default."""

    def __init__(self, sheet: Sheet, row: Row, notes: Notebook) -> None:
        self.sheet, self.row, self.notes = sheet, row, notes

    @property
    def place(self) -> Place:
        return self.sheet.place(self.row)

    def text(self, field: str) -> str:
        return self.row.get(field)

    def read(self, field: str, reader: Callable[[str], T], default: T) -> T:
        text = self.row.get(field)
        if not text:
            return default
        try:
            return reader(text)
        except Bad as bad:
            self.bad(field, bad.kind, **bad.params)
            return default

    def bad(self, field: str, kind: str, **params: Any) -> None:
        where = self.sheet.place(self.row, field) if field else self.place
        self.notes.add(kind, where, self.sheet.heading(field), **params)


class _Builder:
    def __init__(self, form: Form, notes: Notebook) -> None:
        self.form, self.notes = form, notes

    def rows(self, table: str) -> list[_Cells]:
        sheet = self.form.get(table)
        return [] if sheet is None else [_Cells(sheet, row, self.notes) for row in sheet.rows]

    def named(self, table: str, key: Callable[[_Cells], str]) -> list[_Cells]:
        """Rows that have a name of their own; the nameless and the second of a name are left out."""
        seen: dict[str, _Cells] = {}
        for cells in self.rows(table):
            name = key(cells)
            if not name.strip("\0"):
                cells.bad("", "no-name")
            elif name in seen:
                first = seen[name].place
                earlier = first.cell or str(first.line)
                cells.bad("", "double-name", name=name.replace("\0", " "), earlier=earlier)
            else:
                seen[name] = cells
        return list(seen.values())

    def ledger(self, source: Place) -> Ledger:
        """Everything."""
        settings = self.settings()
        year = settings.pop("year")
        if not year:
            sheet = self.form.get("settings")
            where = source if sheet is None else sheet.file_place
            self.notes.add("no-year", where, tables()["settings"].column("year").zh)
        lines = self.form.get("lines")
        facts, adjusted = self.facts()
        return Ledger(
            year=year,
            lines=() if lines is None else lines_of(lines, year or None, self.notes),
            source=source,
            entities=self.entities(),
            projects=self.projects(),
            assets=self.assets(),
            goals=self.goals(),
            reasons=self.reasons(),
            passages=self.passages(),
            facts=facts,
            adjusted=adjusted,
            **settings,
        )

    def facts(self) -> tuple[dict[str, str], dict[str, int]]:
        """Facts for the prose; and among them the figures moved by one unit by hand (尾差调整)."""
        facts: dict[str, str] = {}
        adjusted: dict[str, int] = {}
        for cells in self.named("facts", lambda c: c.text("name")):
            name, value = cells.text("name"), cells.text("value")
            printed = parse_number(value) if name.startswith(values.ADJUSTED) else None
            if printed is None:
                facts[name] = value
            else:
                adjusted[name.removeprefix(values.ADJUSTED)] = int(printed[0] * 100)
        return facts, adjusted

    def settings(self) -> dict[str, Any]:
        cells = {f: c for c in self.rows("settings") for f in c.row.values}

        def read(field: str, reader: Callable[[str], T], default: T) -> T:
            return cells[field].read(field, reader, default) if field in cells else default

        nobody: date | None = None
        nothing: int | None = None
        basis = Protection()
        kept = self.rows("protection")
        return {
            "name": read("name", str, ""),
            "department": read("department", str, ""),
            "year": read("year", values.year, 0),
            "layout": read("layout", _layout, ""),
            "stage": read("stage", lambda t: values.choice("stage", t), "budget"),
            "rounding": read("rounding", lambda t: values.among("rounding", t), "additive"),
            "published": read("published", values.day, nobody),
            "supervisor": read("supervisor", str, ""),
            "assets_as_of": read("assets_as_of", str, ""),
            "protection": Protection(
                read("totals", lambda t: values.among("totals", t), basis.totals),
                read("width", values.amount, nothing) or 0,
                float(read("share", values.number, Decimal(repr(basis.width_share)))),
                tuple(c.text("subject") for c in kept if c.text("subject") and not c.text("reason")),
                {c.text("subject"): c.text("reason") for c in kept if c.text("reason")},
            ),
        }  # fmt: skip

    def entities(self) -> tuple[Entity, ...]:
        found = {
            c.text("name"): Entity(c.text("name"), c.place, c.text("kind") or "行政")
            for c in self.named("entities", lambda c: c.text("name"))
        }
        staff: dict[str, dict[str, int]] = {}
        for c in self.named("staff", lambda c: f"{c.text('entity')}\0{c.text('name')}"):
            owner = c.text("entity")
            if not owner and len(found) == 1:
                owner = next(iter(found))
            if owner not in found:
                self._no_owner(c, "entity", owner, "entities", list(found))
            elif c.text("count"):
                staff.setdefault(owner, {})[c.text("name")] = c.read("count", values.count, 0)
        return tuple(replace(e, staff=staff.get(n, {})) for n, e in found.items())

    def _no_owner(self, cells: _Cells, field: str, name: str, table: str, known: list[str]) -> None:
        declared = tables()[table]
        cells.bad(
            field, "no-owner", name=name, title=declared.zh, title_en=declared.en,
            nearest=tuple(get_close_matches(name, known, 2, 0.5)),
        )  # fmt: skip

    def projects(self) -> tuple[Project, ...]:
        found = {}
        nothing: int | None = None
        for c in self.named("projects", lambda c: c.text("name")):
            found[c.text("name")] = Project(
                c.text("name"),
                c.place,
                c.text("purpose"),
                c.text("basis"),
                reason=c.text("reason"),
                key=c.read("key", values.yes, True),
                withheld=c.read("withheld", values.yes, False),
                starts=c.read("starts", values.year, nothing),
                ends=c.read("ends", values.year, nothing),
            )
        parts: dict[str, list[Part]] = {}
        for c in self.named("parts", lambda c: f"{c.text('project')}\0{c.text('name')}"):
            owner = c.text("project")
            if owner not in found:
                self._no_owner(c, "project", owner, "projects", list(found))
            else:
                parts.setdefault(owner, []).append(Part(c.text("name"), c.text("purpose")))
        return tuple(replace(p, parts=tuple(parts.get(n, ()))) for n, p in found.items())

    def assets(self) -> tuple[Asset, ...]:
        return tuple(
            Asset(
                c.text("name"),
                c.text("unit"),
                c.read("count", values.count, 0),
                c.read("planned", values.count, 0),
                c.place,
            )
            for c in self.named("assets", lambda c: c.text("name"))
        )

    def reasons(self) -> tuple[Reason, ...]:
        return tuple(
            Reason(values.subject(c.text("subject")), c.text("text"), c.place)
            for c in self.named("reasons", lambda c: values.subject(c.text("subject")))
        )

    def passages(self) -> tuple[Passage, ...]:
        out: list[Passage] = []
        for c in self.rows("passages"):
            part, text = c.text("part"), c.text("text")
            if part:
                out.append(Passage(part, text, c.place))
            elif out:
                joined = f"{out[-1].text}\n\n{text}" if out[-1].text else text
                out[-1] = replace(out[-1], text=joined)
            else:
                c.bad("", "no-name")
        return tuple(out)

    def goals(self) -> tuple[Goal, ...]:
        nothing: int | None = None
        found: dict[str, Goal] = {}
        for c in self.named("goals", lambda c: f"{_owner(c.text('project'))}\0-"):
            owner = _owner(c.text("project"))
            found[owner] = Goal(
                owner,
                c.place,
                c.text("overall"),
                c.text("content"),
                c.read("year", values.year, nothing),
                c.read("total", values.amount, nothing),
                c.read("fiscal", values.amount, nothing),
                c.read("other", values.amount, nothing),
            )
        lines: dict[str, list[GoalLine]] = {}
        taken = {c.text("id") for c in self.rows("indicators")}
        for c in self.rows("indicators"):
            owner = _owner(c.text("project"))
            found.setdefault(owner, Goal(owner, c.place))
            mine = lines.setdefault(owner, [])
            mine.append(self._indicator(c, owner, c.text("id") or _free(owner, taken)))
        return tuple(replace(g, lines=tuple(lines.get(n, ()))) for n, g in found.items())

    def _indicator(self, c: _Cells, owner: str, key: str) -> GoalLine:
        blank: Decimal | None = None
        nothing: int | None = None
        return GoalLine(
            key,
            owner,
            c.text("level1"),
            c.text("level2"),
            c.text("level3"),
            c.text("target"),
            c.place,
            c.text("unit"),
            c.read("weight", values.number, blank),
            c.read("baseline", values.number, blank),
            c.read("baseline_year", values.year, nothing),
            c.read("last_actual", values.number, blank),
            c.read("direction", values.direction, ""),
        )


def _free(owner: str, taken: set[str]) -> str:
    """The first number that no indicator has; taken from now on."""
    stem = owner or words("whole")[0]
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    taken.add(f"{stem}-{number}")
    return f"{stem}-{number}"


def _owner(text: str) -> str:
    """The project of a goal; "" for the whole department."""
    return "" if text in words("whole") else text


def _layout(text: str) -> str:
    """A layout's id from its id or its Chinese name; what is unknown stays, to be told of later."""
    typed = plain(text)
    for family in families().values():
        if typed in (family.id, plain(family.zh)):
            return family.id
    return text
