"""Tables: one statement from its form and the ledger's amounts, every figure with its quantity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingzhang.catalog.forms import Form, FormBlock, FormColumn, Layout
from mingzhang.compile.amounts import Amounts
from mingzhang.compile.printing import Printer, Style
from mingzhang.compile.rows import Drawn, drawn_rows, quantity_at
from mingzhang.compile.sums import sums_of
from mingzhang.model.edition import COVERED, Table, TableCell, TableColumn, TableRow
from mingzhang.model.ledger import Ledger

_AMOUNT = "amount"


def style_of(form: Form) -> Style:
    """How a form prints its figures."""
    return Style(form.unit, form.decimals, form.zero, form.trim, form.thousands)


def table_of(form: Form, layout: Layout, amounts: Amounts, printer: Printer) -> Table:
    """One statement, compiled."""
    blocks = [_block(b, form, amounts, printer, layout, i) for i, b in enumerate(form.blocks)]
    height = max(len(body) for body, _ in blocks)
    foot = max(len(f) for _, f in blocks)
    padded = []
    for (body, feet), block in zip(blocks, form.blocks, strict=True):
        empty = TableRow(tuple(TableCell() for _ in block.columns), kind="blank")
        padded.append(body + [empty] * (height - len(body)) + feet + [empty] * (foot - len(feet)))
    rows = tuple(_joined(parts) for parts in zip(*padded, strict=True))
    ledger = amounts.ledger
    columns = tuple(
        _column(c, ledger, side) for side, block in enumerate(form.blocks) for c in block.columns
    )
    table = Table(
        kind=form.kind,
        number=form.number,
        title=_filled(form.title, ledger),
        unit=form.unit,
        decimals=form.decimals,
        columns=columns,
        rows=rows,
        entity=ledger.department,
        notes=_notes(form, layout, amounts, rows),
        landscape=form.landscape,
        coordinates=dict(form.at),
        entity_label=form.entity_label,
    )
    return replace(table, sums=sums_of(table, amounts))


def _block(
    block: FormBlock, form: Form, amounts: Amounts, printer: Printer, layout: Layout, side: int
) -> tuple[list[TableRow], list[TableRow]]:
    rows = [
        [
            _row(drawn, block, form, amounts.ledger, printer, layout)
            for drawn in drawn_rows(part, form, amounts, {})
        ]
        for part in (block.rows, block.foot)
    ]
    return rows[0], rows[1]


def _row(
    drawn: Drawn,
    block: FormBlock,
    form: Form,
    ledger: Ledger,
    printer: Printer,
    layout: Layout,
) -> TableRow:
    cells = [_cell(drawn, c, form, ledger, printer, layout) for c in block.columns]
    if drawn.blank and drawn.label:
        cells[0] = TableCell(drawn.label, columns=_ACROSS)
    if drawn.shows == "merged":
        width = next(i for i, c in enumerate(block.columns) if c.role == _AMOUNT)
        cells[0] = TableCell(drawn.label, columns=width)
        cells[1:width] = [COVERED] * (width - 1)
    return TableRow(tuple(cells), drawn.kind, drawn.level, drawn.bold)


def _cell(
    drawn: Drawn,
    column: FormColumn,
    form: Form,
    ledger: Ledger,
    printer: Printer,
    layout: Layout,
) -> TableCell:
    if column.role != _AMOUNT:
        return TableCell(_shown(drawn, column))
    if drawn.blank:
        return TableCell()
    quantity = quantity_at(ledger, form.at, column.at, drawn.at)
    style = style_of(form)
    if printer.kept_back(quantity):
        return TableCell(layout.withheld_mark, quantity, None, withheld=True)
    fen = printer.in_table(form.kind, quantity, style)
    return TableCell(printer.text(fen, style), quantity, fen)


def _shown(drawn: Drawn, column: FormColumn) -> str:
    shows = column.shows
    if drawn.shows and drawn.shows != "merged":  # its label stands in one place only
        return drawn.label if shows == drawn.shows else ""
    if shows == "label":
        return drawn.label
    if shows == "entity":
        return drawn.entity
    if shows == "code":
        return drawn.code
    if shows in ("code0", "code1", "code2"):
        place = int(shows[-1])
        start, end = (0, 3, 5)[place], (3, 5, 7)[place]
        return drawn.code[start:end] if len(drawn.code) >= end else ""
    return drawn.texts.get(shows, "")


def _joined(parts: tuple[TableRow, ...]) -> TableRow:
    """Rows of several blocks as one; what it is, the first block that has something there says."""
    first = next((p for p in parts if p.kind != "blank"), parts[0])
    cells = tuple(_across([cell for part in parts for cell in part.cells]))
    return TableRow(cells, first.kind, first.level if len(parts) == 1 else 0, first.bold)


_ACROSS = -1  # a label that reaches to the next figure, over the columns of several blocks


def _across(cells: list[TableCell]) -> list[TableCell]:
    """Give each label that reaches across its true width."""
    for place, cell in enumerate(cells):
        if cell.columns == _ACROSS:
            end = next(
                (i for i in range(place + 1, len(cells)) if cells[i].quantity is not None),
                len(cells),
            )
            cells[place] = TableCell(cell.text, columns=end - place)
            cells[place + 1 : end] = [COVERED] * (end - place - 1)
    return cells


def _column(column: FormColumn, ledger: Ledger, side: int) -> TableColumn:
    return TableColumn(
        tuple(_filled(h, ledger) for h in column.header),
        column.role,
        column.width,
        side,
        dict(column.at),
        column.of_which,
    )


def _filled(text: str, ledger: Ledger) -> str:
    return text.format(year=ledger.year, prior=ledger.year - 1, department=ledger.department)


def _notes(
    form: Form, layout: Layout, amounts: Amounts, rows: tuple[TableRow, ...]
) -> tuple[str, ...]:
    """The notes below a statement: its own, and that it is empty where it is."""
    ledger = amounts.ledger
    out = []
    for note in form.notes:
        if note == "{rounding_note}":
            if ledger.rounding == "independent":
                out.append(layout.rounding_note)
        elif note.startswith("{reason:"):
            subject, _, head = note[8:-1].partition("|")
            reason = next((r.text for r in ledger.reasons if r.subject == subject), "")
            if reason:
                out.append(head + reason)
        else:
            out.append(note)
    figures = [cell.fen for row in rows for cell in row.cells if cell.quantity is not None]
    if form.empty_note and not any(figures):
        out.append(form.empty_note)
    return tuple(out)


def styles_by_kind(layout: Layout) -> Mapping[str, Style]:
    """How each statement of a layout prints its figures."""
    return {form.kind: style_of(form) for form in layout.forms}
