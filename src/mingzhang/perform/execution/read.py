"""Read: payments.csv and adjustments.csv of a ledger's year as model.execution.Execution.

What cannot be understood is left out with its fault; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.ledger import LANGUAGES, say
from mingzhang.catalog.normal import plain, project_key
from mingzhang.ledger import values
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.ledger.values import Bad
from mingzhang.model.execution import BASIC, Adjustment, Execution, Payment
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.execution.check import counted
from mingzhang.perform.execution.table import NOTHING, Record, records, table_path
from mingzhang.perform.telling import fault, yuan

T = TypeVar("T")
BEFORE = "before"
"""The folder in ``year/`` that holds last year's payments 上年支付, for the pattern of the months."""


def year_folder(ledger: Path) -> Path:
    """The folder ``year`` of a ledger: inside its folder, or beside its workbook."""
    return (ledger if ledger.is_dir() else ledger.parent) / "year"


def read_execution(
    folder: Path, ledger: Ledger, as_of: date | None = None
) -> tuple[Execution, tuple[Fault, ...]]:
    """The payments and adjustments in a folder ``year``, and everything wrong with them.

    ``as_of`` is the last day that counts (else the day of the last row); later rows are kept and
    noted. Rows that cannot count (unknown project, another year, more taken than there is) are left
    out, each with its fault. Raises OSError for a file that cannot be opened.
    """
    notes = Notebook()
    payments: tuple[Payment, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    path = table_path(folder, "payments")
    if path.is_file():
        reader = _Reader(ledger, ledger.year, notes)
        payments = tuple(reader.payments(records(path, "payments", notes)))
    if not payments and not notes.faults():
        name = f"{folder.name}/{path.name}"
        notes.take([fault("no-payments", Place(NOTHING, name, ""), path=name)])
    path = table_path(folder, "adjustments")
    if path.is_file():
        reader = _Reader(ledger, ledger.year, notes)
        adjustments = tuple(reader.adjustments(records(path, "adjustments", notes)))
    days = [*(p.when for p in payments), *(a.when for a in adjustments)]
    last = as_of or max(days, default=date(ledger.year, 1, 1))
    found, faults = counted(ledger, Execution(ledger.year, last, payments, adjustments))
    notes.take(faults)
    return found, notes.faults()


def read_before(folder: Path, ledger: Ledger) -> tuple[Execution | None, tuple[Fault, ...]]:
    """Last year's payments (``year/before/payments.csv``), for the pattern of the months only.

    Its projects may be others than this year's. None if there is no such file. Raises OSError.
    """
    path = table_path(folder / BEFORE, "payments")
    if not path.is_file():
        return None, ()
    notes = Notebook()
    reader = _Reader(ledger, ledger.year - 1, notes, strict=False)
    payments = tuple(reader.payments(records(path, "payments", notes)))
    return Execution(ledger.year - 1, date(ledger.year - 1, 12, 31), payments), notes.faults()


class _Missing(Exception):
    """The row cannot be counted; why has been noted."""


class _Reader:
    """Rows as payments and adjustments of one year; ``strict``: only projects of the ledger."""

    def __init__(self, ledger: Ledger, year: int, notes: Notebook, strict: bool = True) -> None:
        self.ledger, self.year, self.notes, self.strict = ledger, year, notes, strict
        names = {p.name for p in ledger.projects} | {n.project for n in ledger.lines if n.project}
        self.projects = {project_key(name): name for name in sorted(names)}
        self.entities = {plain(e.name): e.name for e in ledger.entities}

    def payments(self, rows: tuple[Record, ...]) -> Iterator[Payment]:
        """Every row that can be counted."""
        for row in rows:
            try:
                yield self._payment(row)
            except _Missing:
                continue

    def adjustments(self, rows: tuple[Record, ...]) -> Iterator[Adjustment]:
        """Every row that can be counted."""
        for row in rows:
            try:
                yield self._adjustment(row)
            except _Missing:
                continue

    def _payment(self, row: Record) -> Payment:
        when, amount = self._day(row), self._amount(row)
        project = self._project(row, "project")
        if not amount:
            self.note(fault("zero", row.place("amount"), row.heading("amount")))
        note = row.get("note")
        if amount < 0 and not note:
            told = fault("refund", row.place("amount"), row.heading("amount"), amount=yuan(amount))
            self.note(told)
        return Payment(
            when,
            amount,
            row.place(),
            entity=self._entity(row),
            project="" if project == BASIC else project,
            function=self._code(row, "function", "function"),
            economic=self._code(row, "economic", "economic"),
            fund=self._read(row, "fund", lambda t: values.choice("fund", t), "general"),
            document=row.get("document"),
            note=note,
        )

    def _adjustment(self, row: Record) -> Adjustment:
        when, amount = self._day(row), self._amount(row)
        kind = self._needed(row, "kind", _kind)
        if amount < 0:
            self.note(
                fault(
                    "negative-adjustment",
                    row.place("amount"),
                    row.heading("amount"),
                    amount=yuan(amount),
                )
            )
            raise _Missing
        return Adjustment(
            when,
            kind,
            amount,
            row.place(),
            source=self._project(row, "source"),
            target=self._project(row, "target"),
            function=self._code(row, "function", "function"),
            economic=self._code(row, "economic", "economic"),
            fund=self._read(row, "fund", lambda t: values.choice("fund", t), "general"),
            document=row.get("document"),
            reason=row.get("reason"),
            from_function=self._code(row, "from_function", "function"),
            from_economic=self._code(row, "from_economic", "economic"),
        )

    def note(self, found: Fault) -> None:
        self.notes.take([found])

    # -------------------------------------------------------------- fields
    def _needed(self, row: Record, field: str, reader: Callable[[str], T]) -> T:
        """The value of a field that a row cannot do without; else the row is left out."""
        text = row.get(field)
        if not text:
            column = catalog.columns(row.table)[field]
            told = fault("missing", row.place(), column.zh, name=column.zh, name_en=column.en)
            self.note(told)
            raise _Missing
        try:
            return reader(text)
        except Bad as bad:
            self.notes.add(bad.kind, row.place(field), row.heading(field), **bad.params)
            raise _Missing from None

    def _read(self, row: Record, field: str, reader: Callable[[str], T], default: T) -> T:
        text = row.get(field)
        if not text:
            return default
        try:
            return reader(text)
        except Bad as bad:
            self.notes.add(bad.kind, row.place(field), row.heading(field), **bad.params)
            return default

    def _day(self, row: Record) -> date:
        when = self._needed(row, "when", values.day)
        if when.year == self.year:
            return when
        near = _in_year(when, self.year)
        self.note(
            fault(
                "other-year",
                row.place("when"),
                row.heading("when"),
                text=row.get("when"),
                year=self.year,
                suggestion=near,
            )
        )
        raise _Missing

    def _amount(self, row: Record) -> int:
        found = self._needed(row, "amount", values.amount)
        return 0 if found is None else found

    def _project(self, row: Record, field: str) -> str:
        text = row.get(field)
        if not text:
            return ""
        if plain(text) in catalog.words("basic"):
            return BASIC
        name = self.projects.get(project_key(text))
        if name is not None or not self.strict:
            return name or text
        close = get_close_matches(project_key(text), self.projects, 3, 0.4)
        near = tuple(self.projects[key] for key in close) or tuple(self.projects.values())[:3]
        told = fault(
            "project-unknown", row.place(field), row.heading(field), nearest=near, text=text
        )
        self.note(told)
        raise _Missing

    def _entity(self, row: Record) -> str:
        text = row.get("entity")
        if not text or not self.entities:
            return text
        name = self.entities.get(plain(text))
        if name is None:
            near = get_close_matches(plain(text), self.entities, 2, 0.5)
            near = [self.entities[key] for key in near] or list(self.entities.values())[:2]
            place = row.place("entity")
            self.note(
                fault("entity-unknown", place, row.heading("entity"), nearest=near, text=text)
            )
        return name or text

    def _code(self, row: Record, field: str, scheme: str) -> str:
        nothing: tuple[str, Bad | None] = ("", None)
        found, bad = self._read(
            row, field, lambda text: values.code(scheme, text, self.year), nothing
        )
        if bad is not None:
            self.notes.add(bad.kind, row.place(field), row.heading(field), **bad.params)
        return found


def _kind(text: str) -> str:
    """The id of a kind of adjustment. Raises Bad."""
    known = catalog.adjustment_kinds()
    found = known.get(plain(text).casefold())
    if found is None:
        names = [catalog.kind_name(kind) for kind in dict.fromkeys(known.values())]
        hints = {lang: say("choices", lang, list=say("or", lang).join(names)) for lang in LANGUAGES}
        raise Bad("not-a-choice", text=text, hints=hints)
    return found


def _in_year(when: date, year: int) -> str:
    """The same day in the right year (29 February becomes the 28th)."""
    try:
        return when.replace(year=year).isoformat()
    except ValueError:
        return when.replace(year=year, day=28).isoformat()
