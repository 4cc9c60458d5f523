"""Small pieces of SQL: quoting, and a column of a register read as text, number or time.

The text is DuckDB's; it is kept as provenance, so it is written to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

# ways in which times are typed besides ISO 8601 (which DuckDB reads by itself)
_TIME_FORMATS = (
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日%H时%M分",
    "%Y年%m月%d日",
    "%Y.%m.%d %H:%M:%S",
    "%Y.%m.%d %H:%M",
    "%Y.%m.%d",
    "%Y%m%d",
)
_EXACT = (
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "DECIMAL"),
)
_TIMES = ("TIMESTAMP", "DATE")
NUMBER = "DECIMAL(38,10)"
_KNOWN = re.compile(r'("(?:[^"]|"")+") IS NOT NULL')  # count(x) says it shorter, and faster


@dataclass(frozen=True, slots=True)
class Register:
    """A source as queries see it: the name of its table, its columns with their types, its blanks.

    ``where`` is what to call it to a user. ``typed_by_hand``: texts may have blanks around them
    (CSV, XLSX, databases; a Parquet file is written by a program).
    """

    table: str
    columns: Mapping[str, str]
    blank: tuple[str, ...] = ()
    where: str = ""
    typed_by_hand: bool = True


class Cell(NamedTuple):
    """A column as a measure needs it. role: number, time, entered (a text, or NULL), text (to compare)."""

    column: str
    role: str

    @property
    def name(self) -> str:
        """How the outer query calls it."""
        return identifier(f"{self.column}:{self.role}")

    @property
    def bad(self) -> str:
        """Name of the count of cells that are filled but no number (time)."""
        return f"{self.column}:not-{self.role}"


def identifier(name: str) -> str:
    """``name`` quoted as a column or table."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | Decimal | datetime | bool) -> str:
    """``value`` as a constant."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S}'"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "'" + value.replace("'", "''") + "'"


def _entered(name: str, register: Register) -> str:
    """A text cell, NULL where nothing was entered."""
    bare = f"trim({name})" if register.typed_by_hand else name
    if not register.blank:
        return f"nullif({bare}, '')"
    nothing = ", ".join(literal(b) for b in ("", *register.blank))
    return f"CASE WHEN {bare} NOT IN ({nothing}) THEN {bare} END"


def cleaned(cells: Iterable[Cell], register: Register, more: Sequence[str] = ()) -> str:
    """The register with these cells only, NULL where nothing was entered: a table expression.

    ``more`` are expressions over the register itself.

    A text that is only compared is left out of that: to ask whether it is blank costs more than to
    compare it, and no word that it is compared with is blank.
    """
    lines = []
    for cell in cells:
        name = identifier(cell.column)
        text = register.columns[cell.column] == "VARCHAR"
        if cell.role != "text":
            lines.append(f"{_entered(name, register)} AS {name}" if text else name)
        elif text:
            bare = f"trim({name})" if register.typed_by_hand else name
            lines.append(f"{bare} AS {cell.name}")
        else:
            lines.append(f"CAST({name} AS VARCHAR) AS {cell.name}")
    chosen = ", ".join(dict.fromkeys((*lines, *more))) or "1"
    return f"(SELECT {chosen} FROM {identifier(register.table)})"


def typed(cell: Cell, native: str) -> str:
    """The cleaned cell in its role, NULL where it cannot be read."""
    name = identifier(cell.column)
    if cell.role == "text":
        return cell.name
    if not may_fail(cell, native):
        plain = cell.role != "time" or native == "TIMESTAMP"
        return name if plain else f"CAST({name} AS TIMESTAMP)"
    if cell.role == "number":
        if native != "VARCHAR":
            return f"TRY_CAST({name} AS {NUMBER})"
        # most amounts are plain: only what fails is looked at again without its commas
        again = f"TRY_CAST(replace({name}, ',', '') AS {NUMBER})"
        return f"coalesce(TRY_CAST({name} AS {NUMBER}), {again})"
    formats = ", ".join(literal(f) for f in _TIME_FORMATS)
    again = f"try_strptime(CAST({name} AS VARCHAR), [{formats}])"
    return f"coalesce(TRY_CAST({name} AS TIMESTAMP), {again})"


def may_fail(cell: Cell, native: str) -> bool:
    """True where a cell that is filled may not be readable in its role."""
    kinds = {"number": _EXACT, "time": _TIMES}
    return cell.role in kinds and not native.startswith(kinds[cell.role])


def unread(cell: Cell, native: str) -> str:
    """True where something was entered that cannot be read in the cell's role; over cleaned cells."""
    return f"{identifier(cell.column)} IS NOT NULL AND {typed(cell, native)} IS NULL"


def both(*conditions: str) -> str:
    """All conditions together; "" is none."""
    return " AND ".join(c for c in conditions if c)


def counted(condition: str) -> str:
    """Number of rows that meet a condition (NULL or 0 where there are none)."""
    known = _KNOWN.fullmatch(condition)
    if known:
        return f"count({known[1]})"
    # not count(*) FILTER: the engine copies the chosen rows for that, at four times the price
    return f"count_if({condition})" if condition else "count(*)"


def only(cell: str, condition: str) -> str:
    """A cell in the rows that meet a condition, NULL in others (which aggregates pass over)."""
    return f"CASE WHEN {condition} THEN {cell} END" if condition else cell
