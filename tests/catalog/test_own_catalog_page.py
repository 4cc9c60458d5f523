"""docs/own-catalog.md is run: its TOML blocks are the folder, its Python runs with and without it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import mingzhang as mz
from mingzhang.catalog.source import VARIABLE, merged
from mingzhang.report.json import schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "own-catalog.md").read_text("utf-8")
FERRY = Path(__file__).with_name("ferry.txt")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that holds the book as 2024.txt and the page's catalog as our-city."""
    names = list(dict.fromkeys(re.findall(r"`our-city/([a-z_/-]+\.(?:toml|md))`", PAGE)))
    texts = re.findall(r"^```(?:toml|markdown)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(names) == len(texts) == 8
    (tmp_path / "our-city" / "forms" / "our-city").mkdir(parents=True)
    for name, text in zip(names, texts, strict=True):
        (tmp_path / "our-city" / name).write_text(text, "utf-8")
    shutil.copy(FERRY, tmp_path / "2024.txt")
    return tmp_path


def run(
    place: Path, *arguments: str, catalog: str = "our-city"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=place,
        env={**os.environ, VARIABLE: catalog, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_page_runs(place: Path) -> None:
    code = "\n".join(blocks("python"))
    done = run(place, "-c", code)
    assert done.returncode == 0, done.stderr


def test_what_is_understood_and_checked_with_it_was_not_before(place: Path) -> None:
    book = mz.read(FERRY)
    report = mz.check(book)
    assert not os.environ.get(VARIABLE) and report.catalog == {}
    assert "catalog" not in report.to_json()
    assert {n.text for n in book.notices} >= {"二、轮渡调剂收入", "渡口专班经费"}
    assert [s.kind for s in book.statements] == ["summary", ""] and book.layout == ""
    fresh = {"s0.1.1", "p2.2", "p2.3", "p4.1", "s1.0.5", "s1.1.5", "s1.2.5", "s1.3.5", "s1.4.5"}
    assert fresh <= set(report.coverage.unlinked)
    told = run(
        place,
        "-c",
        "import mingzhang as mz; c = mz.check(mz.read('2024.txt')).coverage;"
        "print(*c.unlinked); print(c.figures, c.linked, c.proved)",
    )
    assert told.returncode == 0, told.stderr
    unlinked, counts = told.stdout.splitlines()
    assert not fresh & set(unlinked.split())
    figures, linked, proved = map(int, counts.split())
    assert figures == report.coverage.figures
    assert linked >= report.coverage.linked + len(fresh) and proved > report.coverage.proved


def test_children_see_the_same_catalog_and_the_report_names_it(place: Path) -> None:
    """Read in a child process, checked in this one: one digest, the one of the folder."""
    done = run(
        place,
        "-c",
        "import mingzhang as mz; b = mz.read('2024.txt', isolated=True);"
        "print(b.layout, mz.check(b).catalog['sha256'])",
    )
    assert done.stdout.split() == ["our-city", merged(place / "our-city").sha256], done.stderr


def test_the_command_line_takes_it_and_says_so(place: Path) -> None:
    """--catalog goes before the command, reaches the reading child, and shows in every form."""
    shown = run(
        place, "-m", "mingzhang.cli", "--catalog", "our-city", "check", "2024.txt", catalog=""
    )
    assert shown.returncode == 0, shown.stderr
    overlay = merged(place / "our-city")
    assert f"自己的目录数据：our-city 2024-1（{overlay.sha256[:12]}）" in shown.stdout
    arguments = ("-m", "mingzhang.cli", "check", "2024.txt", "--format", "json")
    record = json.loads(run(place, *arguments).stdout)
    assert record["catalog"] == {"name": "our-city", "version": "2024-1", "sha256": overlay.sha256}
    assert record["book"]["layout"] == "our-city"
    assert not list(Draft202012Validator(schema()).iter_errors(record))


def test_worker_processes_see_it(place: Path) -> None:
    books = place / "books"
    for name in ("a", "b"):
        (books / name).mkdir(parents=True)
        shutil.copy(place / "2024.txt", books / name / "2024.txt")
    arguments = ("-m", "mingzhang.cli", "check", "books", "-j", "2", "--format", "json")
    done = run(place, *arguments)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["book"]["layout"] for r in records] == ["our-city", "our-city"], done.stderr


def test_a_refused_catalog_ends_the_command_in_both_languages(place: Path) -> None:
    (place / "our-city" / "dimensions.toml").write_text('[fund.general]\nwithin = ""\n', "utf-8")
    for arguments in (("check", "2024.txt"), ("read", "2024.txt"), ("explain", "MZ001")):
        done = run(place, "-m", "mingzhang.cli", *arguments)
        assert done.returncode == 2 and not done.stdout
        chinese, english = done.stderr.strip().splitlines()
        assert chinese.startswith("our-city/dimensions.toml：fund.general.within 是明账自己的")
        assert english.startswith(
            "our-city/dimensions.toml: fund.general.within belongs to Mingzhang"
        )


# A ledger of that city, compiled, published in every format, read back and proved. By hand: 300 of
# basic expenditure, 140 for the project, 50 + 10 for the task force; 20 of it paid by ferry transfers.
COMPILE = """
from pathlib import Path
from mingzhang.compiling import compile_ledger
from mingzhang.ledger import check_ledger, read_ledger
from mingzhang.publishing import PUBLISHERS, prove, publish

ledger, faults = read_ledger("ferries")
assert not faults, [f.message for f in faults]
assert not [f for f in check_ledger(ledger) if f.severity == "error"]
made = compile_ledger(ledger)
assert not made.faults, [f.message("zh") for f in made.faults]
paths = publish(made.edition, Path("out"))
assert set(paths) == set(PUBLISHERS)
for path in paths.values():
    proof = prove(path, made.book)
    assert proof.ok and proof.report.verdict == "consistent", (path, proof.different)
    book = proof.report.book
    assert book.layout == "our-city" and not book.notices
    assert [s.kind for s in book.statements] == ["summary", "ferries"]
    ferries = book.statements[1]
    assert ferries.rows[-1][-4:] == ("500.00", "300.00", "140.00", "60.00")
    said = next(p.text for p in book.paragraphs if "专班" in p.text)
    assert said == "2024年支出预算500.00万元，其中基本支出300.00万元，渡口专班经费60.00万元。"
"""
LINES = """支出性质,项目,功能科目,部门经济科目,资金来源,本年预算数
人员经费,,2140101,30101,,3000000
项目支出,航标维护,2140131,30213,,1300000
项目支出,航标维护,2140131,30213,轮渡调剂收入,100000
渡口专班经费,,2140101,30227,,500000
渡口专班经费,,2140131,30227,轮渡调剂收入,100000
"""


def test_a_book_of_that_city_is_compiled_and_read_back(place: Path) -> None:
    """The form is found by the command line too: ``new`` makes the ledger that is filled in here."""
    words = ("--layout", "our-city", "--year", "2024", "--department", "云川市渡口管理局")
    made = run(place, "-m", "mingzhang.cli", "new", "ferries", *words)
    assert made.returncode == 0, made.stderr
    (place / "ferries" / "lines.csv").write_text(LINES, "utf-8")
    project = '[[project]]\nname = "航标维护"\npurpose = "维护航标"\n'
    (place / "ferries" / "projects.toml").write_text(project, "utf-8")
    done = run(place, "-c", COMPILE)
    assert done.returncode == 0, done.stderr


def test_without_the_catalog_there_is_no_such_form(place: Path) -> None:
    words = ("--layout", "our-city", "--year", "2024")
    done = run(place, "-m", "mingzhang.cli", "new", "ferries", *words, catalog="")
    assert done.returncode == 2
    assert "our-city" in done.stderr
