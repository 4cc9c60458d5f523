"""The commands of the year on the example: what they write, their status, and that nothing leaks."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mingzhang.cli import app
from smallyear import EXAMPLE

pytest.importorskip("duckdb")
AUGUST = ["--date", "2023-08-31"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The example, to be broken."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "ledger"))


def test_execution() -> None:
    text = run("execution", EXAMPLE, *AUGUST)
    assert text.exit_code == 0, text.output
    assert "66.7%" in text.output and "信访专项" in text.output
    data = json.loads(run("execution", EXAMPLE, *AUGUST, "--format", "json").stdout)
    whole = data["standings"][0]
    with (EXAMPLE / "year" / "payments.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["日期"] <= "2023-08-31"]
    fen = sum(round(float(r["金额"]) * 100) for r in rows)
    assert whole["paid"] == f"{fen // 100}.{fen % 100:02}"
    assert whole["adjusted"] == "52850200.00"  # 52,550,200 and 300,000 more in April


def test_monitor_and_the_forms(tmp_path: Path) -> None:
    told = run("monitor", EXAMPLE, *AUGUST, "-o", tmp_path, "--formats", "html,xlsx")
    assert told.exit_code == 0, told.output
    page = next(tmp_path.glob("*.html")).read_text("utf-8")
    for words in ("1—8月执行数", "年度指标值", "1—8月完成情况", "偏差原因", "发函催告"):
        assert words in page
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


def test_missing_reasons_are_named_and_the_form_is_written(copy: Path, tmp_path: Path) -> None:
    path = copy / "year" / "monitoring.toml"
    path.write_text(path.read_text("utf-8").replace('measure = "发函', 'xmeasure = "发函'), "utf-8")
    told = run("monitor", copy, *AUGUST, "-o", tmp_path / "out", "--formats", "html")
    assert told.exit_code == 1
    assert "驻厅律师" in told.output and "改进措施" in told.output
    assert list((tmp_path / "out").glob("*.html"))


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("payments.csv", "2023-01-05,", "2021-01-05,", "不在 2023 年内"),
        ("payments.csv", "59809.20", "五万", "不是数"),
        ("evidence.toml", "registers/calls.csv", "registers/none.csv", ""),
        ("registers/duty.csv", "岗位", "职位", ""),
        ("calendar.toml", "approved", "aproved", ""),
    ],
)
def test_one_broken_input_leaves_the_rest(
    copy: Path, tmp_path: Path, file: str, old: str, new: str, words: str
) -> None:
    path = copy / "year" / file
    path.write_text(path.read_text("utf-8-sig").replace(old, new, 1), "utf-8")
    told = run("monitor", copy, *AUGUST, "-o", tmp_path / "out", "--formats", "html")
    assert words in told.output
    page = next((tmp_path / "out").glob("*.html")).read_text("utf-8")
    assert "信访大厅运行" in page and "84.62%" in page  # satisfaction stands
    if "none" in new:
        assert "没有这个文件" in page
    assert run("overview", copy, *AUGUST, "-o", tmp_path / "page.html").exit_code in (0, 1)


def test_calendar(tmp_path: Path) -> None:
    told = run("calendar", EXAMPLE, "-o", tmp_path, "--formats", "html")
    assert told.exit_code == 0, told.output
    assert next(tmp_path.glob("*.ics")).read_bytes().count(b"BEGIN:VEVENT") == 11
    assert "2023年8月31日" in next(tmp_path.glob("*.html")).read_text("utf-8")


def test_goals_check() -> None:
    told = run("goals", "check", EXAMPLE)
    assert told.exit_code == 1  # 提高 has no baseline
    assert "进京劝返率" in told.output and "建议" in told.output
    records = json.loads(run("goals", "check", EXAMPLE, "--format", "json", "--lang", "en").stdout)
    assert {"no-baseline", "not-measurable"} <= {r["kind"] for r in records}


@pytest.mark.parametrize("day", ["2023/8/31", "2023年8月31日", "20230831", "２０２３-８-３１"])
def test_a_day_may_be_written_as_in_the_tables(day: str) -> None:
    told = run("execution", EXAMPLE, "--date", day)
    assert told.exit_code == 0 and "截至 2023-08-31：序时进度 66.7%" in told.output


def test_the_text_has_its_unit_and_the_interval() -> None:
    """信访专项: 303.33 of 801.00 万元; the interval as in the JSON."""
    told = run("execution", EXAMPLE, *AUGUST, "--lang", "en").stdout
    assert "amounts in 万元" in told and "80% interval" in told
    data = json.loads(run("execution", EXAMPLE, *AUGUST, "--format", "json").stdout)
    ahead = next(s["forecast"] for s in data["standings"] if s["name"] == "信访专项")
    low, high = (f"{float(ahead[k]) / 10_000:.2f}" for k in ("low", "high"))
    (row,) = (line for line in told.splitlines() if line.startswith("信访专项"))
    assert row.split()[1:4] == ["801.00", "801.00", "303.33"]
    assert f"{low}–{high}" in row
    assert "；" not in run("monitor", EXAMPLE, *AUGUST, "--lang", "en").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("execution", EXAMPLE, "--date", "八月"),
        ("execution", EXAMPLE, "--date", "2023-02-29"),
        ("execution", EXAMPLE, "--date", "2022-08-31"),
        ("monitor", EXAMPLE, "--formats", "odt"),
        ("execution", EXAMPLE / "nowhere"),
    ],
)
def test_what_cannot_be_asked(arguments: tuple[object, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["execution", "monitor", "overview", "calendar"])
def test_a_ledger_without_a_year(copy: Path, tmp_path: Path, command: str) -> None:
    path = copy / "ledger.toml"
    text = "\n".join(n for n in path.read_text("utf-8").splitlines() if not n.startswith("year"))
    path.write_text(text, "utf-8")
    more = () if command == "execution" else ("-o", tmp_path / "out")
    told = run(command, copy, *more)
    assert told.exit_code == 2 and "底账没有年度" in told.output


def _bytes(folder: Path) -> Iterator[bytes]:
    """Everything that was written, packed files unpacked."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    yield from (packed.read(name) for name in packed.namelist())


def test_no_record_of_a_register_leaves_it(tmp_path: Path) -> None:
    """Ids of people, cases and calls are in the registers and in nothing that is written."""
    ids: set[str] = set()
    for name, column in (("duty", "人员编号"), ("requests", "编号"), ("calls", "工单号")):
        with (EXAMPLE / "year" / "registers" / f"{name}.csv").open(encoding="utf-8") as stream:
            ids |= {row[column] for row in csv.DictReader(stream)}
    assert len(ids) > 500
    run("monitor", EXAMPLE, *AUGUST, "-o", tmp_path, "--formats", "html,xlsx")
    run("overview", EXAMPLE, *AUGUST, "-o", tmp_path / "page.html")
    found = list(_bytes(tmp_path))
    assert found
    words = set(re.findall(rb"[A-Z]{1,2}\d{2,8}", b" ".join(d for d in found if d[:2] != b"PK")))
    in_sheets = {w for w in words if not re.fullmatch(rb"[A-K]\d{1,2}", w)}  # cells of a workbook
    assert not {i.encode() for i in ids if len(i) > 3} & in_sheets
    page = (tmp_path / "page.html").read_bytes()
    assert not [i for i in ids if i.encode() in page]
