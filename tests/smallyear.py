"""A small department for the tests of the year: two projects and basic expenditure, in whole 元."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mingzhang.model.execution import Execution, Payment
from mingzhang.model.goal import Goal, GoalLine
from mingzhang.model.ledger import Ledger, Line, Project
from mingzhang.model.place import Place

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "ledger-shenzhen-2023"
PLACE = Place("0" * 64, "test", "", line=1)
YEAR = 2023


def line(project: str, economic: str, yuan: int, *, withheld: bool = False) -> Line:
    """A line of the general budget under 2010308."""
    return Line(
        {(0, "budget"): yuan * 100},
        PLACE,
        nature="project" if project else "public",
        project=project,
        function="2010308",
        economic=economic,
        withheld=withheld,
    )


def ledger(*more: Line, goals: tuple[Goal, ...] = (), projects: tuple[Project, ...] = ()) -> Ledger:
    """Basic 12,000 元; 大厅 30227 24,000 and 30201 6,000; 网络 30213 18,000: 60,000 in all."""
    return Ledger(
        name="测试",
        department="某局",
        year=YEAR,
        layout="shenzhen",
        lines=(
            line("", "30201", 12_000),
            line("大厅", "30227", 24_000),
            line("大厅", "30201", 6_000),
            line("网络", "30213", 18_000),
            *more,
        ),
        source=PLACE,
        projects=(Project("大厅", PLACE), Project("网络", PLACE), *projects),
        goals=goals,
    )


def paid(month: int, yuan: int, project: str = "大厅", economic: str = "30227") -> Payment:
    """A payment on the 15th of a month."""
    return Payment(
        date(YEAR, month, 15),
        yuan * 100,
        PLACE,
        project=project,
        function="2010308",
        economic=economic,
    )


def execution(*payments: Payment) -> Execution:
    """A year's payments."""
    return Execution(YEAR, date(YEAR, 12, 31), payments)


def goal(project: str, *targets: tuple[str, str], **more: object) -> Goal:
    """A goal with indicators i1, i2 … from (name, target); ``more`` goes to every line."""
    lines = tuple(
        GoalLine(f"{project}i{n}", project, "产出指标", "数量指标", name, target, PLACE, **more)  # type: ignore[arg-type]
        for n, (name, target) in enumerate(targets, 1)
    )
    return Goal(project, PLACE, "把事办好", lines=lines)
