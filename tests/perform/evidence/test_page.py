"""docs/evidence.md: its registers and definition are run, and what it shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from mingzhang.cli import app

ROOT = Path(__file__).parents[3]


def example(folder: Path) -> list[tuple[list[str], list[str]]]:
    """Writes the files of the page into ``folder/my-ledger/year``; its commands and what they show."""
    page = (ROOT / "docs" / "evidence.md").read_text("utf-8")
    year = folder / "my-ledger" / "year"
    year.mkdir(parents=True)
    files = re.findall(r"`([\w-]+\.(?:csv|toml))`:?\n\n```\w+\n(.*?)^```", page, re.DOTALL | re.M)
    assert [name for name, _ in files] == ["requests.csv", "payments.csv", "evidence.toml"]
    for name, text in files:
        (year / name).write_text(text, "utf-8")
    commands = []
    for block in re.findall(r"^```console\n(.*?)^```", page, re.DOTALL | re.M):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.splitlines()
            commands.append((command.split(), shown))
    return commands


def test_the_example_of_the_page(tmp_path: Path, monkeypatch) -> None:
    commands = example(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert len(commands) == 3
    lines = 0
    for words, shown in commands:
        assert words[:2] == ["mingzhang", "evidence"]
        done = CliRunner().invoke(app, words[1:])
        assert done.exit_code == 0, done.output
        printed = "".join(done.output.split())
        for line in shown:
            lines += 1
            assert "".join(line.split()) in printed, line
    assert lines == 6
    kept = (tmp_path / "actuals.json").read_text("utf-8")
    assert '"numerator": "5"' in kept
    assert not any(name in kept for name in ("甲", "乙", "丙", "丁", "戊", "己"))
