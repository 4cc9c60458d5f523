"""One small made-up department in every layout, for the tests of all publishers.

``compiled(layout, rounding)`` gives its book, computed once per process; ``differences(compiled, path)``
what a published file says otherwise than the edition it was made from.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import mingzhang as mz
from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.model.book import Book
from mingzhang.model.edition import Edition
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Entity, Ledger, Line, Part, Project, Reason
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity

# layout: stage and year of a book of that family
LAYOUTS = {
    "shenzhen": ("budget", 2023),
    "jiangsu-2017": ("budget", 2018),
    "jiangsu-2018": ("budget", 2018),
    "shanghai-budget": ("budget", 2024),
    "shanghai-final": ("final", 2024),
}
ROUNDINGS = ("additive", "independent")
WHERE = Place("0" * 64, "ledger", "")

# where the further copies of the projects are
_QUARTERS = ("", *(f"{a}{b}片区" for b in "东西南北" for a in "城河桥山湖江港岭"))[:32]
# nature, function, economic, this and last year's amount in 万元, project, part, procurement, reserved
_LINES = (
    ("personnel", "2010308", "30101", 374, 374, "", "", "", ""),
    ("personnel", "2010308", "30102", 1036, 1036, "", "", "", ""),
    ("personnel", "2080505", "30108", 146, 146, "", "", "", ""),
    ("personnel", "2080506", "30109", 65, 65, "", "", "", ""),
    ("personnel", "2080501", "30302", 154, 154, "", "", "", ""),
    ("public", "2010308", "30201", 22, 22, "", "", "", ""),
    ("public", "2010308", "30217", 3, 3, "", "", "", ""),
    ("personnel", "2210201", "30113", 201, 201, "", "", "", ""),
    ("project", "2010308", "30227", 224, 100, "窗口大厅运行", "大厅安检", "services", "sme"),
    ("project", "2010308", "30213", 317, 300, "窗口大厅运行", "日常运维", "", ""),
    ("project", "2010308", "30227", 530, 500, "信息化运维项目", "", "services", "micro"),
    ("project", "2050803", "30216", 50, 50, "业务培训", "", "", ""),
)
_PROJECTS = (
    Project(
        "窗口大厅运行",
        WHERE,
        "保障大厅运行",
        parts=(Part("大厅安检", "安检服务采购"), Part("日常运维", "设备维修")),
        reason="大厅面积增加",
    ),
    Project("信息化运维项目", WHERE, "系统运维", reason="系统增加"),
    Project("业务培训", WHERE, "培训"),
)


def ledger(layout: str = "shenzhen", rounding: str = "additive", times: int = 1) -> Ledger:
    """The department's ledger; ``times`` as many line items, in at most 96 projects."""
    stage, year = LAYOUTS[layout]
    lots = random.Random(4)
    lines = []
    projects = list(_PROJECTS)
    for copy in range(times):
        where = _QUARTERS[copy % len(_QUARTERS)]
        for nature, function, economic, now, before, project, part, bought, kept in _LINES:
            odd = lots.randint(-400_000, 400_000)  # 分 that no printed unit shows
            if copy:  # each project its own amounts
                now, before = now * lots.uniform(0.5, 2), before * lots.uniform(0.5, 2)
            mine, last = int(now * 1_000_000) + odd, int(before * 1_000_000) + odd
            amounts = {
                (0, "budget"): mine,
                (1, "budget"): last,
                (0, "final"): mine - 12_345,
                (1, "final"): mine - 2_345,
            }
            line = Line(
                amounts,
                WHERE,
                function=function,
                economic=economic,
                nature=nature,
                project=project and where + project,
                part=part,
                procurement=bought,
                reserved=kept,
            )
            lines.append(line)
        if 0 < copy < len(_QUARTERS):
            projects += [replace(p, name=where + p.name) for p in _PROJECTS]
    return Ledger(
        "测试",
        "深圳市某局",
        year,
        layout,
        tuple(lines),
        WHERE,
        stage=stage,
        rounding=rounding,
        projects=tuple(projects),
        entities=(Entity("深圳市某局", WHERE, staff={"行政编制": 41, "在编人员": 40}),),
        goals=(
            Goal(
                "",
                WHERE,
                overall="把事办好",
                lines=(GoalLine("g1", "", "产出指标", "数量指标", "受理件数", "≥100件", WHERE),),
            ),
        ),
        reasons=tuple(
            Reason(subject, "任务增加", WHERE) for subject in ("总收支", "sangong", "running_cost")
        ),
    )


@cache
def compiled(layout: str = "shenzhen", rounding: str = "additive") -> Compiled:
    """The compiled book of ``ledger(layout, rounding)``."""
    return compile_ledger(ledger(layout, rounding))


def edition(layout: str = "shenzhen", rounding: str = "additive") -> Edition:
    """The edition of ``ledger(layout, rounding)``."""
    made = compiled(layout, rounding).edition
    assert made is not None
    return made


def stated(book: Book) -> dict[tuple[str, Quantity], int]:
    """What a book's money figures say: amounts in 分 by kind of statement ("prose") and quantity."""
    out = {}
    for figure in book.figures:
        if figure.quantity is not None and figure.is_money:
            at = figure.statement
            kind = book.statements[at].kind if at is not None else "prose"
            # a project's local key depends on the file it was read from
            out[kind, figure.quantity.with_(local="")] = figure.printed.fen
    return out


def differences(made: Compiled, path: Path) -> list[str]:
    """What the file says otherwise than the book it was made from, and findings above note."""
    assert made.book is not None
    want, read = stated(made.book), mz.read(str(path))
    got, report = stated(read), mz.check(read)
    out = [
        f"{kind} {quantity.key}: {want.get((kind, quantity))} → {got.get((kind, quantity))}"
        for kind, quantity in {**want, **got}
        if want.get((kind, quantity)) != got.get((kind, quantity))
    ]
    out += [f"{f.rule}: {f.message}" for f in report.findings if f.severity != "note"]
    if report.verdict != "consistent":
        out.append(report.verdict)
    return out
