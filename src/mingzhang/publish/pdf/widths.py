"""How a table fits a page: its size of type, the width of each column, upright or lying.

A figure is never broken and never cut: the type shrinks until every figure has its line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from mingzhang.model.edition import Table

UPRIGHT, LYING = 442.2, 728.5  # points between the margins: 156 mm and 257 mm
_LARGE = (10.5, 10.0, 9.5, 9.0)  # if the words need not wrap
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # if they must
_SMALL = 8.0  # an upright table that would be set smaller is laid down
_PADDING = 0.9  # both sides of a cell together, em
_NARROW = 0.57  # width of a digit or a Latin letter, em
_FIGURES = ("amount", "percent", "count")
_LABEL = 5.5  # em: the narrowest column of words
_MOST = 22.0  # em: no column of words wants more


@dataclass(frozen=True, slots=True)
class Fit:
    """The type size and the width of each column, both in points."""

    landscape: bool
    size: float
    widths: tuple[float, ...]

    def letters(self, column: int) -> int:
        """How many Latin letters one line of a column holds, on the whole."""
        return max(4, int((self.widths[column] / self.size - _PADDING) / _NARROW))


def fit(table: Table) -> Fit:
    """The largest type in which every figure of the table stays on one line."""
    least, wanted = _needs(table)
    upright = _fit(table, least, wanted, landscape=False)
    if not table.landscape and upright.size >= _SMALL:
        return upright
    return _fit(table, least, wanted, landscape=True)


def width(text: str) -> float:
    """The width of a line in em: a Chinese character is 1."""
    return sum(1.0 if east_asian_width(c) in "WFA" else _NARROW for c in text)


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
    ems = [
        n + (given * m / sum(more) if given else 0.0) for n, m in zip(needs, more, strict=True)
    ]
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
            (width(line), cell.quantity is not None)
            for row in table.rows
            if (cell := row.cells[at]).columns == 1
            for line in cell.text.split("\n")
        ]
        rigid = max((w for w, figure in lines if figure or column.role == "code"), default=0.0)
        loose = max((w for w, figure in lines if not figure), default=0.0)
        head = width(column.header[-1]) if column.header else 0.0
        narrow = 2.0 if len(column.header) > 1 else 3.0
        need = max(rigid, min(head, max(narrow, head / 4)), min(loose, _LABEL))
        want = max(need, min(head, 6.0), min(loose, _MOST))
        least.append(need + _PADDING)
        wanted.append(want + _PADDING)
    return least, wanted
