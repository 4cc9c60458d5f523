"""XLS (also ET) → sheets: the binary workbooks of Excel 97-2003 and WPS, through xlrd."""

from __future__ import annotations

import io
from typing import Any

import xlrd

from mingzhang.read.errors import refusal
from mingzhang.read.xlsx.formats import BUILT_IN, GENERAL, shown_number, shown_text
from mingzhang.read.xlsx.sheet import Position, Sheet, extend


def read_sheets(data: bytes, where: str) -> tuple[list[Sheet], list[str]]:
    """The visible sheets of a workbook in order, and the names of the hidden ones.

    A formula shows the result saved with it (in this format there always is one).
    Raises Unreadable if the workbook is encrypted or damaged.
    """
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        sheets = [s for s in book.sheets() if s.visibility == 0]
        hidden = [s.name for s in book.sheets() if s.visibility != 0]
        return [_sheet(book, s) for s in sheets], hidden
    except Exception as error:  # xlrd lets struct.error, IndexError, AssertionError … through
        if "encrypted" in str(error):
            raise refusal("encrypted", where) from error
        raise refusal("damaged", where, detail=f"XLS: {error}") from error


def _sheet(book: Any, sheet: Any) -> Sheet:
    styles = [_style(book, xf) for xf in book.xf_list]
    texts: dict[Position, str] = {}
    errors: list[Position] = []
    ruled: dict[int, tuple[int, int]] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            code, has_rules = styles[cell.xf_index]
            if has_rules:
                extend(ruled, row, column, column)
            text = _shown(cell, code, book.datemode == 1).strip()
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors.append((row, column))
            if text:
                texts[row, column] = text
    merges = tuple((r0, c0, r1 - 1, c1 - 1) for r0, r1, c0, c1 in sheet.merged_cells)
    return Sheet(
        sheet.name,
        texts,
        merges,
        {r for r, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0},
        {c for c, info in sheet.colinfo_map.items() if info.hidden or info.width == 0},
        ruled,
        errors=tuple(errors),
    )


def _style(book: Any, xf: Any) -> tuple[str, bool]:
    key = xf.format_key
    given = book.format_map.get(key)
    # xlrd fills in the American built-in formats for keys that the file does not define
    code = BUILT_IN.get(key) if key in BUILT_IN else given.format_str if given else GENERAL
    border = xf.border
    return code or GENERAL, bool(border.left_line_style or border.right_line_style)


def _shown(cell: Any, code: str, epoch_1904: bool) -> str:
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return shown_number(repr(cell.value), code, epoch_1904=epoch_1904)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return shown_text(cell.value, code)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return ""
