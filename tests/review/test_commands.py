"""The commands, and what ``check`` takes from them, as a person runs them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
import typer
from drafts import finding, report
from rich.console import Console
from typer.testing import CliRunner

import mingzhang as mz
from mingzhang.cli.asking import Lang
from mingzhang.cli.checking import with_rules
from mingzhang.cli.comparing import diff, show_comparison, since
from mingzhang.cli.picturing import write_annotated
from mingzhang.cli.reviewing import accept, reviewed
from mingzhang.model.document import Document
from mingzhang.model.place import Place
from mingzhang.review import compare, load

EXAMPLES = Path(__file__).parents[2] / "examples"
SLIPS = (EXAMPLES / "slips" / "budget.txt").read_text("utf-8")
CLEAN = (EXAMPLES / "clean" / "budget.txt").read_text("utf-8")
SLIPPED = mz.check(mz.read_text(SLIPS, "budget.txt"))
SOUND = mz.check(mz.read_text(CLEAN, "clean.txt"))


def run(command: Callable[..., None], *words: object) -> Any:
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(w) for w in words])


@pytest.fixture()
def books(tmp_path: Path) -> tuple[Path, Path]:
    clean, slips = tmp_path / "clean.txt", tmp_path / "budget.txt"
    clean.write_text(CLEAN, "utf-8")
    slips.write_text(SLIPS, "utf-8")
    return clean, slips


@pytest.fixture()
def known(books: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The two books, read and checked once for all tests."""
    reports = {"clean.txt": SOUND, "budget.txt": SLIPPED}
    monkeypatch.setattr(mz, "read", lambda *files, **_: reports[files[0].name].book)
    monkeypatch.setattr(mz, "check", lambda book, prior=(): reports[book.documents[0].name])
    return books


def test_diff_in_every_form(known: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(diff, *known, "--lang", "en", "-f", "csv")
    assert done.exit_code == 1
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert ("386", "222", "-164") in {(r["from"], r["to"], r["difference"]) for r in rows}
    out = tmp_path / "diff.json"
    assert run(diff, *known, "-f", "json", "-o", out).exit_code == 1
    assert json.loads(out.read_text("utf-8"))["counts"]["changed"] == len(
        [r for r in rows if r["state"] == "changed"]
    )
    table = tmp_path / "diff.txt"
    assert run(diff, *known, "--lang", "en", "-o", table).exit_code == 1
    assert "+360" in table.read_text("utf-8")


def test_diff_of_a_book_with_itself(books: tuple[Path, Path]) -> None:
    done = run(diff, books[0], books[0], "--lang", "en")
    assert (done.exit_code, "Every figure of the two books is the same." in done.stdout) == (
        0,
        True,
    )


def test_diff_of_what_cannot_be_read(books: tuple[Path, Path], tmp_path: Path) -> None:
    done = run(diff, books[0], tmp_path / "absent.txt", "--lang", "en")
    assert done.exit_code == 2
    assert "absent.txt" in done.output


def test_diff_of_findings(known: tuple[Path, Path]) -> None:
    done = run(diff, *known, "--findings", "-f", "json")
    assert done.exit_code == 1
    record = json.loads(done.stdout)
    assert {f["rule"] for f in record["new"]} >= {"MZ001", "MZ501"}
    assert "MZ101" in {f["rule"] for f in record["unchanged"]}


def test_accept_one_then_all(known: tuple[Path, Path]) -> None:
    slips = known[1]
    target = next(f for f in SLIPPED.findings if f.rule == "MZ501")
    done = run(accept, slips, "-n", target.fingerprint[:8], "-r", "已说明", "--who", "王明")
    assert done.exit_code == 0, done.output
    file = slips.with_name("budget.mingzhang.toml")
    (entry,) = load(file)
    assert (entry.fingerprint, entry.who, entry.reason) == (target.fingerprint, "王明", "已说明")
    one = reviewed(SLIPPED, [slips], None, Lang.zh)
    above = [f for f in SLIPPED.findings if f.severity != "note"]
    assert sum(f.severity != "note" for f in one.findings) == len(above) - 1
    assert run(accept, slips, "--all", "-r", "基线").exit_code == 0
    assert len(load(file)) == len(above)
    everything = reviewed(SLIPPED, [slips], None, Lang.zh)
    assert (everything.exit_status, everything.verdict) == (0, "contradictory")
    assert len(everything.findings) == len(SLIPPED.findings)
    again = run(accept, slips, "--all", "-r", "基线")
    assert again.exit_code == 0
    assert len(load(file)) == len(above)


def test_accept_says_what_is_missing(known: tuple[Path, Path]) -> None:
    for words, said in (
        ((), "--all"),
        (("--all",), "--reason"),
        (("-n", "zz", "-r", "x"), "no finding"),
        (("-n", "", "-r", "x"), "more than one"),
    ):
        done = run(accept, known[1], *words, "--lang", "en")
        assert done.exit_code == 2
        assert said in done.output
    assert not known[1].with_name("budget.mingzhang.toml").exists()


def test_entries_that_no_longer_fit_are_told(
    known: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    clean, slips = known
    assert run(accept, slips, "--all", "-r", "x").exit_code == 0
    file = slips.with_name("budget.mingzhang.toml")
    told = SOUND
    capsys.readouterr()
    reviewed(told, [clean], file, Lang.en)
    said = capsys.readouterr().err
    assert said.count("is not in this draft any more") == 8  # all slips but the two missing tables


def test_a_named_file_has_to_be_there(known: tuple[Path, Path], tmp_path: Path) -> None:
    assert reviewed(SLIPPED, [known[0]], None, Lang.en) is SLIPPED
    with pytest.raises(typer.Exit):
        reviewed(SLIPPED, [known[0]], tmp_path / "absent.toml", Lang.en)
    broken = tmp_path / "broken.toml"
    broken.write_text("accept = [", "utf-8")
    with pytest.raises(typer.Exit):
        reviewed(SLIPPED, [known[0]], broken, Lang.en)


def test_since_a_kept_report_or_the_book(known: tuple[Path, Path], tmp_path: Path) -> None:
    kept = tmp_path / "old.json"
    kept.write_text(SLIPPED.to_json(), "utf-8")
    assert not since(SLIPPED, kept, Lang.zh).new
    found = since(SLIPPED, known[0], Lang.zh)
    assert found.exit_status == 1
    assert {t.seen.rule for t in found.new} == {"MZ001", "MZ501"}


def test_the_comparison_on_the_screen() -> None:
    console = Console(file=io.StringIO(), width=120)
    old = report([finding("MZ001", "a", "1"), finding("MZ010", "n", "2", severity="note")])
    new = report([finding("MZ001", "b", "3"), finding("MZ010", "n", "2", severity="note")])
    show_comparison(compare(old, new), console, Lang.en)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert shown.index("b is wrong") < shown.index("a is wrong")
    assert "n is wrong" not in shown  # unchanged notes are counted, not listed
    assert "new 1 · other figures 0 · gone 1 · unchanged 1" in shown


def test_own_rules_join_the_report(tmp_path: Path) -> None:
    file = tmp_path / "city01.py"
    file.write_text(
        "from mingzhang.rules import Rule\n"
        "def check(book):\n"
        "    yield RULE.found('x', [book.statements[0].place], 'first')\n"
        "RULE = Rule('CITY01', '一', 'one', 'warning', check, '', messages={'x': {'zh': '一', 'en': 'one'}})\n",
        "utf-8",
    )
    told = with_rules(SLIPPED, [file], Lang.zh)
    assert [f.rule for f in told.findings if f.severity == "warning"][-1] == "CITY01"
    assert len(told.findings) == len(SLIPPED.findings) + 1
    file.write_text("1 / 0\n", "utf-8")
    for bad in (file, tmp_path / "absent.py"):
        with pytest.raises(typer.Exit):
            with_rules(SLIPPED, [bad], Lang.en)


def test_annotated_beside_the_book(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    pdf = pdfium.PdfDocument.new()
    pdf.new_page(300, 400)
    pdf.save(source)
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    wrong = replace(
        finding("MZ001", "a", "1"),
        places=(Place(digest, "a.pdf", "1", page=1, box=(10.0, 10.0, 50.0, 20.0)),),
    )
    told = report([wrong])
    told = replace(
        told, book=replace(told.book, documents=(Document("a.pdf", digest, "pdf", (), 1),))
    )
    write_annotated(told, [source], tmp_path / "out" / "b.pdf", Lang.zh)
    made = pdfium.PdfDocument(tmp_path / "out" / "b.pdf")
    assert raw.FPDFPage_GetAnnotCount(made[0].raw) == 1
    with pytest.raises(typer.Exit):
        write_annotated(SLIPPED, [EXAMPLES / "slips" / "budget.txt"], tmp_path / "c.pdf", Lang.zh)
