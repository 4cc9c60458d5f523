"""Tables of real books, written as XLSX, HTML and DOCX, come back cell by cell."""

from __future__ import annotations

import html
import io
from typing import Any

import docx
import pytest
import xlsxwriter

from goldbooks import paths
from mingzhang.model.document import Document, Grid
from mingzhang.read.docx import read_docx
from mingzhang.read.html import read_html
from mingzhang.read.pdf import read_pdf
from mingzhang.read.xlsx import read_workbook

NAMES = ["sh-welfare-2024", "js-congress-2018", "sh-putuo-finance-2024-final"]


@pytest.fixture(scope="module", params=NAMES)
def book(request: pytest.FixtureRequest) -> Document:
    (path,) = paths(request.param)
    return read_pdf(path.read_bytes(), path.name)


def as_xlsx(document: Document) -> bytes:
    """All blocks down one sheet, tables with borders, an empty row between two of them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        rule = book.add_format({"border": 1})
        sheet = book.add_worksheet()
        top = 0
        for block in document.blocks:
            if not isinstance(block, Grid):
                sheet.write_string(top, 0, block.text)
                top += 1
                continue
            top += 1
            for row in range(block.height):
                for column in range(block.width):
                    sheet.write_blank(top + row, column, None, rule)
            for cell in block.cells:
                first = top + cell.row, cell.column
                if cell.rowspan * cell.colspan > 1:
                    last = first[0] + cell.rowspan - 1, first[1] + cell.colspan - 1
                    sheet.merge_range(*first, *last, cell.text, rule)
                else:
                    sheet.write_string(*first, cell.text, rule)
            top += block.height
    return out.getvalue()


def as_html(document: Document) -> bytes:
    out = ["<meta charset=utf-8>"]
    for block in document.blocks:
        if not isinstance(block, Grid):
            out.append(f"<p>{html.escape(block.text)}</p>")
            continue
        rows: list[str] = [""] * block.height
        for cell in sorted(block.cells, key=lambda c: c.column):
            text = html.escape(cell.text).replace("\n", "<br>")
            rows[cell.row] += f"<td rowspan={cell.rowspan} colspan={cell.colspan}>{text}</td>"
        out.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return "".join(out).encode()


def as_docx(document: Document) -> bytes:
    book = docx.Document()
    for block in document.blocks:
        if not isinstance(block, Grid):
            book.add_paragraph(block.text)
            continue
        table = book.add_table(block.height, block.width)
        at = [list(row.cells) for row in table.rows]
        for cell in block.cells:
            last = at[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
            target = at[cell.row][cell.column]
            (target.merge(last) if cell.rowspan * cell.colspan > 1 else target).text = cell.text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tables(document: Document) -> list[list[list[Any]]]:
    """The tables that hold anything, as (text, rows, columns spanned) by position."""
    out = []
    for grid in document.grids():
        rows = grid.matrix()
        told = [
            [("".join(c.text.split()), c.rowspan, c.colspan) if c else None for c in row]
            for row in rows
        ]
        while told and not any(c and c[0] for c in told[0]):
            told.pop(0)  # an empty line that begins the rest of a table on a new page
        if told:
            out.append(told)
    return out


@pytest.mark.parametrize(
    ("write", "read"),
    [(as_xlsx, read_workbook), (as_html, read_html), (as_docx, read_docx)],
    ids=["xlsx", "html", "docx"],
)
def test_tables_come_back(book: Document, write: Any, read: Any) -> None:
    again = read(write(book), "again")
    wanted, found = tables(book), tables(again)
    assert len(wanted) >= 9
    assert found == wanted
    words = ["".join(p.text.split()) for p in book.paragraphs()]
    assert ["".join(p.text.split()) for p in again.paragraphs()] == words
