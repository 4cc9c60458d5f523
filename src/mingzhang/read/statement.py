"""Table → Statement, with a figure for every printed amount and a blank for every empty one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingzhang.catalog.statements import Kind, kind_of
from mingzhang.model.book import Blank, Column, Notice, RowHead, Statement
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.money import Unit, parse_printed
from mingzhang.model.quantity import COORDINATES, Quantity
from mingzhang.read.captions import as_unit, unit_in_brackets
from mingzhang.read.header import columns as read_columns
from mingzhang.read.header import side_flow
from mingzhang.read.labels import labels_filled, moved_on, told_once
from mingzhang.read.names import Names
from mingzhang.read.percents import growths
from mingzhang.read.rows import Side, heads, side_of
from mingzhang.read.stitch import Table, first_seen, texts


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole book says before a single table is read."""

    entity: str
    year: int | None
    stage: str
    unit: str
    names: Names


@dataclass(frozen=True, slots=True)
class Understood:
    """One statement with its figures and what was not understood in it."""

    statement: Statement
    figures: tuple[Figure, ...]
    notices: tuple[Notice, ...]
    claims: tuple[Ratio, ...] = ()


def table_kind(table: Table, title: str = "") -> Kind | None:
    """The kind that a table's title names, or the heading it stands under."""
    return kind_of(table.caption.title or title) if table.caption.title or title else None


def printed_rows(table: Table) -> tuple[tuple[str, ...], ...]:
    """Cell texts of the rows below the header, merged cells at their first position."""
    body = table.rows[table.header :]
    out = []
    for r, row in enumerate(body):
        line = []
        for c, cell in enumerate(row):
            repeated = cell is not None and (
                not first_seen(row, c)
                or (r > 0 and c < len(body[r - 1]) and body[r - 1][c] is cell)
            )
            line.append("" if cell is None or repeated else cell.text)
        out.append(tuple(line))
    return tuple(out)


def understand(table: Table, index: int, setting: Setting, title: str = "") -> Understood:
    """The statement in ``table``; ``index`` is its position in the book."""
    kind = table_kind(table, title)
    fields = _items(read_columns(table, kind, setting.year), kind)
    unit = table.caption.unit or _header_unit(fields) or setting.unit
    rows = printed_rows(table)
    filled = tuple(texts(row) for row in table.rows[table.header :])
    base: dict[str, str | int] = dict(kind.coordinates) if kind else {"local": f"s{index}"}
    sides = _sides(fields, kind)
    labels = rows if table.spans_known else moved_on(rows, sides)
    filled = filled if table.spans_known else labels
    all_heads: list[RowHead] = []
    figures: list[Figure] = []
    blanks: list[Blank] = []
    notices: list[Notice] = []
    cells: dict[tuple[int, int], str] = {}
    for side in sides:
        # labels merged over several rows belong to each of them; amounts only to their first
        found = heads(
            labels_filled(labels, filled, side), side, kind, setting.names, setting.entity
        )
        if any(h.coordinates.get("flow") in ("carry_in", "carry_out") for h in found):
            side = replace(side, carries=True)
        if kind is None:
            found = told_once(found)
            base = {"local": f"s{index}.{side.index}" if side.index else f"s{index}"}
        all_heads.extend(h for h in found if h.kind)
        for head in found:
            if not head.kind:
                continue
            for column in side.amounts:
                made = _cell(
                    table, rows, head, column, fields[column], base, side, unit, index, setting
                )
                if isinstance(made, Figure):
                    figures.append(made)
                    cells[head.row, column] = made.id
                elif made is not None:
                    blanks.append(made)
            if head.kind == "unknown" and any((head.row, c) in cells for c in side.amounts):
                cell = table.rows[table.header + head.row][side.amounts[0]]
                notices.append(Notice("row", head.label, cell.place if cell else None))
    for position, field in enumerate(fields):
        if field.role == "unknown":
            figures.extend(_strangers(table, rows, position, field, unit, index, cells))
            notices.append(Notice("column", field.title, table.place))
    steps = _steps(figures, cells, fields)
    statement = Statement(
        kind.id if kind else "",
        table.caption.number,
        table.caption.title or title,
        unit,
        table.pages,
        fields,
        rows,
        tuple(sorted(all_heads, key=lambda h: (h.row, h.side))),
        table.place,
        base,
        tuple(p.text for p in table.notes),
        table.caption.entity,
        table.caption.year,
        tuple(_stepped(b, steps) for b in blanks),
        cells,
    )
    stating, claims = growths(fields, figures, statement.blanks)
    return Understood(statement, stating, tuple(notices), claims)


def _items(fields: tuple[Column, ...], kind: Kind | None) -> tuple[Column, ...]:
    """In a 三公 table the column without an item is the total of those that have one."""
    if kind is None or kind.rows != "items":
        return fields
    items = {str(c.coordinates.get("item", "")) for c in fields}
    whole = "smt" if items & {"meeting", "training"} else "sangong"
    return tuple(
        replace(c, coordinates={**c.coordinates, "item": whole})
        if c.role == "amount" and "item" not in c.coordinates
        else c
        for c in fields
    )


def _covered(table: Table, row: int, column: int) -> bool:
    """True for a position inside a merged cell that begins elsewhere: no blank of its own."""
    body = table.rows[table.header :]
    cell = body[row][column] if column < len(body[row]) else None
    if cell is None:
        return False
    left = column > 0 and body[row][column - 1] is cell
    above = row > 0 and column < len(body[row - 1]) and body[row - 1][column] is cell
    return left or above


def _header_unit(fields: Sequence[Column]) -> str:
    for column in fields:
        for label in column.header:
            unit = unit_in_brackets(label)
            if unit:
                return unit
    return ""


def _sides(fields: Sequence[Column], kind: Kind | None) -> list[Side]:
    out = []
    for index in sorted({c.side for c in fields}):
        mine = [c for c in fields if c.side == index]
        if kind is not None and kind.rows == "sides":
            flow = side_flow(mine, index)
        else:
            flow = str((kind.coordinates if kind else {}).get("flow", ""))
        side = side_of(index, flow, fields)
        if side.amounts:
            moves = any(map(_carried, mine))
            carries = kind is None or kind.rows == "sides" or moves
            out.append(replace(side, carries=carries, moves=moves))
    return out


def _carried(field: Column) -> bool:
    return field.coordinates.get("flow") in ("carry_in", "carry_out")


def _cell(
    table: Table,
    rows: Sequence[tuple[str, ...]],
    head: RowHead,
    column: int,
    field: Column,
    base: dict[str, str | int],
    side: Side,
    unit: str,
    index: int,
    setting: Setting,
) -> Figure | Blank | None:
    row = table.rows[table.header + head.row]
    cell = row[column] if column < len(row) else None
    text = rows[head.row][column] if column < len(rows[head.row]) else ""
    place = cell.place if cell is not None else table.place
    own = next((u for u in map(unit_in_brackets, field.header) if u), unit)
    money = Unit.PERCENT if field.role == "percent" else as_unit(own) or Unit.WAN
    printed = parse_printed(text, money)
    quantity = None
    reason = ""
    if head.kind == "unknown":
        reason = "row"
    else:
        quantity = _quantity(base, field, head, side, setting)
    label = " · ".join(p for p in (f"{head.code} {head.label}".strip(), field.title) if p)
    if printed is None:
        if text.strip(" -—–－─") or quantity is None or head.kind in ("entity", "unknown"):
            return None
        if field.role != "amount" or _covered(table, head.row, column):
            return None
        return Blank(
            f"b{index}.{head.row}.{column}",
            quantity,
            place,
            money.fen,
            index,
            head.row,
            column,
            label,
            money.value,
        )
    if field.role == "percent":
        quantity, reason = None, "percent-column"
    return Figure(
        f"s{index}.{head.row}.{column}",
        printed,
        place.quoting(text.strip()),
        label,
        quantity,
        index,
        head.row,
        column,
        unread=reason,
    )


# A line of one account is expenditure (income) of the year, whatever its total column is called; so is
# the total of a 支出总表 (收入总表) that lists nothing carried over. Where a column of its own tells what
# is carried over line by line, the total column of a line is a total with it.
_TOTALS = {"uses": "expenditure", "sources": "income"}


def _quantity(
    base: dict[str, str | int], field: Column, head: RowHead, side: Side, setting: Setting
) -> Quantity:
    merged: dict[str, str | int] = {"stage": setting.stage, **base}
    if side.flow:
        merged.setdefault("flow", side.flow)
    merged.update(field.coordinates)
    merged.update(head.coordinates)
    if setting.year is not None:
        merged.setdefault("year", setting.year)
    if merged.get("versus"):
        then, _, stage = str(merged["versus"]).partition(":")
        year = int(merged.get("year", 0)) - 1 if then == "prior" else int(then)
        merged["versus"] = f"{year}:{stage or merged['stage']}"
    account = merged.get("function") or merged.get("economic")
    if account and merged.get("flow") in _TOTALS and not side.moves:
        merged["flow"] = _TOTALS[str(merged["flow"])]
    if merged.get("flow") in _TOTALS and not side.carries:
        merged["flow"] = _TOTALS[str(merged["flow"])]
    if merged.get("item"):
        # 三公 and 机关运行 are fiscal money by definition: no fund, no nature (decision 2)
        merged.pop("fund", None)
        merged.pop("nature", None)
        merged["flow"] = "expenditure"
    if merged.get("procurement"):
        merged.pop("fund", None)
        merged.pop("nature", None)
        merged["flow"] = "expenditure"
    return Quantity(**{k: v for k, v in merged.items() if k in COORDINATES})  # type: ignore[arg-type]


def _strangers(
    table: Table,
    rows: Sequence[tuple[str, ...]],
    position: int,
    column: Column,
    unit: str,
    index: int,
    cells: dict[tuple[int, int], str],
) -> list[Figure]:
    """Figures in a column nobody understands: kept, shown, related to nothing."""
    out = []
    for r, row in enumerate(rows):
        printed = parse_printed(row[position], as_unit(unit) or Unit.WAN)
        cell = table.rows[table.header + r][position]
        if printed is None or cell is None:
            continue
        figure = Figure(
            f"s{index}.{r}.{position}",
            printed,
            cell.place,
            column.title,
            None,
            index,
            r,
            position,
            unread="column",
        )
        out.append(figure)
        cells[r, position] = figure.id
    return out


def _steps(
    figures: Sequence[Figure], cells: dict[tuple[int, int], str], fields: Sequence[Column]
) -> dict[int, int]:
    """Column -> the finest printing step (分) used in it: the precision of its blanks."""
    out: dict[int, int] = {}
    for figure in figures:
        if figure.column is not None and figure.is_money and figure.value:
            step = figure.printed.step_fen
            out[figure.column] = min(out.get(figure.column, step), step)
    return out


def _stepped(blank: Blank, steps: dict[int, int]) -> Blank:
    step = steps.get(blank.column) or min(steps.values(), default=blank.step_fen)
    return replace(blank, step_fen=step)
