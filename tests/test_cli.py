"""The command line on examples/: exit statuses, forms of output, and files it cannot read."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator, ValidationError
from typer.testing import CliRunner, Result

import mingzhang.files
from mingzhang.cli import COMMANDS, app
from mingzhang.cli.asking import LangOption
from mingzhang.report.json import schema

ROOT = Path(__file__).parents[1]
CLEAN = ROOT / "examples" / "clean" / "budget.txt"
SLIPS = ROOT / "examples" / "slips" / "budget.txt"
INCOME = """表 2

## 收入总表

部门名称：云州市民生服务局

单位：万元

项 目\t2024 年预算数
收入总计\t4,196
一、政府预算拨款\t4,183
1. 一般公共预算拨款\t4,183
2. 政府性基金预算拨款\t0
3. 国有资本经营预算拨款\t0
二、财政专户管理资金\t0
三、单位资金\t12

"""


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words])


@cache
def seen(*words: str | Path) -> Result:
    """What a command on the examples prints; each is run once."""
    return run(*words)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean example without its two deliberate gaps: nothing above note."""
    text = CLEAN.read_text("utf-8")
    announced, third = "- (四) 基本支出总表\n", "表 3\n"
    assert announced in text
    text = text.replace(announced, "").replace(third, INCOME + third, 1)
    path = tmp_path_factory.mktemp("sound") / "budget.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "status", "verdict"),
    [("sound", 0, "consistent"), ("clean", 1, "consistent"), ("slips", 1, "contradictory")],
)
def test_exit_status_and_json_say_the_same(
    name: str, status: int, verdict: str, sound: Path
) -> None:
    done = seen("check", {"sound": sound, "clean": CLEAN, "slips": SLIPS}[name], "-f", "json")
    assert done.exit_code == status, done.output
    record = json.loads(done.stdout)
    Draft202012Validator(schema()).validate(record)
    assert record["verdict"] == verdict
    above = [f for f in record["findings"] if f["severity"] != "note"]
    assert bool(above) == bool(status)


def test_terminal_shows_excerpt_equation_suspect_and_reason() -> None:
    done = seen("check", SLIPS)
    assert done.exit_code == 1
    plain = "".join(done.stdout.split())
    for shown in ("数字互相矛盾", "“860”", "363≱224+860+52", "万元", "MZ001", "MZ101"):
        assert shown in plain, shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_language(lang: str) -> None:
    done = seen("check", CLEAN, "--lang", lang)
    assert done.exit_code == 1
    assert ("警告 2" in done.stdout) == (lang == "zh")
    assert ("warning" in done.stdout.lower()) == (lang == "en")


@pytest.mark.parametrize("form", ["json", "html", "sarif", "junit", "xlsx", "terminal"])
def test_every_form_is_written_to_a_file(form: str, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "report"
    done = run("check", CLEAN, "--format", form, "--out", out)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert out.stat().st_size > 500
    assert [p.name for p in out.parent.iterdir()] == ["report"]  # nothing left half-written


def test_json_file_equals_what_is_printed(tmp_path: Path) -> None:
    out = tmp_path / "r.json"
    run("check", SLIPS, "-f", "json", "-o", out)
    assert out.read_text("utf-8") == seen("check", SLIPS, "-f", "json").stdout


def test_html_is_one_self_contained_file(tmp_path: Path) -> None:
    out = tmp_path / "slips.html"
    done = run("check", SLIPS, "--html", out)
    assert done.exit_code == 1
    assert "数字互相矛盾" in done.stdout  # the terminal report comes as well
    page = out.read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    for outside in ('src="http', 'href="http', '<link rel="stylesheet"', "@import", "url(http"):
        assert outside not in page, outside
    assert [p.name for p in tmp_path.iterdir()] == ["slips.html"]


def test_a_failed_write_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.html"
    out.write_text("yesterday", "utf-8")

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(mingzhang.files.os, "fdopen", full)
    with pytest.raises(OSError, match="disk full"):
        mingzhang.files.write_beside(out, b"today")
    assert out.read_text("utf-8") == "yesterday"
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


def test_figures_as_csv_are_all_figures_once() -> None:
    done = seen("figures", CLEAN, "--csv")
    assert done.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len({r["id"] for r in rows}) == len(rows) > 400
    one = next(r for r in rows if r["text"] == "860" or "网络与安全服务支出" in r["label"])
    assert (one["text"], one["unit"]) == ("86", "万元")
    assert "project=信息化运维" in one["quantity"]
    line, column = map(int, one["where"].split(":"))
    assert CLEAN.read_text("utf-8").splitlines()[line - 1][column - 1 :].startswith("86")


def test_figures_as_a_table() -> None:
    done = run("figures", CLEAN)
    assert done.exit_code == 0
    assert "万元" in done.stdout


def test_why_shows_relations_and_other_places() -> None:
    rows = list(csv.DictReader(io.StringIO(seen("figures", CLEAN, "--csv").stdout)))
    total = next(r for r in rows if "购房补贴" in r["label"] and r["text"] == "386")
    done = run("why", CLEAN, total["id"])
    assert done.exit_code == 0, done.output
    assert "386" in done.stdout
    assert "608" in done.stdout  # 22102 = 2210201 + 2210203


def test_reconstruct_rebuilds_what_is_announced_and_missing(sound: Path) -> None:
    done = run("reconstruct", CLEAN)
    assert done.exit_code == 0
    plain = "".join(done.stdout.split())
    assert "收入总表" in plain
    assert "基本支出总表" in plain
    assert "收入总表" not in run("reconstruct", sound).stdout


def test_explain_a_rule() -> None:
    zh, en = run("explain", "MZ101"), run("explain", "mz101", "--lang", "en")
    assert (zh.exit_code, en.exit_code) == (0, 0)
    assert "MZ101" in zh.stdout
    assert zh.stdout != en.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "words",
    [("explain", "MZ999"), ("why", str(CLEAN), "nobody"), ("check", str(ROOT / "nowhere.txt"))],
)
def test_unknown_things_are_said_plainly(words: tuple[str, ...], lang: str) -> None:
    done = run(*words, "--lang", lang)
    assert done.exit_code == 2
    _is_one_plain_sentence(done, lang)


def test_version() -> None:
    assert run("--version").stdout.strip() == mingzhang.__version__


# ------------------------------------------------------------------ files that are no budget book
_BOOK = CLEAN.read_text("utf-8")
UNREADABLE: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "not.pdf": b"%PDF-1.7\nnothing follows",
    "letter.txt": "春天来了，河边的柳树绿了。我们去散步。\n".encode() * 5,
    "prices.txt": "苹果\t3 元\n梨\t5 元\n合计\t8 元\n".encode(),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_what_is_no_budget_book(name: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(UNREADABLE[name])
    done = run("check", path, "--lang", lang, "--html", tmp_path / "out.html")
    assert done.exit_code == 2, done.output
    _is_one_plain_sentence(done, lang)
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-16-le", "utf-8-sig"])
def test_other_encodings_are_read_or_refused_plainly(encoding: str, tmp_path: Path) -> None:
    """A book in another encoding is the same book; where that cannot be told, a plain sentence."""
    path = tmp_path / "budget.txt"
    path.write_bytes(_BOOK.encode(encoding))
    done = run("check", path, "-f", "json")
    if done.exit_code == 2:
        _is_one_plain_sentence(done, "zh")
        return
    assert (
        json.loads(done.stdout)["coverage"]
        == json.loads(seen("check", CLEAN, "-f", "json").stdout)["coverage"]
    )


def test_a_folder_of_books_gives_one_line_a_book(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "budget.txt").write_bytes(SLIPS.read_bytes())
    done = run("check", tmp_path, "-f", "json")
    assert done.exit_code == 1, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["verdict"] for line in lines] == ["contradictory"] * 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_line_of_a_folder_keeps_to_the_schema(lang: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(SLIPS.read_bytes())
    (tmp_path / "letter.txt").write_bytes(UNREADABLE["letter.txt"])
    (tmp_path / "not.pdf").write_bytes(UNREADABLE["not.pdf"])
    done = run("check", tmp_path, "-f", "json", "--lang", lang)
    assert done.exit_code == 2, done.output
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["name"] for line in lines] == ["good.txt", "letter.txt", "not.pdf"]
    for line in lines:
        Draft202012Validator(schema()).validate(line)
        assert (line["book"] is None) == (line["verdict"] == "unreadable") == ("message" in line)


def test_a_book_is_null_only_where_nothing_was_read() -> None:
    record = json.loads(seen("check", CLEAN, "-f", "json").stdout)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate({**record, "book": None})


def test_an_empty_folder(tmp_path: Path) -> None:
    done = run("check", tmp_path)
    assert done.exit_code == 2
    _is_one_plain_sentence(done, "zh")


def _is_one_plain_sentence(done: Result, lang: str) -> None:
    said = done.stderr.strip()
    assert done.stdout == ""
    assert "Traceback" not in said
    assert 0 < len(said) < 400, said
    assert any(c in "：，。；" for c in said) == (lang == "zh"), said


# ------------------------------------------------------------------ as a program
def test_as_a_program_in_any_locale(tmp_path: Path) -> None:
    """UTF-8 comes out whatever the locale says."""
    done = subprocess.run(
        [sys.executable, "-m", "mingzhang.cli", "explain", "MZ001"],
        capture_output=True,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert "MZ001" in done.stdout.decode("utf-8")


# ------------------------------------------------------------------ one language, one set of words
def test_severities_have_one_name_everywhere() -> None:
    from mingzhang.catalog.messages import say
    from mingzhang.report.words import Words
    from mingzhang.review.words import word
    from mingzhang.rules.docs import pages

    index = pages()["index.md"]
    for severity in ("error", "warning", "note"):
        for lang in ("zh", "en"):
            name = say("severity", severity, lang, {})
            assert Words(lang)("severity", severity) == name
            assert word("severity", severity, lang) == name
            assert name in index
        assert say("cli", f"column-{severity}s", "zh", {}) == say("severity", severity, "zh", {})


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_speaks_both_languages_in_its_help(name: str) -> None:
    """Each sentence and each option is written 中文 / English, and --lang is there and means one."""
    shown = list(get_type_hints(COMMANDS[name], include_extras=True).items())
    told = {key: get_args(hint)[1] for key, hint in shown if get_origin(hint) is Annotated}
    for key, info in told.items():
        chinese, slash, english = (info.help or "").rpartition(" / ")
        assert slash and re.search("[一-鿿]", chinese), (name, key)
        assert re.search("[a-z]{2}", english) and not re.search("[一-鿿]", english), (name, key)
    assert told["lang"].help == get_args(LangOption)[1].help
    first = (COMMANDS[name].__doc__ or "").splitlines()[0]
    assert re.fullmatch(r"[^a-zA-Z]*[。：]\s*[A-Z][^一-鿿]+", first), first
