"""Rows of a form: ordinals, names, who may be named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small import GOODS, PROJECTS, SMALL, cells, ledger, line, table

from mingzhang.compile.rows import hidden_projects, names, ordinal, public_projects, quantity_at
from mingzhang.model.ledger import Entity
from mingzhang.model.place import Place


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九"),
     (100, "一百"), (101, "一百零一"), (110, "一百一十"), (112, "一百一十二"), (999, "九百九十九"), (1000, "1000")],
)  # fmt: skip
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_later_layers_of_coordinates_win_and_prior_is_last_year() -> None:
    at = quantity_at(SMALL, {"fund": "general", "flow": "income"}, {"fund": "govfund"})
    assert (at.year, at.stage, at.fund, at.flow) == (2023, "budget", "govfund", "income")
    assert quantity_at(SMALL, {"year": "prior"}).year == 2022
    final = ledger(stage="final")
    assert quantity_at(final, {"versus": "prior"}).versus == "2022:final"


def test_a_ledger_may_name_its_codes() -> None:
    assert names(SMALL, "function", "2010301") == "行政运行"
    assert names(ledger(facts={"名称:2010301": "机关运行"}), "function", "2010301") == "机关运行"
    assert names(SMALL, "function", "9999999") == "9999999"  # nobody knows: better than nothing


def test_a_project_with_one_withheld_line_is_not_named() -> None:
    made = ledger(lines=(*SMALL.lines, replace(GOODS, withheld=True)))
    assert hidden_projects(made) == {"乙"}
    assert [p.name for p in public_projects(made)] == ["甲"]
    marked = ledger(projects=(replace(PROJECTS[0], withheld=True), PROJECTS[1]))
    assert hidden_projects(marked) == {"甲"}


def test_codes_stand_below_their_parents() -> None:
    """2010301 345 and 2010302 155 make 20103 and 201: in this order, each under its parent."""
    right = [row[2:] for row in cells(table("summary"))[:5]]
    assert right == [
        ["一、一般公共服务支出", "500"],
        ["政府办公厅（室）及相关机构事务", "500"],
        ["行政运行", "345"],
        ["一般行政管理事务", "155"],
        ["", ""],
    ]


def test_several_entities_have_rows_of_their_own() -> None:
    where = Place("0" * 64, "ledger", "")
    made = ledger(
        entities=(Entity("某局本级", where), Entity("某中心", where, kind="事业")),
        lines=(
            *(replace(x, entity="某局本级") for x in SMALL.lines),
            line(7, 7, nature="public", function="2010350", economic="30201", entity="某中心"),
        ),
    )
    rows = cells(table("expenditure", made))
    assert any("某中心" in row and "7" in row for row in rows)
    assert any("某局本级" in row and "500" in row for row in rows)
    assert any("507" in row for row in rows)
