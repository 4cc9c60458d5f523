"""Goals of a published book 公开文本里的绩效目标: its tasks and indicators as goals, to be checked like a ledger's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mingzhang.catalog.normal import bare, project_key
from mingzhang.catalog.performance import direction_of, form_words
from mingzhang.goals.targets import parse_target
from mingzhang.model.book import Book, Indicator, Statement, Task
from mingzhang.model.figure import Figure
from mingzhang.model.goal import Goal, GoalLine


def goals_of_book(book: Book) -> tuple[Goal, ...]:
    """Every goal a book tells: of the whole department ("") where it has indicators, and of each project.

    One project in several tables is one goal: texts are joined, the first amount of a kind counts.
    The basic expenditure 基本支出 has no goal of its own.
    """
    figures = {f.id: f for f in book.figures}
    goals: dict[str, Goal] = {}
    for indicator in book.indicators:
        line = goal_line(book, indicator)
        goal = goals.get(project_key(line.project)) or _whole_form(book, indicator, line.project)
        goals[project_key(line.project)] = replace(goal, lines=(*goal.lines, line))
    for task in book.tasks:
        name = bare(task.name)
        if not name or name in form_words("basic_task"):
            continue
        told = _told(book, task, figures)
        known = goals.get(project_key(name))
        goals[project_key(name)] = told if known is None else _merged(known, told)
    return tuple(goals.values())


def goal_line(book: Book, indicator: Indicator) -> GoalLine:
    """An indicator as a line of a goal. Its id is "g9.13": statement and row."""
    return GoalLine(
        f"g{indicator.statement}.{indicator.row}",
        _project_of(book.statements[indicator.statement]),
        indicator.level1,
        indicator.level2,
        indicator.level3,
        indicator.target,
        indicator.place,
        direction=direction(indicator.level3, indicator.target),
    )


def direction(name: str, target: str, unit: str = "") -> str:
    """up 正向, down 反向 or "": by what the target demands, else by the indicator's name."""
    found = parse_target(target, unit)
    ways = {
        "up" if c.change == "+" or (not c.change and c.operator in "≥>") else "down"
        for c in found.conditions
        if c.change or c.operator in ("≥", ">", "≤", "<")
    }
    if found.kind == "trend":
        return "up" if found.change == "+" else "down"
    return ways.pop() if len(ways) == 1 else direction_of(name)


def _filled(row: Iterable[str]) -> list[str]:
    return [cell for cell in row if cell.strip()]


def _after(statement: Statement, name: str) -> str:
    """The cell after a label that begins a row of a form, as printed; "" if the form has none."""
    for row in statement.rows:
        cells = _filled(row)
        if len(cells) > 1 and bare(cells[0]) in form_words(name):
            return cells[1].strip()
    return ""


def _project_of(statement: Statement) -> str:
    """The project that a form is about; "" for a form on the whole department."""
    if any(head.kind in ("project", "total") for head in statement.heads):
        return ""  # a block of tasks: its headers are no labels
    return _after(statement, "task_header")


def _whole_form(book: Book, indicator: Indicator, project: str) -> Goal:
    """The goal that a form is about, without its lines."""
    statement = book.statements[indicator.statement]
    totals = {head.row for head in statement.heads if head.kind == "total"}
    amounts = _amounts(
        f for f in book.figures if f.statement == indicator.statement and f.row in totals
    )
    return Goal(
        project,
        statement.place,
        _after(statement, "overall_goal"),
        year=book.year,
        total=amounts.get(""),
        fiscal=amounts.get("fiscal"),
        other=amounts.get("nonfiscal"),
    )


def _amounts(figures: Iterable[Figure]) -> dict[str, int]:
    """fund -> 分 of the first amount of each."""
    out: dict[str, int] = {}
    for figure in figures:
        if figure.is_money and figure.quantity is not None:
            out.setdefault(figure.quantity.fund, figure.printed.fen)
    return out


def _told(book: Book, task: Task, figures: Mapping[str, Figure]) -> Goal:
    amounts = _amounts(figures[i] for i in task.figures if i in figures)
    said_goal = any(
        "目标" in column.title and bare(column.header[-1]) in form_words("content_header")
        for column in book.statements[task.statement].columns
        if column.header
    )
    return Goal(
        bare(task.name),
        task.place,
        task.content if said_goal else "",
        "" if said_goal else task.content,
        book.year,
        amounts.get(""),
        amounts.get("fiscal"),
        amounts.get("nonfiscal"),
    )


def _merged(one: Goal, other: Goal) -> Goal:
    def first(a: int | None, b: int | None) -> int | None:
        return b if a is None else a

    def both(a: str, b: str) -> str:
        return "\n".join(dict.fromkeys(t for t in (a, b) if t))

    return replace(
        one,
        overall=both(one.overall, other.overall),
        content=both(one.content, other.content),
        total=first(one.total, other.total),
        fiscal=first(one.fiscal, other.fiscal),
        other=first(one.other, other.other),
    )
