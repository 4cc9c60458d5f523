"""The performance table 部门整体支出绩效目标表: tasks with their money, the year's goal, indicators."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.forms import Layout
from mingzhang.compile.printing import Printer, Style
from mingzhang.compile.rows import goal_text, public_projects, quantity_at
from mingzhang.model.edition import COVERED, Table, TableCell, TableColumn, TableRow
from mingzhang.model.goal import GoalLine
from mingzhang.model.ledger import Ledger
from mingzhang.model.money import Unit

_WIDTH = 6
_BASIC = "用于人员经费、公用经费和对个人和家庭的补助。"


def goals_table(
    title: str,
    number: str,
    unit: Unit,
    decimals: int,
    layout: Layout,
    ledger: Ledger,
    printer: Printer,
) -> Table:
    """The whole-department goal table in the form of Shenzhen's statement 12 (REFERENCE.md B1)."""
    style = Style(unit, decimals)
    rows = [*_tasks(layout, ledger, printer, style), *_overall(ledger), *_indicators(ledger)]
    money = f"预算金额（{unit.value}）"
    columns = (
        TableColumn(("年度主要任务", "年度主要任务"), "text", 1.2),
        TableColumn(("任务名称", "任务名称"), "name", 2),
        TableColumn(("主要内容", "主要内容"), "text", 4),
        TableColumn((money, "总额"), "amount", 1.2),
        TableColumn(
            (money, "其中：财政拨款"), "amount", 1.2, coordinates={"fund": "fiscal"}, of_which=True
        ),
        TableColumn(
            (money, "其中：其他资金"),
            "amount",
            1.2,
            coordinates={"fund": "nonfiscal"},
            of_which=True,
        ),
    )
    return Table(
        kind="goals",
        number=number,
        title=title,
        unit=unit,
        decimals=decimals,
        columns=columns,
        rows=tuple(rows),
        entity=ledger.department,
        coordinates={"flow": "expenditure"},
    )


def _tasks(layout: Layout, ledger: Ledger, printer: Printer, style: Style) -> Iterable[TableRow]:
    basic = {"flow": "expenditure", "nature": "basic"}
    yield _task("基本支出", _BASIC, basic, layout, ledger, printer, style)
    for project in public_projects(ledger):
        where = {"flow": "expenditure", "nature": "project", "project": project.name}
        if printer.amounts.of(quantity_at(ledger, where)):
            yield _task(project.name, project.purpose, where, layout, ledger, printer, style)
    total = _task("金额合计", "", {"flow": "expenditure"}, layout, ledger, printer, style)
    yield TableRow(total.cells, "total", 0, True)


def _task(
    label: str,
    content: str,
    at: dict[str, str],
    layout: Layout,
    ledger: Ledger,
    printer: Printer,
    style: Style,
) -> TableRow:
    cells = [TableCell(), TableCell(label), TableCell(content)]
    for fund in ({}, {"fund": "fiscal"}, {"fund": "nonfiscal"}):
        quantity = quantity_at(ledger, at, fund)
        if printer.kept_back(quantity):
            cells.append(TableCell(layout.withheld_mark, quantity, withheld=True))
        else:
            fen = printer.fen(quantity, style)
            cells.append(TableCell(printer.text(fen, style), quantity, fen))
    return TableRow(tuple(cells), "project")


def _overall(ledger: Ledger) -> Iterable[TableRow]:
    text = goal_text(ledger, "")
    if text:
        yield _wide("年度总体目标", text)


def _wide(label: str, text: str) -> TableRow:
    cells = (TableCell(label), TableCell(text, columns=_WIDTH - 1), *[COVERED] * (_WIDTH - 2))
    return TableRow(cells, "text")


def _indicators(ledger: Ledger) -> Iterable[TableRow]:
    whole = next((g for g in ledger.goals if not g.project), None)
    if whole is None or not whole.lines:
        return
    yield _indicator_row("年度绩效指标", "一级指标", "二级指标", "三级指标", "目标值", bold=True)
    before: tuple[str, str] = ("", "")
    for line in whole.lines:
        level1 = "" if line.level1 == before[0] else line.level1
        level2 = "" if (line.level1, line.level2) == before else line.level2
        before = (line.level1, line.level2)
        yield _indicator_row("", level1, level2, line.level3, _target(line))


def _target(line: GoalLine) -> str:
    text = line.target
    return text if not line.unit or line.unit in text else f"{text}{line.unit}"


def _indicator_row(head: str, *texts: str, bold: bool = False) -> TableRow:
    level1, level2, level3, target = texts
    cells = (
        TableCell(head),
        TableCell(level1),
        TableCell(level2),
        TableCell(level3, columns=2),
        COVERED,
        TableCell(target),
    )
    return TableRow(cells, "header" if bold else "goal", 0, bold)
