"""The workbook form, read: worksheets of texts to a form, and what is odd about them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from mingzhang.catalog.ledger import LedgerTable, heading_key, headings, tables, workbook_words
from mingzhang.catalog.normal import plain
from mingzhang.ledger.build import build
from mingzhang.ledger.csvfile import found_columns
from mingzhang.ledger.fault import Fault, NoLedger, Notebook, fault
from mingzhang.ledger.form import Row, Sheet, letters
from mingzhang.ledger.workbook import Damaged, Grid, Odd, TooLarge, read_workbook
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place

_HEAD_ROWS = 10
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def read_xlsx(path: Path) -> tuple[Ledger, tuple[Fault, ...]]:
    """The ledger in a workbook, as far as it can be read, and what is wrong with it.

    Raises NoLedger for what is no workbook or damaged, OSError for what cannot be opened.
    """
    data = path.read_bytes()
    source = hashlib.sha256(data).hexdigest()
    where = Place(source, path.name, "")
    try:
        grids = read_workbook(data)
    except Damaged as error:
        raise NoLedger(fault("damaged", where, path=path.name, detail=str(error))) from error
    except TooLarge as error:
        raise NoLedger(fault("too-large", where, path=path.name, limit=str(error))) from error
    notes = Notebook()
    form: dict[str, Sheet] = {}
    taken = _matched(grids, where, notes)
    for table, grid in taken.items():
        if table.id == "settings":
            form["settings"] = _settings(table, grid, where, notes)
        else:
            form[table.id] = _sheet(table, grid, where, notes)
    if "lines" not in form:
        declared = tables()["lines"]
        notes.add(
            "missing-lines", where, path=declared.sheet, title=declared.zh, title_en=declared.en
        )  # fmt: skip
    return build(form, where, notes.faults())


def _matched(grids: Iterable[Grid], where: Place, notes: Notebook) -> dict[LedgerTable, Grid]:
    """Which worksheet holds which table: by name; the line items also by their headings."""
    own = workbook_words()
    names = {plain(t.sheet): t for t in tables().values()}
    ignored = {plain(own["guide_sheet"]), plain(own["codes_sheet"])}
    out: dict[LedgerTable, Grid] = {}
    rest = []
    for grid in grids:
        table = names.get(plain(grid.name))
        if table is not None and table not in out:
            out[table] = grid
        elif plain(grid.name) not in ignored and grid.rows:
            rest.append(grid)
    lines = tables()["lines"]
    for grid in rest:
        if lines not in out and (found := _head(lines, grid)) and found[1] >= 4:
            out[lines] = grid
            continue
        close = get_close_matches(grid.name, [t.sheet for t in tables().values()], 1, 0.5)
        notes.add("extra-sheet", Place(where.source, where.name, "", sheet=grid.name), name=grid.name, nearest=close)  # fmt: skip
    return out


def _head(table: LedgerTable, grid: Grid) -> tuple[int, int] | None:
    """(index of the row of headings, how many are known); None if there is none."""
    known = headings(table.id)
    best = (0, 0)
    for index, (_, cells) in enumerate(grid.rows[:_HEAD_ROWS]):
        typed = [text for text in cells.values() if text]
        found = sum(heading_key(text) in known for text in typed)
        if found > best[1] and (found >= 2 or found == len(typed)):
            best = (index, found)
    return best if best[1] else None


def _sheet(table: LedgerTable, grid: Grid, where: Place, notes: Notebook) -> Sheet:
    """One worksheet as a table, its odd cells noted."""
    here = Place(where.source, where.name, "", sheet=grid.name)
    found = _head(table, grid)
    if found is None:
        if grid.rows:
            wanted = "、".join(c.zh for c in table.columns[:4])
            notes.add("no-heading", here, headings=wanted)
        return Sheet(table.id, where.source, where.name, (), grid.name)
    line, head = grid.rows[found[0]]
    typed = [head.get(n, "") for n in range(1, max(head) + 1)]
    at = Place(where.source, where.name, "", sheet=grid.name, cell=f"A{line}", line=line)
    columns = found_columns(table.id, typed, at, notes)
    numbers = {field: index + 1 for field, index in columns.items()}
    empty = Sheet(table.id, where.source, where.name, (), grid.name, numbers)
    rows = []
    fields = {n: field for field, n in numbers.items()}
    for number, cells in grid.rows[found[0] + 1 :]:
        values = {fields[n]: text for n, text in cells.items() if text and n in fields}
        if grid.odd:
            for field, n in numbers.items():
                odd = grid.odd.get((number, n))
                if odd is not None:
                    _note_odd(odd, values, field, empty, number, notes)
        if values:
            rows.append(Row(values, number))
    _note_layout(grid, line, numbers, empty, notes)
    return Sheet(table.id, where.source, where.name, tuple(rows), grid.name, numbers)


def _note_odd(
    odd: Odd, values: dict[str, str], field: str, sheet: Sheet, line: int, notes: Notebook
) -> None:
    """Note a formula or an error value; an error's text is taken out of the row."""
    text = values.get(field, "")
    place, heading = sheet.place(Row(values, line), field), sheet.heading(field)
    if odd.kind == "error":
        values.pop(field, None)
        notes.add("error-cell", place, heading, text=text)
    elif odd.has_value:
        notes.add("formula", place, heading, formula=odd.formula, text=text)
    else:
        values.pop(field, None)
        notes.add("formula-no-value", place, heading, formula=odd.formula)


def _note_layout(
    grid: Grid, head: int, columns: Mapping[str, int], sheet: Sheet, notes: Notebook
) -> None:
    """Note merged cells, hidden rows, columns and sheets that hold what was read."""
    for area in grid.merged:
        found = _RANGE.fullmatch(area)
        if found and int(found[4]) > head:
            place = Place(
                sheet.source, sheet.name, "", sheet=grid.name, cell=f"{found[1]}{found[2]}",
                line=int(found[2]),
            )  # fmt: skip
            notes.add("merged", place, range=area)
    hidden = [n for n in grid.hidden_rows if n > head]
    where = [f"{a}:{b}" if a != b else str(a) for a, b in _runs(hidden)]
    read = set(columns.values())
    where += [letters(n) for n in grid.hidden_columns if n in read]
    where += [grid.name] if grid.hidden else []
    for area in where:
        line = int(area.partition(":")[0]) if area[:1].isdigit() else None
        cell = f"A{line}" if line else None
        place = Place(sheet.source, sheet.name, "", sheet=grid.name, cell=cell, line=line)
        notes.add("hidden", place, range=area)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as (first, last)."""
    out: list[tuple[int, int]] = []
    for n in numbers:
        if out and out[-1][1] == n - 1:
            out[-1] = (out[-1][0], n)
        else:
            out.append((n, n))
    return out


def _settings(table: LedgerTable, grid: Grid, where: Place, notes: Notebook) -> Sheet:
    """The settings stand one below the other: what, and its value beside it."""
    known = headings("settings")
    columns = dict.fromkeys(table.fields, 2)
    sheet = Sheet("settings", where.source, where.name, (), grid.name, columns)
    rows = []
    title = plain(workbook_words()["settings_head"][0])
    for number, cells in grid.rows:
        label, text = cells.get(1, ""), cells.get(2, "")
        field = known.get(heading_key(label))
        values = {field: text} if field and text else {}
        if field:
            odd = grid.odd.get((number, 2))
            if odd is not None:
                _note_odd(odd, values, field, sheet, number, notes)
            rows.append(Row(values, number))
        elif label and text and plain(label) != title:
            place = Place(
                where.source, where.name, label, sheet=grid.name, cell=f"A{number}", line=number
            )
            notes.add("extra-column", place, name=label)
    return Sheet("settings", where.source, where.name, tuple(rows), grid.name, columns)
