"""The workbook form, written: one XLSX for people who live in WPS or Excel."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mingzhang.catalog.dimensions import name as name_of
from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import (
    LedgerColumn,
    LedgerTable,
    offered,
    tables,
    words,
    workbook_words,
)
from mingzhang.files import write_beside
from mingzhang.ledger import values
from mingzhang.ledger.accounts import LEAF, leaves
from mingzhang.ledger.form import Row, letters
from mingzhang.ledger.unbuild import rows_of
from mingzhang.model.ledger import Ledger

MOST_TEXT = 32_767  # characters of a cell, Excel's own limit
MOST_ROWS = 1_048_575  # under the headings
_SPARE = 1000  # rows below the last that have drop-down lists too
_NUMBERS = {"amount", "count", "number", "year"}
_EPOCH = datetime(2000, 1, 1)  # never the clock's: the same ledger gives the same bytes


def export_xlsx(ledger: Ledger, path: Path) -> None:
    """Write the workbook form, whole or not at all.

    Raises OSError, and ValueError for a text too long for a cell or too many rows for a sheet.
    """
    write_beside(path, xlsx_bytes(ledger))


def xlsx_bytes(ledger: Ledger) -> bytes:
    """The workbook form. Raises ValueError for what no worksheet can hold."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": ledger.name, "created": _EPOCH})
    _Writer(book, ledger).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, ledger: Ledger) -> None:
        self.book, self.ledger = book, ledger
        base = {"font_name": "宋体", "font_size": 10, "valign": "top"}
        self.text = book.add_format({**base, "num_format": "@", "text_wrap": True})
        self.amount = book.add_format({**base, "num_format": "#,##0.00"})
        self.plain = book.add_format({**base, "num_format": "0"})
        self.number = book.add_format({**base, "num_format": "General"})
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.words = book.add_format({**base, "text_wrap": True})
        self.faint = book.add_format({**base, "font_color": "#666666", "text_wrap": True})
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True,
             "align": "center", "valign": "vcenter"}
        )  # fmt: skip

    def write(self) -> None:
        """All sheets: how to fill it in, one for each table, the codes."""
        rows = rows_of(self.ledger)
        sources = self._sources()
        self._guide()
        sheets = {t: self.book.add_worksheet(t.sheet) for t in tables().values()}
        self._codes(sources)
        lists = {key: _range(n, len(lst)) for n, (key, lst) in enumerate(sources.items())}
        for table, sheet in sheets.items():
            if table.id == "settings":
                self._settings(sheet, table, rows["settings"], lists)
            else:
                found = rows[table.id]
                if table.id == "passages":
                    found = _short(found)
                self._table(sheet, table, found, lists)
        sheets[tables()["settings"]].activate()

    def _guide(self) -> None:
        sheet = self.book.add_worksheet(workbook_words()["guide_sheet"])
        sheet.set_column(0, 0, 100)
        title = self.ledger.name or self.ledger.department
        for n, line in enumerate(workbook_words()["guide"]):
            sheet.write_string(n, 0, line.format(title=title), self.title if n == 0 else self.words)

    # -------------------------------------------------------------- code lists
    def _sources(self) -> dict[str, list[str]]:
        """The lists behind the drop-downs, by kind of column."""
        year = self.ledger.year or None
        out = {
            f"code:{scheme}": [f"{code} {name}" for code, name in leaves(scheme, year).items()]
            for scheme in LEAF
        }
        for dimension in ("fund", "flow", "nature", "procurement", "reserved"):
            out[f"choice:{dimension}"] = [name_of(dimension, k) for k in offered(dimension)]
        out["yes"] = [values.yes_text(True), values.yes_text(False)]
        out["direction"] = [words("up")[0], words("down")[0]]
        out["layout"] = [family.zh for family in families().values()]
        out["choice:stage"] = [name_of("stage", k) for k in offered("stage")]
        out["rounding"] = list(words("rounding"))
        out["totals"] = list(words("totals"))
        return out

    def _codes(self, sources: Mapping[str, Sequence[str]]) -> None:
        sheet = self.book.add_worksheet(workbook_words()["codes_sheet"])
        heads = workbook_words()["headings"]
        sheet.freeze_panes(1, 0)
        for n, (head, found) in enumerate(zip(heads, sources.values(), strict=True)):
            sheet.set_column(n, n, 34 if n < 3 else 18)
            sheet.write_string(0, n, head, self.head)
            for row, text in enumerate(found, 1):
                sheet.write_string(row, n, text, self.text)

    # -------------------------------------------------------------- tables
    def _settings(
        self, sheet: Any, table: LedgerTable, rows: Sequence[Row], lists: Mapping[str, str]
    ) -> None:
        texts = {f: t for row in rows for f, t in row.values.items()}
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 44)
        sheet.set_column(2, 2, 60)
        sheet.freeze_panes(1, 0)
        for n, head in enumerate(workbook_words()["settings_head"]):
            sheet.write_string(0, n, head, self.head)
        for n, column in enumerate(table.columns, 1):
            sheet.write_string(n, 0, column.zh, self.words)
            self._put(sheet, n, 1, column, _shown(column, texts.get(column.field, "")))
            sheet.write_string(n, 2, column.help.get("zh", ""), self.faint)
            if column.kind in lists:
                self._choose(sheet, (n, 1, n, 1), lists[column.kind])

    def _table(
        self, sheet: Any, table: LedgerTable, rows: Sequence[Row], lists: Mapping[str, str]
    ) -> None:
        if len(rows) > MOST_ROWS:
            raise ValueError(f"{table.sheet}: {len(rows)} rows, a worksheet holds {MOST_ROWS}")
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 30)
        sources = {
            **lists,
            "project": _names("projects", self.ledger.projects),
            "entity": _names("entities", self.ledger.entities),
        }
        for n, column in enumerate(table.columns):
            sheet.set_column(n, n, column.width, self._format(column))
            sheet.write_string(0, n, column.zh, self.head)
            if column.help:
                sheet.write_comment(0, n, column.help["zh"], {"x_scale": 2, "author": ""})
            key = column.field if column.kind == "name" else column.kind
            if key in sources:
                self._choose(sheet, (1, n, len(rows) + _SPARE, n), sources[key])
        for r, row in enumerate(rows, 1):
            for n, column in enumerate(table.columns):
                text = row.get(column.field)
                if text:
                    self._put(sheet, r, n, column, text)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)

    def _choose(self, sheet: Any, area: tuple[int, int, int, int], source: str) -> None:
        """A drop-down list; what is not in it is asked about, not forbidden."""
        sheet.data_validation(
            *area,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_message": workbook_words()["bad_code"],
            },
        )

    def _format(self, column: LedgerColumn) -> Any:
        by_kind = {"amount": self.amount, "count": self.plain, "year": self.plain}
        return by_kind.get(column.kind, self.number if column.kind == "number" else self.text)

    def _put(self, sheet: Any, row: int, n: int, column: LedgerColumn, text: str) -> None:
        if column.kind in _NUMBERS and sum(c.isdigit() for c in text) <= 15:
            sheet.write_number(row, n, float(text), self._format(column))
        elif len(text) > MOST_TEXT:
            where = f"{sheet.get_name()}!{letters(n + 1)}{row + 1}"
            raise ValueError(f"{where}: {len(text)} characters, a cell holds {MOST_TEXT}")
        else:
            sheet.write_string(row, n, text, self.text)


def _shown(column: LedgerColumn, text: str) -> str:
    """A setting as people choose it: the Chinese name of a layout or stage, not its id."""
    if column.kind == "layout" and text in families():
        return families()[text].zh
    return values.choice_text("stage", text) if column.kind == "choice:stage" else text


def _range(column: int, count: int) -> str:
    letter = letters(column + 1)
    return f"='{workbook_words()['codes_sheet']}'!${letter}$2:${letter}${count + 1}"


def _names(table: str, found: Sequence[object]) -> str:
    return f"='{tables()[table].sheet}'!$A$2:$A${len(found) + _SPARE}"


def _short(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Passages that fit into cells: a long one goes on, paragraph by paragraph, in rows below."""
    out: list[Row] = []
    for row in rows:
        held = ""
        part = row.get("part")
        for paragraph in row.get("text").split("\n\n"):
            longer = f"{held}\n\n{paragraph}" if held else paragraph
            if len(longer) > MOST_TEXT and held:
                out.append(_passage(part, held, row.line))
                part, longer = "", paragraph
            held = longer
        out.append(_passage(part, held, row.line))
    return tuple(out)


def _passage(part: str, text: str, line: int) -> Row:
    return Row({k: v for k, v in (("part", part), ("text", text)) if v}, line)
