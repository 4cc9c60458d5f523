"""The commands on the example: evaluate, file, verify, propose."""

from __future__ import annotations

import json
import shutil
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mingzhang.cli import app
from mingzhang.ledger import read_ledger
from mingzhang.perform.evaluation import load_answers, parse_answers

EXAMPLE = Path(__file__).parents[3] / "examples" / "ledger-shenzhen-2023"
RUN = CliRunner()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example without its registers (they need an extra) and its payments, with typed amounts."""
    folder = tmp_path_factory.mktemp("year") / "ledger"
    shutil.copytree(EXAMPLE, folder)
    for name in ("evidence.toml", "payments.csv", "adjustments.csv"):
        (folder / "year" / name).unlink(missing_ok=True)
    said = folder / "year" / "evaluation.toml"
    text = said.read_text("utf-8")
    text = text.replace(
        'project = "社工服务项目"\n', 'project = "社工服务项目"\nexecuted = 5124896.91\n'
    )
    said.write_text(text, "utf-8")
    return folder


def test_evaluate_file_verify(year: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = RUN.invoke(app, ["evaluate", str(year), "-o", str(out), "--formats", "html"])
    assert done.exit_code == 1, done.output  # the registers are missing: indicators are open
    assert "社工服务项目" in done.output
    record = json.loads((out / "evaluation.json").read_text("utf-8"))
    paper = next(p for p in record["papers"] if p["project"] == "社工服务项目")
    assert paper["execution"]["printed"] == "9.80"  # 512.489691 of 523 万元
    first = ["--who", "办公室", "--when", "2024-01-20T09:30:00+08:00"]
    assert RUN.invoke(app, ["file", str(out), *first]).exit_code == 0
    assert RUN.invoke(app, ["file", str(out), *first[:2], "--when", "yesterday"]).exit_code == 2
    assert RUN.invoke(app, ["file", str(out), *first[:2], "--when", "2024-01-20"]).exit_code == 2
    assert RUN.invoke(app, ["verify", str(out / "filed")]).exit_code == 0
    path = out / "filed" / "v0001.json"
    path.chmod(0o644)
    path.write_text(path.read_text("utf-8").replace("9.80", "9.90"), "utf-8")
    told = RUN.invoke(app, ["verify", str(out / "filed"), "--lang", "en"])
    assert told.exit_code == 1
    assert "was changed" in told.output
    assert RUN.invoke(app, ["file", str(out), *first]).exit_code == 2


def test_a_ledger_is_filed_with_the_time_handed_in(year: Path, tmp_path: Path) -> None:
    when = ["--who", "办公室", "--when", "2024-01-20T09:30:00+08:00"]
    for name in ("one", "two"):
        done = RUN.invoke(app, ["file", str(year), *when, "--folder", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    one, two = ((tmp_path / n / "v0001.json").read_bytes() for n in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": "other"}',
        '{"format": "mingzhang-evaluation-1"}',
        '{"format": "mingzhang-evaluation-1", "faults": [], "papers": [], "score": 1.5}',
        '{"format": "mingzhang-evaluation-1", "faults": [], "papers": [3]}',
    ],
)
def test_what_is_no_evaluation_is_not_filed(tmp_path: Path, text: str) -> None:
    (tmp_path / "evaluation.json").write_text(text, "utf-8")
    when = ["--who", "办公室", "--when", "2024-01-20T09:30:00+08:00"]
    done = RUN.invoke(app, ["file", str(tmp_path), *when])
    assert done.exit_code == 2
    assert "evaluation.json" in done.output
    assert not (tmp_path / "filed").exists()


def test_a_folder_without_ledger_or_evaluation_is_not_filed(tmp_path: Path) -> None:
    """It was filed as the evaluation of an empty ledger."""
    when = ["--who", "办公室", "--when", "2024-01-20T09:30:00+08:00"]
    done = RUN.invoke(app, ["file", str(tmp_path), *when])
    assert done.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_departments_evaluation_is_filed(year: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = ["evaluate", str(year), "-o", str(out), "--by-department", "--formats", "html"]
    assert RUN.invoke(app, wanted).exit_code in (0, 1)
    when = ["--who", "办公室", "--when", "2024-01-20T09:30:00+08:00"]
    assert RUN.invoke(app, ["file", str(out), *when]).exit_code == 0
    version = json.loads((out / "filed" / "v0001.json").read_text("utf-8"))
    assert version["content"]["kind"] == "department"
    assert [p["project"] for p in version["content"]["papers"]]


def test_what_is_wrong_with_a_filing_is_said(year: Path, tmp_path: Path) -> None:
    when = ["--when", "2024-01-20T09:30:00+08:00", "--folder", str(tmp_path / "filed")]
    blank = RUN.invoke(app, ["file", str(year), "--who", " ", *when])
    assert (blank.exit_code, "--who" in blank.output) == (2, True)
    assert RUN.invoke(app, ["file", str(year), "--who", "甲", *when]).exit_code == 0
    said = year / "year" / "evaluation.toml"
    text = said.read_text("utf-8")
    try:
        said.write_text(text.replace("value = 41", "value = 42"), "utf-8")
        early = ["--who", "甲", "--when", "2024-01-19T09:30:00+08:00", *when[2:]]
        done = RUN.invoke(app, ["file", str(year), *early])
    finally:
        said.write_text(text, "utf-8")
    assert (done.exit_code, "早于" in done.output) == (2, True)
    (tmp_path / "file").write_text("", "utf-8")
    done = RUN.invoke(
        app, ["file", str(year), "--who", "甲", *when[:2], "--folder", str(tmp_path / "file")]
    )
    assert (done.exit_code, "不是文件夹" in done.output) == (2, True)


def test_by_department(year: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    wanted = ["evaluate", str(year), "-o", str(out), "--by-department", "-P", "社工服务项目"]
    done = RUN.invoke(app, wanted)
    assert done.exit_code in (0, 1), done.output
    (page,) = out.glob("*.html")
    html = page.read_text("utf-8")
    assert "部门评价表（社工服务项目）" in html
    assert "信息化运维项目" not in html


def test_propose(year: Path, tmp_path: Path) -> None:
    out = tmp_path / "next"
    done = RUN.invoke(app, ["propose", str(year), "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "社工服务项目" in done.output
    assert json.loads((out / "proposals.json").read_text("utf-8"))[0]["reasons"]["en"]
    assert RUN.invoke(app, ["ledger", "check", str(out)]).exit_code in (0, 1)
    assert RUN.invoke(app, ["propose", str(year), "-o", str(out)]).exit_code == 2  # not empty


@pytest.mark.parametrize(
    "text", ["[[indicator]\n", "colour = 1\n", '[scheme.points]\noutput = "x"\n']
)
def test_a_file_that_cannot_be_used_is_said(year: Path, tmp_path: Path, text: str) -> None:
    folder = tmp_path / "ledger"
    shutil.copytree(year, folder)
    (folder / "year" / "evaluation.toml").write_text(text, "utf-8")
    done = RUN.invoke(app, ["evaluate", str(folder), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_the_page_on_evaluation_shows_a_file_that_is_understood() -> None:
    page = (EXAMPLE.parents[1] / "docs" / "evaluation.md").read_text("utf-8")
    block = page.partition("```toml\n")[2].partition("```")[0]
    found = parse_answers(tomllib.loads(block, parse_float=Decimal), "evaluation.toml")
    assert found.faults == {}
    assert set(found.answers) == {"g8", "g9", "g16"}
    assert found.spending[0].executed == 4_857_835_255


def test_the_example_is_understood_and_not_perfect() -> None:
    ledger, _ = read_ledger(EXAMPLE)
    for name in ("evaluation.toml", "department.toml"):
        found = load_answers(EXAMPLE / "year" / name)
        assert found.faults == {}
        ids = {line.id for goal in ledger.goals for line in goal.lines}
        assert set(found.answers) <= ids
        assert set(found.projects) | set(found.serves) <= {p.name for p in ledger.projects}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--formats", "html,doc", "doc"), ("--published", "March", "2024-03-01")],
)
def test_an_option_that_cannot_be_understood(
    year: Path, tmp_path: Path, option: str, value: str, said: str
) -> None:
    """An unknown format ended in a traceback: its sentence has a {name}, and so had a parameter."""
    for lang in ("zh", "en"):
        wanted = ["evaluate", str(year), "-o", str(tmp_path / "out"), option, value, "--lang", lang]
        done = RUN.invoke(app, wanted)
        assert (done.exit_code, said in done.output) == (2, True), done.output
