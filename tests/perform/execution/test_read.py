"""Payments and adjustments: what is broken has its message, row and column, and the rest stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingzhang.ledger.fault import Fault
from mingzhang.model.execution import Execution
from mingzhang.perform.execution import read_before, read_execution
from smallyear import ledger

PAID = "日期,金额,单位,项目,功能科目,部门经济科目,资金来源,凭证号,备注"
GOOD = "2023-03-01,100.00,,大厅,2010308,30227,,P1,"
CHANGED = "日期,类型,金额,从项目,从部门经济科目,到项目,功能科目,部门经济科目,文号,原因"
SUPPLEMENT = "2023-02-01,追加,500,,,网络,2010308,30213,某财1号,新增任务"


def read(folder: Path, payments: str = "", adjustments: str = "") -> tuple[Execution, list[Fault]]:
    year = folder / "year"
    year.mkdir()
    (year / "payments.csv").write_text(f"{PAID}\n{GOOD}\n{payments}", "utf-8")
    if adjustments:
        (year / "adjustments.csv").write_text(f"{CHANGED}\n{adjustments}\n{SUPPLEMENT}\n", "utf-8")
    found, faults = read_execution(year, ledger())
    return found, list(faults)


def test_good_rows_have_no_faults(tmp_path: Path) -> None:
    found, faults = read(
        tmp_path, "", "2023-02-01,调剂,1000,大厅,30201,网络,2010308,30213,某2号,需要"
    )
    assert faults == []
    assert [p.amount for p in found.payments] == [10_000]
    assert [(a.kind, a.amount, a.from_economic) for a in found.adjustments] == [
        ("reallocation", 100_000, "30201"),
        ("supplement", 50_000, ""),
    ]
    assert found.as_of == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("row", "kind", "heading", "kept"),
    [
        ("2022-03-01,5,,大厅,2010308,30227,,P2,", "other-year", "日期", False),
        ("三月一日,5,,大厅,2010308,30227,,P2,", "not-a-date", "日期", False),
        (",5,,大厅,2010308,30227,,P2,", "missing", "日期", False),
        ("2023-03-02,五百,,大厅,2010308,30227,,P2,", "text-amount", "金额", False),
        ("2023-03-02,5.001,,大厅,2010308,30227,,P2,", "too-fine", "金额", False),
        ("2023-03-02,0,,大厅,2010308,30227,,P2,", "zero", "金额", True),
        ("2023-03-02,-5,,大厅,2010308,30227,,P2,", "refund", "金额", True),
        ("2023-03-02,-5,,大厅,2010308,30227,,P2,退回", "", "", True),
        ("2023-03-02,-500,,大厅,2010308,30227,,P2,退回", "refund-exceeds", "", True),
        ("2023-03-02,5,,大听,2010308,30227,,P2,", "project-unknown", "项目", False),
        ("2023-03-02,5,,大厅,2010308,30299,,P2,", "no-line", "", True),
        ("2023-03-02,5,,大厅,2010308,,,P2,", "no-codes", "部门经济科目", True),
        ("2023-03-02,5,,大厅,2010308,会议,,P2,", "not-a-code", "部门经济科目", True),
        ("2023-03-02,5,,大厅,2010308,30227,彩票,P2,", "not-a-choice", "资金来源", True),
        ("2023-03-01,100,,大厅,2010308,30227,,P1,", "paid-twice", "", True),
        ("2023-03-02,5,,大厅,2010308,30227,,P1,", "voucher-twice", "凭证号", True),
        ("2023-03-02,-5,,大厅,2010308,30227,,P1,退回", "", "", True),  # it takes P1 back
        ("2023-03-01,5,,大厅,2010308,30227,,P1,", "", "", True),  # a voucher of two lines
        ("2023-03-011,5,,大厅,2010308,30227,,P2,", "not-a-date", "日期", False),
        ("2023-02-29,5,,大厅,2010308,30227,,P2,", "not-a-date", "日期", False),
        ("2023-03-02,5,,大厅,2010308,30227,,P2,,,多一格", "ragged", "", False),
        ("2023-03-02,30000.01,,大厅,2010308,30227,,P2,", "overspent-project", "", True),
        ("2023-03-02,24000,,大厅,2010308,30227,,P2,", "overspent-line", "", True),
    ],
)
def test_a_broken_payment(tmp_path: Path, row: str, kind: str, heading: str, kept: bool) -> None:
    found, faults = read(tmp_path, row + "\n")
    assert found.payments[0].amount == 10_000  # the good row stands
    assert len(found.payments) == 1 + kept
    told = [f for f in faults if f.kind == kind]
    if not kind:
        assert faults == []
        return
    assert len(told) == 1, [f.message for f in faults]
    assert told[0].place.line == 3
    assert told[0].place.name == "year/payments.csv"
    assert told[0].heading == heading
    assert told[0].messages["zh"] and told[0].messages["en"]
    assert "{" not in told[0].messages["zh"] + told[0].messages["en"]


def test_messages_say_what_would_be_right(tmp_path: Path) -> None:
    rows = "2022-03-01,5,,大厅,,,,,\n2023-03-02,5,,大听,,,,,\n2023-03-02,5,,大厅,2010308,30299,,,\n"
    _, faults = read(tmp_path, rows)
    said = {f.kind: f for f in faults}
    assert "2023-03-01" in said["other-year"].message
    assert said["project-unknown"].suggestions == ("大厅",)
    assert any("30227" in s for s in said["no-line"].suggestions)


@pytest.mark.parametrize(
    ("row", "kind", "kept"),
    [
        ("2023-02-01,调剂,-5,大厅,,网络,,,某2号,需要", "negative-adjustment", False),
        ("2023-02-01,借,5,大厅,,网络,,,某2号,需要", "not-a-choice", False),
        ("2023-02-01,调剂,5,大厅,,网络,,,某2号,", "no-reason", True),
        ("2023-02-01,调剂,5,大厅,,网络,,,,需要", "no-document", True),
        ("2023-02-01,调剂,5,大厅,,大厅,,,某2号,需要", "direction", False),
        ("2023-02-01,追加,5,大厅,,网络,,,某2号,需要", "direction", False),
        ("2023-02-01,追减,5,,,网络,,,某2号,需要", "direction", False),
        ("2023-02-01,调剂,30000.01,大厅,,网络,,,某2号,需要", "more-than-there-is", False),
        ("2023-02-01,调剂,6000.01,大厅,30201,网络,2010308,30213,某2号,需要", "more-than-there-is", False),
        ("2023-02-01,调剂,1,大厅,30299,网络,2010308,30213,某2号,需要", "more-than-there-is", False),
        ("2023-03-02,调剂,29900.01,大厅,,网络,,,某2号,需要", "more-than-there-is", False),
        ("2023-03-02,调剂,29900,大厅,,网络,,,某2号,需要", "", True),
        ("2021-02-01,调剂,5,大厅,,网络,,,某2号,需要", "other-year", False),
    ],
)  # fmt: skip
def test_a_broken_adjustment(tmp_path: Path, row: str, kind: str, kept: bool) -> None:
    found, faults = read(tmp_path, "", row)
    assert found.adjustments[-1].kind == "supplement"  # the good row stands
    assert len(found.adjustments) == 1 + kept
    assert [f.kind for f in faults if f.severity != "note"] == ([kind] if kind else [])
    for fault in faults:
        assert fault.place.line == 2 and fault.place.name == "year/adjustments.csv"


def test_a_supplement_makes_the_payment_possible(tmp_path: Path) -> None:
    pay = "2023-02-01,18500,,网络,2010308,30213,,P9,\n"
    _, faults = read(tmp_path, pay, SUPPLEMENT.replace("500", "1"))
    assert [f.kind for f in faults] == []
    _, faults = read_execution(tmp_path / "year", ledger(), date(2023, 1, 31))
    assert [f.kind for f in faults] == ["after-date", "after-date"]


def test_what_lies_after_the_day_is_not_judged(tmp_path: Path) -> None:
    """In August nobody asks what was overspent, paid twice or taken in excess in October."""
    late = (
        "2023-10-01,900000,,大厅,2010308,30227,,P8,\n2023-10-01,900000,,大厅,2010308,30227,,P8,\n"
    )
    read(tmp_path, late, "2023-10-02,调剂,900000,大厅,,网络,,,某2号,需要")
    found, faults = read_execution(tmp_path / "year", ledger(), date(2023, 8, 31))
    assert [f.kind for f in faults] == ["after-date", "after-date"]
    assert (len(found.payments), len(found.adjustments)) == (3, 2)
    _, faults = read_execution(tmp_path / "year", ledger())
    assert {"overspent-project", "paid-twice", "more-than-there-is"} <= {f.kind for f in faults}


def test_more_than_a_line_has_names_the_line(tmp_path: Path) -> None:
    row = "2023-02-01,调剂,6000.01,大厅,30201,网络,2010308,30213,某2号,需要"
    _, faults = read(tmp_path, "", row)
    assert "30201 办公费" in faults[0].message and "只有 6,000.00 元" in faults[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_encodings_quotes_and_full_width_digits(tmp_path: Path, encoding: str, bom: str) -> None:
    rows = '２０２３年３月１日,"１，２３４．５０",,大厅,2010308,30227,,P1,"有,逗号\n和换行"\n'
    data = f"{bom}{PAID}\n{rows}2023/3/2,￥5,,大厅,2010308,30227,,P2,\n".encode(encoding)
    (tmp_path / "payments.csv").write_bytes(data)
    found, faults = read_execution(tmp_path, ledger())
    assert [f.kind for f in faults if f.kind != "gbk"] == []
    assert [(p.when, p.amount) for p in found.payments] == [
        (date(2023, 3, 1), 123_450),
        (date(2023, 3, 2), 500),
    ]


def test_a_file_without_rows_is_told(tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_text(f"{PAID}\n", "utf-8")
    assert [f.kind for f in read_execution(tmp_path, ledger())[1]] == ["no-payments"]
    (tmp_path / "payments.csv").write_bytes(b"")
    assert [f.kind for f in read_execution(tmp_path, ledger())[1]] == ["no-heading"]


def test_files(tmp_path: Path) -> None:
    found, faults = read_execution(tmp_path, ledger())
    assert found.payments == () and [f.kind for f in faults] == ["no-payments"]
    (tmp_path / "payments.csv").write_text("甲,乙\n1,2\n", "utf-8")
    assert [f.kind for f in read_execution(tmp_path, ledger())[1]] == ["no-heading"]
    (tmp_path / "payments.csv").write_bytes(f"{PAID}\n{GOOD}\n".encode("gb18030"))
    found, faults = read_execution(tmp_path, ledger())
    assert len(found.payments) == 1 and [f.kind for f in faults] == ["gbk"]
    (tmp_path / "payments.csv").write_text("日期,金额（万元）,项目\n2023-01-01,5,大厅\n", "utf-8")
    found, faults = read_execution(tmp_path, ledger())
    assert found.payments == ()
    assert {"wrong-unit", "missing-column"} <= {f.kind for f in faults}
    assert read_before(tmp_path, ledger()) == (None, ())
