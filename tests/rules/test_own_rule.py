"""A project's own rule: a file outside the package, read and run like the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.read import read_text_book
from mingzhang.rules import ALL, load, run

_RULE = """
from mingzhang.rules import Rule

def check(book):
    for statement in book.statements:
        if len(statement.rows) < 3:
            yield RULE.found("short", [statement.place], statement.title, rows=len(statement.rows))

RULE = Rule(
    id="{id}",
    name_zh="报表太短",
    name_en="A short statement",
    severity="note",
    check=check,
    page="CITY01 报表太短",
    basis=("本市公开要求",),
    messages={{"short": {{"zh": "只有 {{rows}} 行", "en": "only {{rows}} rows"}}}},
)
"""


def test_own_rule_runs_beside_the_others(tmp_path: Path) -> None:
    file = tmp_path / "city01_short.py"
    file.write_text(_RULE.format(id="CITY01"), "utf-8")
    base = (Path(__file__).parent / "base.txt").read_text("utf-8")
    found = run(read_text_book(base, "base.txt"), [*ALL, load(file)])
    assert {f.rule for f in found} == {"CITY01"}
    assert found[0].message_in("en") == "only 1 rows"
    assert found[0].basis == "本市公开要求"


def test_own_rules_do_not_take_our_ids(tmp_path: Path) -> None:
    file = tmp_path / "mz900_mine.py"
    file.write_text(_RULE.format(id="MZ900"), "utf-8")
    with pytest.raises(ValueError, match="belong to Mingzhang"):
        load(file)


def test_a_file_without_a_rule_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.py"
    file.write_text("x = 1\n", "utf-8")
    with pytest.raises(ValueError, match="defines no RULE"):
        load(file)
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "absent.py")
