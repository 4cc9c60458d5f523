"""``mingzhang read`` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest
import typer
from typer.testing import CliRunner, Result

from goldbooks import paths
from makebook import make_book
from mingzhang.cli.reading import read

APP = typer.Typer()
APP.command()(read)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, [str(a) for a in arguments])


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "本.txt"
    path.write_text(make_book(7).text, "utf-8")
    return path


def test_without_a_file_to_write_a_summary(book: Path) -> None:
    done = run(book)
    assert done.exit_code == 0, done.output
    assert "本.txt" in done.stdout
    assert "收支总表" in done.stdout
    assert "statement" in run(book, "--lang", "en").stdout


def test_every_form(book: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.xlsx", "c"):
        done = run(book, "-o", tmp_path / "out" / name)
        assert done.exit_code == 0, done.output
        assert done.stdout == ""
    told = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
    assert told["schema"] == "mingzhang-book-1"
    sheets = openpyxl.load_workbook(tmp_path / "out" / "b.xlsx").sheetnames
    assert len(sheets) == len(told["statements"]) + 2
    files = sorted(p.name for p in (tmp_path / "out" / "c").iterdir())
    assert len(files) == len(sheets)
    assert (tmp_path / "out" / "c" / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.json", "b.xlsx", "c"]


def test_csv_without_the_mark(book: Path, tmp_path: Path) -> None:
    assert run(book, "-o", tmp_path / "c", "--no-bom").exit_code == 0
    assert (tmp_path / "c" / "figures.csv").read_bytes().startswith(b"id,text,value")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.docx"], ".xlsx"),
        (["--draw", "x.jpg"], ".png"),
        (["--draw", "x.pdf"], "PDF"),
    ],
)
def test_what_cannot_be_done_is_said(book: Path, arguments: list[str], said: str) -> None:
    done = run(book, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not Path(arguments[1]).exists()


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    done = run(tmp_path / "没有.pdf")
    assert done.exit_code == 2
    assert "没有.pdf" in done.stderr


def test_two_files_are_drawn_into_two(tmp_path: Path) -> None:
    files = paths("js-partyoffice-2019")
    done = run(*files, "--draw", tmp_path / "d.pdf")
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"d-{f.stem}.pdf" for f in sorted(files, key=lambda f: f.stem)
    ]
    for file in files:
        before, after = (
            len(pdfium.PdfDocument(p)) for p in (file, tmp_path / f"d-{file.stem}.pdf")
        )
        assert before == after
