"""Cells → blocks: tells the titles, 单位 lines and notes around a table from the table itself.

A spreadsheet (or an HTML table made from one) holds them all in one grid, and may hold several
statements one below the other. Drawn borders decide where there are any; without them, the shape
of the rows does. Title-like lines become paragraphs, the rest grids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mingzhang.catalog.normal import plain
from mingzhang.model.document import Block, Cell, Grid, Paragraph, Run
from mingzhang.model.money import parse_number
from mingzhang.model.place import Place
from mingzhang.read.captions import is_note, is_title, unit_in

Rules = Mapping[int, tuple[int, int]]  # row with borders -> the first and the last column with them
Locate = Callable[[int, int], Place]  # the place of an empty position (row, column)

_KEYED = re.compile(r"^\S{1,12}[:：]")
_NUMBERED = re.compile(
    r"^(?:附?表|附件|公开|财预|财决|预算|决算)\S{0,6}$|^\d{4}年(?:度|\d{1,2}月.*)?$"
)
_NOWHERE = (1, 0)
_BRIDGE = 2  # empty rows without borders that a table may have inside it
_FARTHEST = 20  # the most of them, if what comes after has figures like a total
_TAIL = 50  # empty rows with borders at the end of a sheet that still belong to its table
_TALLEST = 1000  # rows that a merged cell may hold together
_WIDEST = 256  # columns; beyond, columns with nothing in them are left out
_SPARSEST = 50  # a grid with fewer than one text in so many positions gets no cells for its blanks


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that has text or borders. ``gap``: empty rows without borders above it.

    ``reach`` are the first and the last column that its borders take, or its cells where all rows
    are drawn; (1, 0) where nothing is drawn.
    """

    index: int
    cells: tuple[Cell, ...]
    ruled: bool
    gap: int
    reach: tuple[int, int]

    @property
    def lone(self) -> str:
        """The text of its only cell that has one, if that is no number; else ""."""
        texts = [c.text for c in self.cells if c.text]
        return texts[0] if len(texts) == 1 and parse_number(texts[0]) is None else ""

    @property
    def has_numbers(self) -> bool:
        return any(parse_number(c.text) is not None for c in self.cells)

    def is_wide(self, width: int) -> bool:
        """Its only text is merged over most of the ``width`` of the sheet."""
        return any(c.text and c.colspan > 1 and c.colspan * 2 >= width for c in self.cells)


def split(cells: Iterable[Cell], ruled: Rules | None, locate: Locate | None = None) -> list[Block]:
    """The blocks that ``cells`` of one sheet or table form, in reading order.

    ``ruled`` holds the rows with borders between their cells (empty: nothing is drawn; None: every
    row, as in the tables of a text). ``locate`` gives the place of a position that has no cell, so
    that empty cells inside a grid can be filled in.
    """
    rows = list(_rows(cells, ruled))
    if not rows:
        return []
    width = max(c.column + c.colspan for r in rows for c in r.cells) - min(
        c.column for r in rows for c in r.cells
    )
    drawn = any(r.ruled for r in rows)
    out: list[Block] = []
    table: list[_Row] = []
    for i, row in enumerate(rows):
        below = rows[i + 1] if i + 1 < len(rows) else None
        if _is_caption(row, table, below, drawn, width):
            out.extend(_grids(table, locate))
            table = []
            out.extend(_paragraph(c) for c in row.cells if c.text)
            continue
        if table and _is_new_table(row, table, drawn):
            out.extend(_grids(table, locate))
            table = []
        table.append(row)
    out.extend(_grids(table, locate))
    return out


def _rows(cells: Iterable[Cell], ruled: Rules | None) -> Iterator[_Row]:
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    written = [r for r, held in by_row.items() if any(c.text for c in held)]
    if not written:
        return
    first, last = min(written), max(written)
    drawn = by_row.keys() if ruled is None else ruled
    above = first - 1
    covered = -1  # the last row that a merged cell from above reaches
    while last + 1 in drawn and last - max(written) < _TAIL:
        last += 1  # an empty form goes on to its last line
    for index in sorted({*written, *(r for r in drawn if first < r <= last)}):
        held = by_row.get(index, [])
        has_rules = index in drawn
        gap = 0 if index <= covered + 1 else index - above - 1
        if ruled is not None:
            reach = ruled.get(index, _NOWHERE)
        else:
            reach = min(c.column for c in held), max(c.column + c.colspan - 1 for c in held)
        yield _Row(index, tuple(sorted(held, key=lambda c: c.column)), has_rules, gap, reach)
        above = index
        reaches = (min(c.rowspan, _TALLEST) + c.row - 1 for c in held)
        covered = max(covered, *reaches, -1)


def _is_caption(row: _Row, table: list[_Row], below: _Row | None, drawn: bool, width: int) -> bool:
    """A row that is said about a table, not in it: a title, a 单位 line, a note, prose.

    ``table`` are the rows of the table being read, ``drawn`` tells that the sheet has borders.
    """
    texts = [c.text for c in row.cells if c.text]
    if not texts or row.has_numbers:
        return False
    attached = bool(table) and row.gap <= (0 if drawn else _BRIDGE)
    if len(texts) > 1:
        free = not row.ruled or not attached
        return free and all(_is_keyed(t) for t in texts) and any(unit_in(t) for t in texts)
    text = row.lone
    titled = is_title(text) or is_note(text) or bool(unit_in(text))
    spoken = titled or _is_keyed(text)
    wide = row.is_wide(width)
    if not attached:
        return not row.ruled or titled  # a lone cell on top of a drawn table may be its header
    if row.ruled:
        return wide and titled
    if not drawn:
        return titled or (wide and not table[-1].lone) or (row.gap > 0 and wide)
    return (
        spoken or wide or below is None or below.gap > 0 or (not below.ruled and bool(below.lone))
    )


def _is_keyed(text: str) -> bool:
    words = plain(text)
    return bool(_KEYED.match(words) or _NUMBERED.match(words) or unit_in(words))


def _is_new_table(row: _Row, table: list[_Row], drawn: bool) -> bool:
    if row.gap == 0:
        return False
    if drawn or row.gap > _FARTHEST:
        return True
    heads = len([c for c in row.cells if c.text]) > 1 and not row.has_numbers
    return heads and any(r.has_numbers for r in table)


def _paragraph(cell: Cell) -> Paragraph:
    return Paragraph((Run(cell.text, cell.place),))


def _grids(rows: list[_Row], locate: Locate | None) -> Iterator[Block]:
    """The grid of a run of rows; a paragraph where it is a single cell."""
    written = [i for i, row in enumerate(rows) if any(c.text for c in row.cells)]
    if not written:
        return
    rows = rows[written[0] :]
    cells = [c for r in rows for c in r.cells]
    if len(cells) == 1:
        yield _paragraph(cells[0])
        return
    top, height = rows[0].index, rows[-1].index + 1 - rows[0].index
    columns = _columns(cells, rows)
    column_at = {c: i for i, c in enumerate(columns)}
    width = len(columns)
    out: list[Cell] = []
    for cell in cells:
        inside = range(cell.column, cell.column + cell.colspan)
        span = [column_at[c] for c in inside if c in column_at]
        if span:
            row = cell.row - top
            down = min(cell.rowspan, height - row)
            out.append(Cell(cell.text, row, span[0], cell.place, down, len(span)))
    if locate is not None and height * width <= _SPARSEST * len(out):
        taken: set[tuple[int, int]] = set()
        for cell in out:
            across = range(cell.column, cell.column + cell.colspan)
            taken.update((cell.row + r, c) for r in range(cell.rowspan) for c in across)
        blanks = ((r, c) for r in range(height) for c in range(width) if (r, c) not in taken)
        out.extend([Cell("", r, c, locate(top + r, columns[c])) for r, c in blanks])
    out.sort(key=lambda c: (c.row, c.column))
    first = "\t".join(c.text for c in out if c.row == 0)
    yield Grid(tuple(out), height, width, out[0].place.quoting(first))


def _columns(cells: list[Cell], rows: list[_Row]) -> list[int]:
    """The columns of a grid: those with text, merged cells included, and what is drawn beyond."""
    written = [c for c in cells if c.text]
    drawn = [row.reach for row in rows if row.reach != _NOWHERE]
    left = min(*(c.column for c in written), *(first for first, _ in drawn), 1 << 30)
    right = max(*(c.column + c.colspan for c in written), *(last + 1 for _, last in drawn), 0)
    if right - left <= _WIDEST:
        return list(range(left, right))
    used: set[int] = set()
    for cell in written:
        used.update(range(cell.column, min(cell.column + cell.colspan, cell.column + _WIDEST)))
    return sorted(used)
