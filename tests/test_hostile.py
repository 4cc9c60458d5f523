"""Names that look like code, through every format and back: text they were, text they stay."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parent / "compile"))

from small import HERE, SMALL, WAN, ledger, line

import mingzhang as mz
from mingzhang.catalog.normal import bare
from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.ledger import check_ledger, read_ledger, write_ledger
from mingzhang.model.ledger import Ledger, Part, Project
from mingzhang.publishing import PUBLISHERS, prove, publish

NAMES = (
    "{{ 7*7 }}计划",
    "{% import 'os' %}计划",
    "{year}{0}%s计划",
    "#set page(width: 1pt)计划",
    "$x^2$ @ref *粗* _斜_ \\计划",
    "]#[引号]`代码`计划",
    "<script>alert(1)</script>",
    "<b>&nbsp&计划",
    '=HYPERLINK("http://x")',
    "+cmd|计划",
    "@SUM(1+1)计划",
    "-1+2计划",
    "1. 条目计划",
    "笑😀计划",
    "𠮷野计划",
)


def made() -> Ledger:
    works = tuple(
        line(n + 11, n + 3, nature="project", project=name, part=f"{name}一",
             function="2010302", economic="30227")
        for n, name in enumerate(NAMES)
    )  # fmt: skip
    projects = tuple(Project(n, HERE, n, parts=(Part(f"{n}一", n),), reason=n) for n in NAMES)
    return ledger(lines=(*SMALL.lines, *works), projects=(*SMALL.projects, *projects))


@cache
def compiled() -> Compiled:
    return compile_ledger(made())


def test_nothing_is_run_and_nothing_lost() -> None:
    found = compiled()
    assert found.ok and found.edition is not None
    shown = {c.text for t in found.edition.statements for r in t.rows for c in r.cells}
    assert set(NAMES) <= shown
    prose = "".join(getattr(b, "text", "") for b in found.edition.body)
    assert all(name in prose for name in NAMES)


def test_a_folder_on_disk_keeps_the_names(tmp_path: Path) -> None:
    write_ledger(made(), tmp_path / "ledger")
    again, faults = read_ledger(tmp_path / "ledger")
    assert not [f for f in (*faults, *check_ledger(again)) if f.severity == "error"]
    assert [p.name for p in again.projects] == [p.name for p in made().projects]
    assert [x.project for x in again.lines] == [x.project for x in made().lines]


@pytest.mark.parametrize("name", list(PUBLISHERS))
def test_read_back_the_names_are_the_same(name: str, tmp_path: Path) -> None:
    found = compiled()
    assert found.edition is not None and found.book is not None
    path = publish(found.edition, tmp_path, (name,))[name]
    proof = prove(path, found.book)
    assert proof.different == ()
    assert not [f for f in proof.report.findings if f.severity == "error"]
    if name not in ("pdf", "data"):
        read = {f.quantity.project for f in mz.read(path).figures if f.quantity}
        assert {bare(n) for n in NAMES} <= {bare(project) for project in read}


def test_html_holds_no_script_and_the_workbook_no_formula_of_theirs(tmp_path: Path) -> None:
    found = compiled()
    assert found.edition is not None
    paths = publish(found.edition, tmp_path, ("html", "xlsx"))
    page = paths["html"].read_text("utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    seen = set()
    for sheet in load_workbook(paths["xlsx"]):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in NAMES:
                    assert cell.data_type == "s"
                    seen.add(cell.value)
    assert seen == set(NAMES)


@pytest.mark.parametrize("bad", ["计\u202e划", "计\x07划", "计\ue815划", "计\u200b划", "长" * 5000])
def test_what_cannot_be_printed_is_refused_with_its_row(bad: str, tmp_path: Path) -> None:
    first = SMALL.projects[0]
    renamed = tuple(replace(x, project=bad) if x.project == first.name else x for x in SMALL.lines)
    odd = ledger(projects=(replace(first, name=bad), SMALL.projects[1]), lines=renamed)
    write_ledger(odd, tmp_path / "ledger")
    again, _ = read_ledger(tmp_path / "ledger")
    if again.projects[0].name != bad:  # the ledger itself keeps no control characters
        assert again.projects[0].name == "计划"
        return
    found = compile_ledger(again)
    assert not found.ok
    fault = next(f for f in found.faults if f.kind in ("name-unprintable", "name-too-long"))
    assert "projects.toml" in fault.where() and "请" in fault.message()


def test_amounts_are_those_of_the_lines() -> None:
    found = compiled()
    assert found.book is not None
    told = {f.printed.fen for f in found.book.figures if f.is_money and not f.in_prose}
    assert {(n + 11) * WAN for n in range(len(NAMES))} <= told
