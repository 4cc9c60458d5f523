"""The header of a table without rules: which lines above the figures belong to it, and their spans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.read.pdf.columns import RIVER, Column, covered
from mingzhang.read.pdf.text import Line

MOST = 6  # lines of header at most
PITCH = 3.2  # of the size: lines whose baselines are farther apart are not of one table
BIGGER = 1.3  # of the size of the figures: a title
LEVEL = 0.15  # of their width: how far off the middle of its columns a heading may stand
_UNIT = re.compile(r"单\s*位\s*[:：]")
_LEADER = re.compile(r"[.．…·‥]{3,}")

Row = list[Line]


def has_leader(piece: Line) -> bool:
    """True for a line of a contents list, with dots that lead to its page."""
    return _LEADER.search(piece.text) is not None


def far(above: Row, below: Row) -> bool:
    """True if two rows stand too far apart to be of one table."""
    return min(p.base for p in below) - max(p.base for p in above) > PITCH * below[0].size


def header(rows: Sequence[Row], start: int, columns: list[Column]) -> tuple[int, list[Column]]:
    """The first row of the header above row ``start``, and the columns with those only it has.

    The header ends below the line that tells the unit, a title, or a text over everything.
    """
    top = start
    for k in range(start - 1, max(-1, start - 1 - MOST), -1):
        row = rows[k]
        if far(row, rows[k + 1]) or row[0].size > BIGGER * rows[start][0].size:
            break
        if any(_UNIT.search(p.text) or has_leader(p) for p in row):
            break
        known = [p for p in row if not _outside(p, columns)]
        over = [at for p in known for at in covered(p, columns)]
        if len(set(over)) < len(over) or len(known) * 2 < len(row):
            break
        if len(row) == 1 and (len(over) == len(columns) or over == [0]):
            break
        columns = _with(columns, [p for p in row if _outside(p, columns)])
        top = k
    return top, columns


def _outside(piece: Line, columns: Sequence[Column]) -> bool:
    """True for a text to the left or right of all columns: the heading of an empty one."""
    river = RIVER * piece.size
    return piece.box[0] > columns[-1].right + river or piece.box[2] < columns[0].left - river


def _with(columns: list[Column], pieces: Sequence[Line]) -> list[Column]:
    new = [Column(p.box[0], p.box[2]) for p in pieces]
    return sorted([*columns, *new], key=lambda column: column.left)


def spans(row: Row, below: Sequence[Row], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """The columns (from, to) that each text of a header row spans.

    A heading stands in the middle of the columns it spans, each of which has a heading of its own
    below it.
    """
    home = [covered(piece, columns) for piece in row]
    headed = {at for other in below for piece in other for at in covered(piece, columns)}
    found = []
    for piece, own in zip(row, home, strict=True):
        taken = {at for others in home if others is not own for at in others}
        middle = (piece.box[0] + piece.box[2]) / 2
        best = (own[0], own[-1] + 1)
        for start in range(own[0] + 1):
            for stop in range(own[-1] + 1, len(columns) + 1):
                inside = set(range(start, stop))
                left, right = columns[start].left, columns[stop - 1].right
                fits = inside <= headed and not inside & taken
                level = abs((left + right) / 2 - middle) < LEVEL * (right - left)
                if fits and level and stop - start > best[1] - best[0]:
                    best = (start, stop)
        found.append(best)
    return found
