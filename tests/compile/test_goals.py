"""The goal table: tasks with money, the total, indicators once per level."""

from __future__ import annotations

from small import HERE, edition, ledger

from mingzhang.model.edition import COVERED, Table
from mingzhang.model.goal import Goal, GoalLine


def goals(**more: object) -> Table:
    found, _ = edition(ledger(**more) if more else None)
    return next(t for t in found.statements if t.kind == "goals")


def lines(*told: tuple[str, str, str, str, str]) -> tuple[GoalLine, ...]:
    return tuple(
        GoalLine(f"整体#{n}", "", a, b, c, target, HERE, unit) for n, (a, b, c, target, unit) in enumerate(told)
    )  # fmt: skip


def test_tasks_and_their_total_by_hand() -> None:
    rows = [[c.text for c in row.cells] for row in goals().rows]
    assert [row[1] for row in rows] == ["基本支出", "甲", "乙", "金额合计"]
    assert [row[3:] for row in rows] == [
        ["345", "345", "0"], ["120", "120", "0"], ["35", "35", "0"], ["500", "500", "0"],
    ]  # fmt: skip
    assert rows[1][2] == "做甲"


def test_levels_are_printed_once_and_units_where_they_are_missing() -> None:
    whole = Goal("", HERE, "办好事", lines=lines(
        ("产出指标", "数量指标", "场次", "≥12", "次"),
        ("产出指标", "数量指标", "人次", "≥300人", "人"),
        ("产出指标", "质量指标", "合格率", "=100%", "%"),
        ("效益指标", "质量指标", "满意", "≥90%", ""),
    ))  # fmt: skip
    rows = goals(goals=(whole,)).rows
    told = [[row.cells[i].text for i in (1, 2, 3, 5)] for row in rows if row.kind == "goal"]
    assert told == [
        ["产出指标", "数量指标", "场次", "≥12次"],
        ["", "", "人次", "≥300人"],
        ["", "质量指标", "合格率", "=100%"],
        ["效益指标", "质量指标", "满意", "≥90%"],
    ]
    overall = next(row for row in rows if row.cells[0].text == "年度总体目标")
    assert overall.cells[1].text == "办好事" and overall.cells[1].columns == 5
    assert overall.cells[2:] == (COVERED,) * 4


def test_a_task_kept_back_prints_the_mark() -> None:
    from small import SMALL, printer

    from mingzhang.catalog.forms import layout
    from mingzhang.compile.goals import goals_table
    from mingzhang.model.money import Unit

    key = "year=2023 flow=expenditure nature=project project=甲"
    held = printer(withhold=frozenset({key}))
    found = goals_table("表", "12", Unit.WAN, 0, layout("shenzhen"), SMALL, held)
    row = next(r for r in found.rows if r.cells[1].text == "甲")
    assert [c.text for c in row.cells[3:]] == ["—", "120", "0"]
    assert row.cells[3].withheld and row.cells[3].fen is None
