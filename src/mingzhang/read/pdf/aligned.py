"""Tables without ruling lines: columns of figures that stand under one another.

Only figures make a table here: several rows, each with a label and figures whose edges align over
the rows, with white rivers between the columns. So justified prose is none, nor is a contents
list, whose only figures are page numbers. The header reaches up to the line that tells the unit.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from mingzhang.read.pdf.columns import Column, column_of, columns_of, covered
from mingzhang.read.pdf.figures import is_figure, is_grouped
from mingzhang.read.pdf.headings import far, has_leader, header, spans
from mingzhang.read.pdf.lattice import Lattice, assemble
from mingzhang.read.pdf.text import Line
from mingzhang.read.pdf.wraps import Row, join_wraps

LEAST = 3  # rows of figures that make a table
BETWEEN = 5  # lines without a figure between two rows at most


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
    begin = start = 0
    while start < len(rows):
        stop = _run(rows, start)
        columns = columns_of(rows[start:stop])
        if stop > start and _is_table(rows[start:stop], columns):
            start, stop = _with_labels(rows, start, stop, columns)
            top, columns = header(rows[begin:], start - begin, columns)
            found.append(_lattice(rows[begin + top : start], rows[start:stop], columns))
            begin = stop
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
    left = min([row[0].box[0] for row in rows if len(row) > 1], default=0.0)
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
    return any(is_figure(piece.text) for piece in row[1:]) and not any(map(has_leader, row))


def _run(rows: list[Row], start: int) -> int:
    """The end of the table whose first row of figures is ``start`` (``start`` itself if none)."""
    if not _is_body(rows[start]):
        return start
    stop, k = start + 1, start + 1
    while k < len(rows) and k - stop < BETWEEN and not far(rows[k - 1], rows[k]):
        k += 1
        if _is_body(rows[k - 1]):
            stop = k
    return stop


def _is_table(body: list[Row], columns: list[Column]) -> bool:
    if len(columns) < 2:
        return False
    figures: list[list[Line]] = [[] for _ in columns]
    others = [0] * len(columns)
    for row in body:
        for piece in row:
            at = column_of(piece, columns)
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


def _with_labels(rows: list[Row], start: int, stop: int, columns: list[Column]) -> tuple[int, int]:
    """The run of rows with the lines of its first and last label that have no figure beside them."""
    body = rows[start:stop]
    first, last = start, stop
    while first > 0 and len(_joined(rows[first - 1 : start + 1], columns, body)) == 1:
        first -= 1
    while last < len(rows) and len(_joined(rows[stop - 1 : last + 1], columns, body)) == 1:
        last += 1
    return first, last


def _joined(rows: list[Row], columns: list[Column], body: list[Row]) -> list[Row]:
    """Rows put together from their lines; ``body`` gives the distance of rows where known."""
    rights = {k: column.right for k, column in enumerate(columns)}
    return join_wraps(rows, lambda piece: column_of(piece, columns), rights, body)


def _lattice(headers: list[Row], body: list[Row], columns: list[Column]) -> Lattice:
    rows = [*headers, *_joined(body, columns, body)]
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
    for k, row in enumerate(headers):
        for start, stop in spans(row, headers[k + 1 :], columns):
            down[k, start + 1 : stop] = False
    for k, row in enumerate(rows[len(headers) :], len(headers)):
        for piece in row:
            for at in covered(piece, columns)[1:]:
                down[k, at] = False
    return assemble(xs, ys, across, down)
