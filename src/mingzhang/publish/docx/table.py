"""A statement 报表 as a table of a DOCX: header rows that repeat, merged cells, widths that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mingzhang.model.edition import Table, TableCell, TableRow
from mingzhang.publish.docx.markup import measured, paragraph, quoted, run, sized

_SIZES = (21, 18, 16, 14, 12)  # half-points: 五号 first, smaller where the columns need it
_HEIGHTS = (480, 420, 360, 320, 280)  # of a row, in twentieths of a point: airy where there is room
_LONG = 340  # of a row, where the table runs over several pages anyway
_MARGINS = 180  # of a cell, left and right together, with a little air
_RULE = 20  # the line between two rows
_UNBROKEN = re.compile(r"[!-~]+")  # words, codes and figures that no line may cut
_HEAD_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EFEDE8"/>'


class Fit(NamedTuple):
    """How a table is set: type in half-points, widths of columns and least height of rows (twips)."""

    size: int
    widths: tuple[int, ...]
    height: int

    @property
    def line(self) -> int:
        """The height of a line of text."""
        return self.size * 25 // 2


class _Box(NamedTuple):
    """A cell with its spans and what is inside, as it is written."""

    rows: int
    columns: int
    inside: str
    shade: str = ""


def table_xml(table: Table, width: int, height: int) -> str:
    """The table, at most ``width`` wide; on one page if ``height`` can hold it (twips)."""
    fit = fitted(table, width, height)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in fit.widths)
    boxes = {**dict(_head(table, fit)), **dict(_body(table, fit))}
    # Word repeats the first rows only: below another header these would be the wrong ones
    again = 0 if table.headed_again else table.depth
    rows = "".join(_rows(boxes, again, table.depth + len(table.rows), fit))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Statement"/>'
        f'<w:tblW w:w="{sum(fit.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={quoted(table.title or table.kind)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def fitted(table: Table, width: int, height: int) -> Fit:
    """The size of type, the widths of the columns and the height of the rows.

    Columns share the width as the layout says, but none is so narrow that it cuts a figure or code;
    the type gets smaller where there is no room for that, and once more where this saves a page.
    """
    sizes = [s for s in _SIZES if sum(_leasts(table, s * 10)) <= width] or [_SIZES[-1]]
    for size in sizes[:2]:
        widths = _widths(table, width, size * 10)
        lines = _lines(table, widths, size * 10)
        for least in _HEIGHTS:
            fit = Fit(size, widths, least)
            if sum(_heights(fit, lines)) <= height:
                return fit
    return Fit(sizes[0], _widths(table, width, sizes[0] * 10), _LONG)


def heights(table: Table, width: int, height: int) -> tuple[int, ...]:
    """How tall each row comes out, headers first, in a table that ``table_xml`` sets (twips)."""
    fit = fitted(table, width, height)
    return _heights(fit, _lines(table, fit.widths, fit.size * 10))


def _heights(fit: Fit, lines: Sequence[int]) -> tuple[int, ...]:
    return tuple(max(fit.height, n * fit.line + _RULE) for n in lines)


def _widths(table: Table, width: int, em: int) -> tuple[int, ...]:
    least = _leasts(table, em)
    whole = sum(column.width for column in table.columns) or 1.0
    wanted = [
        max(low, width * c.width / whole) for low, c in zip(least, table.columns, strict=True)
    ]
    over = sum(wanted) - width
    spare = sum(w - low for w, low in zip(wanted, least, strict=True))
    if over > 0:
        part = min(1.0, over / spare) if spare else 0.0
        wanted = [w - (w - low) * part for w, low in zip(wanted, least, strict=True)]
    scale = min(1.0, width / (sum(wanted) or 1))
    return tuple(max(1, int(w * scale)) for w in wanted)


def _lines(table: Table, widths: Sequence[int], em: int) -> list[int]:
    """For each row, headers first, how many lines of text its fullest cell takes."""
    out = [1] * (table.depth + len(table.rows))
    for head in table.header_cells():
        if head.rows == 1:
            room = sum(widths[head.column : head.column + head.columns])
            out[head.row] = max(out[head.row], _wrapped(head.text, room, em))
    for r, row in enumerate(table.rows, table.depth):
        for c, cell in enumerate(row.cells):
            if cell.rows == 1 and cell.columns:
                out[r] = max(out[r], _wrapped(cell.text, sum(widths[c : c + cell.columns]), em))
    return out


def _wrapped(text: str, width: int, em: int) -> int:
    return -(-measured(text, em) // max(em, width - _MARGINS)) if text else 1


def _leasts(table: Table, em: int) -> list[int]:
    return [_least(table, column, em) for column in range(len(table.columns))]


def _least(table: Table, column: int, em: int) -> int:
    """How narrow a column may be: its longest word or figure on one line, its names three signs."""
    found = 2 * em
    for row in table.rows:
        cell = row.cells[column]
        if cell.columns == 1:
            found = max(found, *_words(cell.text, em))
            if table.columns[column].role in ("name", "text", "entity") and cell.text:
                found = max(found, min(measured(cell.text, em), 4 * em) + row.level * em)
    for head in table.columns[column].header[-1:]:  # on two lines, if it is not too long
        found = max(found, *_words(head, em), min(4 * em, measured(head, em) // 2 + em // 2))
    return found + _MARGINS


def _words(text: str, em: int) -> tuple[int, ...]:
    return (0, *(measured(word, em) for word in _UNBROKEN.findall(text)))


def _head(table: Table, fit: Fit) -> Iterator[tuple[tuple[int, int], _Box]]:
    for cell in table.header_cells():
        inside = paragraph("TableHead", run(cell.text, _sized(fit)), _spaced(fit))
        yield (cell.row, cell.column), _Box(cell.rows, cell.columns, inside, _HEAD_SHADE)


def _body(table: Table, fit: Fit) -> Iterator[tuple[tuple[int, int], _Box]]:
    for r, row in enumerate(table.rows, table.depth):
        for c, cell in enumerate(row.cells):
            if cell.rows and cell.columns:
                inside = _text(table, row, cell, c, fit)
                yield (r, c), _Box(cell.rows, cell.columns, inside)


def _text(table: Table, row: TableRow, cell: TableCell, column: int, fit: Fit) -> str:
    role = table.columns[column].role
    layout = ""
    if cell.quantity is not None or cell.withheld:
        layout = '<w:jc w:val="right"/>'
    elif (cell.columns > 1 and row.kind != "text") or role in ("code", "year"):
        layout = '<w:jc w:val="center"/>'
    elif role == "name" and row.level:
        layout = f'<w:ind w:left="{row.level * fit.size * 10}"/>'
    look = ("<w:b/>" if row.bold else "") + _sized(fit)
    inside = run(cell.text, look) if cell.text else ""
    return paragraph("TableText", inside, _spaced(fit) + layout)


def _sized(fit: Fit) -> str:
    return "" if fit.size == _SIZES[0] else sized(fit.size)


def _spaced(fit: Fit) -> str:
    if fit.size == _SIZES[0]:
        return ""
    return f'<w:spacing w:line="{fit.line}" w:lineRule="exact"/>'


def _rows(
    boxes: Mapping[tuple[int, int], _Box], again: int, height: int, fit: Fit
) -> Iterator[str]:
    """The rows; the first ``again`` of them stand on every page."""
    reaching: dict[
        int, tuple[int, _Box]
    ] = {}  # column -> first row after a tall cell, and the cell
    empty = paragraph("TableText", "", _spaced(fit))
    for r in range(height):
        cells = []
        c = 0
        while c < len(fit.widths):
            end, above = reaching.get(c, (0, None))
            if above is not None and r < end:
                box, merge, inside = above, "<w:vMerge/>", empty
            else:
                box = boxes.get((r, c), _Box(1, 1, empty))
                merge = '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
                inside = box.inside
                if box.rows > 1:
                    reaching[c] = (r + box.rows, box)
            span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(fit.widths[c : c + box.columns])}" w:type="dxa"/>'
                f'{span}{merge}{box.shade}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
            )
            c += box.columns
        head = "<w:tblHeader/>" if r < again else ""
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{fit.height}" w:hRule="atLeast"/>'
            f"{head}</w:trPr>{''.join(cells)}</w:tr>"
        )
