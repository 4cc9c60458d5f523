"""Queries: the measures over one register as one statement, so that the register is read once.

Every statement gives a row for the whole: rows_read, and for each measure rows_in (the records it is
about), numerator, denominator (NULL for plain amounts), dated and inside (records with a date, and
those within the period); for each column how many filled cells cannot be read. With a breakdown 分组
there is a row for each group beside it, numbered as in the definition; labels stay in the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingzhang.model.evidence import Evidence
from mingzhang.perform.evidence.faults import refuse
from mingzhang.perform.evidence.measures import cells, period, plan
from mingzhang.perform.evidence.sql import (
    Cell,
    Register,
    cleaned,
    counted,
    identifier,
    literal,
    may_fail,
    typed,
)

HASHES = "key hashes"
Row = Mapping[str, Any]
_PARTS = ("rows_in", "numerator", "denominator", "dated", "inside")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the engine said of one measure: of the whole, and of each group by its number (0: the rest)."""

    whole: Row
    groups: Mapping[int, Row] = field(default_factory=dict)


def together(evidence: Evidence) -> tuple[str, str, tuple[str, ...]]:
    """What measures must have in common to be asked at once: the register, and the same breakdown."""
    assert evidence.measure is not None
    return evidence.sources[0], evidence.measure.by, evidence.measure.groups


def readable(evidence: Evidence, register: Register) -> None:
    """Raises Refused if columns are missing."""
    missing = [c.column for c in cells(evidence) if c.column not in register.columns]
    if missing:
        names = "、".join(dict.fromkeys(missing))
        raise refuse("columns", where=register.where, columns=names, n=len(register.columns))


def query(asked: Sequence[Evidence], register: Register, key: Sequence[str] = ()) -> str:
    """The statement for measures that may be asked ``together`` and are ``readable``.

    With a ``key`` the whole's row also has the hashes of all keys, as a list ``HASHES``.
    """
    needed = tuple(dict.fromkeys(c for one in asked for c in cells(one)))
    lines = ["count(*) AS rows_read"]
    for number, one in enumerate(asked):
        lines += _aggregates(one, number)
    for cell in needed:
        if may_fail(cell, register.columns[cell.column]):
            wrong = f"{identifier(cell.column)} IS NOT NULL AND {cell.name} IS NULL"
            lines.append(f"{counted(wrong)} AS {identifier(cell.bad)}")
    measure = asked[0].measure
    assert measure is not None
    label = tail = ""
    if measure.by:
        names = ", ".join(literal(g) for g in measure.groups)
        label = f"coalesce(list_position([{names}], {Cell(measure.by, 'text').name}), 0)"
        lines[:0] = ["group_number", "grouping(group_number) AS is_whole"]
        tail = "\nGROUP BY GROUPING SETS ((), (group_number))"
    if key:
        lines.append(f"list({identifier(HASHES)}) AS {identifier(HASHES)}")
    select = ",\n  ".join(lines)
    return f"SELECT\n  {select}\n{inner(register, needed, label, key)}{tail}"


def answered(asked: Sequence[Evidence], rows: Sequence[Row]) -> dict[str, Answered]:
    """The answers of a statement's rows, by indicator."""
    found = {}
    for number, one in enumerate(asked):
        wholes = [_of(one, number, row) for row in rows if row.get("is_whole", 1)]
        groups = {
            int(row["group_number"]): _of(one, number, row)
            for row in rows
            if not row.get("is_whole", 1)
        }
        found[one.indicator] = Answered(wholes[0], groups)
    return found


def _named(part: str, number: int) -> str:
    """The name of a measure's part; the first measure's have no number, for it is often alone."""
    return f"{part} {number + 1}" if number else part


def _aggregates(evidence: Evidence, number: int) -> list[str]:
    assert evidence.measure is not None
    inside, dated = period(evidence)
    asked = plan(evidence.measure, inside)
    parts = [counted(asked.base), asked.numerator, asked.denominator or "NULL"]
    if inside:
        parts += [f"count({dated})", counted(inside)]
    return [
        f"{text} AS {identifier(name) if number else name}"
        for text, part in zip(parts, _PARTS, strict=False)
        for name in [_named(part, number)]
    ]


def _of(evidence: Evidence, number: int, row: Row) -> Row:
    """One measure's parts of a row, without their numbers. The engine counts no rows as NULL."""
    assert evidence.measure is not None
    parts = {p: row[_named(p, number)] or 0 for p in _PARTS if _named(p, number) in row}
    if not plan(evidence.measure).denominator:
        parts["denominator"] = None
    bad = {c.bad: row[c.bad] or 0 for c in cells(evidence) if c.bad in row}
    return {"rows_read": row["rows_read"], **parts, **bad}


def inner(
    register: Register, needed: Sequence[Cell], label: str = "", key: Sequence[str] = ()
) -> str:
    """The register's cells in the roles that a query needs them in, beside what was entered."""
    types = register.columns
    lines = [
        c.name if c.role == "text" else f"{typed(c, types[c.column])} AS {c.name}" for c in needed
    ]
    lines += [identifier(c.column) for c in needed if may_fail(c, types[c.column])]
    more = []
    if label:
        lines.append(f"{label} AS group_number")
    if key:
        keys = ", ".join(identifier(k) for k in key)
        lines.append(identifier(HASHES))
        more.append(f"hash({keys}) AS {identifier(HASHES)}")
    chosen = ",\n    ".join(dict.fromkeys(lines)) or "1"
    return f"FROM (\n  SELECT\n    {chosen}\n  FROM {cleaned(needed, register, more)}\n)"
