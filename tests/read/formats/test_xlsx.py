"""XLSX: cell by cell what a person sees, and the statements of a sheet told apart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Border, Side

from mingzhang.model.document import Document, Grid
from mingzhang.read.errors import Unreadable
from mingzhang.read.limits import Limits
from mingzhang.read.xlsx import read_workbook

Told = Callable[[Document], list[Any]]


def written(fill: Callable[[Any], None]) -> bytes:
    """A workbook by XlsxWriter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_of(rows: list[list[Any]], name: str = "Sheet1") -> bytes:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)

    return written(fill)


def edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info, change(text.decode()) if info.filename == part else text)
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_workbook(data, "表.xlsx")


def grids(document: Document) -> list[Grid]:
    return list(document.grids())


def test_numbers_come_as_printed(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        formats = ["0.00", "#,##0", "0.00%", "General", "@", "yyyy/m/d"]
        for c, code in enumerate(formats):
            sheet.write(0, c, code.replace("0", "o"))
            sheet.write(1, c, 1234.5 if c < 5 else 45292, book.add_format({"num_format": code}))

    assert told(read(written(fill)))[0][1] == [
        *("1234.50", "1,235", "123450.00%", "1234.5", "1234.5", "2024/1/1"),
    ]


def test_texts_come_as_typed(told: Told) -> None:
    rows = [["项目", "金额"], ["０１　教育", "１，２３４．５０"], ["00123", "-"], ["a\nb", " 12 "]]
    assert told(read(sheet_of(rows))) == [
        [["项目", "金额"], ["０１　教育", "１，２３４．５０"], ["00123", "-"], ["a\nb", "12"]]
    ]


def test_booleans_dates_and_rich_text(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_boolean(1, 0, True)
        sheet.write_datetime(1, 1, date(2024, 12, 31), book.add_format({"num_format": 14}))
        sheet.write_rich_string(1, 2, "其", bold, "中", "：项目")

    assert told(read(written(fill)))[0][1] == ["TRUE", "2024/12/31", "其中：项目"]


def test_formulas_show_their_saved_result(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("支出")
        money = book.add_format({"num_format": "0.00"})
        sheet.write_row(0, 0, ["a", "b", "c", "d"])
        sheet.write_formula(1, 0, "=1+1", money, 2)
        sheet.write_formula(1, 1, '="x"&"y"', None, "xy")
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 3, "=A1", money, 0)

    document = read(written(fill))
    assert told(document)[0][1] == ["2.00", "xy", "#DIV/0!", "0.00"]
    assert ["C2" in w and "支出" in w for w in document.warnings] == [True]


def test_formulas_without_a_saved_result_are_blank_and_told(told: Told) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    sheet.append(["项目", "金额"])
    sheet.append(["合计", "=SUM(B3:B4)"])
    sheet.append(["甲", 1])
    document = read(saved(book))
    assert told(document) == [[["项目", "金额"], ["合计", ""], ["甲", "1"]]]
    assert len(document.warnings) == 1
    assert "汇总" in document.warnings[0] and "B2" in document.warnings[0]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?"])
def test_error_values_are_shown_and_told(told: Told, error: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])
    book.active.append(["甲", error])
    document = read(saved(book))
    assert told(document)[0][1] == ["甲", error]
    assert "B2" in document.warnings[0]


def test_merged_headers_and_places() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("收支总表")
        sheet.merge_range("B2:B3", "项目")
        sheet.merge_range("C2:E2", "预算数")
        sheet.write_row("C3", ["合计", "基本支出", "项目支出"])
        sheet.write_row("B4", ["教育", 3, 1])

    (grid,) = grids(read(written(fill)))
    assert grid.spans_known and (grid.height, grid.width) == (3, 4)
    spans = {c.text: (c.rowspan, c.colspan, c.place.cell) for c in grid.cells if c.row == 0}
    assert spans == {"项目": (2, 1, "B2"), "预算数": (1, 3, "C2")}
    blank = grid.matrix()[2][3]
    assert blank is not None
    assert (blank.text, blank.place.cell, blank.place.sheet) == ("", "E4", "收支总表")
    total = grid.matrix()[1][1]
    assert total is not None and total.place.excerpt == "合计"
    assert (grid.place.cell, grid.place.excerpt) == ("B2", "项目\t预算数")


def test_hidden_sheets_rows_and_columns_are_not_read_but_told(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("公开")
        for r in range(6):
            sheet.write_row(r, 0, [f"r{r}", r, 10 * r, 100 * r])
        sheet.merge_range("A7:A9", "并")
        sheet.write_column("B7", [1, 2, 3])
        sheet.write("C9", "尾")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("底稿").hide()
        book.add_worksheet("绝密").very_hidden()

    document = read(written(fill))
    assert told(document) == [
        [
            ["r0", "0", "0"],
            ["r1", "10", "100"],
            ["r3", "30", "300"],
            ["r4", "40", "400"],
            ["r5", "50", "500"],
            ["并", "", ""],
            ["并", "尾", ""],
        ]
    ]
    cells = {c.text: c.place.cell for c in grids(document)[0].cells}
    assert (cells["300"], cells["r3"], cells["并"]) == ("D4", "A4", "A7")
    assert "底稿、绝密" in document.warnings[0]
    assert "2 行" in document.warnings[1] and "1 列" in document.warnings[2]


def test_sheets_that_do_not_show_zeros(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目", "金额"])
        sheet.write_row(1, 0, ["甲", 0])
        sheet.hide_zero()

    assert told(read(written(fill))) == [[["项目", "金额"], ["甲", ""]]]


def ruled(book: Any) -> Any:
    return book.add_format({"border": 1})


def statement(sheet: Any, top: int, title: str, rule: Any, width: int = 3) -> int:
    """A statement as an officer lays it out: title, unit, header, two rows, a note."""
    sheet.merge_range(top, 0, top, width - 1, title)
    sheet.write(top + 1, 0, "部门：某局")
    sheet.write(top + 1, width - 1, "单位：万元")
    sheet.write_row(top + 2, 0, ["项目", *(f"数{i}" for i in range(1, width))], rule)
    sheet.write_row(top + 3, 0, ["甲", *range(1, width)], rule)
    for c in range(width):
        sheet.write_blank(top + 4, c, None, rule)
    sheet.write_row(top + 5, 0, ["合计", *range(1, width)], rule)
    sheet.write(top + 6, 0, "注：本表金额转换成万元时，可能存在尾数误差。")
    return top + 7


TABLE = [["项目", "数1", "数2"], ["甲", "1", "2"], ["", "", ""], ["合计", "1", "2"]]
AFTER = "注：本表金额转换成万元时，可能存在尾数误差。"


@pytest.mark.parametrize("gap", [0, 1, 4])
@pytest.mark.parametrize("drawn", [True, False])
def test_statements_one_below_the_other(told: Told, gap: int, drawn: bool) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        rule = ruled(book) if drawn else None
        end = statement(sheet, 0, "2024年收支总表", rule)
        statement(sheet, end + gap, "2024年收入总表", rule)

    assert told(read(written(fill))) == [
        *("2024年收支总表", "部门：某局", "单位：万元", TABLE, AFTER),
        *("2024年收入总表", "部门：某局", "单位：万元", TABLE, AFTER),
    ]


def test_rows_with_a_lone_label_stay_in_the_table(told: Told) -> None:
    rows = [["项目", "金额"], ["一、外交支出", None], ["二、国防支出", None], ["合计", 3]]
    wanted = [["项目", "金额"], ["一、外交支出", ""], ["二、国防支出", ""], ["合计", "3"]]
    assert told(read(sheet_of(rows))) == [wanted]

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value, ruled(book))

    assert told(read(written(fill))) == [wanted]


def test_an_empty_statement_keeps_its_form(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "政府性基金预算支出表")
        for r in range(1, 4):
            for c in range(3):
                sheet.write(r, c, ["编码", "名称", "金额"][c] if r == 1 else None, ruled(book))
        sheet.write("A5", "注：本部门无政府性基金预算。")

    assert told(read(written(fill))) == [
        "政府性基金预算支出表",
        [["编码", "名称", "金额"], ["", "", ""], ["", "", ""]],
        "注：本部门无政府性基金预算。",
    ]


def test_a_sheet_of_prose(told: Told) -> None:
    rows = [["第一部分 部门概况"], [None], ["一、主要职责"], ["贯彻落实方针政策。"]]
    document = read(sheet_of(rows, "说明"))
    assert told(document) == ["第一部分 部门概况", "一、主要职责", "贯彻落实方针政策。"]
    assert [p.place.cell for p in document.paragraphs()] == ["A1", "A3", "A4"]
    assert {p.place.sheet for p in document.paragraphs()} == {"说明"}


def test_two_tables_apart_in_a_drawn_sheet(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for top in (0, 3):
            for r in range(2):
                sheet.write_row(top + r, 0, [f"x{top}{r}", r], ruled(book))

    assert told(read(written(fill))) == [[["x00", "0"], ["x01", "1"]], [["x30", "0"], ["x31", "1"]]]


def test_a_used_range_of_a_million_rows_with_few_cells(told: Told) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["项目", "金额"])
        sheet.write_row(1, 0, ["甲", 1])
        sheet.write(1_048_575, 16_383, "角落")
        sheet.merge_range(5000, 0, 9000, 5, "")

    assert told(read(written(fill))) == [[["项目", "金额"], ["甲", "1"]], "角落"]


def test_merged_cells_over_a_whole_sheet_cost_little(told: Told) -> None:
    merges = (
        '<mergeCells><mergeCell ref="A1:IU1048575"/><mergeCell ref="IV1:IV1048575"/></mergeCells>'
    )
    data = edited(
        sheet_of([["甲"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            "</sheetData>",
            '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="IV1048576"><v>2</v></c></row>'
            f"</sheetData>{merges}",
        ),
    )
    document = read(data)
    assert sum(g.height * g.width for g in document.grids()) < 10_000
    assert told(document)[0] == "甲"


def test_cells_far_apart_in_a_row_cost_little() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        for r in range(300):
            sheet.write(r, 0, f"r{r}")
            sheet.write(r, 16_000 + r, r)

    (grid,) = grids(read(written(fill)))
    assert len(grid.cells) == 600
    assert grid.width <= 301


def test_several_sheets_come_in_order(told: Told) -> None:
    def fill(book: Any) -> None:
        for name in ("表1", "表2"):
            book.add_worksheet(name).write_row(0, 0, [name, "x"])
        book.add_chartsheet("图")

    document = read(written(fill))
    assert told(document) == [[["表1", "x"]], [["表2", "x"]]]
    assert [g.place.sheet for g in grids(document)] == ["表1", "表2"]


def test_positions_left_out_by_the_writer(told: Told) -> None:
    """ECMA-376 18.3.1.4: r is optional; the cell is then the next one."""
    data = edited(
        sheet_of([["项目", "金额"], ["甲", 1]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(r'(<row|<c) r="\w+"', r"\1", xml),
    )
    assert told(read(data)) == [[["项目", "金额"], ["甲", "1"]]]


def test_the_strict_variant(told: Told) -> None:
    data = sheet_of([["项目", "金额"], ["甲", 1]])
    old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [n for n in archive.namelist() if n.startswith("xl/")]
    for part in parts:
        data = edited(
            data,
            part,
            lambda xml: xml.replace(f"{old}spreadsheetml/2006/main", f"{new}spreadsheetml/main"),
        )
    assert told(read(data)) == [[["项目", "金额"], ["甲", "1"]]]


def test_escaped_characters_and_phonetic_guides(told: Told) -> None:
    rich = "<si><r><t>合</t></r><rPh sb='0' eb='1'><t>ごう</t></rPh><r><t>计_x000D_</t></r></si>"
    data = edited(
        sheet_of([["项目", "x"], ["乙", 1]]),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace("<si><t>乙</t></si>", rich),
    )
    assert told(read(data))[0][1] == ["合计", "1"]


def test_a_shared_string_that_is_not_there(told: Told) -> None:
    data = edited(
        sheet_of([["项目", "x"], ["乙", 1]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v>2</v>", "<v>99999</v>"),
    )
    assert told(read(data))[0][1] == ["", "1"]


@pytest.mark.parametrize("count", [1, 40])
def test_borders_only_count_between_cells(told: Told, count: int) -> None:
    """A line under the 单位 row belongs to the table below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    thin = Side(style="thin")
    sheet["A1"], sheet["B1"] = "单位：元", None
    for cell in (sheet["A1"], sheet["B1"]):
        cell.border = Border(bottom=thin)
    for r in range(2, 3 + count):
        for c in (1, 2):
            sheet.cell(r, c, f"x{r}{c}").border = Border(thin, thin, thin, thin)
    blocks = told(read(saved(book)))
    assert blocks[0] == "单位：元"
    assert len(blocks) == 2 and len(blocks[1]) == count + 1


def test_pictures_are_told() -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6300"
        "0100000500010d0a2db40000000049454e44ae426082"
    )

    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.insert_image("C1", "x.png", {"image_data": io.BytesIO(png)})

    assert "1 幅图片" in read(written(fill)).warnings[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"%PDF-1.4", "wrong-kind"),
        (sheet_of([["x"]])[:-200], "wrong-kind"),
        (edited(sheet_of([["x"]]), "xl/workbook.xml", lambda xml: xml[:-30]), "damaged"),
        (edited(sheet_of([["x"]]), "xl/worksheets/sheet1.xml", lambda xml: xml[:-30]), "damaged"),
        (edited(sheet_of([["x"]]), "_rels/.rels", lambda xml: "<x/>"), "damaged"),
        (
            edited(
                sheet_of([["x"]]), "xl/_rels/workbook.xml.rels", lambda x: x.replace("sheet1", "y")
            ),
            "damaged",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.what == what
    assert "表.xlsx" in caught.value.messages["zh"]


def test_limits_are_kept() -> None:
    data = sheet_of([["x" * 100] for _ in range(1000)])
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, "a.xlsx", Limits(max_bytes=10_000))
    assert caught.value.what == "too-large"


def test_values_agree_with_calamine() -> None:
    """An independent reader finds the same numbers in the same cells."""
    calamine = pytest.importorskip("python_calamine")
    numbers = [
        [f"r{r}", *(((r * 37 + c * 11) % 1000) / 8 - 50 for c in range(8))] for r in range(50)
    ]
    data = sheet_of([["项目", *"abcdefgh"], *numbers])
    (grid,) = grids(read(data))
    theirs = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    ours = [[c.text if c else "" for c in row] for row in grid.matrix()]
    for mine, other in zip(ours[1:], theirs.to_python()[1:], strict=True):
        assert [float(v) for v in mine[1:]] == other[1:]
