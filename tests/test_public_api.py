"""The public API: what ``__all__`` promises, the contract of the design, and that all of it is documented."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import mingzhang as mz
from mingzhang.report.json import schema

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "mingzhang"
CLEAN = ROOT / "examples" / "clean" / "budget.txt"
SLIPS = ROOT / "examples" / "slips" / "budget.txt"


@pytest.fixture(scope="module")
def clean() -> mz.Book:
    return mz.read(CLEAN)


@pytest.fixture(scope="module")
def report(clean: mz.Book) -> mz.Report:
    return mz.check(clean)


@pytest.fixture(scope="module")
def slips() -> mz.Report:
    return mz.check(mz.read(SLIPS))


# ------------------------------------------------------------------ names and their documentation
def test_all_is_sorted_and_whole() -> None:
    assert list(mz.__all__) == sorted(mz.__all__)
    assert len(set(mz.__all__)) == len(mz.__all__)
    for name in mz.__all__:
        assert hasattr(mz, name), name
    here = {n for n, v in vars(mz).items() if n[0] != "_" and not inspect.ismodule(v)}
    imported_for_use = {
        "Collection",
        "DEFAULT",
        "Path",
        "Sequence",
        "TYPE_CHECKING",
        "annotations",
        "read_book",
        "read_text_book",
    }
    assert here - imported_for_use <= set(mz.__all__)


@pytest.mark.parametrize("name", [n for n in mz.__all__ if n[0] != "_"])
def test_every_public_name_says_what_it_is(name: str) -> None:
    thing = getattr(mz, name)
    text = inspect.getdoc(thing) or ""
    assert len(text) > 20, name
    generated = f"{name}("  # dataclasses make a docstring of their signature
    assert not text.startswith(generated), name


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Public functions and classes of a module, with their public methods that are no property."""
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield node.name, node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name[0] != "_":
                    yield f"{node.name}.{inner.name}", inner


def _plain(node: ast.AST) -> bool:
    """A property, or a body of one line: its name and type say it all."""
    if not isinstance(node, ast.FunctionDef):
        return False
    return bool(node.decorator_list) or len(node.body) == 1


@pytest.mark.parametrize(
    "room", sorted(p.name for p in SOURCE.iterdir() if p.name[0] != "_" and p.suffix in ("", ".py"))
)
def test_everything_public_in_every_room_has_a_docstring(room: str) -> None:
    top = SOURCE / room
    missing = []
    for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if not ast.get_docstring(tree):
            missing.append(str(path.relative_to(SOURCE)))
        for name, node in _defined(tree):
            if name == "check" and path.stem.startswith("mz"):
                continue  # a rule's page is the docstring of its module
            assert isinstance(node, ast.FunctionDef | ast.ClassDef)
            if not ast.get_docstring(node) and not ("." in name and _plain(node)):
                missing.append(f"{path.relative_to(SOURCE)}: {name}")
    assert missing == []


# ------------------------------------------------------------------ the contract of the design
def test_statements_are_as_printed(clean: mz.Book) -> None:
    titles = [s.title for s in clean.statements]
    assert "收支总表" in titles
    assert "政府性基金预算支出表" in titles
    one = next(s for s in clean.statements if s.title == "支出总表")
    assert one.unit == "万元"
    assert one.number.replace(" ", "") == "表3"
    assert isinstance(one.pages, tuple)
    assert all(isinstance(part, str) for column in one.columns for part in column)
    paths = [tuple(c) for c in one.columns]
    assert any(p[-1] == "小计" and "政府采购" in p[0] for p in paths)
    widths = {len(row) for row in one.rows}
    assert widths == {len(one.columns)}
    row = next(r for r in one.rows if "2010302" in r)
    assert tuple(row)[1:6] == ("2010302", "一般行政管理事务", "1,043", "0", "1,043")


def test_a_table_broken_over_pages_is_one_statement(clean: mz.Book) -> None:
    assert [s.title for s in clean.statements].count("支出总表") == 1
    one = next(s for s in clean.statements if s.title == "支出总表")
    codes = [row[1] for row in one.rows]
    assert "201" in codes
    assert "2210203" in codes  # stands under the repeated caption


def test_figures(clean: mz.Book) -> None:
    ids = [f.id for f in clean.figures]
    assert len(ids) == len(set(ids))
    by_text = {f.text: f for f in clean.figures}
    one = by_text["6.25"]
    assert isinstance(one.value, Decimal)
    assert one.value == Decimal("6.25")
    assert one.unit == "万元"
    assert one.place.excerpt == "6.25"
    assert one.quantity is not None
    assert one.quantity.year == 2024
    assert clean.figure(one.id) is one
    prose = [f for f in clean.figures if f.in_prose]
    assert any(f.text.startswith("3.3") and f.unit == "%" for f in prose)
    lines = CLEAN.read_text("utf-8").splitlines()
    for f in clean.figures:
        assert f.place.line is not None
        assert f.place.column is not None
        assert lines[f.place.line - 1][f.place.column - 1 :].startswith(f.text), f


def test_with_figure_changes_one_figure_and_nothing_else(clean: mz.Book) -> None:
    one = next(f for f in clean.figures if f.text == "1,532" and not f.in_prose)
    altered = clean.with_figure(one.id, "1,523")
    assert altered.figure(one.id).value == 1523
    assert clean.figure(one.id).value == 1532
    assert [f for f in altered.figures if f.id != one.id] == [
        f for f in clean.figures if f.id != one.id
    ]
    assert one.statement is not None
    assert one.row is not None
    assert one.column is not None
    assert altered.statements[one.statement].rows[one.row][one.column] == "1,523"
    with pytest.raises(KeyError):
        clean.with_figure("nobody", "1")
    with pytest.raises(ValueError, match="not a number"):
        clean.with_figure(one.id, "many")


def test_check_names_the_altered_figure(clean: mz.Book, report: mz.Report) -> None:
    assert (report.verdict, report.exit_status) == ("consistent", 1)
    one = next(f for f in clean.figures if f.text == "1,532" and not f.in_prose)
    wrong = mz.check(clean.with_figure(one.id, "1,523"))
    assert (wrong.verdict, wrong.exit_status) == ("contradictory", 1)
    (finding,) = [f for f in wrong.findings if f.severity == "error"]
    assert one.id in finding.figures
    figure, low, high, kind = finding.suspects[0]
    assert figure == one.id
    assert low is not None
    assert high is not None
    assert low <= 1532 <= high
    assert kind == "swapped"
    assert finding.certified
    assert finding.equation
    assert finding.places


def test_a_finding_tells_everything(slips: mz.Report) -> None:
    for f in slips.findings:
        assert f.rule.startswith("MZ")
        assert f.severity in ("error", "warning", "note")
        assert f.message == f.message_in("zh")
        assert f.message_in("en") != f.message
        assert f.places
        assert all(p.excerpt for p in f.places)
        assert len(f.fingerprint) == 16
        for suspect in f.suspects:
            assert len(suspect) == 4
            assert suspect == (suspect.figure, suspect.low, suspect.high, suspect.kind)
    order = [("error", "warning", "note").index(f.severity) for f in slips.findings]
    assert order == sorted(order)


def test_fingerprints_survive_a_new_layout(slips: mz.Report) -> None:
    """Empty lines in front move every place and change no fingerprint."""
    moved = mz.check(mz.read_text("\n\n\n" + SLIPS.read_text("utf-8"), "draft-2.txt"))
    assert [f.fingerprint for f in moved.findings] == [f.fingerprint for f in slips.findings]
    assert moved.findings[0].places != slips.findings[0].places


def test_to_json_keeps_to_the_schema(report: mz.Report, slips: mz.Report) -> None:
    validator = Draft202012Validator(schema())
    for one in (report, slips):
        for lang in ("zh", "en"):
            validator.validate(json.loads(one.to_json(lang)))
    record = json.loads(slips.to_json())
    assert set(record) >= {"book", "verdict", "coverage", "findings"}
    assert record["verdict"] == slips.verdict
    assert len(record["findings"]) == len(slips.findings)


def test_coverage_counts_and_lists(clean: mz.Book, report: mz.Report) -> None:
    c = report.coverage
    assert c.figures == len(clean.figures)
    assert c.figures - c.linked == len(c.unlinked)
    assert c.linked - c.proved == len(c.unproved)
    ids = {f.id for f in clean.figures}
    assert set(c.unlinked) | set(c.unproved) <= ids


def test_nothing_above_note_is_exit_status_0(clean: mz.Book) -> None:
    """Without the contents list nothing is announced, so nothing is missing."""
    text = CLEAN.read_text("utf-8")
    kept = mz.read_text(text.replace("- (四) 基本支出总表\n", ""))
    found = [f for f in mz.check(kept).findings if f.severity != "note"]
    assert [f.rule for f in found] == ["MZ101"]  # 收入总表 is still announced


def test_why_and_reconstruct(clean: mz.Book) -> None:
    one = next(f for f in clean.figures if f.text == "386")
    found = mz.why(clean, one.id)
    assert found.figure == one
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 386 <= found.high
    assert found.relations
    with pytest.raises(KeyError):
        mz.why(clean, "nobody")
    rebuilt = {s.kind: s for s in mz.reconstruct(clean)}
    assert set(rebuilt) == {"income", "basic"}
    wages = next(cells for label, cells in rebuilt["basic"].rows if label.startswith("30101 "))
    assert wages[0].text == "419"


def test_several_files_are_one_book(tmp_path: Path, clean: mz.Book) -> None:
    head, mark, tables = CLEAN.read_text("utf-8").partition("# 二、表格部分\n")
    (tmp_path / "text.txt").write_text(head, "utf-8")
    (tmp_path / "tables.txt").write_text(mark + tables, "utf-8")
    both = mz.read(tmp_path / "text.txt", tmp_path / "tables.txt")
    assert [s.title for s in both.statements] == [s.title for s in clean.statements]
    assert sorted(f.text for f in both.figures) == sorted(f.text for f in clean.figures)
    assert mz.check(both).verdict == "consistent"


def test_unreadable_says_what_and_what_to_do() -> None:
    with pytest.raises(mz.Unreadable) as caught:
        mz.read_text("")
    assert caught.value.message_in("zh") != caught.value.message_in("en")
