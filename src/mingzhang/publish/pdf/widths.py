"""How a table fits a page: its size of type, the width of each column, upright or lying.

A figure is never broken and never cut: the type shrinks until every figure has its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from unicodedata import east_asian_width

from mingzhang.model.edition import Table, TableRow

UPRIGHT, LYING = 442.2, 728.5  # points between the margins: 156 mm and 257 mm
_LARGE = (10.5, 10.0, 9.5, 9.0)  # if the words need not wrap
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # if they must
_SMALL = 8.0  # an upright table that would be set smaller is laid down
_PADDING = 0.9  # left and right of a cell together, em
_AIR = (0.55, 0.45, 0.36, 0.27)  # above and below its words, em: less where that saves a page
_SHRINK = (1.0, 0.95, 0.9, 0.85)  # and smaller type
_LINES = 1.32  # from line to line, em
_HIGH_UPRIGHT, _HIGH_LYING = 638.0, 453.0  # points between the margins
_CAPTION = 78.0  # number, title and unit line, points
_HEADING = 62.0  # a heading that stands above them
_NARROW, _CAPITAL = 0.57, 0.76  # width of a digit or a small letter, and of a capital, em
_BROAD = frozenset("mwMW@%&‰")
_RUN = re.compile(r"[^\s\u2e80-\uffef]+")  # characters between which Typst may not break a line
_BREAK = "\u200b"  # nothing to see: a line may end here
_FIGURES = ("amount", "percent", "count")
_LABEL = 5.5  # em: the narrowest column of words
_MOST = 22.0  # em: no column of words wants more


@dataclass(frozen=True, slots=True)
class Fit:
    """The type size and the width of each column in points; ``air`` above and below words in em."""

    landscape: bool
    size: float
    widths: tuple[float, ...]
    air: float = _AIR[1]

    def line(self, column: int, columns: int = 1) -> float:
        """The length of a line in a cell that begins at ``column``, in em."""
        return max(1.0, sum(self.widths[column : column + columns]) / self.size - _PADDING)


def fit(table: Table, headings: int = 0) -> Fit:
    """The largest type in which every figure of the table stays on one line, and so much air that
    it fills its page but does not spill over, if that can be had; ``headings`` stand above it."""
    least, wanted = _needs(table)
    chosen = _fit(table, least, wanted, landscape=False)
    if table.landscape or chosen.size < _SMALL:
        chosen = _fit(table, least, wanted, landscape=True)
    return _filling(table, chosen, headings) if table.title else chosen


def _filling(table: Table, chosen: Fit, headings: int) -> Fit:
    """With the most air, and if need be with somewhat smaller type, with which one page is enough;
    unchanged where none will do."""
    high = _HIGH_LYING if chosen.landscape else _HIGH_UPRIGHT
    room = high - _CAPTION - headings * _HEADING
    for smaller in (s for s in _SHRINK if s == 1 or chosen.size * s >= _SMALL):
        tried = replace(chosen, size=chosen.size * smaller)
        lines = [*_header_lines(table, tried), *(_lines(table, row, tried) for row in table.rows)]
        lines += [1] * len(table.notes)
        words = sum(1 + _LINES * (n - 1) for n in lines)
        for air in _AIR:
            if (words + 2 * air * len(lines)) * tried.size <= room:
                return replace(tried, air=air)
    return chosen


def _lines(table: Table, row: TableRow, chosen: Fit) -> int:
    """How many lines a row takes, about."""
    most = 1
    for at, cell in enumerate(row.cells):
        if cell.text and cell.quantity is None and cell.columns:
            indent = row.level if table.columns[at].role == "name" else 0
            most = max(most, _wrapped(cell.text, chosen, at, cell.columns, indent))
    return most


def _header_lines(table: Table, chosen: Fit) -> list[int]:
    """How many lines each row of the header takes, about."""
    lines = [1] * table.depth
    for head in table.header_cells():
        taken = _wrapped(head.text, chosen, head.column, head.columns)
        last = head.row + head.rows - 1
        lines[last] = max(lines[last], taken - head.rows + 1)
    return lines


def _wrapped(text: str, chosen: Fit, at: int, columns: int, indent: int = 0) -> int:
    across = max(1.0, chosen.line(at, columns) - indent)
    return sum(ceil(max(0.1, width(line)) / across) for line in text.split("\n"))


def width(text: str) -> float:
    """The width of a line in em, rather too much than too little: a Chinese character is 1."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if character in _BROAD or east_asian_width(character) in "WFA":
        return 1.0
    return _CAPITAL if character.isupper() else _NARROW


def broken(text: str, line: float) -> str:
    """Text with places to break a run of letters that is longer than a ``line`` of so many em."""
    if width(text) <= line:
        return text
    return _RUN.sub(lambda run: _pieces(run[0], line), text)


def _pieces(run: str, line: float) -> str:
    out: list[str] = []
    filled = 0.0
    for character in run:
        filled += _em(character)
        if filled > line and out:
            out.append(_BREAK)
            filled = _em(character)
        out.append(character)
    return "".join(out)


def _fit(table: Table, least: Sequence[float], wanted: Sequence[float], landscape: bool) -> Fit:
    room = LYING if landscape else UPRIGHT
    even = _even(table, least)
    for size in _LARGE:
        if sum(wanted) * size <= room:
            return Fit(landscape, size, _shared(even, wanted, room / size, size))
    for size in _SIZES:
        for needs in (even, least):
            if sum(needs) * size <= room:
                return Fit(landscape, size, _shared(needs, wanted, room / size, size))
    size = room / sum(least)
    return Fit(landscape, size, tuple(n * size for n in least))


def _shared(
    needs: Sequence[float], wanted: Sequence[float], room: float, size: float
) -> tuple[float, ...]:
    """What is left over goes to those that want more, then to all alike."""
    left = room - sum(needs)
    more = [max(0.0, w - n) for n, w in zip(needs, wanted, strict=True)]
    given = min(left, sum(more))
    ems = [n + (given * m / sum(more) if given else 0.0) for n, m in zip(needs, more, strict=True)]
    rest = room / sum(ems)
    return tuple(em * rest * size for em in ems)


def _even(table: Table, least: Sequence[float]) -> list[float]:
    """Columns of figures alike, as a person would rule them."""
    figures = [n for n, c in zip(least, table.columns, strict=True) if c.role in _FIGURES]
    most = max(figures, default=0.0)
    return [most if c.role in _FIGURES else n for n, c in zip(least, table.columns, strict=True)]


def _needs(table: Table) -> tuple[list[float], list[float]]:
    """What each column needs, and what it would like, in em."""
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        lines = [
            (width(line) + (row.level if column.role == "name" else 0), cell.quantity is not None)
            for row in table.rows
            if (cell := row.cells[at]).columns == 1
            for line in cell.text.split("\n")
        ]
        rigid = max((w for w, figure in lines if figure or column.role == "code"), default=0.0)
        loose = max((w for w, figure in lines if not figure), default=0.0)
        head = width(column.header[-1]) if column.header else 0.0
        narrow = 2.0 if len(column.header) > 1 else 3.0
        need = max(rigid, min(head, max(narrow, head / 4)), min(loose, _LABEL))
        want = max(need, min(head, 8.0), min(loose, _MOST))
        least.append(need + _PADDING)
        wanted.append(want + _PADDING)
    return least, wanted
