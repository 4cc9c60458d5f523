"""Edition → XLSX: one sheet a statement, figures as numbers, sums as live formulas.

A formula stands where its value is what is printed. Where independent rounding makes the printed
total differ from the sum of the printed parts, the number stands and a comment says by how much.
Text is always written as text: what begins with "=" in a ledger is no formula here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from mingzhang.files import write_beside
from mingzhang.model.edition import Contents, Edition, Heading, Prose, Sum, Table, TableCell
from mingzhang.model.money import Unit

_BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_EPOCH = datetime(2000, 1, 1)
_MANY = 200  # parts of a formula; more are a number with a comment
_TEXT_SHEET = "文字"
_CONTENTS = "目录"


def publish_xlsx(edition: Edition, path: Path) -> None:
    """Write the workbook whole or not at all; the same edition gives the same bytes. Raises OSError."""
    write_beside(path, xlsx_of(edition))


def xlsx_of(edition: Edition) -> bytes:
    """The workbook as bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    when = edition.published
    created = datetime(when.year, when.month, when.day) if when else _EPOCH
    book.set_properties({"title": edition.title, "author": edition.department, "created": created})
    formats = _formats(book)
    names = _sheet_names(edition)
    _write_contents(book, edition, names, formats)
    _write_prose(book, edition, formats)
    for table, name in zip(edition.statements, names, strict=True):
        _write_table(book, table, name, formats)
    book.close()
    return stream.getvalue()


def _formats(book: Any) -> Mapping[str, Any]:
    base = {
        "font_name": "宋体",
        "font_size": 10,
        "valign": "vcenter",
        "border": 1,
        "text_wrap": True,
    }
    make = book.add_format
    return {
        "title": make(
            {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}
        ),
        "line": make({"font_name": "宋体", "font_size": 10}),
        "right": make({"font_name": "宋体", "font_size": 10, "align": "right"}),
        "head": make({**base, "bold": True, "align": "center", "bg_color": "#F3F1EC"}),
        "text": make(base),
        "text1": make({**base, "indent": 1}),
        "text2": make({**base, "indent": 2}),
        "bold": make({**base, "bold": True}),
        "heading": make({"font_name": "黑体", "font_size": 12, "text_wrap": True}),
        "prose": make({"font_name": "仿宋", "font_size": 12, "text_wrap": True, "valign": "top"}),
        "link": make(
            {"font_name": "宋体", "font_size": 11, "font_color": "#9B1C1C", "underline": 1}
        ),
        "make": make,
        "base": base,
        "numbers": {},
    }


def _number_format(formats: Mapping[str, Any], table: Table, cell: TableCell, bold: bool) -> Any:
    """A format that shows the number exactly as it is printed elsewhere (a zero may print nothing)."""
    decimals = len(cell.text.partition(".")[2])
    comma = "#,##0" if "," in cell.text or table.unit is Unit.WAN else "0"
    pattern = comma + ("." + "0" * decimals if decimals else "")
    zero = '""' if not cell.text else pattern
    code = f"{pattern};-{pattern};{zero}"
    key = (code, bold)
    known = formats["numbers"]
    if key not in known:
        more = {"num_format": code, "align": "right", "bold": bold}
        known[key] = formats["make"]({**formats["base"], **more})
    return known[key]


def _sheet_names(edition: Edition) -> list[str]:
    """At most 31 characters, none that Excel forbids, each once."""
    names: list[str] = []
    for table in edition.statements:
        base = _BAD_IN_NAMES.sub("", f"{table.number}{table.title}")[:28] or "表"
        name, count = base, 1
        while name in names or name in (_CONTENTS, _TEXT_SHEET):
            count += 1
            name = f"{base}{count}"
        names.append(name)
    return names


def _write_contents(
    book: Any, edition: Edition, names: list[str], formats: Mapping[str, Any]
) -> None:
    sheet = book.add_worksheet(_CONTENTS)
    sheet.set_column(0, 0, 60)
    sheet.write_string(0, 0, edition.title, formats["title"])
    sheet.set_row(0, 30)
    for row, (table, name) in enumerate(zip(edition.statements, names, strict=True), 2):
        text = f"{table.number}　{table.title}".strip("　")
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], string=text)


def _write_prose(book: Any, edition: Edition, formats: Mapping[str, Any]) -> None:
    """The text of the book, a paragraph a row, with the small tables where they stand."""
    sheet = book.add_worksheet(_TEXT_SHEET)
    sheet.set_column(0, 0, 90)
    sheet.set_column(1, 8, 18)
    row = 0
    for block in edition.body:
        if isinstance(block, Heading):
            sheet.write_string(row, 0, block.text, formats["heading"])
            row += 2  # an empty row between any two, so that no reader joins them
        elif isinstance(block, Prose):
            sheet.write_string(row, 0, block.text, formats["prose"])
            row += 2
        elif isinstance(block, Table) and not block.title:
            row = _grid(sheet, block, row + 1, formats) + 1
        elif isinstance(block, Contents):
            continue


def _write_table(book: Any, table: Table, name: str, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    last = max(1, len(table.columns) - 1)
    if table.number:
        sheet.write_string(0, 0, table.number, formats["line"])
    sheet.merge_range(1, 0, 1, last, table.title, formats["title"])
    sheet.set_row(1, 28)
    sheet.write_string(2, 0, f"{table.entity_label}：{table.entity}", formats["line"])
    if table.unit is not None:
        sheet.write_string(2, last, f"单位：{table.unit.value}", formats["right"])
    for c, column in enumerate(table.columns):
        sheet.set_column(c, c, max(9.0, 9.0 * column.width))
    top = 3
    end = _grid(sheet, table, top, formats)
    for n, note in enumerate(table.notes):
        sheet.write_string(end + n, 0, note, formats["line"])
    sheet.freeze_panes(top + table.depth, 0)
    sheet.repeat_rows(1, top + table.depth - 1)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if table.landscape:
        sheet.set_landscape()
    sheet.set_footer("&C&P / &N")


def _grid(sheet: Any, table: Table, top: int, formats: Mapping[str, Any]) -> int:
    """Header and rows from row ``top``; the row after the last one."""
    for head in table.header_cells():
        at = (top + head.row, head.column)
        _merged(sheet, *at, head.rows, head.columns, head.text, formats["head"])
    body = top + table.depth
    sums = {s.total: s for s in table.sums}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if not (cell.rows and cell.columns):
                continue
            at = (body + r, c)
            if cell.quantity is None or cell.fen is None:
                indent = f"text{min(row.level, 2)}" if row.level else "text"
                style = formats["bold"] if row.bold else formats[indent]
                _merged(sheet, *at, cell.rows, cell.columns, cell.text, style)
            else:
                style = _number_format(formats, table, cell, row.bold)
                _figure(sheet, table, at, cell, sums.get((r, c)), body, style)
    return body + len(table.rows)


def _figure(
    sheet: Any,
    table: Table,
    at: tuple[int, int],
    cell: TableCell,
    total: Sum | None,
    body: int,
    style: Any,
) -> None:
    assert cell.fen is not None and table.unit is not None
    value = float(Decimal(cell.fen) / table.unit.fen)
    if total is None or len(total.parts) > _MANY:
        sheet.write_number(*at, value, style)
        return
    parts = [table.rows[r].cells[c] for r, c in total.parts]
    added = sum(sign * (p.fen or 0) for sign, p in zip(total.signs, parts, strict=True))
    if added == cell.fen and all(p.fen is not None for p in parts):
        sheet.write_formula(*at, _formula(total, body), style, value)
        return
    sheet.write_number(*at, value, style)
    gap = Decimal(cell.fen - added) / table.unit.fen
    sheet.write_comment(
        *at, f"尾数：与分项之和相差 {gap.normalize():f}{table.unit.value}（四舍五入）"
    )


def _formula(total: Sum, body: int) -> str:
    cells = [(body + r, c) for r, c in total.parts]
    rows, columns = [r for r, _ in cells], {c for _, c in cells}
    run = rows == list(range(rows[0], rows[0] + len(rows))) and len(columns) == 1
    if run and len(cells) > 1 and all(s == 1 for s in total.signs):
        return f"=SUM({xl_rowcol_to_cell(*cells[0])}:{xl_rowcol_to_cell(*cells[-1])})"
    signs = ["+" if s > 0 else "-" for s in total.signs]
    signs[0] = "" if signs[0] == "+" else "-"
    terms = [f"{s}{xl_rowcol_to_cell(*cell)}" for s, cell in zip(signs, cells, strict=True)]
    return "=" + "".join(terms)


def _merged(sheet: Any, r: int, c: int, rows: int, columns: int, text: str, style: Any) -> None:
    if rows > 1 or columns > 1:
        sheet.merge_range(r, c, r + rows - 1, c + columns - 1, "", style)
    sheet.write_string(r, c, text, style)
