"""A ledger small enough to add up in the head: 300 + 45 + 120 + 35 = 500 万元 this year, 430 last."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mingzhang.catalog.forms import layout
from mingzhang.compile import Amounts, Printer, edition_of
from mingzhang.compile.faults import CompileFault
from mingzhang.compile.tables import table_of
from mingzhang.model.edition import Edition, Table
from mingzhang.model.ledger import Entity, Ledger, Line, Part, Passage, Project, Reason
from mingzhang.model.place import Place

HERE = Place("0" * 64, "ledger", "")
YEAR = 2023
WAN = 1_000_000


def line(now: int, before: int = 0, **coordinates: object) -> Line:
    """A line of so many 万元 this year and last."""
    amounts = {(0, "budget"): now * WAN, (1, "budget"): before * WAN}
    return Line(amounts, HERE, **coordinates)  # type: ignore[arg-type]


STAFF = line(300, 280, nature="personnel", function="2010301", economic="30101")
GUESTS = line(45, 50, nature="public", function="2010301", economic="30217")
SERVICE = line(
    120, 100, nature="project", project="甲", part="子项", function="2010302", economic="30227",
    procurement="services", purchase="C01 服务", organised="集中采购",
)  # fmt: skip
GOODS = line(
    35, 0, nature="project", project="乙", function="2010302", economic="30213",
    procurement="goods", purchase="A02 设备", organised="分散采购",
)  # fmt: skip
PROJECTS = (
    Project("甲", HERE, "做甲", parts=(Part("子项", "用于子项"),), reason="任务增加"),
    Project("乙", HERE, "做乙", reason="新增"),
)
SMALL = Ledger(
    "测", "某局", YEAR, "shenzhen", (STAFF, GUESTS, SERVICE, GOODS), HERE,
    rounding="independent", entities=(Entity("某局本级", HERE),), projects=PROJECTS,
    reasons=tuple(Reason(s, "厉行节约", HERE) for s in ("总收支", "sangong", "reception", "running_cost")),
)  # fmt: skip


def ledger(**changes: object) -> Ledger:
    return replace(SMALL, **changes)  # type: ignore[arg-type]


def printer(made: Ledger = SMALL, **more: object) -> Printer:
    return Printer(Amounts.from_ledger(made), **more)  # type: ignore[arg-type]


@cache
def _plain() -> tuple[Edition, tuple[CompileFault, ...]]:
    return edition(SMALL)


def edition(made: Ledger | None = None) -> tuple[Edition, tuple[CompileFault, ...]]:
    """The draft of a ledger (of the small one, made once), and its faults."""
    if made is None:
        return _plain()
    found, faults = edition_of(Amounts.from_ledger(made), printer(made))
    assert found is not None
    return found, faults


def table(kind: str, made: Ledger = SMALL, **more: object) -> Table:
    """One statement of a ledger's layout."""
    chosen = layout(made.layout)
    form = next(f for f in chosen.forms if f.kind == kind)
    printing = printer(made, **more)
    return table_of(form, chosen, printing.amounts, printing)


def cells(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def told(text: str, part: str = "overview") -> tuple[Passage, ...]:
    return (Passage(part, text, HERE),)
