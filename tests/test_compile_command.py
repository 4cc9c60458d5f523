"""``mingzhang compile`` where something is in its way: a sentence, status 2, and nothing half-written."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import mingzhang.publishing as publishing
from mingzhang.cli import app

LEDGER = Path(__file__).parents[1] / "examples" / "ledger-shenzhen-2023"


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["compile", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--formats", "pdf,doc"), "没有格式“doc”"),
        (("--formats", "PDF"), "没有格式“PDF”"),
        (("--formats", ","), "没有格式，可用的有"),
        (("--formats", ""), "没有格式，可用的有"),
        (("--formats", "html", "--fonts", "/no/such/folder"), "/no/such/folder 不存在"),
        (("--formats", "html", "--fonts", __file__), "不存在或读不了"),
        (("--formats", "html", "--prior", "/no/such/book.pdf"), "/no/such/book.pdf"),
        (("--formats", "html", "--prior", __file__), "没有找到部门预算"),
    ],
)  # fmt: skip
def test_wrong_options(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    status, output = run(LEDGER, "-o", tmp_path / "out", *words)
    assert status == 2 and said in output and "Traceback" not in output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", ["file", "csv", "missing", "empty"])
def test_what_is_no_ledger(what: str, tmp_path: Path) -> None:
    path = {"file": Path(__file__), "csv": LEDGER / "lines.csv", "missing": tmp_path / "no", "empty": tmp_path / "e"}[what]  # fmt: skip
    if what == "empty":
        path.mkdir()
    status, output = run(path, "-o", tmp_path / "out", "--formats", "html")
    assert status in (1, 2) and path.name in output and not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "book").write_text("mine")
    for out in (tmp_path / "book", tmp_path / "book" / "2023"):
        status, output = run(LEDGER, "-o", out, "--formats", "html")
        assert status == 2 and "是文件，不是文件夹" in output
    assert (tmp_path / "book").read_text() == "mine"


def test_no_permission_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "out" / "book.html"))

    monkeypatch.setitem(publishing.PUBLISHERS, "html", (".html", refused))  # type: ignore[arg-type]
    status, output = run(LEDGER, "-o", tmp_path / "out", "--formats", "html")
    assert status == 2 and "没有权限读写" in output
    assert list((tmp_path / "out").iterdir()) == []


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: html fits, the workbook does not."""
    (tmp_path / "mine.txt").write_text("mine")

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    words = [sys.executable, "-m", "mingzhang.cli", "compile", str(LEDGER), "-o", str(tmp_path)]
    done = subprocess.run(
        [*words, "--formats", "html,pdf", "--no-proof"],
        capture_output=True,
        text=True,
        preexec_fn=small,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2 and "写不下" in done.stderr and "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_all_formats_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one fails: the earlier book's files stay as they were."""
    assert run(LEDGER, "-o", tmp_path, "--formats", "html,data", "--no-proof")[0] == 0
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert len(before) > 3

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    html: Callable[[object, Path], None] = lambda _, path: path.write_text("new") and None  # noqa: E731
    monkeypatch.setitem(publishing.PUBLISHERS, "html", (".html", html))  # type: ignore[arg-type]
    monkeypatch.setitem(publishing.PUBLISHERS, "xlsx", (".xlsx", broken))  # type: ignore[arg-type]
    status, output = run(LEDGER, "-o", tmp_path, "--formats", "html,xlsx", "--no-proof")
    assert status == 2 and "写不下" in output
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before
