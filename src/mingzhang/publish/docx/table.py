"""A statement 报表 as a table of a DOCX: header rows that repeat, merged cells, widths that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingzhang.model.edition import Table, TableCell, TableRow
from mingzhang.publish.docx.markup import paragraph, quoted, run

_SIZES = (21, 18, 16, 14, 12)  # half-points: 五号 first, smaller where the columns need it
_MARGINS = 140  # of a cell, left and right together, with a little air
_UNBROKEN = re.compile(r"[!-~]+")  # words, codes and figures that no line may cut
_HEAD_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="EFEDE8"/>'


class _Box(NamedTuple):
    """A cell with its spans and what is inside, as it is written."""

    rows: int
    columns: int
    inside: str
    shade: str = ""


def table_xml(table: Table, width: int) -> str:
    """The table, ``width`` twentieths of a point wide."""
    size, widths = fitted(table, width)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    boxes = {**dict(_head(table, size)), **dict(_body(table, size))}
    rows = "".join(_rows(boxes, table.depth, table.depth + len(table.rows), widths))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Statement"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/>'
        f"<w:tblCaption w:val={quoted(table.title or table.kind)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def fitted(table: Table, width: int) -> tuple[int, list[int]]:
    """The size of type (half-points) and the widths of the columns.

    Columns share the width as the layout says, but none is so narrow that it cuts a figure or code;
    the type gets smaller where there is no room for that.
    """
    size, least = _SIZES[0], [0]
    for size in _SIZES:
        least = [_least(table, column, size * 10) for column in range(len(table.columns))]
        if sum(least) <= width:
            break
    whole = sum(column.width for column in table.columns) or 1.0
    wanted = [
        max(low, width * c.width / whole) for low, c in zip(least, table.columns, strict=True)
    ]
    over = sum(wanted) - width
    spare = sum(w - low for w, low in zip(wanted, least, strict=True))
    if over > 0:
        part = min(1.0, over / spare) if spare else 0.0
        wanted = [w - (w - low) * part for w, low in zip(wanted, least, strict=True)]
    scale = min(1.0, width / sum(wanted))
    return size, [max(1, int(w * scale)) for w in wanted]


def _least(table: Table, column: int, em: int) -> int:
    """How narrow a column may be: its longest word or figure on one line, its names three signs."""
    found = 2 * em
    for row in table.rows:
        cell = row.cells[column]
        if cell.columns == 1:
            found = max(found, *_words(cell.text, em))
            if table.columns[column].role in ("name", "text", "entity") and cell.text:
                found = max(found, min(_measure(cell.text, em), 4 * em) + row.level * em)
    for head in table.columns[column].header[-1:]:
        found = max(found, *_words(head, em))
    return found + _MARGINS


def _words(text: str, em: int) -> tuple[int, ...]:
    return (0, *(_measure(word, em) for word in _UNBROKEN.findall(text)))


def _measure(text: str, em: int) -> int:
    """The width of a text: a Chinese sign is one em, a digit half of it (Times New Roman)."""
    total = 0.0
    for sign in text:
        if unicodedata.east_asian_width(sign) in "WFA":
            total += 1.0
        elif sign in ",.:;'|il ":
            total += 0.28
        else:
            total += 0.5 if not sign.isalpha() else 0.62
    return int(total * em) + 1


def _head(table: Table, size: int) -> Iterator[tuple[tuple[int, int], _Box]]:
    for cell in table.header_cells():
        inside = paragraph("TableHead", run(cell.text, _sized(size)))
        yield (cell.row, cell.column), _Box(cell.rows, cell.columns, inside, _HEAD_SHADE)


def _body(table: Table, size: int) -> Iterator[tuple[tuple[int, int], _Box]]:
    for r, row in enumerate(table.rows, table.depth):
        for c, cell in enumerate(row.cells):
            if cell.rows and cell.columns:
                inside = _text(table, row, cell, c, size)
                yield (r, c), _Box(cell.rows, cell.columns, inside)


def _text(table: Table, row: TableRow, cell: TableCell, column: int, size: int) -> str:
    role = table.columns[column].role
    layout = ""
    if cell.quantity is not None or cell.withheld:
        layout = '<w:jc w:val="right"/>'
    elif cell.columns > 1 or role in ("code", "year"):
        layout = '<w:jc w:val="center"/>'
    elif role == "name" and row.level:
        layout = f'<w:ind w:left="{row.level * size * 10}"/>'
    look = ("<w:b/>" if row.bold else "") + _sized(size)
    return paragraph("TableText", run(cell.text, look) if cell.text else "", layout)


def _sized(size: int) -> str:
    return "" if size == _SIZES[0] else f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _rows(
    boxes: dict[tuple[int, int], _Box], depth: int, height: int, widths: Sequence[int]
) -> Iterator[str]:
    reaching: dict[
        int, tuple[int, _Box]
    ] = {}  # column -> first row after a tall cell, and the cell
    for r in range(height):
        cells = []
        c = 0
        while c < len(widths):
            end, above = reaching.get(c, (0, None))
            if above is not None and r < end:
                box, merge = above, "<w:vMerge/>"
            else:
                box = boxes.get((r, c), _Box(1, 1, paragraph("TableText")))
                merge = '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
                if box.rows > 1:
                    reaching[c] = (r + box.rows, box)
            inside = paragraph("TableText") if merge == "<w:vMerge/>" else box.inside
            span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths[c : c + box.columns])}" w:type="dxa"/>'
                f'{span}{merge}{box.shade}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'
            )
            c += box.columns
        head = "<w:tblHeader/>" if r < depth else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"
