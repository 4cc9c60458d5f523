"""Check 底账检查: what is wrong with a ledger that can be read, before any book is made of it."""

from __future__ import annotations

from mingzhang.catalog.dimensions import name as name_of
from mingzhang.catalog.forms import layout, layouts
from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import tables
from mingzhang.ledger.checklines import check_lines
from mingzhang.ledger.checksecrets import check_secrets, check_words
from mingzhang.ledger.checktotals import check_totals
from mingzhang.ledger.checkwhole import check_goals, check_people, check_projects
from mingzhang.ledger.checkyears import check_years
from mingzhang.ledger.fault import Fault, Notebook
from mingzhang.model.ledger import Ledger


def check_ledger(ledger: Ledger) -> tuple[Fault, ...]:
    """Everything wrong or doubtful in a ledger, by file and row.

    Errors keep a book from being compiled or make it false; warnings are probably wrong; notes are
    worth a look. What could not even be read is told by ``read_ledger``.
    """
    notes = Notebook()
    _check_settings(ledger, notes)
    check_lines(ledger, notes)
    check_years(ledger, notes)
    check_projects(ledger, notes)
    check_totals(ledger, notes)
    check_people(ledger, notes)
    check_goals(ledger, notes)
    check_secrets(ledger, notes)
    check_words(ledger, notes)
    return notes.faults()


def _check_settings(ledger: Ledger, notes: Notebook) -> None:
    table = tables()["settings"]
    if not ledger.department:
        notes.add("no-department", ledger.source, table.column("department").zh)
    family = families().get(ledger.layout)
    if family is None:
        notes.add(
            "no-layout", ledger.source, table.column("layout").zh,
            layout=ledger.layout, layouts=", ".join(families()),
        )  # fmt: skip
        return
    if family.stage != ledger.stage:
        notes.add(
            "layout-stage", ledger.source, table.column("stage").zh, layout=family.id,
            wanted=name_of("stage", family.stage), stage=name_of("stage", ledger.stage),
        )  # fmt: skip
    if family.id not in layouts():
        return  # nobody has declared its parts yet
    parts = [part.id for part in layout(family.id).parts]
    for passage in ledger.passages:
        if passage.part not in parts:
            notes.add(
                "part-of-book-unknown", passage.place, part=passage.part, parts=", ".join(parts)
            )
