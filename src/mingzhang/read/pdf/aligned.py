"""Tables without ruling lines: columns of figures that stand under one another.

Only figures make a table here: several rows, each with a label and figures whose edges align over
the rows, with white rivers between the columns. So justified prose is none, nor is a contents
list, whose only figures are page numbers. The header reaches up to the line that tells the unit.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mingzhang.read.pdf.figures import is_figure, is_grouped
from mingzhang.read.pdf.lattice import Lattice, assemble
from mingzhang.read.pdf.text import Line

LEAST = 3  # rows of figures that make a table
RIVER = 0.5  # of the size: the least white between two columns
PITCH = 3.2  # of the size: rows whose baselines are farther apart are not one table
HEADERS = 6  # rows of header at most
_UNIT = re.compile(r"单\s*位\s*[:：]")
_LEADER = re.compile(r"[.．…·‥]{3,}")

Row = list[Line]


@dataclass(frozen=True, slots=True)
class Column:
    left: float
    right: float


def may_align(lines: Sequence[Line]) -> bool:
    """A quick look: are there enough lines that end in a figure after something else?"""
    count = 0
    for k, line in enumerate(lines):
        words = line.text.split()
        beside = k > 0 and abs(lines[k - 1].base - line.base) < 0.3 * line.size
        if words and is_figure(words[-1]) and (len(words) > 1 or beside):
            count += 1
            if count >= LEAST:
                return True
    return False


def aligned_tables(pieces: Sequence[Line], rules: Sequence[float]) -> list[Lattice]:
    """The unruled tables among the texts of a page, ``pieces`` parted at every gap of a letter.

    ``rules`` are the heights of lone horizontal rules: a table may rule its rows only.
    """
    rows = _banded(_rows(pieces), rules)
    found = []
    start = 0
    while start < len(rows):
        stop = _run(rows, start)
        if stop > start:
            body = rows[start:stop]
            columns = _columns(body)
            if _is_table(body, columns):
                top = _header(rows, start, columns)
                found.append(_lattice(rows[top:start], _joined(body, columns), columns))
        start = max(stop, start + 1)
    return found


def _rows(pieces: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: (p.base, p.box[0])):
        if rows and piece.base - rows[-1][0].base < 0.4 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.box[0]) for row in rows]


def _banded(rows: list[Row], rules: Sequence[float]) -> list[Row]:
    """Rows with the lines of a label that wraps joined to the figures between the same rules."""
    if len(rules) < LEAST or not rows:
        return rows
    left = (
        min(row[0].box[0] for row in rows if len(row) > 1) if any(len(r) > 1 for r in rows) else 0
    )
    out: list[Row] = []
    last = -1
    for row in rows:
        band = sum(y < row[0].base - 0.35 * row[0].size for y in rules)
        inner = band == last and 0 < band < len(rules)
        if inner and (_is_label(row, left) or _is_label(out[-1], left)):
            out[-1] = sorted([*out[-1], *row], key=lambda p: p.box[0])
        else:
            out.append(row)
        last = band
    return out


def _is_label(row: Row, left: float) -> bool:
    """True if a row is only lines of a label at the table's left."""
    return all(p.box[0] < left + p.size and not is_figure(p.text) for p in row)


def _is_body(row: Row) -> bool:
    return any(is_figure(piece.text) for piece in row[1:]) and not any(
        _LEADER.search(piece.text) for piece in row
    )


def _run(rows: list[Row], start: int) -> int:
    """The end of the table whose first row of figures is ``start`` (``start`` itself if none)."""
    if not _is_body(rows[start]):
        return start
    stop, k = start + 1, start + 1
    while k < len(rows) and k - stop < 3:
        if _far(rows[k - 1], rows[k]):
            break
        k += 1
        if _is_body(rows[k - 1]):
            stop = k
    return stop


def _far(above: Row, below: Row) -> bool:
    """True if two rows stand too far apart to be of one table."""
    return min(p.base for p in below) - max(p.base for p in above) > PITCH * below[0].size


def _columns(body: list[Row]) -> list[Column]:
    spans = sorted((p.box[0], p.box[2], p.size) for row in body if len(row) > 1 for p in row)
    columns: list[Column] = []
    for left, right, size in spans:
        if columns and left < columns[-1].right + RIVER * size:
            columns[-1] = Column(columns[-1].left, max(columns[-1].right, right))
        else:
            columns.append(Column(left, right))
    return columns


def _covered(piece: Line, columns: list[Column]) -> list[int]:
    """The columns that a text stands in or over."""
    left, _, right, _ = piece.box
    over = [
        k
        for k, c in enumerate(columns)
        if min(right, c.right) - max(left, c.left) > 0.25 * min(right - left, c.right - c.left)
    ]
    middle = (left + right) / 2
    return over or [
        min(
            range(len(columns)),
            key=lambda k: abs((columns[k].left + columns[k].right) / 2 - middle),
        )
    ]


def _is_table(body: list[Row], columns: list[Column]) -> bool:
    if len(columns) < 2:
        return False
    figures: list[list[Line]] = [[] for _ in columns]
    others = [0] * len(columns)
    for row in body:
        for piece in row:
            at = _covered(piece, columns)[0]
            if is_figure(piece.text):
                figures[at].append(piece)
            else:
                others[at] += 1
    good = [
        k
        for k in range(1, len(columns))
        if len(figures[k]) >= LEAST and others[k] <= len(figures[k]) / 3 and _in_line(figures[k])
    ]
    if not good:
        return False
    grouped = sum(is_grouped(piece.text) for k in good for piece in figures[k])
    return grouped >= LEAST or len(good) >= 2 or not _counts_up(figures[good[0]])


def _counts_up(pieces: list[Line]) -> bool:
    """True for the page numbers of a contents list (or years): no figure is below the one above."""
    values = [int(p.text) if p.text.isascii() and p.text.isdigit() else None for p in pieces]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and known == sorted(known)


def _in_line(pieces: list[Line]) -> bool:
    """True if the right edges, left edges or middles of most pieces stand in one line."""
    size = pieces[0].size
    for edge in (
        [p.box[2] for p in pieces],
        [p.box[0] for p in pieces],
        [(p.box[0] + p.box[2]) / 2 for p in pieces],
    ):
        middle = sorted(edge)[len(edge) // 2]
        if sum(abs(x - middle) < 0.6 * size for x in edge) >= 0.7 * len(edge):
            return True
    return False


def _header(rows: list[Row], start: int, columns: list[Column]) -> int:
    """The first row of the header above the body that begins at ``start``."""
    top = start
    left, right = columns[0].left, columns[-1].right
    for k in range(start - 1, max(-1, start - 1 - HEADERS), -1):
        row = rows[k]
        size = row[0].size
        if _far(row, rows[k + 1]) or size > 1.3 * rows[start][0].size:
            break
        if any(_UNIT.search(p.text) or _LEADER.search(p.text) for p in row):
            break
        inside = all(p.box[0] > left - 2 * size and p.box[2] < right + 2 * size for p in row)
        covered = [at for p in row for at in _covered(p, columns)]
        one_over_all = len(row) == 1 and (len(covered) == len(columns) or covered == [0])
        if not inside or one_over_all or len(set(covered)) < len(covered):
            break
        top = k
    return top


def _lattice(header: list[Row], body: list[Row], columns: list[Column]) -> Lattice:
    rows = [*header, *body]
    size = body[0][0].size
    between = [(a.right + b.left) / 2 for a, b in itertools.pairwise(columns)]
    everything = [piece for row in rows for piece in row]
    left = min(columns[0].left, *(p.box[0] for p in everything)) - 2
    right = max(columns[-1].right, *(p.box[2] for p in everything)) + 2
    xs = np.array([left, *between, right])
    bottoms = [max(p.base for p in row) for row in rows]
    tops = [min(p.base for p in row) for row in rows]
    cuts = [(a + b) / 2 - 0.35 * size for a, b in zip(bottoms, tops[1:], strict=False)]
    ys = np.array([tops[0] - 1.1 * size, *cuts, bottoms[-1] + 0.5 * size])
    across = np.ones((len(ys), len(columns)), dtype=np.bool_)
    down = np.ones((len(rows), len(xs)), dtype=np.bool_)
    for k, row in enumerate(header):
        for start, stop in _spans(row, header[k + 1 :], columns):
            down[k, start + 1 : stop] = False
    for k, row in enumerate(rows[len(header) :], len(header)):
        for piece in row:
            for at in _covered(piece, columns)[1:]:
                down[k, at] = False
    return assemble(xs, ys, across, down)


def _spans(row: Row, below: list[Row], columns: list[Column]) -> list[tuple[int, int]]:
    """The columns (from, to) that the texts of a header row span.

    A heading stands in the middle of the columns it spans, each of which has a heading of its own
    below it.
    """
    home = [_covered(piece, columns) for piece in row]
    headed = {at for other in below for piece in other for at in _covered(piece, columns)}
    spans = []
    for piece, own in zip(row, home, strict=True):
        taken = {at for others in home if others is not own for at in others}
        middle = (piece.box[0] + piece.box[2]) / 2
        best = (own[0], own[-1] + 1)
        for start in range(own[0] + 1):
            for stop in range(own[-1] + 1, len(columns) + 1):
                inside = set(range(start, stop))
                left, right = columns[start].left, columns[stop - 1].right
                fits = inside <= headed and not inside & taken
                level = abs((left + right) / 2 - middle) < 0.15 * (right - left)
                if fits and level and stop - start > best[1] - best[0]:
                    best = (start, stop)
        spans.append(best)
    return spans


def _joined(body: list[Row], columns: list[Column]) -> list[Row]:
    """The rows of the body, with label lines that go on from a full line joined to it."""
    rows: list[Row] = []
    for row in body:
        if rows and len(row) == 1 and _covered(row[0], columns) == [0]:
            last = rows[-1][-1] if len(rows[-1]) == 1 else rows[-1][0]
            full = last.box[2] > columns[0].right - 1.5 * last.size
            if full and row[0].box[2] < last.box[2]:
                rows[-1] = [*rows[-1], row[0]]
                continue
        rows.append(row)
    return rows
