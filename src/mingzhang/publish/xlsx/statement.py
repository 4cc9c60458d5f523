"""One statement on its sheet: title lines, header, rows, live sums, notes, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from mingzhang.catalog.source import table as catalog
from mingzhang.model.edition import Sum, Table, TableCell, TableRow
from mingzhang.publish.characters import writable
from mingzhang.publish.xlsx.sizes import (
    INDENT,
    LANDSCAPE,
    PORTRAIT,
    height,
    heights_of,
    lines,
    runs,
    widths_of,
)
from mingzhang.publish.xlsx.styles import Styles

LONGEST_TEXT = 32_767  # UTF-16 units that Excel allows a cell
_LONGEST_FORMULA = 8_000  # characters; Excel allows 8,192
_TOP = 3  # the row of the header
_MOST_FROZEN = 60.0  # labels wider than that would leave a small screen no room
_LABELS = ("entity", "code", "name", "year")


def write_statement(sheet: Any, table: Table, styles: Styles) -> None:
    """Fill an empty sheet with a statement."""
    words = catalog("publish.toml")
    last = max(1, len(table.columns) - 1)
    widths = widths_of(table, LANDSCAPE if table.landscape else PORTRAIT)
    for c, width in enumerate(widths):
        sheet.set_column(c, c, width)
    total = sum(widths)
    if table.number:
        sheet.write_string(0, 0, shortened(table.number), styles.look("line"))
    merged(sheet, 1, 0, 1, last + 1, table.title, styles.look("title", text_wrap=True))
    sheet.set_row(1, height(lines(writable(table.title), total / 1.7), 22, 8))
    entity = f"{table.entity_label}：{table.entity}"
    sheet.write_string(2, 0, shortened(entity), styles.look("line"))
    sheet.set_row(2, height(1))
    if table.unit is not None:
        unit = f"{words['words']['unit']}：{table.unit.value}"
        sheet.write_string(2, last, unit, styles.look("right"))
    end = write_grid(sheet, table, _TOP, widths, styles)
    for n, note in enumerate(table.notes):
        merged(sheet, end + n, 0, 1, last + 1, note, styles.look("note"))
        sheet.set_row(end + n, height(lines(writable(note), total)))
    body = _TOP + table.depth
    sheet.freeze_panes(body, _frozen(table, widths))
    sheet.repeat_rows(1, body - 1)
    printed(sheet, table.landscape)


def printed(sheet: Any, landscape: bool) -> None:
    """How a sheet prints: A4, one page wide, in the middle, pages numbered."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    if landscape:
        sheet.set_landscape()
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)
    whole = "A1:XFD1048576"
    # codes are text and no sum takes all its neighbours: Excel need not mark each such cell
    sheet.ignore_errors(
        {"number_stored_as_text": whole, "formula_range": whole, "formula_differs": whole}
    )


def write_grid(sheet: Any, table: Table, top: int, widths: Sequence[float], styles: Styles) -> int:
    """Header and rows from row ``top``; the row after the last one."""
    heads = table.header_cells()
    for head in heads:
        at = (top + head.row, head.column)
        merged(sheet, *at, head.rows, head.columns, head.text, styles.look("head"))
    body = top + table.depth
    sums = {s.total: s for s in table.sums}
    texts = any(cell.text.isdigit() and len(cell.text) > 3 for _, _, cell in table.figures())
    laid = [(h.row, h.column, h.rows, h.columns, writable(h.text), 0.0) for h in heads]
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            if not (cell.rows and cell.columns):
                continue
            at = (body + r, c)
            if cell.quantity is not None and cell.fen is not None and table.unit is not None:
                style = styles.number(cell.text, not texts, row.bold)
                _figure(sheet, table, at, cell, sums.get((r, c)), body, style)
                continue
            style = _look(table, row, c, styles)
            merged(sheet, *at, cell.rows, cell.columns, cell.text, style)
            text, indent = writable(cell.text), INDENT * _level(table, row, c)
            laid.append((table.depth + r, c, cell.rows, cell.columns, text, indent))
    count = table.depth + len(table.rows)
    for r, points in enumerate(heights_of(laid, widths, count)):
        sheet.set_row(top + r, points)
    return top + count


def _level(table: Table, row: TableRow, c: int) -> int:
    """Only names are indented: a code or a unit says its level by itself."""
    return min(row.level, 6) if table.columns[c].role == "name" else 0


def _look(table: Table, row: TableRow, c: int, styles: Styles) -> Any:
    role = table.columns[c].role
    if row.cells[c].quantity is not None:  # withheld
        return styles.look("text", align="right", bold=row.bold)
    if row.kind == "header":
        return styles.look("head")
    level = _level(table, row, c)
    if level:
        return styles.look("text", bold=row.bold, indent=level)
    return styles.look("code" if role == "code" else "text", bold=row.bold)


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
    parts = [table.rows[r].cells[c] for r, c in total.parts] if total else []
    if total is None or any(p.fen is None or p.withheld for p in parts):
        sheet.write_number(*at, value, style)
        return
    added = sum(sign * (p.fen or 0) for sign, p in zip(total.signs, parts, strict=True))
    formula = _formula(total, body)
    if added == cell.fen and len(formula) <= _LONGEST_FORMULA:
        sheet.write_formula(*at, formula, style, value)
        return
    sheet.write_number(*at, value, style)
    if added != cell.fen:
        gap = f"{(Decimal(cell.fen - added) / table.unit.fen).normalize():f}"
        words = catalog("publish.toml")["xlsx"]["tail"].format(gap=gap, unit=table.unit.value)
        look = {"font_name": "宋体", "font_size": 9, "x_scale": 1.4, "y_scale": 0.6}
        sheet.write_comment(*at, words, look)


def _formula(total: Sum, body: int) -> str:
    """The sum of a total's parts; neighbours with one sign as SUM over their range."""
    out = "="
    for sign in (1, -1):
        cells = [
            (body + r, c) for (r, c), s in zip(total.parts, total.signs, strict=True) if s == sign
        ]
        for first, last in runs(cells):
            mark = "-" if sign < 0 else "+" if len(out) > 1 else ""
            range_ = f"SUM({xl_rowcol_to_cell(*first)}:{xl_rowcol_to_cell(*last)})"
            out += mark + (xl_rowcol_to_cell(*first) if first == last else range_)
    return out


def _frozen(table: Table, widths: Sequence[float]) -> int:
    """How many columns of labels stay in sight: of a wide table with labels on the left only."""
    labels = 0
    while labels < len(table.columns) and table.columns[labels].role in _LABELS:
        labels += 1
    one_sided = len({column.side for column in table.columns}) == 1
    spans = any(cell.columns > 1 for row in table.rows for cell in row.cells)
    fits = sum(widths[:labels]) <= _MOST_FROZEN
    return labels if one_sided and fits and not spans and sum(widths) > PORTRAIT else 0


def merged(sheet: Any, r: int, c: int, rows: int, columns: int, text: str, style: Any) -> None:
    """Text as text in one cell or several merged."""
    if rows > 1 or columns > 1:
        sheet.merge_range(r, c, r + rows - 1, c + columns - 1, "", style)
    text = shortened(text)
    if text:
        sheet.write_string(r, c, text, style)
    else:
        sheet.write_blank(r, c, None, style)


def shortened(text: str) -> str:
    """What of a text can be written and fits a cell; an ellipsis says that there was more."""
    text = writable(text)
    if len(text) * 2 <= LONGEST_TEXT or len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    cut = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)]
    return cut.decode("utf-16-le", "ignore") + "…"
