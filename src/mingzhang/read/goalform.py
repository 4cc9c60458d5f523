"""Goal form → Statement: the task block of a goal form as a statement with figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingzhang.model.book import RowHead, Task
from mingzhang.model.quantity import Quantity
from mingzhang.read.goals import Form, task_heads, with_figures
from mingzhang.read.statement import Setting, Understood, understand
from mingzhang.read.stitch import Table


def goal_statement(
    table: Table, form: Form, index: int, setting: Setting, title: str
) -> tuple[Understood, list[Task]]:
    """The statement in a goal form (only tasks have money) and its tasks."""
    start = form.task_header
    if start is None:
        made = understand(replace(table, header=0), index, setting, title)
        kind = made.statement.kind or "goals"
        return Understood(replace(made.statement, kind=kind, cells={}, blanks=()), (), ()), []
    depth = start + 1
    while depth < len(table.rows) and depth not in form.tasks and depth < start + 3:
        depth += 1
    block = replace(table, rows=table.rows[start:], header=depth - start)
    heads, tasks = task_heads(table, form, index)
    made = understand(block, index, setting, title)
    told = _reheaded(made, {h.row - depth: h for h in heads}, setting)
    moved = [replace(t, row=t.row - depth) for t in tasks]
    return told, [with_figures(t, told.statement.cells) for t in moved]


def _reheaded(made: Understood, wanted: Mapping[int, RowHead], setting: Setting) -> Understood:
    """The statement with the heads of its tasks; numbers outside of tasks are no figures."""
    figures = []
    cells = dict(made.statement.cells)
    for figure in made.figures:
        assert figure.row is not None and figure.column is not None
        head = wanted.get(figure.row)
        column = made.statement.columns[figure.column]
        if head is None or column.role != "amount":
            cells.pop((figure.row, figure.column), None)
            continue
        merged: dict[str, str | int] = {"flow": "expenditure", "stage": setting.stage}
        merged.update(column.coordinates)
        merged.update(head.coordinates)
        if merged.get("fund") == "own":  # beside 财政拨款, 其他资金 is all the rest
            merged["fund"] = "nonfiscal"
        if setting.year is not None:
            merged.setdefault("year", setting.year)
        quantity = Quantity(**merged)  # type: ignore[arg-type]
        label = f"{head.label} · {column.title}"
        figures.append(replace(figure, quantity=quantity, label=label, unread=""))
    statement = replace(
        made.statement,
        kind=made.statement.kind or "goals",
        heads=tuple(replace(h, row=row) for row, h in sorted(wanted.items())),
        cells=cells,
        blanks=(),
        coordinates={"flow": "expenditure"},
    )
    return Understood(statement, tuple(figures), ())
