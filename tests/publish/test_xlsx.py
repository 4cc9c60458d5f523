"""The XLSX: live sums worth what is printed, text as text, sheets that can be read and printed."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ledgers import LAYOUTS, ROUNDINGS, WHERE, compiled, differences, edition, ledger
from openpyxl.utils import get_column_letter, range_boundaries

from mingzhang.compiling import compile_ledger
from mingzhang.model.edition import (
    Edition,
    Heading,
    Prose,
    Span,
    Sum,
    Table,
    TableCell,
    TableColumn,
    TableRow,
)
from mingzhang.model.ledger import Entity, Ledger
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.publish.xlsx import publish_xlsx, sheet_names, xlsx_of
from mingzhang.publish.xlsx.sizes import lines, measure, pieces, runs, widths_of

EVERY = [(layout, rounding) for layout in LAYOUTS for rounding in ROUNDINGS]


def opened(made: Edition, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_of(made)), data_only=values)


def one_table(
    *cells: TableCell, sums: tuple[Sum, ...] = (), columns: tuple[TableColumn, ...] = ()
) -> Edition:
    """A book of one statement of one row."""
    columns = columns or tuple(TableColumn((f"第{n}列",), "amount") for n in range(len(cells)))
    table = Table("other", "表1", "试表", Unit.YUAN, 2, columns, (TableRow(cells),), sums=sums)
    return replace(edition(), body=(table,))


def money(fen: int | None, text: str, withheld: bool = False) -> TableCell:
    return TableCell(text, Quantity(2023, "uses"), fen, withheld=withheld)


# ---------------------------------------------------------------- the contract: read back


@pytest.mark.parametrize(("layout", "rounding"), EVERY)
def test_reads_back_as_the_same_book(layout: str, rounding: str, tmp_path: Path) -> None:
    made = compiled(layout, rounding)
    publish_xlsx(edition(layout, rounding), tmp_path / "book.xlsx")
    assert differences(made, tmp_path / "book.xlsx") == []


def several_units(layout: str, rounding: str) -> Ledger:
    one = ledger(layout, rounding)
    names = ("深圳市某局本级", "深圳市某局信息中心", "深圳市某局服务中心")
    lots = [
        replace(x, entity=name, amounts={at: v * (k + 2) // 3 for at, v in x.amounts.items()})
        for k, name in enumerate(names)
        for x in one.lines
    ]
    return replace(one, lines=tuple(lots), entities=tuple(Entity(n, WHERE) for n in names))


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_department_of_several_units_reads_back(rounding: str, tmp_path: Path) -> None:
    made = compile_ledger(several_units("shenzhen", rounding))
    assert made.edition is not None
    publish_xlsx(made.edition, tmp_path / "book.xlsx")
    assert differences(made, tmp_path / "book.xlsx") == []


# ---------------------------------------------------------------- live sums

_TERM = re.compile(r"([+-]?)(?:SUM\(([A-Z]+\d+:[A-Z]+\d+)\)|([A-Z]+\d+))")


def worth(sheet: Any, value: object, seen: tuple[str, ...] = ()) -> Decimal:
    """What a cell is worth, formulas reckoned anew: SUM of a range, plus and minus, nothing else."""
    if isinstance(value, int | float):
        return Decimal(repr(value))
    assert isinstance(value, str) and value.startswith("="), value
    assert "".join(m[0] for m in _TERM.finditer(value)) == value[1:], value
    total = Decimal(0)
    for sign, area, single in (m.groups() for m in _TERM.finditer(value)):
        left, top, right, bottom = range_boundaries(area or single)
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                key = f"{get_column_letter(c)}{r}"
                assert key not in seen, f"{key} counts itself"
                part = worth(sheet, sheet.cell(r, c).value, (*seen, key))
                total += -part if sign == "-" else part
    return total


@pytest.mark.parametrize(("layout", "rounding"), EVERY)
def test_every_formula_is_worth_what_is_printed(layout: str, rounding: str) -> None:
    made = edition(layout, rounding)
    book = opened(made)
    live = commented = 0
    for table, name in zip(made.statements, book.sheetnames[2:], strict=True):
        sheet = book[name]
        totals = {s.total for s in table.sums}
        for r, c, cell in table.figures():
            at = sheet.cell(4 + table.depth + r, 1 + c)
            assert cell.fen is not None and table.unit is not None
            assert worth(sheet, at.value) == Decimal(cell.fen) / table.unit.fen, at
            live += at.data_type == "f"
            commented += at.comment is not None
            # a sum is a formula or says why it is none
            assert (at.data_type == "f" or at.comment is not None) == ((r, c) in totals)
    assert live > 10
    if rounding == "additive":
        assert commented == 0


def test_a_total_off_by_rounding_is_a_number_and_says_by_how_much() -> None:
    total = Sum((0, 0), ((0, 1), (0, 2)), (1, 1))
    made = one_table(money(1000, "10.00"), money(400, "4.00"), money(599, "5.99"), sums=(total,))
    cell = opened(made).worksheets[2]["A5"]
    assert cell.value == 10
    assert "0.01元" in cell.comment.text


def test_nothing_tells_what_a_withheld_part_is_worth() -> None:
    total = Sum((0, 0), ((0, 1), (0, 2)), (1, 1))
    parts = (money(400, "4.00"), money(None, "—", withheld=True))
    cell = opened(one_table(money(1000, "10.00"), *parts, sums=(total,))).worksheets[2]["A5"]
    assert cell.value == 10 and cell.comment is None
    data = zipfile.ZipFile(io.BytesIO(xlsx_of(one_table(money(1000, "10.00"), *parts))))
    assert not any(b"6.00" in data.read(name) for name in data.namelist())


def test_sums_of_neighbours_are_ranges_and_minus_stays_minus() -> None:
    assert runs([(0, 1), (1, 1), (2, 1), (5, 1), (5, 2)]) == [((0, 1), (2, 1)), ((5, 1), (5, 2))]
    total = Sum((0, 0), ((0, 1), (0, 2), (0, 3)), (1, 1, -1))
    cells = (money(600, "6.00"), money(500, "5.00"), money(300, "3.00"), money(200, "2.00"))
    assert opened(one_table(*cells, sums=(total,))).worksheets[2]["A5"].value == "=SUM(B5:C5)-D5"


@pytest.mark.parametrize(
    ("text", "fen", "code"),
    [
        ("1,234.50", 123_450, "#,##0.00;-#,##0.00;#,##0.00"),
        ("-0.5", -50, "#,##0.0;-#,##0.0;#,##0.0"),
        ("0", 0, "#,##0;-#,##0;#,##0"),
        ("", 0, '#,##0;-#,##0;""'),
        ("1234", 123_400, "0;-0;0"),
    ],
)
def test_numbers_look_as_printed(text: str, fen: int, code: str) -> None:
    cell = opened(one_table(money(fen, text))).worksheets[2]["A5"]
    assert (cell.value, cell.number_format) == (fen / 100, code)


# ---------------------------------------------------------------- the same bytes, nobody's traces


def test_the_same_edition_gives_the_same_bytes_and_no_clock_is_in_them() -> None:
    first = xlsx_of(edition("shenzhen", "independent"))
    time.sleep(1.1)
    assert first == xlsx_of(edition("shenzhen", "independent"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert str(date.today().year) not in archive.read("docProps/core.xml").decode()


def test_properties_come_from_the_edition_alone() -> None:
    found = opened(replace(edition(), published=date(2023, 2, 1))).properties
    assert (found.title, found.creator) == ("2023年深圳市某局部门预算", "深圳市某局")
    assert found.created == found.modified == datetime(2023, 2, 1)
    assert found.lastModifiedBy == found.creator  # nobody else


# ---------------------------------------------------------------- how it looks


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sheet_prints_one_page_wide_with_its_header_in_sight(layout: str) -> None:
    made = edition(layout)
    book = opened(made)
    assert book.sheetnames[:2] == ["目录", "文字"]
    for sheet in book:
        assert (sheet.page_setup.fitToWidth or 1) == 1 and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == 9
        assert sheet.max_column > 1  # LibreOffice clips a lone column rather than shrink it
    for table, sheet in zip(made.statements, book.worksheets[2:], strict=True):
        assert (sheet.page_setup.orientation == "landscape") == table.landscape
        assert sheet.print_title_rows == f"$2:${3 + table.depth}"
        frozen = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)
        assert frozen[1] == 4 + table.depth


@pytest.mark.parametrize("layout", LAYOUTS)
def test_columns_hold_their_figures_and_rows_their_lines(layout: str) -> None:
    made = edition(layout, "independent")
    for table, sheet in zip(made.statements, opened(made).worksheets[2:], strict=True):
        widths = [sheet.column_dimensions[get_column_letter(c + 1)].width for c in range(99)]
        for _, c, cell in table.figures():
            assert len(cell.text) + 2 <= widths[c]
        for r, row in enumerate(table.rows):
            high = sheet.row_dimensions[4 + table.depth + r].height
            for c, cell in enumerate(row.cells):
                if cell.columns and cell.quantity is None:
                    room = sum(widths[c : c + cell.columns])
                    assert high >= 12 * measure(cell.text) / room  # 12 points a line of 10


def test_a_small_table_is_not_drawn_as_wide_as_the_page_and_a_wide_one_not_much_wider() -> None:
    narrow = Table("other", "", "", None, 0, (TableColumn(("数",), "amount"),), ())
    assert sum(widths_of(narrow, 92)) < 30
    columns = (TableColumn(("名称",), "name"), TableColumn(("内容",), "text"))
    row = TableRow((TableCell("甲" * 80), TableCell("乙" * 300)))
    assert sum(widths_of(Table("other", "", "", None, 0, columns, (row,)), 92)) <= 93
    assert lines("一" * 10, 12) == 2 and lines("a\nb", 12) == 2


def test_contents_lead_to_every_part_and_statement() -> None:
    made = edition()
    book = opened(made)
    links = {}
    for row in book["目录"].iter_rows():
        links |= {c.value: c.hyperlink.location for c in row if c.hyperlink}
    assert list(links) == [text for _, text in made.contents()]
    for text, target in links.items():
        sheet, cell = target.replace("'", "").split("!")
        landed = book[sheet][cell].value
        assert landed in text and landed if sheet == "文字" else book[sheet]["A2"].value in text


def test_the_text_stands_in_order_and_codes_are_no_errors() -> None:
    made = edition()
    book = opened(made)
    told = [str(c.value).strip("　") for row in book["文字"].iter_rows() for c in row if c.value]
    wanted = [b.text for b in made.body if isinstance(b, Heading | Prose)]
    places = [told.index(text) for text in wanted]
    assert places == sorted(places)
    with zipfile.ZipFile(io.BytesIO(xlsx_of(made))) as archive:
        assert b'numberStoredAsText="1"' in archive.read("xl/worksheets/sheet5.xml")


# ---------------------------------------------------------------- what a ledger may hold

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "{=1}",
    "http://example.org/x",
    "internal:'目录'!A1",
    "mailto:a@example.org",
    "<script>alert(1)</script>",
    "]]>&amp;<",
    "_x0041_",
    "\x00\x07钟\x1b",
    "\ud800孤",
    "😀🇨🇳",
    "甲\r\n乙\u2028丙",
    "0123",
    "1e9",
    "TRUE",
    " 空 ",
)


def seen_as(text: str) -> str:
    """What of a text can be written (hand-derived for ``HOSTILE``)."""
    text = text.replace("\r\n", "\n").replace("\u2028", "\n")
    return "".join(c for c in text if c >= " " or c == "\n").replace("\ud800", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    columns = (TableColumn(("名称",), "name"), TableColumn((text,), "text"))
    rows = (TableRow((TableCell(text), TableCell(text))),)
    table = Table("other", text, text, Unit.YUAN, 2, columns, rows, text, notes=(text,))
    body = (Heading(1, text), Prose((Span(text),), indent=False), table)
    data = xlsx_of(replace(edition(), title=text, department=text, body=body))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode()
            assert "<f>" not in content and "TargetMode" not in content
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {
        c.value
        for sheet in book
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None and c.data_type == "s"
    }
    assert seen_as(text) in found
    assert all(c.data_type == "s" for c in book.worksheets[2][5] if c.value is not None)


def test_nothing_of_a_very_long_text_is_lost_in_the_text_and_cells_say_where_they_end() -> None:
    sentence = "这是很长的一段话，没有数字。"
    text = (sentence * 3000)[:40_000]
    table = Table("other", "", "", None, 0, (TableColumn(("话",), "text"),), ())
    table = replace(table, rows=(TableRow((TableCell(text),)),))
    sheet = opened(replace(edition(), body=(Prose((Span(text),)), table))).worksheets[1]
    told = [c.value for row in sheet.iter_rows() for c in row if c.value]
    assert "".join(told[:-2]).strip("　") == text  # then the header and the cell
    assert all(t.endswith("。") for t in told[:-3])
    assert told[-1] == text[:32_766] + "…"
    assert all(d.height is None or d.height <= 409 for d in sheet.row_dimensions.values())


@pytest.mark.parametrize("text", ["\n" * 100, "字" * 100, "a" * 1000, "", "短。" * 90, "\n字" * 50])
def test_pieces_are_the_text(text: str) -> None:
    cut = pieces(text, 20, 3)
    assert "".join(cut) == text
    assert all(len(p) <= 60 for p in cut)


def test_sheet_names_are_what_excel_takes() -> None:
    titles = ["表" * 40, "表" * 40, "a/b*[c]?:\\'", "A/B", "ab", "目录", "History", "", "😀" * 20]
    tables = tuple(replace(edition().statements[0], number="", title=t or "\x01") for t in titles)
    names = sheet_names(replace(edition(), body=tables), ("目录", "文字"))
    assert len({n.casefold() for n in [*names, "目录", "文字", "history"]}) == len(titles) + 3
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\'\x01")
    assert len(opened(replace(edition(), body=tables)).sheetnames) == len(titles) + 2


def test_an_empty_book_opens() -> None:
    assert opened(replace(edition(), body=())).sheetnames == ["目录", "文字"]


def big(rows: int) -> Iterator[TableRow]:
    yield TableRow((TableCell("合计"), money(100 * rows, f"{rows:,}.00")), "total", bold=True)
    for n in range(rows):
        yield TableRow((TableCell(f"第{n}项"), money(100, "1.00")), level=1)


def test_thousands_of_rows_in_seconds() -> None:
    columns = (TableColumn(("项目",), "name"), TableColumn(("金额",), "amount"))
    total = Sum((0, 1), tuple((n, 1) for n in range(1, 8001)), (1,) * 8000)
    table = Table("other", "", "大表", Unit.YUAN, 2, columns, tuple(big(8000)), sums=(total,))
    made = replace(edition(), body=(table,))
    start = time.process_time()
    data = xlsx_of(made)
    assert time.process_time() - start < 10
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[2]
    assert sheet["B5"].value == "=SUM(B6:B8005)"
    assert sheet["B8005"].value == 1
