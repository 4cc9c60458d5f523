"""``mingzhang evidence``: values on the terminal, records in a file, and asking again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bench import register
from typer.testing import CliRunner, Result

from mingzhang.cli import app


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["evidence", *map(str, words)])


@pytest.fixture
def ledger(small, tmp_path: Path) -> Path:
    """A ledger's folder with registers in its year."""
    year = tmp_path / "ledger" / "year"
    year.mkdir(parents=True)
    for name in register.COLUMNS:
        shutil.copy(small.folder / f"{name}.csv", year)
    (year / "evidence.toml").write_text(register.definition("csv", small.rows), "utf-8")
    return tmp_path / "ledger"


def test_values_and_records(ledger: Path, small, tmp_path: Path) -> None:
    done = run(ledger, "-o", tmp_path / "a.json")
    assert done.exit_code == 0, done.output
    assert "共 14 项指标，14 项有值，0 项有问题。" in done.output
    records = json.loads((tmp_path / "a.json").read_text("utf-8"))["actuals"]
    by = {r["indicator"]: r for r in records}
    assert by["received"]["value"] == "400"
    assert by["received"]["provenance"]["rows_in"] == 400
    base = small.answers.base["answered"]
    assert by["answered"]["denominator"] == str(base)
    same = run(ledger / "year" / "evidence.toml", "--only", "rating", "--lang", "en")
    assert "1 indicator(s): 1 with a value, 0 with a fault." in same.output


def test_a_broken_register_is_said_once_for_all_it_concerns(ledger: Path) -> None:
    (ledger / "year" / "calls.csv").unlink()
    done = run(ledger, "--lang", "en")
    assert done.exit_code == 1
    assert done.stderr.count("calls.csv: no such file") == 1
    assert "response-1h、arrival-3h：" in done.stderr
    assert "14 indicator(s): 12 with a value, 2 with a fault." in done.stdout


def test_asking_again(ledger: Path, tmp_path: Path) -> None:
    kept = tmp_path / "a.json"
    run(ledger, "-o", kept)
    done = run(ledger, "--reproduce", kept, "--lang", "en")
    assert done.exit_code == 0
    assert "14 asked again: 14 with the same source, question and value." in done.output
    assert "different" not in done.output
    path = ledger / "year" / "calls.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:-1]]) + "\n", "utf-8")
    done = run(ledger, "--reproduce", kept, "--lang", "en")
    assert done.exit_code == 1
    assert "14 asked again: 12 with the same source, question and value." in done.output
    (line,) = [one for one in done.output.splitlines() if one.startswith("response-1h")]
    assert [cell.strip() for cell in line.split("│")][3:5] == ["different", "same"]
    only = run(ledger, "--reproduce", kept, "--only", "paid")
    assert only.exit_code == 0
    assert "复算 1 项，1 项来源、算法、数值都相同。" in only.output


def test_an_indicator_that_is_gone(ledger: Path, tmp_path: Path) -> None:
    run(ledger, "-o", tmp_path / "a.json")
    path = ledger / "year" / "evidence.toml"
    path.write_text(path.read_text("utf-8").replace('id = "paid"', 'id = "spent"'), "utf-8")
    done = run(ledger, "--reproduce", tmp_path / "a.json")
    assert done.exit_code == 1
    assert "定义中已没有指标 paid" in done.stderr


def test_what_cannot_be_used(ledger: Path, tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere").exit_code == 2
    unknown = run(ledger, "--only", "nothing")
    assert unknown.exit_code == 2
    assert "没有指标 nothing" in unknown.stderr
    for text in ("[1", "[]", '{"actuals": [{}]}', "{}"):
        (tmp_path / "b.json").write_text(text, "utf-8")
        done = run(ledger, "--reproduce", tmp_path / "b.json")
        assert done.exit_code == 2, text
        assert "-o" in done.stderr
    assert run(ledger, "--reproduce", tmp_path / "c.json").exit_code == 2


def test_without_the_engine(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingzhang.perform.evidence.engine.find_spec", lambda name: None)
    done = run(ledger)
    assert done.exit_code == 1
    assert done.stderr.count("pip install 'mingzhang[evidence]'") == 1


def test_a_database_asked_for_one_indicator_is_the_same_source(small, tmp_path: Path) -> None:
    """Its digest does not hang on which indicators are asked."""
    from bench import stores

    for name in register.COLUMNS:
        shutil.copy(small.folder / f"{name}.csv", tmp_path)
    stores.sqlite(tmp_path)
    (tmp_path / "evidence.toml").write_text(register.definition("sqlite", small.rows), "utf-8")
    run(tmp_path, "-o", tmp_path / "a.json")
    done = run(tmp_path, "--reproduce", tmp_path / "a.json", "--only", "rating", "--lang", "en")
    assert done.exit_code == 0, done.output
