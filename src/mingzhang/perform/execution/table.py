"""Tables of the year as CSV: read leniently, every slip noted with its row and column."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from mingzhang.catalog.ledger import heading_key
from mingzhang.catalog.normal import plain
from mingzhang.catalog.performance_year import columns, file_name, headings
from mingzhang.ledger.csvfile import BAD_BYTE, decoded, unguarded
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.form import tidy
from mingzhang.model.place import Place

NOTHING = hashlib.sha256(b"").hexdigest()
_MOST_BYTES = 256 * 2**20
_UNITS = ("亿元", "万元", "千元")
_DELIMITERS = ",;\t，|"
_HEAD_ROWS = 10  # a title may stand above the headings


@dataclass(frozen=True, slots=True)
class Record:
    """One row: texts by field (never blank), its line, and the number of each column."""

    table: str
    source: str
    name: str
    line: int
    texts: Mapping[str, str]
    numbers: Mapping[str, int]

    def get(self, field: str) -> str:
        """The text of a field, "" if it is blank."""
        return self.texts.get(field, "")

    def place(self, field: str = "") -> Place:
        """Where the row stands, or a field in it."""
        column = self.numbers.get(field)
        return Place(self.source, self.name, self.get(field), line=self.line, column=column)

    def heading(self, field: str) -> str:
        """The Chinese heading of a field."""
        return columns(self.table)[field].zh


def text_of(path: Path, name: str, notes: Notebook) -> tuple[str, str] | None:
    """The text of a file and its SHA-256; None (and noted) if it is no text. Raises OSError."""
    if path.stat().st_size > _MOST_BYTES:
        limit = f"{_MOST_BYTES // 2**20} MB"
        notes.add("too-large", Place(NOTHING, name, ""), path=name, limit=limit)
        return None
    data = path.read_bytes()
    source = hashlib.sha256(data).hexdigest()
    found = decoded(data)
    if found is None:
        notes.add("not-text", Place(source, name, ""))
        return None
    if found[1] == "gb18030":
        notes.add("gbk", Place(source, name, ""))
    if found[1] == "damaged":
        line = found[0].partition(BAD_BYTE)[0].count("\n") + 1
        notes.add("bad-bytes", Place(source, name, "", line=line))
    return found[0], source


def records(path: Path, table: str, notes: Notebook) -> tuple[Record, ...]:
    """The rows of a table; what cannot be read is noted and left out. Raises OSError."""
    name = f"{path.parent.name}/{path.name}"
    found = text_of(path, name, notes)
    if found is None:
        return ()
    text, source = found
    delimiter = _delimiter(text, table)
    rows = _split(text, delimiter or ",", source, name, notes)
    for line, row in rows if delimiter else ():
        if _known(row, table) >= 2:
            numbers = _columns(table, row, Place(source, name, "", line=line), notes)
            return tuple(_rows(rows, table, numbers, len(row), source, name, notes))
    wanted = "、".join(c.zh for c in list(columns(table).values())[:4])
    notes.add("no-heading", Place(source, name, "", line=1), headings=wanted)
    return ()


def _delimiter(text: str, table: str) -> str:
    """What separates the columns: that which shows the most headings in the first rows."""
    head = text.splitlines()[:_HEAD_ROWS]
    best = max(
        (max((_known(line.split(d), table) for line in head), default=0), -i, d)
        for i, d in enumerate(_DELIMITERS)
    )
    return best[2] if best[0] >= 2 else ""


def _known(cells: Sequence[str], table: str) -> int:
    known = headings(table)
    return sum(heading_key(cell.strip().strip('"')) in known for cell in cells)


def _split(
    text: str, delimiter: str, source: str, name: str, notes: Notebook
) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, cells) of each record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except csv.Error as error:
            notes.add("bad-csv", Place(source, name, "", line=line), detail=str(error))
        except StopIteration:
            return


def _columns(table: str, typed: Sequence[str], at: Place, notes: Notebook) -> dict[str, int]:
    """Field -> number of its column (from 1); what is odd is noted."""
    known = headings(table)
    out: dict[str, int] = {}
    for number, cell in enumerate(typed, 1):
        text = tidy(cell)
        if not text:
            continue
        field = known.get(heading_key(text))
        here = Place(at.source, at.name, text, line=at.line, column=number)
        unit = next((u for u in _UNITS if u in plain(text)), "")
        if unit and (field is None or columns(table)[field].kind == "amount"):
            notes.add("wrong-unit", here, text, unit=unit)
        elif field is None:
            close = get_close_matches(heading_key(text), known, 1, 0.6)
            near = tuple(columns(table)[known[k]].zh for k in close)
            notes.add("extra-column", here, name=text, nearest=near)
        elif field in out:
            notes.add("double-column", here, name=text)
        else:
            out[field] = number
    for column in columns(table).values():
        if column.needed and column.field not in out:
            notes.add("missing-column", at, name=column.zh)
    return out


def _rows(
    rows: Iterator[tuple[int, list[str]]],
    table: str,
    numbers: Mapping[str, int],
    width: int,
    source: str,
    name: str,
    notes: Notebook,
) -> Iterator[Record]:
    for line, row in rows:
        if not row or row[0].startswith("#"):
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            notes.add("ragged", Place(source, name, "", line=line), found=len(row), wanted=width)
            continue
        texts = {
            field: text
            for field, number in numbers.items()
            if number <= len(row) and (text := tidy(unguarded(row[number - 1])))
        }
        if texts:
            yield Record(table, source, name, line, texts, numbers)


def table_path(folder: Path, table: str) -> Path:
    """Where a table of the year lies in the folder ``year``."""
    return folder / file_name(table)
