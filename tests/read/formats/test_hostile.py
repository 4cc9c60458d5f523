"""Whatever the bytes: a document or Unreadable, nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.model.document import Document
from mingzhang.read.docx import read_docx
from mingzhang.read.errors import Unreadable
from mingzhang.read.html import read_html
from mingzhang.read.xlsx import read_workbook

Reader = Callable[[bytes, str], Document]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def an_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        money = book.add_format({"num_format": "#,##0.00", "border": 1})
        sheet.merge_range("A1:C1", "收支总表")
        for r in range(1, 5):
            sheet.write_row(r, 0, [f"项目{r}", r * 1.5, 45292], money)
        sheet.write_formula("A7", "=1", None, "x")
        sheet.set_row(3, None, None, {"hidden": True})
    return out.getvalue()


def a_docx() -> bytes:
    book = docx.Document()
    book.add_heading("部门预算", 1)
    book.add_paragraph("甲", style="List Number")
    table = book.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "x"
    table.cell(0, 2).text, table.cell(2, 2).text = "y", "z"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支总表")
    for r in range(6):
        for c in range(4):
            sheet.write(r, c, f"项目{r}" if c == 0 else r * c / 8)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_ods() -> bytes:
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text", "style")
    )
    cell = (
        '<table:table-cell table:number-columns-repeated="2" table:number-rows-spanned="2">'
        '<text:p>甲<text:s text:c="2"/></text:p></table:table-cell>'
    )
    row = f'<table:table-row table:number-rows-repeated="3">{cell}</table:table-row>'
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="a"><table:table-column table:number-columns-repeated="4" '
        f'table:visibility="visible"/>{row * 3}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


PAGE = (
    "<html><head><meta charset=gb2312></head><body><h1>部门预算</h1><p style='display:none'>x</p>"
    "<table><tr><td rowspan=2>项目</td><td colspan=3>金额</td></tr><tr><td>1<td>2</tr></table><ol>"
    "<li>甲</ol></body></html>"
).encode()
SOURCES: dict[str, tuple[Reader, bytes]] = {
    "xlsx": (read_workbook, an_xlsx()),
    "xls": (read_workbook, an_xls()),
    "ods": (read_workbook, an_ods()),
    "docx": (read_docx, a_docx()),
    "html": (read_html, PAGE),
}
PARTS = {
    "xlsx": (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    ),
    "docx": ("word/document.xml", "word/styles.xml", "word/numbering.xml"),
    "ods": ("content.xml",),
}


def survives(reader: Reader, data: bytes) -> None:
    try:
        document = reader(data, "x")
    except Unreadable as refused:
        assert refused.messages["zh"] and refused.messages["en"] and refused.where == "x"
        return
    for grid in document.grids():
        for cell in grid.cells:
            assert 0 <= cell.row < grid.height and 0 <= cell.column < grid.width
            assert cell.rowspan >= 1 and cell.colspan >= 1


@pytest.mark.parametrize("kind", SOURCES)
def test_the_samples_themselves_are_read(kind: str) -> None:
    reader, data = SOURCES[kind]
    assert list(reader(data, "x").grids())


@pytest.mark.parametrize("reader", [read_docx, read_workbook, read_html])
@QUICK
@given(st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary())
def test_random_bytes(reader: Reader, start: bytes, data: bytes) -> None:
    survives(reader, start + data)


@pytest.mark.parametrize("kind", SOURCES)
@QUICK
@given(st.data())
def test_changed_bytes(kind: str, data: st.DataObject) -> None:
    reader, raw = SOURCES[kind]
    changed = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    survives(reader, bytes(changed))


@pytest.mark.parametrize("kind", SOURCES)
@QUICK
@given(st.data())
def test_cut_short(kind: str, data: st.DataObject) -> None:
    reader, raw = SOURCES[kind]
    survives(reader, raw[: data.draw(st.integers(0, len(raw)))])


@pytest.mark.parametrize("kind", PARTS)
@QUICK
@given(st.data())
def test_changed_xml_in_a_sound_package(kind: str, data: st.DataObject) -> None:
    """Numbers, names and tags inside the parts: what a ZIP's checksum would have hidden."""
    reader, raw = SOURCES[kind]
    part = data.draw(st.sampled_from(PARTS[kind]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                content = _mutated(content.decode(), data).encode("utf-8", "replace")
            new.writestr(info, content)
    survives(reader, out.getvalue())


def _mutated(xml: str, data: st.DataObject) -> str:
    words = [
        "-1",
        "0",
        "99999999999",
        "1048577",
        "",
        "x",
        "&#0;",
        "甲",
        "1e999",
        "A1:ZZZ9",
        "XFD1048576",
    ]
    for _ in range(data.draw(st.integers(1, 5))):
        quotes = [i for i, c in enumerate(xml) if c == '"']
        if data.draw(st.booleans()) and len(quotes) > 1:
            k = 2 * data.draw(st.integers(0, len(quotes) // 2 - 1))
            xml = f"{xml[: quotes[k] + 1]}{data.draw(st.sampled_from(words))}{xml[quotes[k + 1] :]}"
        else:
            tags = [i for i, c in enumerate(xml) if c == "<"]
            a, b = sorted(data.draw(st.sampled_from(tags)) for _ in range(2))
            xml = data.draw(st.sampled_from([xml[:a] + xml[b:], xml[:b] + xml[a:b] + xml[b:]]))
    return xml
