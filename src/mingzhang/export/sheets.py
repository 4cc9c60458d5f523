"""Flat tables for spreadsheets and CSV: one line per figure, one per claim, one file per statement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain

from mingzhang.catalog.naming import short_name
from mingzhang.model.book import Book, Statement
from mingzhang.model.claim import Claim, Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place
from mingzhang.model.quantity import COORDINATES, Quantity

Cell = str | int | Decimal | None

PLACE = ("file", "page", "x0", "y0", "x1", "y1", "sheet", "cell", "line", "character")
FIGURE_COLUMNS = (
    "id", "text", "value", "unit", "label", "means", "statement", "title", "row", "column",
    *COORDINATES, "unread", "confidence", *PLACE,
)  # fmt: skip
CLAIM_COLUMNS = (
    "type", "kind", "figure", "text", "sign", "complete", "words", "reason",
    "quantity", "against", "parts", *PLACE,
)  # fmt: skip
_UNFIT = re.compile(r"[\x00-\x1f\x7f\[\]:*?/\\<>|\"'’‘“”]+")


def figure_lines(book: Book, lang: str) -> list[tuple[Cell, ...]]:
    """A line per figure under FIGURE_COLUMNS; ``row`` and ``column`` count from 1 as printed."""
    out = []
    for figure in book.figures:
        quantity = figure.quantity
        statement = None if figure.statement is None else book.statements[figure.statement]
        coordinates: Sequence[Cell] = quantity or ("",) * len(COORDINATES)
        out.append(
            (
                figure.id,
                figure.text,
                figure.value,
                figure.unit,
                figure.label,
                short_name(quantity, lang) if quantity else "",
                _from_one(figure.statement),
                statement.title if statement else "",
                _from_one(figure.row),
                _from_one(figure.column),
                *coordinates,
                figure.unread,
                Decimal(str(figure.confidence)),
                *_where(figure.place),
            )
        )
    return out


def claim_lines(book: Book, lang: str) -> list[tuple[Cell, ...]]:
    """A line per claim of the prose under CLAIM_COLUMNS."""
    figures = {f.id: f for f in book.figures}
    return [_claim(claim, figures, lang) for claim in book.claims]


def _claim(claim: Claim, figures: Mapping[str, Figure], lang: str) -> tuple[Cell, ...]:
    def name(quantity: Quantity) -> str:
        return short_name(quantity, lang)

    printed = None if isinstance(claim, Parts) else figures.get(claim.figure or "")
    text = printed.text if printed else ""
    match claim:
        case Ratio():
            place = printed.place if printed else None
            ends = (name(claim.numerator), name(claim.denominator), "")
            return ("ratio", claim.kind, claim.figure, text, claim.sign, "", "", "", *ends,
                    *_where(place))  # fmt: skip
        case Parts():
            parts = "; ".join(map(name, claim.parts))
            complete = int(claim.complete)
            return ("parts", "", "", "", "", complete, claim.words, "", name(claim.whole), "",
                    parts, *_where(claim.place))  # fmt: skip
        case Direction():
            return ("direction", "", claim.figure, text, claim.sign, "", claim.word, claim.reason,
                    name(claim.quantity), "", "", *_where(claim.place))  # fmt: skip


def _where(place: Place | None) -> tuple[Cell, ...]:
    if place is None:
        return (None,) * len(PLACE)
    box: Sequence[Cell] = [Decimal(str(v)) for v in place.box] if place.box else [None] * 4
    return (place.name, place.page, *box, place.sheet, place.cell, place.line, place.column)


def _from_one(index: int | None) -> int | None:
    return None if index is None else index + 1


def statement_figures(book: Book) -> list[dict[tuple[int, int], Figure]]:
    """For each statement: the figure printed at (row, column)."""
    out: list[dict[tuple[int, int], Figure]] = [{} for _ in book.statements]
    for figure in book.figures:
        if figure.statement is not None and figure.row is not None and figure.column is not None:
            out[figure.statement][figure.row, figure.column] = figure
    return out


def header_rows(statement: Statement) -> list[list[str]]:
    """The header as rows: level by level, "" below the last label of a column."""
    depth = max((len(c.header) for c in statement.columns), default=0)
    return [
        [c.header[level] if level < len(c.header) else "" for c in statement.columns]
        for level in range(depth)
    ]


def width_of(statement: Statement) -> int:
    """How many columns its widest row or its header has."""
    return max(chain((len(statement.columns),), map(len, statement.rows)))


def sheet_name(number: int, statement: Statement, most: int) -> str:
    """A name for a sheet or file: number, then as much of the title as fits ``most`` characters."""
    title = _UNFIT.sub("", statement.title or statement.kind).strip(" .")
    units = f"{number:02d} {title}".encode("utf-16-le")[: 2 * most]
    return units.decode("utf-16-le", "ignore").strip()
