"""Printed lines to rows where no rule parts the rows: which lines are one text that wraps.

A text goes on in the next line of its column if it fills its column, no figure stands against it,
and the next line is set tighter than the rows are, or is a line of text alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence

from mingzhang.read.pdf.figures import is_figure
from mingzhang.read.pdf.paragraphs import item_number
from mingzhang.read.pdf.text import Line

Row = list[Line]

FULL = 1.3  # sizes short of the right edge of its column at which a line may be full
TIGHT = 1.6  # of the size: the distance of two lines of one text at most
APART = 0.9  # of the distance of rows: lines of one text are nearer


def join_wraps(
    rows: Sequence[Row],
    column_of: Callable[[Line], int],
    rights: Mapping[int, float],
    whole: Sequence[Row],
) -> list[Row]:
    """The rows that the printed lines ``rows`` make.

    ``column_of`` tells the column of a text, ``rights`` where columns end; ``whole`` are all lines
    of the table, by which it is told how its rows are set.
    """
    lines = [line for row in whole for line in row]
    joiner = _Joiner(column_of, rights, _pitch(whole), _filled(lines, column_of, rights))
    out: list[Row] = []
    k = 0
    while k < len(rows):
        row = list(rows[k])
        k += 1
        while k < len(rows):
            taken = joiner.more(row, rows[k : k + 2])
            if not taken:
                break
            for other in rows[k : k + taken]:
                row.extend(other)
            k += taken
        out.append(row)
    return out


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance of rows with figures; infinite where that is not known."""
    bases = [row[0].base for row in rows if any(is_figure(x.text) for x in row)]
    steps = sorted(b - a for a, b in itertools.pairwise(bases))
    return steps[len(steps) // 2] if len(steps) > 1 else float("inf")


def _is_full(line: Line, right: float) -> bool:
    return line.box[2] > right - FULL * line.size


def _filled(
    lines: Sequence[Line], column_of: Callable[[Line], int], rights: Mapping[int, float]
) -> set[int]:
    """Columns with several full lines of text: texts wrap there."""
    full = [
        column_of(x)
        for x in lines
        if not is_figure(x.text) and _is_full(x, rights.get(column_of(x), 1e9))
    ]
    return {column for column in full if full.count(column) > 1}


class _Joiner:
    def __init__(
        self,
        column_of: Callable[[Line], int],
        rights: Mapping[int, float],
        pitch: float,
        filled: set[int],
    ) -> None:
        self._column_of = column_of
        self._rights = rights
        self._pitch = pitch
        self._filled = filled

    def more(self, row: Row, following: Sequence[Row]) -> int:
        """How many of the following lines (0 to 2) go on with the texts of ``row``."""
        last = {self._column_of(line): line for line in row}
        for count in range(1, len(following) + 1):
            between = [self._column_of(x) for other in following[: count - 1] for x in other]
            for line in following[count - 1]:
                column = self._column_of(line)
                before = last.get(column)
                if before is None or column in between:
                    continue
                if self._goes_on(before, line, alone=len(following[count - 1]) == 1):
                    added = [x for other in following[:count] for x in other]
                    return 0 if self._clash(row, added) else count
        return 0

    def _goes_on(self, before: Line, line: Line, *, alone: bool) -> bool:
        if is_figure(before.text) or is_figure(line.text) or item_number(line.text) is not None:
            return False
        column = self._column_of(line)
        right = self._rights.get(column, 1e9)
        step = line.base - before.base
        if step > TIGHT * line.size or not _is_full(before, right):
            return False
        if line.box[2] > right + 0.5 * line.size:
            return False  # a text over several columns
        return step < APART * self._pitch or (alone and column in self._filled)

    def _clash(self, row: Row, added: Row) -> bool:
        """True if a column would get a second figure."""
        figures = [self._column_of(x) for x in (*row, *added) if is_figure(x.text)]
        return len(figures) != len(set(figures))
