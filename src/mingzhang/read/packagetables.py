"""The CSV files of a data package: their rows, and statements as captions and grids."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingzhang.model.document import Block, Cell, Grid, Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.errors import Unreadable, refusal
from mingzhang.read.xlsx.sheet import reference

_MOST_COLUMNS = 1000
_MOST_POSITIONS = 4_000_000  # of one table


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a CSV file, by column; knows its line, for messages and places."""

    values: Mapping[str, str]
    line: int
    file: str
    where: str

    def text(self, column: str) -> str:
        """The text of a column. Raises Unreadable if there is no such column in this row."""
        found = self.values.get(column)
        if found is None:
            raise damaged(self.where, f"{self.file} line {self.line}: no {column}")
        return found

    def number(self, column: str, low: int = 0, high: int = _MOST_POSITIONS) -> int:
        """The whole number of a column. Raises Unreadable where there is none between the bounds."""
        text = self.text(column)
        if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
            detail = f"{self.file} line {self.line}: {column} {text[:40]!r}"
            raise damaged(self.where, detail)
        return int(text)


class Csv(NamedTuple):
    """The rows of a CSV file."""

    records: Sequence[Record]

    @staticmethod
    def read(data: bytes, file: str, where: str) -> Csv:
        """Raises Unreadable for what is no UTF-8 or no CSV."""
        try:
            text = data.decode("utf-8-sig")
            reader = csv.reader(io.StringIO(text, newline=""), strict=True)
            header = next(reader, [])
            records = [
                Record(dict(zip(header, row, strict=False)), reader.line_num, file, where)
                for row in reader
                if row
            ]
        except (ValueError, csv.Error) as error:
            raise damaged(where, f"{file}: {error}") from error
        return Csv(records)


@dataclass(frozen=True, slots=True)
class Tables:
    """The statements by number: what is said of each, and its cells."""

    heads: Mapping[int, Record]
    cells: Mapping[int, Sequence[Record]]
    origin: Place

    @staticmethod
    def of(tables: Mapping[str, Csv], origin: Place) -> Tables:
        """From the tables "statements" and "cells"."""
        heads = {r.number("statement"): r for r in tables["statements"].records}
        cells: dict[int, list[Record]] = {}
        for record in tables["cells"].records:
            cells.setdefault(record.number("statement"), []).append(record)
        return Tables(heads, cells, origin)

    def blocks(self, record: Record) -> Iterator[Block]:
        """Caption and grid of the statement that stands at this row of the text."""
        number = record.number("statement")
        head = self.heads.get(number)
        if head is None:
            raise damaged(record.where, f"{record.file} line {record.line}: no statement {number}")
        if head.text("title"):
            captions = [head.text("number"), head.text("title")]
            captions.append(f"{head.text('entity_label')}：{head.text('entity')}")
            if head.text("unit"):
                captions.append(f"单位：{head.text('unit')}")
            for caption in captions:
                yield from paragraph(caption, record.line, 0, self.origin)
        if self.cells.get(number):
            yield self._grid(self.cells[number])

    def _grid(self, records: Sequence[Record]) -> Grid:
        cells = tuple(self._cell(record) for record in records)
        height = max(c.row + c.rowspan for c in cells)
        width = max(c.column + c.colspan for c in cells)
        covered = sum(c.rowspan * c.colspan for c in cells)
        # a few cells must not span a table that no memory holds
        if covered > _MOST_POSITIONS or height * width > 2 * covered + 1000:
            raise refusal("too-large", records[0].where, limit=f"{_MOST_POSITIONS} cells")
        return Grid(cells, height, width, cells[0].place)

    def _cell(self, record: Record) -> Cell:
        row, column = record.number("row", 1) - 1, record.number("column", 1, _MOST_COLUMNS) - 1
        rows, columns = record.number("rows", 1), record.number("columns", 1, _MOST_COLUMNS)
        text = record.text("text")
        place = Place(
            self.origin.source,
            self.origin.name,
            text,
            line=record.line,
            cell=reference(row, column),
        )
        return Cell(text, row, column, place, rows, columns)


def paragraph(text: str, line: int, level: int, origin: Place) -> Iterator[Paragraph]:
    """A paragraph at a line of its file; none where there is no text."""
    if text.strip():
        place = Place(origin.source, origin.name, text, line=line, column=1)
        yield Paragraph((Run(text, place),), level)


def damaged(where: str, detail: str) -> Unreadable:
    """The error for a package that cannot be read."""
    return refusal("damaged", where, detail=detail)
