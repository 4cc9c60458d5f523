"""Form 表格: a ledger as tables of text, whether it came from a folder or from a workbook.

Both forms are read into this and written from it, so that they cannot differ in what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mingzhang.catalog.ledger import tables
from mingzhang.model.place import Place


@dataclass(frozen=True, slots=True)
class Row:
    """One row: texts by field (never blank), and the row or line where it stands (from 1).

    ``file`` is where it stands if not in the file of its table (passages have one each).
    """

    values: Mapping[str, str]
    line: int
    file: str = ""

    def get(self, field: str) -> str:
        """The text of a field, "" if it is blank."""
        return self.values.get(field, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as read: where it came from, the columns found (field -> number from 1), its rows.

    ``sheet`` is the name of the worksheet, None for a file of the folder form.
    """

    table: str
    source: str
    name: str
    rows: tuple[Row, ...] = ()
    sheet: str | None = None
    columns: Mapping[str, int] | None = None

    def heading(self, field: str) -> str:
        """The Chinese heading of a field."""
        return tables()[self.table].column(field).zh if field else ""

    def place(self, row: Row, field: str = "") -> Place:
        """Where a row stands, or a field in it."""
        number = (self.columns or {}).get(field)
        excerpt = row.get(field) if field else ""
        if self.sheet is not None:
            cell = f"{letters(number or 1)}{row.line}"
            return Place(
                self.source, self.name, excerpt, sheet=self.sheet, cell=cell, line=row.line, column=number
            )  # fmt: skip
        name = row.file or self.name
        return Place(self.source, name, excerpt, line=row.line, column=number)

    @property
    def file_place(self) -> Place:
        """The place of the table as a whole."""
        return Place(self.source, self.name, "", sheet=self.sheet)


Form = Mapping[str, Sheet]


def letters(number: int) -> str:
    """The letters of a worksheet's column: 1 -> A, 27 -> AA."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def tidy(text: str) -> str:
    """Text as a ledger keeps it: lines end in \\n, no control characters, no white space around."""
    if text.isprintable():  # most texts: one line, plain spaces
        return text.strip()
    out = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _CONTROL.sub("", out).strip()
