"""Book → XLSX: each statement as printed, all figures with their quantities, all claims."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mingzhang.export.sheets import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    Cell,
    claim_lines,
    figure_lines,
    sheet_name,
    statement_figures,
    width_of,
)
from mingzhang.export.words import known, word
from mingzhang.model.book import Book, Column, Statement
from mingzhang.model.figure import Figure

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NAME_LIMIT = 31  # characters of a sheet's name, counted in UTF-16
_CELL_LIMIT = 32_767  # characters that Excel keeps in one cell
_EXACT = 15  # digits that a spreadsheet's number keeps
_WIDE, _NARROW = 44, 8  # characters: the widest and narrowest column


def to_xlsx(book: Book, lang: str = "zh") -> bytes:
    """A workbook: one sheet per statement exactly as printed (title, header with its merged cells,
    rows, notes), with figures as numbers in the printed number format; then all figures with
    quantity and place; then the claims of the prose.

    The same book gives the same bytes. ``lang`` is the language of the captions.
    """
    buffer = BytesIO()
    # Cell text comes from books: nothing of it may become a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": book.title, "created": _EPOCH})
        styles = _Styles(workbook)
        pairs = zip(book.statements, statement_figures(book), strict=True)
        for index, (statement, figures) in enumerate(pairs):
            sheet = workbook.add_worksheet(sheet_name(index + 1, statement, _NAME_LIMIT))
            _Sheet(sheet, styles, lang).statement(statement, figures)
        for name, columns, lines in (
            ("figures", FIGURE_COLUMNS, figure_lines(book, lang)),
            ("claims", CLAIM_COLUMNS, claim_lines(book, lang)),
        ):
            sheet = workbook.add_worksheet(word("sheet", name, lang))
            _Sheet(sheet, styles, lang).listing(columns, lines)
    return buffer.getvalue()


def number_format(text: str) -> str:
    """The spreadsheet format in which a number looks as printed: "1,234.50" → "#,##0.00"."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("，", ",")
    decimals = len(plain.strip("()%").partition(".")[2])
    whole = "#,##0" if "," in plain else "" if re.match(r"[+-]?\.", plain) else "0"
    shape = whole + ("." + "0" * decimals if decimals else "")
    if plain.endswith("%"):
        shape += "%"
    if plain.startswith("("):
        return f"{shape};({shape})"
    return f"+{shape};-{shape}" if plain.startswith("+") else shape


class _Styles:
    """The cell formats of a workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}
        border = {"border": 1, "border_color": "#A6ADB8"}
        head = {**border, "bold": True, "bg_color": "#E9EDF2", "text_wrap": True}
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.caption = workbook.add_format({"font_color": "#555B66"})
        self.head = workbook.add_format({**head, "align": "center", "valign": "vcenter"})
        self.text = workbook.add_format({**border, "text_wrap": True, "valign": "top"})
        self._number = {**border, "align": "right", "valign": "top"}

    def number(self, shape: str) -> Any:
        if shape not in self._made:
            made = self._workbook.add_format({**self._number, "num_format": shape})
            self._made[shape] = made
        return self._made[shape]


class _Sheet:
    """One sheet as it is filled."""

    def __init__(self, sheet: Any, styles: _Styles, lang: str) -> None:
        self._sheet, self._styles, self._lang = sheet, styles, lang

    def statement(self, statement: Statement, figures: Mapping[tuple[int, int], Figure]) -> None:
        """Title, number and unit; the header with its merged cells; the rows; the notes."""
        width = width_of(statement)
        self._sheet.write_string(0, 0, statement.title, self._styles.title)
        unit = word("sheet", "unit", self._lang, unit=statement.unit)
        caption = " ".join(filter(None, (statement.number, statement.entity, unit)))
        self._sheet.write_string(1, 0, caption, self._styles.caption)
        top = 2
        depth = max((len(c.header) for c in statement.columns), default=0)
        self._header(statement.columns, top, 0, 0, depth)
        top += depth
        for r, row in enumerate(statement.rows):
            for c in range(width):
                text = row[c] if c < len(row) else ""
                self._cell(top + r, c, text, figures.get((r, c)))
        below = top + len(statement.rows)
        for k, note in enumerate(statement.notes):
            self._sheet.write_string(below + k, 0, note[:_CELL_LIMIT], self._styles.caption)
        for c in range(width):
            texts = [row[c] for row in statement.rows if c < len(row)]
            self._sheet.set_column(c, c, _width([*texts, *_last_label(statement, c)]))
        self._sheet.freeze_panes(top, 0)
        self._page()

    def listing(self, columns: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
        """A plain table with a filter."""
        for c, key in enumerate(columns):
            caption = known("column", key, self._lang)
            self._sheet.write_string(0, c, caption, self._styles.head)
            texts = [str(line[c]) for line in lines if line[c] is not None]
            self._sheet.set_column(c, c, _width([caption, *texts]))
        for r, line in enumerate(lines, start=1):
            for c, value in enumerate(line):
                self._value(r, c, value)
        self._sheet.freeze_panes(1, 1)
        if lines:
            self._sheet.autofilter(0, 0, len(lines), len(columns) - 1)
        self._page()

    def _header(
        self, columns: Sequence[Column], top: int, left: int, level: int, depth: int
    ) -> None:
        """Header cells from ``level`` on: one over all neighbours whose paths agree so far."""
        at = left
        for label, group in groupby(columns, key=lambda c: c.header[level : level + 1]):
            same = list(group)
            if label:
                ends = all(len(c.header) == level + 1 for c in same)
                low = depth - 1 if ends else level
                self._merged(top + level, at, top + low, at + len(same) - 1, label[0])
                if not ends:
                    self._header(same, top, at, level + 1, depth)
            elif level < depth:
                self._merged(top + level, at, top + depth - 1, at + len(same) - 1, "")
            at += len(same)

    def _merged(self, top: int, left: int, low: int, right: int, text: str) -> None:
        if (top, left) == (low, right):
            self._sheet.write_string(top, left, text, self._styles.head)
        else:
            self._sheet.merge_range(top, left, low, right, text, self._styles.head)

    def _cell(self, row: int, column: int, text: str, figure: Figure | None) -> None:
        if figure is None or len(figure.value.as_tuple().digits) > _EXACT:
            self._sheet.write_string(row, column, text[:_CELL_LIMIT], self._styles.text)
            return
        shape = number_format(text)
        value = figure.value / 100 if shape.endswith("%") else figure.value
        self._sheet.write_number(row, column, float(value), self._styles.number(shape))

    def _value(self, row: int, column: int, value: Cell) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._sheet.write_string(row, column, value[:_CELL_LIMIT], self._styles.text)
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, self._styles.number("0"))
        elif len(value.as_tuple().digits) > _EXACT:
            self._sheet.write_string(row, column, f"{value:f}", self._styles.text)
        else:
            shape = number_format(f"{value:f}")
            self._sheet.write_number(row, column, float(value), self._styles.number(shape))

    def _page(self) -> None:
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)


def _last_label(statement: Statement, column: int) -> tuple[str, ...]:
    return statement.columns[column].header[-1:] if column < len(statement.columns) else ()


def _width(texts: Sequence[str]) -> int:
    """Characters that a column needs: full-width ones count twice."""
    needed = max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in t) for t in texts),
        default=0,
    )
    return min(_WIDE, max(_NARROW, needed + 2))
