"""A made book printed as text with tabs, Markdown, HTML, XLSX and DOCX."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import docx
import xlsxwriter
from docx.table import Table

from layouts.prose import Part
from layouts.sheet import LEFT, UP, Amount, Cell, Sheet


@dataclass(frozen=True, slots=True)
class Printable:
    """What there is to print. ``tables_first``: the tables stand before the text."""

    title: str
    entity: str
    text: tuple[tuple[Part, ...], ...]
    sheets: tuple[Sheet, ...]
    tables_first: bool


Rows = list[list[str]]


def words(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Amount) else cell


def paragraph(parts: Sequence[Part]) -> str:
    return "".join(words(p) for p in parts)


def caption(book: Printable, sheet: Sheet, part: int) -> list[str]:
    """The lines above a table; a later part says （续）."""
    title = sheet.title + ("（续）" if part else "")
    lines = {
        "number": sheet.number,
        "title": title,
        "line": f"部门：{book.entity}　　单位：{sheet.unit}",
        "entity": f"部门：{book.entity}",
        "unit": f"单位：{sheet.unit}",
        "both": f"{sheet.number} {title}",
    }
    return [lines[c] for c in sheet.caption if lines[c].strip()]


def pieces(sheet: Sheet) -> list[tuple[Rows, Rows]]:
    """(header, body) of each part of a table; marks of merged cells are kept."""
    body = [[words(c) for c in row] for row in sheet.body]
    if not sheet.break_at:
        return [(sheet.header, body)]
    return [(sheet.header, body[: sheet.break_at]), (sheet.header, body[sheet.break_at :])]


def blank(cell: str) -> str:
    return "" if cell in (LEFT, UP) else cell


def as_text(book: Printable) -> bytes:
    """Lines; the cells of a row between tabs, nothing where a merged cell goes on."""

    def table(rows: Rows) -> Iterator[str]:
        yield from ("\t".join(blank(c) for c in row) for row in rows)

    return _lines(book, table, "", "")


def as_markdown(book: Printable) -> bytes:
    def table(rows: Rows) -> Iterator[str]:
        for k, row in enumerate(rows):
            yield "| " + " | ".join(blank(c) for c in row) + " |"
            if k == 0:
                yield "|" + " --- |" * len(row)

    return _lines(book, table, "# ", "## ")


def _lines(
    book: Printable, table: Callable[[Rows], Iterator[str]], first: str, second: str
) -> bytes:
    out = [first + book.title, ""]

    def text() -> None:
        out.append(second + "第二部分 情况说明" if second else "第二部分 情况说明")
        out.append("")
        for parts in book.text:
            out.extend((paragraph(parts), ""))

    if not book.tables_first:
        text()
    for sheet in book.sheets:
        for k, (head, body) in enumerate(pieces(sheet)):
            out.extend(x for line in caption(book, sheet, k) for x in (line, ""))
            out.extend(table(head + body))
            out.append("")
        out.extend(x for note in sheet.notes for x in (note, ""))
    if book.tables_first:
        text()
    return "\n".join(out).encode()


def spans(rows: Rows) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of every cell that is not part of another -> its (rowspan, colspan)."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == LEFT:
                owner[r, c] = owner[r, c - 1]
            elif text == UP:
                owner[r, c] = owner[r - 1, c]
            else:
                owner[r, c] = (r, c)
    out: dict[tuple[int, int], tuple[int, int]] = {}
    for (r, c), (top, left) in owner.items():
        deep, wide = out.get((top, left), (1, 1))
        out[top, left] = (max(deep, r - top + 1), max(wide, c - left + 1))
    return out


def as_html(book: Printable) -> bytes:
    out = ["<html><head><meta charset='utf-8'></head><body>", f"<h1>{html.escape(book.title)}</h1>"]

    def text() -> None:
        out.append("<h2>第二部分 情况说明</h2>")
        out.extend(f"<p>{html.escape(paragraph(parts))}</p>" for parts in book.text)

    if not book.tables_first:
        text()
    for sheet in book.sheets:
        for k, (head, body) in enumerate(pieces(sheet)):
            out.extend(f"<p>{html.escape(line)}</p>" for line in caption(book, sheet, k))
            rows = head + body
            wide = spans(rows)
            out.append("<table border='1'>")
            for r, row in enumerate(rows):
                out.append("<tr>")
                for c, cell in enumerate(row):
                    if (r, c) in wide:
                        deep, broad = wide[r, c]
                        more = (f" rowspan='{deep}'" if deep > 1 else "") + (
                            f" colspan='{broad}'" if broad > 1 else ""
                        )
                        out.append(f"<td{more}>{html.escape(cell)}</td>")
                out.append("</tr>")
            out.append("</table>")
        out.extend(f"<p>{html.escape(note)}</p>" for note in sheet.notes)
    if book.tables_first:
        text()
    out.append("</body></html>")
    return "\n".join(out).encode()


def as_xlsx(book: Printable) -> bytes:
    """A sheet of text and a sheet for each table; amounts are numbers in their printed format."""
    stream = io.BytesIO()
    file = xlsxwriter.Workbook(stream, {"in_memory": True})
    formats: dict[str, object] = {}

    def number(amount: Amount) -> object:
        places = len(amount.text.partition(".")[2])
        pattern = ("#,##0" if "," in amount.text else "0") + ("." + "0" * places if places else "")
        return formats.setdefault(pattern, file.add_format({"num_format": pattern}))

    def text() -> None:
        page = file.add_worksheet("说明")
        for k, line in enumerate([book.title, *map(paragraph, book.text)]):
            page.write_string(k, 0, line)

    def tables() -> None:
        for n, sheet in enumerate(book.sheets):
            page = file.add_worksheet(f"表{n + 1}")
            lines = caption(book, sheet, 0)
            wide = len(sheet.header[0])
            for r, line in enumerate(lines):
                if wide > 1:
                    page.merge_range(r, 0, r, wide - 1, line)
                else:
                    page.write_string(r, 0, line)
            first = len(lines)
            rows: list[list[Cell]] = [*sheet.header, *sheet.body]  # type: ignore[list-item]
            for (r, c), (deep, broad) in spans([[words(x) for x in row] for row in rows]).items():
                cell = rows[r][c]
                if deep > 1 or broad > 1:
                    page.merge_range(first + r, c, first + r + deep - 1, c + broad - 1, words(cell))
                elif isinstance(cell, Amount) and cell.unit != "%":
                    page.write_number(first + r, c, float(cell.value), number(cell))
                elif words(cell):
                    page.write_string(first + r, c, words(cell))
            for k, note in enumerate(sheet.notes):
                page.write_string(first + len(rows) + k, 0, note)

    text()
    tables()
    file.close()
    return stream.getvalue()


def as_docx(book: Printable) -> bytes:
    file = docx.Document()
    file.add_heading(book.title, 0)

    def text() -> None:
        file.add_heading("第二部分 情况说明", 1)
        for parts in book.text:
            file.add_paragraph(paragraph(parts))

    if not book.tables_first:
        text()
    for sheet in book.sheets:
        for k, (head, body) in enumerate(pieces(sheet)):
            for line in caption(book, sheet, k):
                file.add_paragraph(line)
            _fill(file.add_table(len(head) + len(body), len(head[0])), head + body)
        for note in sheet.notes:
            file.add_paragraph(note)
    if book.tables_first:
        text()
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _fill(table: Table, rows: Rows) -> None:
    cells = [list(row.cells) for row in table.rows]
    for (r, c), (deep, broad) in spans(rows).items():
        if rows[r][c]:
            cells[r][c].text = rows[r][c]
        if deep > 1 or broad > 1:
            cells[r][c].merge(cells[r + deep - 1][c + broad - 1])


FORMATS: Mapping[str, tuple[str, Callable[[Printable], bytes]]] = {
    "text": ("book.txt", as_text),
    "markdown": ("book.md", as_markdown),
    "html": ("book.html", as_html),
    "xlsx": ("book.xlsx", as_xlsx),
    "docx": ("book.docx", as_docx),
}
