"""ODS → sheets: OpenDocument spreadsheets keep, beside each value, the text that was shown.

Source: OpenDocument 1.3 part 3 (9.1 tables, 6.1 text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from mingzhang.read.container import Archive
from mingzhang.read.errors import refusal
from mingzhang.read.xlsx.formats import GENERAL, shown_number
from mingzhang.read.xlsx.sheet import MOST_CELLS, Position, Range, Sheet, extend

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ROWS, _COLUMNS = 1 << 20, 1 << 14
_GROUPS = {f"{_TABLE}{n}" for n in ("table-row-group", "table-rows", "table-header-rows")}
_COLUMN_GROUPS = {
    f"{_TABLE}{n}" for n in ("table-column-group", "table-columns", "table-header-columns")
}
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


@dataclass(slots=True)
class _Draft:
    texts: dict[Position, str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    ruled: dict[int, tuple[int, int]] = field(default_factory=dict)
    errors: list[Position] = field(default_factory=list)


def read_sheets(archive: Archive, where: str) -> tuple[list[Sheet], list[str]]:
    """The visible sheets in order, and the names of the hidden ones.

    Raises Unreadable if the file is encrypted or damaged, or repeats too many cells.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise refusal("encrypted", where)
    root = archive.xml("content.xml")
    invisible, bordered = set(_invisible_tables(root)), set(_bordered(root))
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for table in root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        if table.get(f"{_TABLE}style-name") in invisible:
            hidden.append(name)
        else:
            sheets.append(_sheet(table, name, bordered, where))
    return sheets, hidden


def _invisible_tables(root: etree._Element) -> Iterator[str]:
    for style in root.iter(f"{_STYLE}style"):
        for properties in style.iterchildren(f"{_STYLE}table-properties"):
            if properties.get(f"{_TABLE}display") == "false":
                yield style.get(f"{_STYLE}name", "")


def _bordered(root: etree._Element) -> Iterator[str]:
    """Cell styles with a border at the left or right."""
    for style in root.iter(f"{_STYLE}style"):
        for properties in style.iterchildren(f"{_STYLE}table-cell-properties"):
            sides = (properties.get(f"{_FO}border{s}", "none") for s in ("", "-left", "-right"))
            if any(side not in ("none", "hidden") for side in sides):
                yield style.get(f"{_STYLE}name", "")


def _sheet(table: etree._Element, name: str, bordered: set[str], where: str) -> Sheet:
    draft = _Draft()
    row = 0
    for element in _descend(table, f"{_TABLE}table-row", _GROUPS):
        count = min(_count(element, "rows-repeated"), _ROWS - row)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            # rows with nothing in them may be hidden to the end of the sheet: no need to list them
            draft.hidden_rows.update(range(row, row + (count if len(element) else 0)))
        for column, cell, repeated in _row_cells(element):
            _add(cell, (row, column), (count, repeated), draft, bordered)
        if len(draft.texts) > MOST_CELLS:
            raise refusal("too-large", where, limit=f"{MOST_CELLS} cells")
        row += count
    return Sheet(
        name,
        draft.texts,
        tuple(draft.merges),
        draft.hidden_rows,
        set(_hidden_columns(table)),
        draft.ruled,
        errors=tuple(draft.errors),
    )


def _descend(parent: etree._Element, wanted: str, groups: set[str]) -> Iterator[etree._Element]:
    todo = list(reversed(parent))
    while todo:
        element = todo.pop()
        if element.tag == wanted:
            yield element
        elif element.tag in groups:
            todo.extend(reversed(element))


def _count(element: etree._Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    column = 0
    for element in _descend(table, f"{_TABLE}table-column", _COLUMN_GROUPS):
        count = min(_count(element, "columns-repeated"), _COLUMNS - column)
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            yield from range(column, column + count)
        column += count


def _row_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element, int]]:
    column = 0
    for cell in row.iterchildren(*_CELLS):
        count = min(_count(cell, "columns-repeated"), _COLUMNS - column)
        yield column, cell, count
        column += count


def _add(
    cell: etree._Element,
    at: Position,
    repeated: tuple[int, int],
    draft: _Draft,
    bordered: set[str],
) -> None:
    row, column = at
    text = "" if cell.tag == _CELLS[1] else _shown(cell).strip()
    is_ruled = cell.get(f"{_TABLE}style-name") in bordered
    if is_ruled and (text or repeated[0] < 1000):  # not the empty rest of the sheet
        for r in range(row, row + repeated[0]):
            extend(draft.ruled, r, column, column + repeated[1] - 1)
    if text:
        most = (
            MOST_CELLS // repeated[1] + 1
        )  # enough to see that it is too much: a count costs nothing to write
        for r in range(row, row + min(repeated[0], most)):
            draft.texts.update({(r, c): text for c in range(column, column + repeated[1])})
    if text.startswith("#") and text.endswith(("!", "?", "N/A")):
        draft.errors.append(at)
    down, right = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
    if down > 1 or right > 1:
        last = min(row + down, _ROWS) - 1, min(column + right, _COLUMNS) - 1
        draft.merges.append((row, column, *last))


def _shown(cell: etree._Element) -> str:
    lines = ["".join(_line(p)) for p in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")]
    if lines:
        return "\n".join(lines)
    value = cell.get(f"{_OFFICE}value")  # some writers leave the text out
    return cell.get(f"{_OFFICE}string-value", "") if value is None else shown_number(value, GENERAL)


def _line(element: etree._Element) -> Iterator[str]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag == f"{_TEXT}s":
                yield " " * min(_spaces(node), 100)
            elif node.tag == f"{_TEXT}tab":
                yield "\t"
            elif node.tag == f"{_TEXT}line-break":
                yield "\n"
            yield node.text or "" if isinstance(node.tag, str) else ""
        elif node is not element:
            yield node.tail or ""


def _spaces(node: etree._Element) -> int:
    text = node.get(f"{_TEXT}c", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1
