"""The published form read back by the reading way says what was evaluated, and the rules agree."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path

import pytest

from mingzhang.model.edition import Block, Table
from mingzhang.perform.evaluation import self_edition
from mingzhang.perform.evaluation.forms import printed_scores
from mingzhang.perform.scoring.printed import short
from mingzhang.publish.html import publish_html
from mingzhang.publish.xlsx import publish_xlsx
from mingzhang.read import read_book
from mingzhang.rules import ALL, run
from mingzhang.rules.selfscores import self_forms


def neighbour(name: str):  # type: ignore[no-untyped-def]
    """A module of this folder, which is no package."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"perform_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


hand = neighbour("test_evaluate")
RULES = [rule for rule in ALL if rule.id in ("MZ509", "MZ510", "MZ511", "MZ512", "MZ513")]


@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_the_form_is_read_back(tmp_path: Path, form: str) -> None:
    found = hand.run()
    path = tmp_path / f"self.{form}"
    {"html": publish_html, "xlsx": publish_xlsx}[form](self_edition(found, hand.LEDGER), path)
    book = read_book([path])
    paper = found.paper("图书角")
    scores = printed_scores(paper, found.scheme)
    mine = [i for i in book.indicators if "图书角" in book.statements[i.statement].title]
    assert [(i.level1, i.level3, i.target) for i in mine] == [
        (r.line.level1, r.line.level3, r.line.target) for r in paper.rows
    ]
    assert [i.actual for i in mine] == [r.actual for r in paper.rows]
    assert [i.weight for i in mine] == [short(r.weight) for r in paper.rows]
    assert [i.score for i in mine] == list(scores.rows)
    (one,) = [f for f in self_forms(book) if f.rows]
    assert one.total_score is not None
    assert F(one.total_score.value) == F(scores.total)
    assert one.money is not None
    assert one.money.score is not None
    assert F(one.money.score.value) == F(scores.execution) == F(86, 10)
    assert [f.message for f in run(book, RULES)] == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("92.60", "95.60", "MZ510"),
        ("22.50", "32.50", "MZ509"),
        ("9处", "", "MZ512"),
        ("8.60", "9.60", "MZ513"),
        ("30", "35", "MZ511"),
    ],
)
def test_a_slip_in_the_published_form_is_found(
    tmp_path: Path, old: str, new: str, rule: str
) -> None:
    edition = self_edition(hand.run(), hand.LEDGER)
    path = tmp_path / "self.html"
    publish_html(replace(edition, body=tuple(slipped(b, old, new) for b in edition.body)), path)
    assert rule in {f.rule for f in run(read_book([path]), RULES)}


def slipped(block: Block, old: str, new: str) -> Block:
    """The project's form with the first cell that says ``old`` saying ``new``."""
    if not isinstance(block, Table) or "图书角" not in block.title:
        return block
    at = next((r, c) for r, row in enumerate(block.rows) for c, cell in enumerate(row.cells) if cell.text == old)  # fmt: skip
    rows = [list(row.cells) for row in block.rows]
    rows[at[0]][at[1]] = replace(rows[at[0]][at[1]], text=new)
    made = (replace(row, cells=tuple(cells)) for row, cells in zip(block.rows, rows, strict=True))
    return replace(block, rows=tuple(made))
