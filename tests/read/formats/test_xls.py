"""XLS: number formats, merged cells and what is hidden are known here too."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlwt

from mingzhang.model.document import Document
from mingzhang.read.errors import Unreadable
from mingzhang.read.xlsx import read_workbook

Told = Callable[[Document], list[Any]]


def style(code: str = "General", *, ruled: bool = False) -> Any:
    out = xlwt.XFStyle()
    out.num_format_str = code
    if ruled:
        out.borders.left = out.borders.right = xlwt.Borders.THIN
    return out


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def statement() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("收支总表")
    sheet.write_merge(0, 0, 0, 2, "2017年收支总表")
    sheet.write(1, 2, "单位：万元")
    sheet.write_merge(2, 3, 0, 0, "项目", style(ruled=True))
    sheet.write_merge(2, 2, 1, 2, "预算数", style(ruled=True))
    sheet.write(3, 1, "基本", style(ruled=True))
    sheet.write(3, 2, "项目", style(ruled=True))
    for r, (name, a, b) in enumerate(
        [("甲", 1234.5, 0.0825), ("隐", 1, 1), ("乙", 0, -2)], start=4
    ):
        sheet.write(r, 0, name, style(ruled=True))
        sheet.write(r, 1, a, style('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', ruled=True))
        sheet.write(r, 2, b, style("0.00%", ruled=True))
    sheet.row(5).hidden = True
    sheet.row(5).height_mismatch = True
    sheet.write(7, 0, "注：说明")
    other = book.add_sheet("底稿")
    other.write(0, 0, "x")
    other.visibility = 1
    return saved(book)


def test_a_statement_as_a_person_sees_it(told: Told) -> None:
    document = read_workbook(statement(), "a.et")
    assert document.format == "xls"
    assert told(document) == [
        *("2017年收支总表", "单位：万元"),
        [
            ["项目", "预算数", "预算数"],
            ["项目", "基本", "项目"],
            ["甲", "1,234.50", "8.25%"],
            ["乙", "-", "-200.00%"],
        ],
        "注：说明",
    ]
    (grid,) = document.grids()
    assert {c.text: c.place.cell for c in grid.cells}["乙"] == "A7"
    assert grid.place.sheet == "收支总表"
    assert len(document.warnings) == 2
    assert "底稿" in document.warnings[0] and "1 行" in document.warnings[1]


def test_dates_errors_and_booleans(told: Told) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "日期")
    sheet.write(0, 1, True)
    sheet.write(1, 0, 45292, style('yyyy"年"m"月"d"日"'))
    sheet.write(1, 1, 45292.5, style("M/D/YY"))
    sheet.row(2).set_cell_error(0, "#REF!")
    sheet.write(2, 1, "x")
    document = read_workbook(saved(book), "a.xls")
    assert told(document) == [[["日期", "TRUE"], ["2024年1月1日", "2024/1/1"], ["#REF!", "x"]]]
    assert "A3" in document.warnings[0]


def test_values_agree_with_calamine() -> None:
    calamine = pytest.importorskip("python_calamine")
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for r in range(40):
        for c in range(6):
            sheet.write(r, c, (r * 31 + c * 17) % 1000 / 8)
    data = saved(book)
    (grid,) = read_workbook(data, "a.xls").grids()
    theirs = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    ours = [[float(c.text) if c else None for c in row] for row in grid.matrix()]
    assert ours == theirs.to_python()


@pytest.mark.parametrize("cut", [600, 2000, 4000])
def test_a_file_cut_short(cut: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read_workbook(statement()[:cut], "a.xls")
    assert caught.value.what in ("damaged", "wrong-kind")


def test_an_encrypted_workbook() -> None:
    """[MS-XLS] 2.4.117: a FilePass record right after the BOF says that the rest is encrypted."""
    data = statement()
    bof = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    length = int.from_bytes(data[bof + 2 : bof + 4], "little")
    at = bof + 4 + length
    filepass = b"\x2f\x00\x06\x00\x00\x00\x01\x02\x03\x04"
    with pytest.raises(Unreadable) as caught:
        read_workbook(data[:at] + filepass + data[at + len(filepass) :], "a.xls")
    assert caught.value.what == "encrypted"
