"""ODS: the text that was shown, repetitions, merged cells, what is hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

from mingzhang.model.document import Document
from mingzhang.read.errors import Unreadable
from mingzhang.read.xlsx import read_workbook

Told = Callable[[Document], list[Any]]
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def by_odfpy() -> bytes:
    book = OpenDocumentSpreadsheet()
    hidden = style.Style(name="hidden", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    ruled = style.Style(name="ruled", family="table-cell")
    ruled.addElement(style.TableCellProperties(border="0.5pt solid #000000"))
    book.automaticstyles.addElement(hidden)
    book.automaticstyles.addElement(ruled)

    def row(*cells: Any, **how: Any) -> Any:
        out = table.TableRow(**how)
        for cell in cells:
            made = table.TableCell(stylename=ruled if len(cells) > 1 else None)
            made = cell if isinstance(cell, table.Element) else made
            if isinstance(cell, str) and cell:
                made.addElement(text.P(text=cell))
            out.addElement(made)
        return out

    sheet = table.Table(name="收支总表")
    title = table.TableCell(numbercolumnsspanned=3, numberrowsspanned=1)
    title.addElement(text.P(text="2024年收支总表"))
    sheet.addElement(table.TableColumn(numbercolumnsrepeated=3))
    sheet.addElement(row(title))
    sheet.addElement(row("项目", "金额", "占比"))
    number = table.TableCell(valuetype="float", value="1234.5", stylename=ruled)
    number.addElement(text.P(text="1,234.50"))
    bare = table.TableCell(valuetype="float", value="8.250", stylename=ruled)
    sheet.addElement(row("甲", number, bare))
    sheet.addElement(row("隐", "1", "2", visibility="collapse"))
    two = table.TableCell(numbercolumnsrepeated=2, stylename=ruled)
    two.addElement(text.P(text="一"))
    two.addElement(text.P(text="二"))
    sheet.addElement(row("乙", two))
    book.spreadsheet.addElement(sheet)
    secret = table.Table(name="底稿", stylename=hidden)
    secret.addElement(row("x", "y"))
    book.spreadsheet.addElement(secret)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(body: str, **more: str) -> bytes:
    """An ODS with one sheet of hand-written rows."""
    names = " ".join(f'xmlns:{k}="{v}"' for k, v in NAMES.items())
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def test_a_statement_as_a_person_sees_it(told: Told) -> None:
    document = read_workbook(by_odfpy(), "a.ods")
    assert document.format == "ods"
    assert told(document) == [
        "2024年收支总表",
        [["项目", "金额", "占比"], ["甲", "1,234.50", "8.25"], ["乙", "一\n二", "一\n二"]],
    ]
    (grid,) = document.grids()
    assert {c.text: c.place.cell for c in grid.cells}["乙"] == "A5"
    assert "底稿" in document.warnings[0] and "1 行" in document.warnings[1]


def test_spaces_tabs_and_breaks(told: Told) -> None:
    line = 'a<text:s text:c="3"/>b<text:line-break/>c<text:span>d</text:span>e'
    cell = f"<table:table-cell><text:p>{line}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    assert told(read_workbook(ods(row), "a")) == [[["a   b\ncde", "a   b\ncde"]]]


def test_comments_are_not_cell_text(told: Told) -> None:
    cell = (
        "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation>"
        "<text:p>1</text:p></table:table-cell>"
    )
    row = f"<table:table-row>{cell}{cell}</table:table-row>"
    assert told(read_workbook(ods(row), "a")) == [[["1", "1"]]]


def test_the_empty_rest_of_the_sheet_costs_nothing(told: Told) -> None:
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    rest = '<table:table-cell table:number-columns-repeated="16382"/>'
    row = f"<table:table-row>{cell}{cell}{rest}</table:table-row>"
    empty = (
        '<table:table-row table:number-rows-repeated="1048574" table:visibility="collapse">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    document = read_workbook(ods(row + empty), "a")
    assert told(document) == [[["1", "1"]]]
    assert document.warnings == ()


def test_repetition_as_a_bomb_is_refused() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p>'
        "</table:table-cell></table:table-row>"
    )
    with pytest.raises(Unreadable) as caught:
        read_workbook(ods(row), "a")
    assert caught.value.what == "too-large"


def test_an_encrypted_file() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    data = ods("", **{"META-INF__manifest_xml": manifest})
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, "a.ods")
    assert caught.value.what == "encrypted"


def test_row_groups_are_rows(told: Told) -> None:
    cells = [
        f"<table:table-row><table:table-cell><text:p>{a}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{b}</text:p></table:table-cell></table:table-row>"
        for a, b in (("项目", "金额"), ("甲", "1"), ("乙", "2"))
    ]
    body = (
        f"<table:table-header-rows>{cells[0]}</table:table-header-rows>"
        f"<table:table-row-group><table:table-row-group>{cells[1]}</table:table-row-group>"
        f"</table:table-row-group>{cells[2]}"
    )
    assert told(read_workbook(ods(body), "a")) == [[["项目", "金额"], ["甲", "1"], ["乙", "2"]]]
