"""A new ledger, the page that describes the format, and the commands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from mingzhang.catalog.dimensions import values
from mingzhang.catalog.forms import layouts
from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import meant, offered, table, tables, words
from mingzhang.cli import ledger as commands
from mingzhang.ledger import check_ledger, export_xlsx, new_ledger, read_ledger, write_ledger
from mingzhang.ledger.new import layout_for
from mingzhang.ledger.values import choice, choice_text, items, items_text, subject, subject_text
from random_ledger import make_ledger

ROOT = Path(__file__).parents[2]


# ------------------------------------------------------------------ a new ledger
@pytest.mark.parametrize("family", families())
def test_a_new_ledger_is_usable_in_both_forms(family: str, tmp_path: Path) -> None:
    ledger = new_ledger(family, "某局", 2024, families()[family].stage)
    write_ledger(ledger, tmp_path / "a", example=True)
    back, faults = read_ledger(tmp_path / "a")
    assert faults == ()
    assert back.lines == ()
    assert "\n#," in (tmp_path / "a" / "lines.csv").read_text("utf-8-sig")
    assert {f.kind for f in check_ledger(back)} <= {"placeholder"}
    export_xlsx(back, tmp_path / "a.xlsx")
    again, faults = read_ledger(tmp_path / "a.xlsx")
    assert (again.layout, again.department, again.year) == (family, "某局", 2024)
    assert faults == ()


def test_a_new_ledger_asks_for_the_facts_of_its_layout() -> None:
    assert "shenzhen" in layouts()
    ledger = new_ledger("shenzhen", "某局", 2024)
    assert "职责" in ledger.facts
    assert {f.kind for f in check_ledger(ledger)} == {"placeholder"}


def test_a_layout_by_the_beginning_of_its_id() -> None:
    assert layout_for("jiangsu", 2017).id == "jiangsu-2017"
    assert layout_for("jiangsu", 2019).id == "jiangsu-2018"
    assert layout_for("jiangsu", 2016).id == "jiangsu-2017"
    assert layout_for("shanghai", 2024).id == "shanghai-budget"
    assert layout_for("shanghai", 2024, "final").id == "shanghai-final"
    with pytest.raises(ValueError, match="no layout 'mars'"):
        layout_for("mars", 2024)


# ------------------------------------------------------------------ the page
def _example(folder: Path) -> None:
    text = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    found = re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(found) == 6
    for name, content in found:
        (folder / name).write_text(content, "utf-8")


def test_the_example_of_the_page_is_a_right_ledger(tmp_path: Path) -> None:
    _example(tmp_path)
    ledger, faults = read_ledger(tmp_path)
    assert {f.kind for f in faults} == {"missing-file"}  # assets.toml: nothing to tell
    assert check_ledger(ledger) == ()
    assert sum(line.amounts[0, "budget"] for line in ledger.lines) == 128_450_050
    assert ledger.projects[0].parts[1].purpose == "每周配送两次"
    assert ledger.entities[0].staff == {"事业编制": 9, "事业在编": 8}
    assert ledger.goals[0].lines[0].weight == 100


def test_the_page_names_every_file_sheet_and_column() -> None:
    text = (ROOT / "docs" / "ledger.md").read_text("utf-8")
    for declared in tables().values():
        assert declared.file.rstrip("/") in text
        assert declared.sheet in text
    lines = tables()["lines"]
    amounts = [c.zh for c in lines.columns if c.kind == "amount"]
    missing = [c.zh for c in lines.columns if c.zh not in text and c.zh not in amounts]
    assert missing == []


# ------------------------------------------------------------------ the catalog behind it
def test_every_choice_reads_back() -> None:
    """The words of the drop-down lists mean what they stand for, and ids and labels do too."""
    for dimension in ("flow", "nature", "fund", "procurement", "reserved", "item", "stage"):
        for key in offered(dimension):
            assert choice(dimension, choice_text(dimension, key)) == key
            assert choice(dimension, key) == key
            assert (dimension, key) in values()
        assert set(meant(dimension).values()) <= {k for d, k in values() if d == dimension}


def test_items_and_subjects() -> None:
    found = frozenset({"running_cost", "-reception"})
    assert items_text(found) == "机关运行经费 不含公务接待费"
    for text in (
        "机关运行经费 不含公务接待费",
        "+机关运行经费 -公务接待费",
        "机关运行经费、不计公务接待费",
    ):
        assert items(text) == found
    assert subject("“三公”经费") == "sangong"
    assert subject("公务接待费") == "reception"
    assert subject("2010308 信访事务") == "2010308"
    assert subject("支出总计") == "总收支"
    assert subject("别的事") == "别的事"
    for key in ("sangong", "running_cost", "basic", "总收支", "2010308", "别的事"):
        assert subject(subject_text(key, 2023)) == key


def test_every_fault_speaks_both_languages() -> None:
    for kind, said in table("ledger.toml")["fault"].items():
        assert said["severity"] in ("error", "warning", "note"), kind
        fields = [set(re.findall(r"{(\w+)}", said[lang])) for lang in ("zh", "en")]
        plain = [{f.removesuffix("_en") for f in found} for found in fields]
        assert plain[0] == plain[1], kind
    assert words("yes")[0] == "是"


# ------------------------------------------------------------------ commands
def run(*arguments: object) -> Any:
    app = typer.Typer()
    commands.register(app)
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_from_new_to_workbook_and_back(tmp_path: Path) -> None:
    folder, book, again = tmp_path / "a", tmp_path / "a.xlsx", tmp_path / "b"
    done = run("new", folder, "--layout", "shenzhen", "--year", 2024, "--department", "某局")
    assert done.exit_code == 0, done.output
    assert run("new", folder, "--layout", "shenzhen", "--year", 2024).exit_code == 2
    assert run("new", tmp_path / "c", "--layout", "mars", "--year", 2024).exit_code == 2
    write_ledger(make_ledger(4), folder)
    assert run("ledger", "check", folder).exit_code == 0
    assert run("ledger", "export", folder, "-o", book).exit_code == 0
    assert run("ledger", "import", book, "-o", again).exit_code == 0
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert len(files) >= 7
    assert all((folder / f).read_bytes() == (again / f).read_bytes() for f in files)


def test_check_tells_and_import_refuses(tmp_path: Path) -> None:
    write_ledger(make_ledger(4), tmp_path / "a")
    path = tmp_path / "a" / "lines.csv"
    path.write_text(re.sub(r"\d+\.\d\d", "若干", path.read_text("utf-8"), count=1), "utf-8")
    done = run("ledger", "check", tmp_path / "a")
    assert done.exit_code == 1
    assert "lines.csv 第 2 行“本年预算数”  错误  金额格里是“若干”" in done.output
    told = run("ledger", "check", tmp_path / "a", "--format", "json", "--lang", "en")
    record = next(r for r in json.loads(told.output) if r["severity"] == "error")
    assert (record["kind"], record["row"], record["column"]) == ("text-amount", 2, "本年预算数")
    refused = run("ledger", "import", tmp_path / "a", "-o", tmp_path / "b")
    assert refused.exit_code == 1
    assert not (tmp_path / "b").exists()
    assert run("ledger", "import", tmp_path / "a", "-o", tmp_path / "b", "--force").exit_code == 0
    assert run("ledger", "check", tmp_path / "nowhere").exit_code == 2
