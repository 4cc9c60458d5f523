"""Columns of texts that stand under one another, with white rivers between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.read.pdf.text import Line

RIVER = 0.5  # of the size: the least white between two columns
PART = 0.25  # of the narrower one: a text that covers less of a column does not stand over it


@dataclass(frozen=True, slots=True)
class Column:
    """Where the texts of a column begin and end, in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def columns_of(rows: Sequence[Sequence[Line]]) -> list[Column]:
    """The columns of rows with several texts, left to right."""
    spans = sorted((p.box[0], p.box[2], p.size) for row in rows if len(row) > 1 for p in row)
    columns: list[Column] = []
    for left, right, size in spans:
        if columns and left < columns[-1].right + RIVER * size:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, right))
        else:
            columns.append(Column(left, right))
    for piece in (row[0] for row in rows if len(row) == 1):  # the lines of labels that wrap
        _widen(columns, piece)
    return columns


def _widen(columns: list[Column], piece: Line) -> None:
    """Widen the column that a text begins with, if it keeps clear of the next one."""
    for k, column in enumerate(columns):
        limit = columns[k + 1].left - RIVER * piece.size if k + 1 < len(columns) else column.right
        if abs(column.left - piece.box[0]) < piece.size and piece.box[2] <= limit:
            columns[k] = Column(column.left, max(column.right, piece.box[2]))


def covered(piece: Line, columns: Sequence[Column]) -> list[int]:
    """The columns that a text stands in or over; the nearest if there is none."""
    left, _, right, _ = piece.box
    over = [
        k
        for k, c in enumerate(columns)
        if min(right, c.right) - max(left, c.left) > PART * min(right - left, c.right - c.left)
    ]
    middle = (left + right) / 2
    return over or [min(range(len(columns)), key=lambda k: abs(columns[k].middle - middle))]


def column_of(piece: Line, columns: Sequence[Column]) -> int:
    """The first column that a text stands in."""
    return covered(piece, columns)[0]
