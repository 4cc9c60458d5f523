"""Lines 明细: rows of the table of line items to Line and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mingzhang.catalog.ledger import tables
from mingzhang.ledger import values
from mingzhang.ledger.accounts import labelled
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.form import Row, Sheet, tidy
from mingzhang.ledger.values import Bad
from mingzhang.model.ledger import MEASURES, Line
from mingzhang.model.place import Place

# the amount columns, in the order of model.ledger.MEASURES
AMOUNTS = ("budget", "adjusted", "final", "budget_before", "adjusted_before", "final_before")
MEASURE_OF = dict(zip(AMOUNTS, MEASURES, strict=True))
HEADING_OF = dict(zip(MEASURES, AMOUNTS, strict=True))


def lines_of(sheet: Sheet, year: int | None, notes: Notebook) -> tuple[Line, ...]:
    """Every row as a line. What cannot be understood is noted and left blank; the rest stays."""
    readers = {c.field: _reader(c.kind, year) for c in tables()["lines"].columns}
    return tuple(_line(sheet, row, readers, notes) for row in sheet.rows)


def _reader(kind: str, year: int | None) -> Callable[[str], Any]:
    of, _, which = kind.partition(":")
    if of == "choice":
        return _remembered(lambda text: values.choice(which, text))
    if of == "code":
        return lambda text: values.code(which, text, year)
    simple: Mapping[str, Callable[[str], Any]] = {
        "amount": values.amount,
        "yes": values.yes,
        "items": _remembered(values.items),
    }
    return simple.get(of, str)


def _remembered(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """``read`` that works out each text once: a hundred thousand rows hold a dozen words."""
    known: dict[str, Any] = {}

    def reader(text: str) -> Any:
        if text not in known:
            known[text] = read(text)
        return known[text]

    return reader


def _line(
    sheet: Sheet, row: Row, readers: Mapping[str, Callable[[str], Any]], notes: Notebook
) -> Line:
    found: dict[str, Any] = {}
    amounts: dict[tuple[int, str], int] = {}
    for field, text in row.values.items():
        try:
            value = readers[field](text)
        except Bad as bad:
            notes.add(bad.kind, sheet.place(row, field), sheet.heading(field), **bad.params)
            continue
        if field in MEASURE_OF:
            if value is not None:
                amounts[MEASURE_OF[field]] = value
        elif isinstance(value, tuple):
            code, bad_code = value
            found[field] = code
            if bad_code is not None:
                place = sheet.place(row, field)
                notes.add(bad_code.kind, place, sheet.heading(field), **bad_code.params)
        else:
            found[field] = value
    return Line(amounts, sheet.place(row), **found)


def line_values(line: Line, year: int | None) -> dict[str, str]:
    """A line as texts by field, canonical; blank fields are left out."""
    out = {
        "entity": line.entity,
        "flow": values.choice_text("flow", line.flow),
        "nature": values.choice_text("nature", line.nature),
        "project": line.project,
        "part": line.part,
        "function": labelled(line.function, "function", year) if line.function else "",
        "economic": labelled(line.economic, "economic", year) if line.economic else "",
        "gov_economic": labelled(line.gov_economic, "gov_economic", year)
        if line.gov_economic
        else "",
        "fund": values.choice_text("fund", line.fund),
        "procurement": values.choice_text("procurement", line.procurement),
        "purchase": line.purchase,
        "organised": line.organised,
        "reserved": values.choice_text("reserved", line.reserved),
        "items": values.items_text(line.items),
        "withheld": values.yes_text(True) if line.withheld else "",
        "note": line.note,
    }
    if line.flow == "expenditure":
        del out["flow"]
    for measure, fen in line.amounts.items():
        out[HEADING_OF[measure]] = values.amount_text(fen)
    return {field: tidy(text) for field, text in out.items() if text}


def line_rows(lines: Iterable[Line], year: int | None) -> tuple[Row, ...]:
    """Lines as rows under their headings, in their order."""
    return tuple(Row(line_values(line, year), n) for n, line in enumerate(lines, 2))


def nowhere(name: str) -> Place:
    """The place of what is not from a file: a new ledger."""
    return Place("0" * 64, name, "")
