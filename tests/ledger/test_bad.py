"""Bad ledgers: whatever is wrong is told with its row and column, and the rest still loads."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from mingzhang.ledger import Fault, NoLedger, read_ledger
from mingzhang.model.ledger import Ledger

HEAD = "单位,支出性质,项目,功能科目,部门经济科目,本年预算数,备注"
GOOD = ",公用经费,,2010301 行政运行,30201 办公费,1200.50,"
SETTINGS = 'name = "账"\ndepartment = "某局"\nyear = 2023\nlayout = "shenzhen"\n'


def folder(path: Path, lines: str | bytes, **files: str) -> Path:
    """A ledger's folder with these files; what is not given is empty, not missing."""
    path.mkdir(exist_ok=True)
    names = ("projects", "entities", "assets", "reasons", "goals")
    for name in names:
        (path / f"{name}.toml").write_text(files.get(name, ""), "utf-8")
    (path / "ledger.toml").write_text(files.get("ledger", SETTINGS), "utf-8")
    data = lines if isinstance(lines, bytes) else lines.encode("utf-8")
    (path / "lines.csv").write_bytes(data)
    return path


def read(path: Path, *rows: str, **files: str) -> tuple[Ledger, list[Fault]]:
    text = "\n".join([HEAD, *rows]) + "\n"
    ledger, faults = read_ledger(folder(path / "a", text, **files))
    return ledger, list(faults)


def one(faults: list[Fault] | tuple[Fault, ...]) -> Fault:
    assert len(faults) == 1, [(f.kind, f.message) for f in faults]
    return faults[0]


# ------------------------------------------------------------------ cells
@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ('"1,234.50"', 123450), ("１２３４．５", 123450), ('"１，２３４"', 123400), ("(12.30)", -1230),
        ("−5", -500), ("12元", 1200), ("1.500", 150), ("0", 0), (" 7 ", 700), ("¥8", 800),
        ("－", None), ("", None), ("—", None),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(tmp_path: Path, cell: str, fen: int | None) -> None:
    ledger, faults = read(tmp_path, f",公用经费,,2010301,30201,{cell},甲")
    assert faults == []
    assert ledger.lines[0].amounts == ({} if fen is None else {(0, "budget"): fen})


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        ("约三百", "text-amount", "不是数"), ("1.5万元", "text-amount", "15000.00"),
        ("5%", "text-amount", "不是数"), ('"12,34"', "text-amount", "不是数"),
        ("1.234.567", "text-amount", "不是数"), ("0.005", "too-fine", "0.00"),
        ("99999999999999", "too-many-digits", "太大"), ("#REF!", "text-amount", "#REF!"),
    ],
)  # fmt: skip
def test_what_is_no_amount(tmp_path: Path, cell: str, kind: str, said: str) -> None:
    ledger, faults = read(tmp_path, GOOD, f",公用经费,,2010301,30201,{cell},甲")
    fault = one(faults)
    assert (fault.kind, fault.severity, fault.place.line, fault.place.column) == (
        kind,
        "error",
        3,
        6,
    )
    assert said in fault.message
    assert fault.where() == "lines.csv 第 3 行“本年预算数”"
    assert fault.where("en") == "lines.csv row 3 “本年预算数”"
    assert [dict(line.amounts) for line in ledger.lines] == [{(0, "budget"): 120050}, {}]


@pytest.mark.parametrize(
    ("row", "kind", "suggested"),
    [
        (",公用经费,,行政运行2,30201,1,", "not-a-code", "2010301 行政运行"),
        (",公用经费,,信访事务,30201,1,", "code-by-name", "2010308 信访事务"),
        (",公用经费,,2010308 信访业务,30201,1,", "name-differs", "2010308 信访事务"),
        (",公用经废,,2010301,30201,1,", "not-a-choice", "公用经费"),
        (",基本支出,,2010301,30201,1,", "coarse", "公用经费"),
    ],
)
def test_words_that_are_nearly_right(tmp_path: Path, row: str, kind: str, suggested: str) -> None:
    ledger, faults = read(tmp_path, row)
    fault = one(faults)
    assert fault.kind == kind
    assert suggested in fault.suggestions
    assert len(ledger.lines) == 1
    if kind == "code-by-name":
        assert ledger.lines[0].function == "2010308"


# ------------------------------------------------------------------ files
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_guise(tmp_path: Path, encoding: str, newline: str, delimiter: str) -> None:
    text = newline.join([HEAD, GOOD, "", ",,,,,,", GOOD + "再办公", ""])
    data = text.replace(",", delimiter).encode(encoding)
    ledger, faults = read_ledger(folder(tmp_path / "a", data))
    assert [line.amounts[0, "budget"] for line in ledger.lines] == [120050, 120050]
    assert [line.place.line for line in ledger.lines] == [2, 5]
    expected = {"gbk"} if encoding == "gb18030" else set()
    assert {f.kind for f in faults} == expected | ({"delimiter"} if delimiter != "," else set())
    assert {f.severity for f in faults} <= {"note"}


@pytest.mark.parametrize(
    ("head", "kind", "said"),
    [
        (HEAD.replace("备注", "处室"), "extra-column", "处室"),
        (HEAD.replace("备注", "功能科木"), "extra-column", "功能科目"),
        (HEAD.replace("备注", "项目"), "double-column", "项目"),
        (HEAD.replace("本年预算数", "本年预算数（万元）"), "wrong-unit", "万元"),
    ],
)
def test_odd_headings(tmp_path: Path, head: str, kind: str, said: str) -> None:
    ledger, faults = read_ledger(folder(tmp_path / "a", f"{head}\n{GOOD}x\n"))
    fault = one(faults)
    assert fault.kind == kind
    assert said in fault.message
    assert fault.place.line == 1
    assert len(ledger.lines) == 1


def test_a_title_and_a_comment_are_no_lines(tmp_path: Path) -> None:
    text = f"某局2023年部门预算明细\n\n{HEAD}\n# 例,公用经费,,,,1,\n{GOOD}\n"
    ledger, faults = read_ledger(folder(tmp_path / "a", text))
    assert faults == ()
    assert [line.place.line for line in ledger.lines] == [5]


def test_a_comma_too_many(tmp_path: Path) -> None:
    """1,234.50 without quotation marks shifts the row: it is not read, its neighbours are."""
    ledger, faults = read(tmp_path, GOOD, ",公用经费,,2010301,30201,1,234.50,水费", GOOD)
    fault = one(faults)
    assert (fault.kind, fault.place.line) == ("ragged", 3)
    assert len(ledger.lines) == 2


def test_an_unpaired_quotation_mark_swallows_nothing_unseen(tmp_path: Path) -> None:
    ledger, faults = read(tmp_path, GOOD, GOOD + '"开头', GOOD)
    fault = one(faults)
    assert (fault.kind, fault.place.line) == ("bad-csv", 3)
    assert len(ledger.lines) == 1


@pytest.mark.parametrize("lines", ["", "没有列名\n1,2,3\n", "\n\n\n", "\0\0\0"])
def test_no_headings(tmp_path: Path, lines: str) -> None:
    ledger, faults = read_ledger(folder(tmp_path / "a", lines))
    assert one(faults).kind == "no-heading"
    assert ledger.lines == ()


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    _, faults = read_ledger(folder(tmp_path / "a", b"\xff\xff\xfe\x80\x81" * 20))
    assert one(faults).kind == "not-text"


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_one_bad_byte_costs_one_cell(tmp_path: Path, bom: bytes) -> None:
    """A damaged byte does not turn the file into GB18030, nor lose it."""
    rows = [HEAD, *[GOOD + "办公用品"] * 3, ",公用经费,,2010301,30201,1200.50,坏", GOOD]
    data = bom + "\n".join(rows).encode("utf-8").replace("坏".encode(), b"\xff")
    ledger, faults = read_ledger(folder(tmp_path / "a", data))
    assert [(f.kind, f.place.line) for f in faults] == [("bad-bytes", 5)]
    assert len(ledger.lines) == 5


def test_broken_toml_costs_only_its_file(tmp_path: Path) -> None:
    ledger, faults = read(tmp_path, GOOD, projects='[[project]]\nname = "甲\n')
    fault = one(faults)
    assert (fault.kind, fault.place.name, fault.place.line) == ("bad-toml", "projects.toml", 2)
    assert len(ledger.lines) == 1
    assert ledger.department == "某局"


@pytest.mark.parametrize(
    ("file", "text", "kind", "line"),
    [
        ("ledger", SETTINGS + "published = \"明天\"\n", "not-a-date", 5),
        ("ledger", 'department = "某局"\nlayout = "shenzhen"\nyear = "二三"\n', "not-a-year", 3),
        ("ledger", SETTINGS + 'rounding = "四舍"\n', "not-a-choice", 5),
        ("ledger", SETTINGS + 'colour = "red"\n', "extra-column", 5),
        ("ledger", SETTINGS + "facts = 3\n", "bad-value", 5),
        ("projects", '[[project]]\nname = "甲"\n\n[[project]]\nname = "甲"\n', "double-name", 4),
        ("projects", '[[project]]\npurpose = "x"\n', "no-name", 1),
        ("projects", '[[project]]\nname = "甲"\nkey = "也许"\n', "not-yes-or-no", 1),
        ("projects", "project = 5\n", "bad-value", 1),
        ("entities", '[[entity]]\nname = "甲"\n[entity.staff]\n"编制" = 2.5\n', "not-a-count", 1),
        ("goals", '[[goal]]\nproject = "甲"\n[[goal.indicator]]\nweight = "重"\n', "not-a-number", 3),
    ],
)  # fmt: skip
def test_wrong_values_in_toml(tmp_path: Path, file: str, text: str, kind: str, line: int) -> None:
    ledger, faults = read(tmp_path, GOOD, **{file: text})
    fault = next(f for f in faults if f.kind == kind)
    assert (fault.place.name, fault.place.line) == (f"{file}.toml", line)
    assert len(ledger.lines) == 1
    assert {f.kind for f in faults} <= {kind, "no-year"}


def test_an_empty_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    ledger, faults = read_ledger(tmp_path)
    assert ledger.lines == ()
    assert {f.kind for f in faults} == {"missing-lines", "missing-file", "no-year"}


def test_a_staff_of_nobody(tmp_path: Path) -> None:
    book = workbook(
        {
            "人员": [["单位", "名目", "人数"], ["某局", "行政编制", 3]],
            "单位": [["单位"], ["某局本级"]],
        }
    )
    _, faults = read_book(tmp_path, book)
    fault = next(f for f in faults if f.kind == "no-owner")
    assert fault.suggestions == ("某局本级",)


# ------------------------------------------------------------------ workbooks
def workbook(sheets: dict[str, list[list[object]]]) -> openpyxl.Workbook:
    """A workbook as someone else's program writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {"基本信息": [["部门名称", "某局"], ["年度", 2023], ["版式", "shenzhen"]], **sheets}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def lines_book(*rows: list[object]) -> openpyxl.Workbook:
    return workbook({"明细": [list(HEAD.split(",")), *rows]})


def read_book(path: Path, book: openpyxl.Workbook) -> tuple[Ledger, list[Fault]]:
    book.save(path / "a.xlsx")
    ledger, faults = read_ledger(path / "a.xlsx")
    return ledger, list(faults)


ROW: list[object] = ["", "公用经费", "", 2010301, 30201, 1200.5, ""]


def test_a_workbook_typed_by_hand(tmp_path: Path) -> None:
    """Codes typed as numbers, sums of floats: 0.1 + 0.2 元 is 30 分."""
    ledger, faults = read_book(tmp_path, lines_book(ROW, [*ROW[:5], 0.1 + 0.2, "甲"]))
    assert faults == []
    assert [dict(x.amounts) for x in ledger.lines] == [{(0, "budget"): 120050}, {(0, "budget"): 30}]
    assert ledger.lines[0].function == "2010301"
    assert ledger.year == 2023


def test_formulas(tmp_path: Path) -> None:
    """Without a stored result a formula is refused; with one it is read and named."""
    _, faults = read_book(tmp_path, lines_book(ROW, [*ROW[:5], "=F2*2", ""]))
    fault = one(faults)
    assert (fault.kind, fault.severity, fault.place.cell) == ("formula-no-value", "error", "F3")
    assert fault.where() == "“明细”F3“本年预算数”"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("明细")
    sheet.write_row(0, 0, HEAD.split(","))
    sheet.write_row(1, 0, ROW[:5])
    sheet.write_formula(1, 5, "=1000+200.5", None, 1200.5)
    book.close()
    (tmp_path / "b.xlsx").write_bytes(out.getvalue())
    ledger, found = read_ledger(tmp_path / "b.xlsx")
    fault = next(f for f in found if f.kind == "formula")
    assert (fault.severity, fault.place.cell) == ("warning", "F2")
    assert "=1000+200.5" in fault.message
    assert ledger.lines[0].amounts == {(0, "budget"): 120050}


def test_merged_cells_hidden_rows_and_errors(tmp_path: Path) -> None:
    book = lines_book(ROW, [*ROW[:5], 5, "a"], [*ROW[:5], "#DIV/0!", "b"], [*ROW[:5], "三百", "c"])
    sheet = book["明细"]
    sheet["F4"].data_type = "e"
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    ledger, faults = read_book(tmp_path, book)
    told = {(f.kind, f.place.cell) for f in faults}
    assert told == {("merged", "B2"), ("hidden", "A3"), ("error-cell", "F4"), ("text-amount", "F5")}
    assert len(ledger.lines) == 4


def test_sheets_of_ones_own(tmp_path: Path) -> None:
    """Line items are known by their headings; a sheet that nobody knows is named."""
    book = workbook({"Sheet1": [["某局"], list(HEAD.split(",")), ROW], "草稿": [["算一算", 3]]})
    ledger, faults = read_book(tmp_path, book)
    assert [line.place.cell for line in ledger.lines] == ["A3"]
    fault = one(faults)
    assert (fault.kind, fault.place.sheet) == ("extra-sheet", "草稿")


def damaged(name: str, make: Callable[[bytes], bytes]) -> object:
    return pytest.param(make, id=name)


def _bomb(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("_rels/.rels", "<r>" + " " * (80 * 2**20) + "</r>")
    return out.getvalue()


def _laughs(data: bytes) -> bytes:
    """The workbook with a document type of growing entities in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("workbook.xml"):
                part = b'<!DOCTYPE w [<!ENTITY a "ha">]>' + part.partition(b"?>")[2]
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        damaged("empty", lambda data: b""),
        damaged("no zip", lambda data: b"PK but nothing else"),
        damaged("cut", lambda data: data[: len(data) // 2]),
        damaged("bomb", _bomb),
        damaged("entities", _laughs),
    ],
)
def test_damaged_workbooks(tmp_path: Path, make: Callable[[bytes], bytes]) -> None:
    book = lines_book(ROW)
    book.save(tmp_path / "good.xlsx")
    (tmp_path / "bad.xlsx").write_bytes(make((tmp_path / "good.xlsx").read_bytes()))
    start = time.perf_counter()
    with pytest.raises(NoLedger) as error:
        read_ledger(tmp_path / "bad.xlsx")
    assert error.value.fault.kind in ("damaged", "too-large")
    assert error.value.fault.message_in("en") != error.value.fault.message
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("name", ["nothing-here", "a.pdf", "b.xls"])
def test_what_is_no_ledger(tmp_path: Path, name: str) -> None:
    if "." in name:
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    with pytest.raises(NoLedger) as error:
        read_ledger(tmp_path / name)
    assert error.value.fault.kind == "not-a-ledger"


# ------------------------------------------------------------------ size
def test_a_great_many_lines(tmp_path: Path) -> None:
    """Twenty thousand lines of which each has the same fault: told a few hundred times, then counted."""
    rows = [f",公用经费,,2010301,30201,{n},第{n}笔" for n in range(20_000)]
    rows += [",公用经费,,2010301,30201,若干,甲"] * 1000
    ledger, faults = read(tmp_path, *rows)
    assert len(ledger.lines) == 21_000
    assert sum(x.amounts.get((0, "budget"), 0) for x in ledger.lines) == sum(range(20_000)) * 100
    kinds = [f.kind for f in faults]
    assert (kinds.count("text-amount"), kinds.count("many")) == (200, 1)
    assert "800" in next(f.message for f in faults if f.kind == "many")
