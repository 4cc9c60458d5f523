"""Performance goal tables 绩效目标表: tasks with their money, the overall goal, indicators, targets.

These are forms rather than tables: a block of tasks, a block of text, a block of indicators, each
with its own header row. Source: REFERENCE.md parts B1 (table 12) and E.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mingzhang.catalog.normal import bare, project_key
from mingzhang.model.book import Indicator, RowHead, Task
from mingzhang.read.goalcolumns import Columns, columns_of, filled_cells, words
from mingzhang.read.stitch import Row, Table, texts


@dataclass(frozen=True, slots=True)
class Form:
    """A goal form taken apart: where its tasks are, and its indicators."""

    task_header: int | None  # row of 任务名称 …
    tasks: tuple[int, ...]
    name_column: int
    content_column: int
    indicators: tuple[Indicator, ...]


def is_goal_form(table: Table) -> bool:
    """True for a table that has a header row of indicators or of tasks with their goals."""
    return any(
        _indicator_header(row) is not None or _task_header(row) is not None for row in table.rows
    )


def _indicator_header(row: Row) -> int | None:
    """The first label column if the row heads a block of indicators."""
    names = {text: index for index, text in filled_cells(row)}
    has_target = any(t in words()["target_header"] for t in names)
    has_level = any(t in ("一级指标", "二级指标", "三级指标") for t in names)
    if has_level and (has_target or "三级指标" in names):
        return min(names.values())
    return None


def _task_header(row: Row) -> tuple[int, int] | None:
    names = {text: index for index, text in filled_cells(row)}
    name = next((names[t] for t in names if t in words()["task_header"]), None)
    content = next((names[t] for t in names if t in words()["content_header"]), None)
    return (name, content) if name is not None and content is not None else None


def take_apart(table: Table, statement: int) -> Form:
    """The blocks of a goal form. Row numbers are those of ``table.rows``."""
    header_row: int | None = None
    name_column = content_column = 0
    tasks: list[int] = []
    indicators: list[Indicator] = []
    block = ""
    level1 = level2 = ""
    columns: Columns | None = None
    for index, row in enumerate(table.rows):
        filled = filled_cells(row)
        found = _task_header(row)
        if found is not None:
            block, header_row = "tasks", index
            name_column, content_column = found
            continue
        if _indicator_header(row) is not None:
            block, level1, level2 = "indicators", "", ""
            columns = columns_of(row)
            continue
        if any(text in words()["overall_goal"] for _, text in filled[:1]):
            block = "goal"
            continue
        if block == "tasks":
            name = texts(row)[name_column] if name_column < len(row) else ""
            if name.strip() and not _continues_above(table.rows, index, name_column):
                tasks.append(index)
        elif block == "indicators" and filled:
            level1, level2, made = _indicator(table, row, index, level1, level2, statement, columns)
            indicators.extend(made)
    return Form(header_row, tuple(tasks), name_column, content_column, tuple(indicators))


def _continues_above(rows: Sequence[Row], index: int, column: int) -> bool:
    return (
        index > 0
        and rows[index][column] is not None
        and rows[index - 1][column] is rows[index][column]
    )


def _indicator(
    table: Table,
    row: Row,
    index: int,
    level1: str,
    level2: str,
    statement: int,
    columns: Columns | None = None,
) -> tuple[str, str, list[Indicator]]:
    rest: list[int] = []
    seen1 = False
    level2_here = ""
    for column, text in filled_cells(row):
        if columns is not None and column >= columns.name:
            break
        short = re.sub(r"\(\d+分?\)$", "", text)
        if columns is not None and column == columns.first and short in words()["level1"]:
            level1, level2, seen1 = text, "", True  # 满意度指标 names a second level too
        elif (
            short in words()["level1"]
            and not seen1
            and not rest
            and (short not in words()["level2"] or not level1)
        ):
            level1, level2, seen1 = text, "", True
        elif short in words()["level2"] and not rest:
            if level2_here and level2_here in words()["level1"]:
                level1 = level2_here  # 满意度指标 beside a second level is the first
            level2 = level2_here = text
        elif not rest and column == 0 and not level1:
            continue
        else:
            rest.append(column)
    printed = texts(row)
    if columns is not None:
        name, target = columns.read(row)
        cell = row[columns.name]
        if not name or cell is None:
            return level1, level2, []
        printed_too = columns.evaluated(row)
        made = Indicator(level1, level2, name, target, cell.place, statement, index, **printed_too)
        return level1, level2, [made]
    if not rest:
        return level1, level2, []
    # the block's own name in the first column (年度绩效指标) is no indicator
    if len(rest) > 1 and rest[0] == 0 and bare(printed[0]) in ("年度绩效指标", "绩效指标"):
        rest = rest[1:]
    name = printed[rest[0]].strip()
    target = printed[rest[-1]].strip() if len(rest) > 1 else ""
    cell = row[rest[0]]
    place = cell.place if cell is not None else table.place
    return level1, level2, [Indicator(level1, level2, name, target, place, statement, index)]


def task_heads(table: Table, form: Form, statement: int) -> tuple[list[RowHead], list[Task]]:
    """Row heads and tasks of the task block (figure ids are filled in later)."""
    heads: list[RowHead] = []
    tasks: list[Task] = []
    for index in form.tasks:
        row = table.rows[index]
        name = texts(row)[form.name_column].strip()
        content = texts(row)[form.content_column].strip() if form.content_column < len(row) else ""
        cell = row[form.name_column]
        place = cell.place if cell is not None else table.place
        short = bare(name)
        if short in words()["total_task"]:
            heads.append(RowHead(index, 0, "total", name))
            continue
        if short in words()["basic_task"]:
            coordinates: dict[str, str | int] = {"nature": "basic"}
            heads.append(RowHead(index, 0, "item", name, coordinates=coordinates))
        else:
            coordinates = {"nature": "project", "project": project_key(name)}
            heads.append(RowHead(index, 0, "project", name, coordinates=coordinates))
        tasks.append(Task(name, content, (), place, statement, index))
    return heads, tasks


def with_figures(task: Task, cells: Mapping[tuple[int, int], str]) -> Task:
    """The task with the ids of the figures printed in its row."""
    mine = tuple(figure for (row, _), figure in sorted(cells.items()) if row == task.row)
    return replace(task, figures=mine)
