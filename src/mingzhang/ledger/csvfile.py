"""lines.csv: the table of line items as CSV, read leniently and written in one way."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from mingzhang.catalog.ledger import heading_key, headings, tables
from mingzhang.catalog.normal import plain
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.form import Row, Sheet, tidy
from mingzhang.model.place import Place

_DELIMITERS = ",;\t，|"
_UNITS = ("亿元", "万元", "千元")
BAD_BYTE = "\ufffd"
_RARE = 20  # so many good characters to a bad one, and the file is damaged UTF-8 and nothing else
_HEAD_ROWS = 10  # a title may stand above the headings
# What a spreadsheet would run as a formula, and # with which our comments begin, is written behind an
# apostrophe (OWASP "CSV injection"); the apostrophe goes again when it is read.
_DANGEROUS = re.compile(r"'*[=+\-@#]")
_GUARDED = re.compile(r"'+[=+\-@#]")


def decoded(data: bytes) -> tuple[str, str] | None:
    """The text of a file and its encoding: utf-8, utf-16, gb18030; None if it is no text.

    "damaged" is UTF-8 with a few bytes that are not: each of them has become U+FFFD.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    found = _strictly(data, "utf-8-sig")
    if found is not None:
        return found
    loose = data.decode("utf-8-sig", "replace")
    bad = loose.count(BAD_BYTE)
    beyond_ascii = sum(not character.isascii() for character in loose) - bad
    if data.startswith(codecs.BOM_UTF8) or bad * _RARE <= beyond_ascii:
        return loose, "damaged"
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        # GB18030 can begin with a BOM as well, which its codec leaves in the text
        return data.decode(encoding).removeprefix("\ufeff"), encoding
    except UnicodeDecodeError:
        return None


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def csv_sheet(text: str, name: str, source: str, notes: Notebook) -> Sheet:
    """The table of line items in a CSV text; what cannot be read is noted."""
    empty = Sheet("lines", source, name)
    start = 1
    if re.match(r"sep=.\r?\n", text):  # a hint for Excel
        start, text = 2, text.partition("\n")[2]
    delimiter = _delimiter(text)
    if delimiter is None:
        wanted = "、".join(c.zh for c in tables()["lines"].columns[:4])
        notes.add("no-heading", Place(source, name, "", line=1), headings=wanted)
        return empty
    if delimiter != ",":
        shown = "制表符 Tab" if delimiter == "\t" else delimiter
        notes.add("delimiter", Place(source, name, ""), delimiter=shown)
    records = _records(text, delimiter, start, name, source, notes)
    for line, record in records:
        if _known(record) >= 2:
            columns = found_columns("lines", record, Place(source, name, "", line=line), notes)
            sheet = Sheet("lines", source, name, (), None, {f: n + 1 for f, n in columns.items()})
            rows = _rows(records, columns, len(record), sheet, notes)
            return Sheet("lines", source, name, tuple(rows), None, sheet.columns)
    return empty  # pragma: no cover - the delimiter was chosen by these headings


def _delimiter(text: str) -> str | None:
    """What separates the columns: that which shows the most headings in the first rows."""
    head = text.splitlines()[:_HEAD_ROWS]
    best = max(
        ((max((_known(line.split(d)) for line in head), default=0), -i, d) for i, d in enumerate(_DELIMITERS)),
    )  # fmt: skip
    return best[2] if best[0] >= 2 else None


def _known(cells: Sequence[str]) -> int:
    known = headings("lines")
    return sum(heading_key(cell.strip().strip('"')) in known for cell in cells)


def _records(
    text: str, delimiter: str, start: int, name: str, source: str, notes: Notebook
) -> Iterator[tuple[int, list[str]]]:
    """(line where it begins, cells) of each record."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + start
        try:
            yield line, next(reader)
        except csv.Error as error:
            notes.add("bad-csv", Place(source, name, "", line=line), detail=str(error))
        except StopIteration:
            return


def found_columns(
    table: str, typed: Sequence[str], place: Place, notes: Notebook
) -> dict[str, int]:
    """Field -> index of its column, from the row of headings; what is odd is noted."""
    known = headings(table)
    out: dict[str, int] = {}
    for index, cell in enumerate(typed):
        text = tidy(cell)
        if not text:
            continue
        field = known.get(heading_key(text))
        here = Place(
            place.source, place.name, text, sheet=place.sheet, line=place.line, column=index + 1
        )  # fmt: skip
        unit = next((u for u in _UNITS if u in plain(text)), "")
        if field is None:
            close = get_close_matches(heading_key(text), known, 1, 0.6)
            near = tuple(tables()[table].column(known[k]).zh for k in close)
            notes.add("extra-column", here, name=text, nearest=near)
        elif unit and tables()[table].column(field).kind == "amount":
            notes.add("wrong-unit", here, tables()[table].column(field).zh, unit=unit)
        elif field in out:
            notes.add("double-column", here, name=text)
        else:
            out[field] = index
    return out


def _rows(
    records: Iterator[tuple[int, list[str]]],
    columns: Mapping[str, int],
    width: int,
    sheet: Sheet,
    notes: Notebook,
) -> Iterator[Row]:
    fields = [""] * width
    for field, index in columns.items():
        fields[index] = field
    for line, record in records:
        if not record or record[0].startswith("#"):
            continue
        if len(record) > width and any(cell.strip() for cell in record[width:]):
            place = Place(sheet.source, sheet.name, "", line=line)
            notes.add("ragged", place, found=len(record), wanted=width)
            continue
        values = {
            field: text
            for field, cell in zip(fields, record, strict=False)
            if cell and field and (text := tidy(unguarded(cell)))
        }
        if values:
            yield Row(values, line)


def csv_text(rows: Sequence[Row], example: Sequence[str] = ()) -> str:
    """Line items as CSV with Chinese headings; ``example`` is added as a comment row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    columns = tables()["lines"].columns
    writer.writerow([c.zh for c in columns])
    if example:
        writer.writerow([f"# {example[0]}".rstrip(), *(guarded(t) for t in example[1:])])
    for row in rows:
        writer.writerow([guarded(row.get(c.field)) for c in columns])
    return out.getvalue()
