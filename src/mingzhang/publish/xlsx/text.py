"""The sheets of contents 目录 and text 文字: what an officer reads before the statements."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.catalog.source import table as catalog
from mingzhang.model.edition import Edition, Heading, Prose, Table
from mingzhang.publish.characters import writable
from mingzhang.publish.xlsx.sizes import PORTRAIT, height, measure, pieces, widths_of
from mingzhang.publish.xlsx.statement import merged, printed, shortened, write_grid
from mingzhang.publish.xlsx.styles import Styles

_STEP = 4.0  # how far parts and statements are indented in the contents
_GAP = 6.0  # points of an empty row between two paragraphs
_LINE = 20.0  # points of a line of 12 point text
_WIDER = 1.15  # 12 points beside the 10 that widths are reckoned in
_MOST_LINES = 19  # of a paragraph in one row: more is higher than Excel allows
_HEADINGS = ((1, "part", 1.6), (2, "chapter", 1.4))


def write_text(sheet: Any, edition: Edition, styles: Styles) -> Mapping[int, int]:
    """The text of the book, a paragraph a row, with the small tables where they stand.

    Returns the rows of the headings, by their index in the body.
    """
    widths = _widths([t for t in edition.tables if not t.title])
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    room, last = sum(widths), len(widths)
    headings: dict[int, int] = {}
    row = 0
    for index, block in enumerate(edition.body):
        if isinstance(block, Heading):
            headings[index] = row
            row = _heading(sheet, row, block, room, last, styles)
        elif isinstance(block, Prose):
            row = _paragraph(sheet, row, block, room, last, styles)
        elif isinstance(block, Table) and not block.title:
            row = write_grid(sheet, block, row, widths, styles)
        else:
            continue
        # an empty row between any two, so that no reader joins them
        sheet.set_row(row, _GAP)
        row += 1
    printed(sheet, landscape=False)
    return headings


def _widths(tables: Sequence[Table]) -> list[float]:
    """Columns that every small table of the text can stand in, as wide as the text together."""
    found = [widths_of(table, PORTRAIT) for table in tables]
    count = max(2, *map(len, found), 0)  # LibreOffice prints no single column smaller
    out = [max((w[c] for w in found if c < len(w)), default=0.0) for c in range(count)]
    spare = (PORTRAIT - sum(out)) / count
    return [w + max(0.0, spare) for w in out]


def _heading(sheet: Any, row: int, block: Heading, room: float, last: int, styles: Styles) -> int:
    look, wider = next(((k, w) for n, k, w in _HEADINGS if n == block.level), ("heading", _WIDER))
    merged(sheet, row, 0, 1, last, block.text, styles.look(look))
    count = math.ceil(measure(writable(block.text)) * wider / (room - 2)) or 1
    sheet.set_row(row, height(count, _LINE * wider / _WIDER, 6))
    return row + 1


def _paragraph(sheet: Any, row: int, block: Prose, room: float, last: int, styles: Styles) -> int:
    """A paragraph; one that no row can hold goes on in the next row."""
    text = ("　　" if block.indent else "") + writable(block.text)
    per_line = (room - 2) / _WIDER
    for piece in pieces(text, per_line, _MOST_LINES):
        merged(sheet, row, 0, 1, last, piece, styles.look("prose"))
        count = sum(math.ceil(measure(line) / per_line) or 1 for line in piece.split("\n"))
        sheet.set_row(row, height(count, _LINE, 2))
        row += 1
    return row


def write_contents(
    sheet: Any,
    edition: Edition,
    headings: Mapping[int, int],
    names: Sequence[str],
    styles: Styles,
) -> None:
    """The title, what one should know about the sums, and a link to each part and statement."""
    words = catalog("publish.toml")["xlsx"]
    sheet.set_column(0, 0, _STEP)
    sheet.set_column(1, 1, PORTRAIT - 2 * _STEP)
    merged(sheet, 0, 0, 1, 2, edition.title, styles.look("cover", text_wrap=True))
    sheet.set_row(0, height(math.ceil(measure(writable(edition.title)) * 1.9 / 80), 26, 24))
    merged(sheet, 1, 0, 1, 2, edition.department, styles.look("centre"))
    row = 3
    left = iter(names)
    for index, block in enumerate(edition.body):
        if isinstance(block, Heading) and block.level <= 2:
            target, text = f"'{words['text']}'!A{headings[index] + 1}", block.text
        elif isinstance(block, Table) and block.title:
            target, text = f"'{next(left)}'!A1", f"{block.number}　{block.title}".strip("　")
        else:
            continue
        column = 0 if isinstance(block, Heading) and block.level == 1 else 1
        link = f"internal:{target}"
        sheet.write_url(row, column, link, styles.look("link"), string=shortened(text)[:255])
        sheet.set_row(row, 19)
        row += 1
    merged(sheet, row + 1, 0, 1, 2, words["sums"], styles.look("note"))
    sheet.set_row(row + 1, height(2))
    printed(sheet, landscape=False)
