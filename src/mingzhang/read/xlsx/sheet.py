"""Sheet: one sheet of a workbook as a person sees it, whatever the file format; and its blocks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache

from mingzhang.model.document import Block, Cell
from mingzhang.model.place import Place
from mingzhang.read.errors import remark
from mingzhang.read.xlsx.blocks import split

Position = tuple[int, int]  # row and column from 0
Range = tuple[int, int, int, int]  # first row, first column, last row, last column
MOST_CELLS = 1_000_000  # with text, in one sheet: no statement comes near


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet 工作表: the text that each cell shows, and what decides how it looks.

    ``ruled`` gives for each row with borders between its cells the first and last column that has
    them. ``uncalculated`` are formulas saved without
    their result, ``errors`` cells that show an error value (#REF!).
    """

    name: str
    texts: Mapping[Position, str]
    merges: tuple[Range, ...] = ()
    hidden_rows: Set[int] = field(default_factory=frozenset)
    hidden_columns: Set[int] = field(default_factory=frozenset)
    ruled: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    uncalculated: tuple[Position, ...] = ()
    errors: tuple[Position, ...] = ()


class _Axis:
    """Rows or columns: numbers with and without the hidden ones."""

    def __init__(self, hidden: Set[int]) -> None:
        self._hidden = sorted(hidden)
        self._before = [h - i for i, h in enumerate(self._hidden)]

    def shown(self, index: int) -> int:
        """The number, counting only what is shown, of the first shown at or after ``index``."""
        return index - bisect_left(self._hidden, index)

    def original(self, shown: int) -> int:
        return shown + bisect_right(self._before, shown)


def extend(ruled: dict[int, tuple[int, int]], row: int, first: int, last: int) -> None:
    """Note that a row has borders from one column to another."""
    held = ruled.get(row, (first, last))
    ruled[row] = min(held[0], first), max(held[1], last)


def reference(row: int, column: int) -> str:
    """The name of a cell: (0, 0) is A1."""
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=1 << 14)
def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (_letters(high - 1) if high else "") + chr(ord("A") + low)


def blocks(sheet: Sheet, origin: Place) -> list[Block]:
    """What the sheet shows, as paragraphs and grids in reading order; places name the cells."""
    rows, columns = _Axis(sheet.hidden_rows), _Axis(sheet.hidden_columns)
    source, name = origin.source, origin.name

    def at(row: int, column: int, text: str = "") -> Place:
        return Place(source, name, text, sheet=sheet.name, cell=reference(row, column))

    def locate(row: int, column: int) -> Place:
        return at(rows.original(row), columns.original(column))

    cells = list(_cells(sheet, rows, columns, at))
    ruled = {
        rows.shown(row): (columns.shown(first), columns.shown(last + 1) - 1)
        for row, (first, last) in sheet.ruled.items()
        if row not in sheet.hidden_rows
    }
    return split(cells, ruled, locate)


def _cells(
    sheet: Sheet, rows: _Axis, columns: _Axis, at: Callable[[int, int, str], Place]
) -> Iterator[Cell]:
    """The cells that show something, or are merged, by what is shown."""
    written = sorted({row for row, _ in sheet.texts})
    by_row: dict[int, list[Range]] = {}
    for merge in sheet.merges:
        for row in written[bisect_left(written, merge[0]) : bisect_right(written, merge[2])]:
            by_row.setdefault(row, []).append(merge)
    for (row, column), text in sheet.texts.items():
        covered = any(c0 <= column <= c1 for _, c0, _, c1 in by_row.get(row, ()))
        hidden = row in sheet.hidden_rows or column in sheet.hidden_columns
        if not covered and not hidden and text:
            place = at(row, column, text)
            yield Cell(text, rows.shown(row), columns.shown(column), place)
    for r0, c0, r1, c1 in sheet.merges:
        row, column = rows.shown(r0), columns.shown(c0)
        height, width = rows.shown(r1 + 1) - row, columns.shown(c1 + 1) - column
        if height > 0 and width > 0:
            text = sheet.texts.get((r0, c0), "")
            yield Cell(text, row, column, at(r0, c0, text), height, width)


def remarks(sheet: Sheet, where: str) -> Iterator[str]:
    """What of the sheet was not read, or not as a figure."""
    rows = {r for r, _ in sheet.texts if r in sheet.hidden_rows}
    columns = {c for _, c in sheet.texts if c in sheet.hidden_columns}
    if rows:
        yield remark("hidden-rows", where, sheet=sheet.name, n=len(rows))
    if columns:
        yield remark("hidden-columns", where, sheet=sheet.name, n=len(columns))
    for what, found in (("not-calculated", sheet.uncalculated), ("formula-errors", sheet.errors)):
        if found:
            cell = reference(*found[0])
            yield remark(what, where, sheet=sheet.name, n=len(found), cell=cell)
