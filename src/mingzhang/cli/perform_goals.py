"""``mingzhang goals check``: goals of a ledger or of a published book, and wording that would pass."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from mingzhang.catalog.ledger import say
from mingzhang.cli.asking import Lang, LangOption, OutOption, put, readable, where
from mingzhang.cli.perform_tables import Form, ledger_at, phrase
from mingzhang.goals.faults import check_goals
from mingzhang.goals.ofbook import goals_of_book
from mingzhang.ledger import NoLedger, read_ledger
from mingzhang.model.goal import Goal, GoalFault
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.read import read_book

GOALS = typer.Typer(no_args_is_help=True, help="绩效目标。Performance goals.")
"""The group ``mingzhang goals``; other modules may add commands of their own to it."""


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    GOALS.command("check")(goals_check)
    app.add_typer(GOALS, name="goals")


def goals_check(
    path: Annotated[
        Path,
        typer.Argument(help="底账文件夹，或一本书 / a ledger's folder, or a published book"),
    ],
    form: Annotated[Form, typer.Option("--format", "-f", help="形式 / form")] = Form.text,
    out: OutOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """检查绩效目标：没有目标值、不能核对、没有基期……并给出能通过的写法。Checks goals, with wording that passes.

    退出状态：0 没有错误和警告，1 有，2 无法读取。Exit status: 0 nothing above a note, 1 something, 2 unreadable.
    """
    with readable(lang):
        goals, faults = _goals(path, lang)
        if form is Form.json:
            records = [_goal_record(fault, lang) for fault in faults]
            put(json.dumps(records, ensure_ascii=False, indent=2), out)
        else:
            put("\n".join(_goal_lines(goals, faults, lang)), out)
    raise typer.Exit(int(any(fault.severity != "note" for fault in faults)))


def _goals(path: Path, lang: Lang) -> tuple[Sequence[Goal], tuple[GoalFault, ...]]:
    """Goals of a ledger, held against its money; or of a book, whose amounts the proof checks."""
    ledger = ledger_at(path, lang) if path.is_dir() else _workbook(path)
    if ledger is None:
        goals: Sequence[Goal] = goals_of_book(read_book([path]))
        return goals, check_goals(goals)
    amounts: dict[str, int] = {"": 0}
    for line in ledger.lines:
        if line.flow == "expenditure":
            fen = line.amounts.get((0, "budget"), 0)
            amounts[""] += fen
            if line.project:
                amounts[line.project] = amounts.get(line.project, 0) + fen
    return ledger.goals, check_goals(ledger.goals, amounts)


def _workbook(path: Path) -> Ledger | None:
    """The ledger in a workbook; None for any other file, and for a workbook that is a book."""
    try:
        ledger, _ = read_ledger(path)
    except NoLedger:
        return None
    return ledger if ledger.lines and ledger.year else None


def _goal_lines(goals: Sequence[Goal], faults: Sequence[GoalFault], lang: Lang) -> Iterator[str]:
    if not goals:
        yield phrase("no-goals", lang)
        return
    for fault in faults:
        yield f"{_at(fault.place)}  {say(fault.severity, lang.value)}  {fault.messages[lang.value]}"
        yield f"    {phrase('suggest', lang, text=fault.suggestions[lang.value])}"
    count = Counter(fault.severity for fault in faults)
    numbers = {level: count[level] for level in ("error", "warning", "note")}
    lines = sum(len(goal.lines) for goal in goals)
    yield phrase("goals", lang, goals=len(goals), lines=lines, **numbers)


def _at(place: Place) -> str:
    """File and page, cell or line."""
    if place.page is None and place.cell is None and place.column is None:
        return f"{place.name}:{place.line}" if place.line else place.name
    return f"{place.name} {where(place)}"


def _goal_record(fault: GoalFault, lang: Lang) -> dict[str, object]:
    place = fault.place
    return {
        "kind": fault.kind,
        "severity": fault.severity,
        "project": fault.project,
        "indicator": fault.line,
        "message": fault.messages[lang.value],
        "suggestion": fault.suggestions[lang.value],
        "file": place.name,
        "page": place.page,
        "row": place.line,
    }
