"""The issue list as a reviewer opens it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
from handmade import report, say, unreadable

from mingzhang.model.finding import Report
from mingzhang.report.xlsx import render_xlsx


def opened(of: Report, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(BytesIO(render_xlsx(of, lang, say=say)))


def rows(of: Report, sheet: int = 0) -> list[tuple[Any, ...]]:
    return list(opened(of).worksheets[sheet].iter_rows(values_only=True))


def test_the_columns_that_reviewers_pass_on() -> None:
    assert rows(report())[0] == (
        "序号", "严重程度", "规则", "位置", "原文", "问题", "勾稽关系", "建议值", "依据", "状态", "备注",
    )  # fmt: skip


def test_one_row_for_each_finding_worst_first() -> None:
    body = rows(report())[1:]
    assert [row[0] for row in body] == list(range(1, 9))
    assert [row[1] for row in body[:3]] == ["错误", "警告", "提示"]
    first = body[0]
    assert first[3].splitlines()[0] == (
        "表7 一般公共预算支出表（按功能分类） > 信访事务 · 支出总计（第 41 行第 3 列）"
    )
    assert first[4] == "2,623\n2,632"
    assert first[7].splitlines()[1] == "表7 > 信访业务 · 支出总计：应为 977 万元"
    assert (first[9], body[2][9]) == ("待核实", "无需处理")
    assert "未能精确复证" in body[1][10]


def test_the_sheet_is_ready_to_work_in() -> None:
    sheet = opened(report()).worksheets[0]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:K9"
    assert sheet.column_dimensions["F"].width > 40
    (choice,) = sheet.data_validations.dataValidation
    assert str(choice.sqref) == "J2:J9" and "属实，已改" in choice.formula1


def test_text_of_a_book_never_becomes_a_formula_or_a_link() -> None:
    of = report()
    bad = replace(of.findings[1], messages={"zh": "=1+1"}, equation="http://x.example", basis="@x")
    sheet = opened(replace(of, findings=(bad,))).worksheets[0]
    row = sheet[2]
    assert [(c.data_type, c.hyperlink) for c in row if c.value] == [
        ("n" if n == 0 else "s", None) for n, c in enumerate(row) if c.value
    ]
    assert (row[5].value, row[6].value) == ("=1+1", "http://x.example")


def test_summary_and_unchecked_figures() -> None:
    summary = dict(row[:2] for row in rows(report(), 1) if row[0] and row[1])
    assert "23 个已证明" in summary["核对覆盖"]
    assert summary["表7 一般公共预算支出表（按功能分类）"] == "四舍五入或截尾，看不出"
    unchecked = rows(report(), 2)[1:]
    assert [(r[1], r[3], r[4]) for r in unchecked] == [
        ("12", "无从核对", "书中没有第二处提到"),
        ("169 万元", "证明不足", "只有不等式约束"),
    ]


def test_a_book_without_findings_and_one_that_cannot_be_read() -> None:
    assert len(rows(report(verdict="consistent"))) == 1
    assert len(opened(unreadable(), "en").worksheets) == 2
