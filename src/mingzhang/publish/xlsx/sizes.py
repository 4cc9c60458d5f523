"""How wide columns and how high rows must be so that everything written can be read.

Excel fits no merged cell by itself, and no program fits columns, so the sizes are reckoned here: widths
in Excel's unit (a digit of the default face, 7 pixels), heights in points.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from mingzhang.model.edition import Table, TableCell

PORTRAIT, LANDSCAPE = 92.0, 140.0  # what stands across A4 at full size
LINE = 13.5  # points of a line of 10 point text
_HIGHEST = 409.0  # points that Excel allows a row
_FIGURE, _LABEL, _CODE = 9.5, 10.0, 7.0  # the least widths
_WIDEST_LABEL, _WIDEST_TEXT = 36.0, 48.0
_AIR = 2.0
INDENT = 2.0  # one step of indentation


def measure(text: str) -> int:
    """The width of a text's longest line: 2 for a Chinese character, 1 for another."""
    lines = text.split("\n")
    return max(len(t) + sum(east_asian_width(c) in "WFA" for c in t) for t in lines)


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a width; one that breaks may leave a character's room."""
    room = max(2.0, width - 1.5)
    return sum(math.ceil(0.97 * measure(t) / room) or 1 for t in text.split("\n"))


def height(count: int, line: float = LINE, air: float = 4.5) -> float:
    """The height of a row with so many lines, as far as Excel allows."""
    return min(_HIGHEST, count * line + air)


def widths_of(table: Table, across: float) -> list[float]:
    """The widths of a table's columns, together about ``across``, more if the figures need it."""
    least = [_least(table, c) for c in range(len(table.columns))]
    _spread(table, least)
    wished = [_wished(table, c, least[c]) for c in range(len(least))]
    spare = across - sum(least)
    wants = [w - n for w, n in zip(wished, least, strict=True)]
    if spare <= 0 or not least:
        return least
    if sum(wants) > spare:  # not all on one line: share what there is
        return [n + spare * w / sum(wants) for n, w in zip(least, wants, strict=True)]
    rest = min(spare - sum(wants), 0.5 * sum(wished))  # no small table as wide as a page
    shares = [c.width for c in table.columns]
    return [w + rest * s / (sum(shares) or 1) for w, s in zip(wished, shares, strict=True)]


def _texts(table: Table, c: int) -> Iterable[tuple[TableCell, int]]:
    """The cells of a column that stand in it alone, with what their indentation takes."""
    name = table.columns[c].role == "name"
    for row in table.rows:
        cell = row.cells[c]
        if cell.text and cell.columns == 1:
            yield cell, (row.level if name else 0)


def _least(table: Table, c: int) -> float:
    """The least width: figures and codes on one line, the header in three or four."""
    column = table.columns[c]
    figures = [measure(cell.text) for cell, _ in _texts(table, c) if cell.quantity is not None]
    header = measure(column.header[-1]) / (3 if len(column.header[-1]) > 6 else 2) + _AIR
    floor = _CODE if column.role in ("code", "year") else _LABEL
    if column.role == "code":
        figures += [measure(cell.text) for cell, _ in _texts(table, c)]
        figures = [min(f, 18) for f in figures]
    elif column.role in ("amount", "percent", "count"):
        floor = _FIGURE
    return max([floor, header, *(1.15 * f + _AIR + INDENT for f in figures)])


def _wished(table: Table, c: int, least: float) -> float:
    """The width at which the column's texts stand on one line, within reason."""
    most = _WIDEST_LABEL if table.columns[c].role in ("name", "entity") else _WIDEST_TEXT
    found = (measure(cell.text) + INDENT * level for cell, level in _texts(table, c))
    return max(least, min(most, max(found, default=0) + _AIR + 1))


def _spread(table: Table, widths: list[float]) -> None:
    """Widen the columns below a merged header that would take more than two lines."""
    for head in table.header_cells():
        if head.columns > 1:
            span = slice(head.column, head.column + head.columns)
            short = measure(head.text) / 2 + _AIR - sum(widths[span])
            if short > 0:
                widths[span] = [w + short / head.columns for w in widths[span]]


def heights_of(
    cells: Iterable[tuple[int, int, int, int, str, float]], widths: Sequence[float], rows: int
) -> list[float]:
    """The heights of ``rows`` rows from their cells: row, column, rows, columns, text, indentation.

    A cell merged over rows makes the last of them higher if it needs more than they have.
    """
    starts = [0.0]
    for width in widths:
        starts.append(starts[-1] + width)
    out = [height(1)] * rows
    tall = []
    for row, column, down, across, text, indent in cells:
        if not text:
            continue
        room = starts[min(column + across, len(widths))] - starts[column] - indent
        need = height(lines(text, room))
        if down == 1:
            out[row] = max(out[row], need)
        else:
            tall.append((row, down, need))
    for row, down, need in tall:
        short = need - sum(out[row : row + down])
        if short > 0:
            out[row + down - 1] = min(_HIGHEST, out[row + down - 1] + short)
    return out


def pieces(text: str, per_line: float, most: int) -> list[str]:
    """A text cut into pieces of at most ``most`` lines, after a sentence where there is one."""
    limit = int(per_line * most)
    out = []
    while sum(math.ceil(measure(t) / per_line) or 1 for t in text.split("\n")) > most:
        at = _fitting(text, limit)
        for mark in "\n。；，":
            end = text.rfind(mark, at // 2, at)
            if end >= 0:
                at = end + 1
                break
        out.append(text[:at])
        text = text[at:]
    return [*out, text]


def _fitting(text: str, limit: int) -> int:
    """How many characters of a text fit into ``limit`` widths, a line break counting as a line."""
    used = 0
    for at, char in enumerate(text):
        used += 2 if east_asian_width(char) in "WFA" else 1
        if used > limit:
            return max(1, at)
    return max(1, len(text) // 2)  # many short lines


def runs(positions: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Positions (row, column) as stretches of neighbours, down a column or along a row."""
    if not positions:
        return []
    out = []
    first, step = positions[0], (0, 0)
    for here, there in pairwise(positions):
        move = (there[0] - here[0], there[1] - here[1])
        if move not in ((1, 0), (0, 1)) or (step != (0, 0) and move != step):
            out.append((first, here))
            first, step = there, (0, 0)
        else:
            step = move
    return [*out, (first, positions[-1])]
