"""Findings about self-evaluation forms point at the cells, in whatever format the form comes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest
from docx import Document

sys.path.insert(0, str(Path(__file__).parent))

from rule_fragments import all_cases

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.read import read_book, read_text_book
from mingzhang.rules import run
from mingzhang.rules.registry import by_id

FORM = (
    "项目资金→资金来源→年初预算数→全年预算数→全年执行数→分值→得分→执行率→说明",
    "年度资金总额→合计→120.00→120.00→103.20→10→9.60→86.00%→",
    "年度总体目标→→修复破损的古籍和档案→→→→→→",
    "一级指标→二级指标→三级指标→年度指标值→实际完成值→分值→得分→偏差原因→数据来源",
    "产出指标→数量指标→修复档案页数→≥8000页→8100页→25→25→→",
    "→质量指标→修复验收合格率→≥98%→→20→20→→",
    "效益指标→社会效益指标→公众查档人次→≥900人次→810人次→30→27→宣传少→",
    "满意度指标→服务对象满意度指标→查档人满意度→≥90%→92%→10→10→→",
    "总分→→→→→95→98→→",
)
ROWS = [line.split("→") for line in FORM]
TITLE = ["项目支出绩效自评表", "部门名称：云川市档案馆", "单位：万元"]


def found(book: Book, rule: str) -> Finding:
    (one,) = run(book, [by_id()[rule]])
    return one


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The form as a workbook: three lines above it, so that its first row is row 4."""
    work = openpyxl.Workbook()
    for line in [*([t] for t in TITLE), *ROWS]:
        work.active.append(line)
    path = tmp_path_factory.mktemp("form") / "2023年云川市档案馆部门决算.xlsx"
    work.save(path)
    return read_book([path])


# by hand, from FORM: row 4 is the first; F holds the weights, G the scores
CELLS = {
    "MZ510": ["G12", "G8", "G9", "G10", "G11", "G5"],
    "MZ511": ["F8", "F9", "F10", "F11", "F5"],
    "MZ512": ["C9", "G9"],
    "MZ513": ["G5", "F5", "E5", "D5"],
}


@pytest.mark.parametrize("rule", CELLS)
def test_cells_of_a_workbook(sheet: Book, rule: str) -> None:
    assert [p.cell for p in found(sheet, rule).places] == CELLS[rule]


def test_boxes_differ_in_a_word_document(tmp_path: Path) -> None:
    """No two numbers share a place, and each place quotes what is printed there."""
    document = Document()
    for line in TITLE:
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, line in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "2023年云川市档案馆部门决算.docx"
    path.write_bytes(stream.getvalue())
    places = found(read_book([path]), "MZ510").places
    assert [p.excerpt for p in places] == ["98", "25", "20", "27", "10", "9.60"]
    assert len(set(places)) == len(places)


def test_two_forms_alike_each_point_at_their_own_rows() -> None:
    """The second form's total is wrong, and its line is told, not the first form's."""
    case = next(c for c in all_cases() if c.rule == "MZ510" and c.kind == "报")
    wrong = case.text()
    right = wrong.replace("98.60", "95.60")
    assert right != wrong
    second = wrong[wrong.index("表 1") :].replace("表 1", "表 2")
    text = right + "\n" + second
    finding = found(read_text_book(text, "two.txt"), "MZ510")
    assert finding.places[0].excerpt == "98.60"
    lines = text.splitlines()
    assert all(p.line is not None and p.excerpt in lines[p.line - 1] for p in finding.places)
    begins = next(n for n, line in enumerate(lines, 1) if line == "表 2")
    assert min(p.line or 0 for p in finding.places) > begins


def test_each_rule_names_rows_not_the_form() -> None:
    for rule in ("MZ509", "MZ510", "MZ511", "MZ512", "MZ513"):
        for case in (c for c in all_cases() if c.rule == rule and c.kind == "报"):
            book = case.book()
            (one,) = run(book, [by_id()[rule]])
            form = next(s for s in book.statements if "自评" in s.title)
            assert form.place not in one.places
            assert len({p.line for p in one.places}) >= (
                1 if rule in ("MZ509", "MZ512", "MZ513") else 4
            )


def test_fingerprints_stay() -> None:
    """They were known before the places were: accepted findings stay accepted."""
    known = {}
    for rule in ("MZ510", "MZ513"):
        case = next(c for c in all_cases() if c.rule == rule and c.kind == "报")
        known[rule] = found(case.book(), rule).fingerprint
    assert known == {"MZ510": "adf15b39da6533ae", "MZ513": "b8b0cb1948c7ebd3"}
