"""Book → CSV files for a folder: every figure, every claim, and each statement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from mingzhang.export.sheets import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    Cell,
    claim_lines,
    figure_lines,
    sheet_name,
    statement_figures,
)
from mingzhang.model.book import Book
from mingzhang.model.money import parse_number

_LONGEST = 60  # characters of a file's name before ".csv"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(book: Book, excel: bool = False, lang: str = "zh") -> Mapping[str, bytes]:
    """File name → content: figures.csv, claims.csv, and a file per statement ("03 收入总表.csv").

    Figures are plain decimals with the printed number of decimals ("887.36"), all other cells are
    as printed; a statement's first line holds the header paths. UTF-8; with ``excel`` a byte order
    mark, which Excel needs to see that, and an apostrophe before text that it would run as a
    formula. ``lang`` is the language of the column ``means``.
    """
    out = {
        "figures.csv": _file(FIGURE_COLUMNS, figure_lines(book, lang), excel),
        "claims.csv": _file(CLAIM_COLUMNS, claim_lines(book, lang), excel),
    }
    for index, (statement, figures) in enumerate(
        zip(book.statements, statement_figures(book), strict=True)
    ):
        rows = [
            [figures[r, c].value if (r, c) in figures else text for c, text in enumerate(row)]
            for r, row in enumerate(statement.rows)
        ]
        name = sheet_name(index + 1, statement, _LONGEST) + ".csv"
        out[name] = _file([c.title for c in statement.columns], rows, excel)
    return out


def _file(header: Sequence[str], lines: Iterable[Sequence[Cell]], excel: bool) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow([_plain(c, excel) for c in header])
    writer.writerows([_plain(c, excel) for c in line] for line in lines)
    return text.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _plain(cell: Cell, excel: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, int):
        return str(cell)
    runs = excel and cell.startswith(_FORMULA) and len(cell) > 1 and parse_number(cell) is None
    return "'" + cell if runs else cell
