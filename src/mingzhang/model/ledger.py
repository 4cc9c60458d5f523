"""Ledger 预算底账: what an officer keeps, in 分, and the whole book is compiled from.

Nothing here is rounded and nothing is said twice: every figure of the book is a sum of these lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingzhang.model.goal import Goal
from mingzhang.model.place import Place

# The measures of a line, in the order of their columns: (years back, stage).
MEASURES: tuple[tuple[int, str], ...] = (
    (0, "budget"),  # 本年年初预算
    (0, "adjusted"),  # 本年调整后预算
    (0, "final"),  # 本年决算（执行数）
    (1, "budget"),  # 上年年初预算
    (1, "adjusted"),  # 上年调整后预算
    (1, "final"),  # 上年决算
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line item 预算明细.

    ``amounts`` in 分 by measure (see MEASURES); a measure that is absent is zero. ``flow`` is
    expenditure unless it says otherwise (income, carry_in, carry_out, reserve_used, distribution).
    ``nature``, ``fund``, ``procurement``, ``reserved`` are ids of catalog/dimensions.toml at their
    finest (personnel, not basic; general, not fiscal; micro, not sme, where both hold).
    ``items`` are the 三公 and other items that the line counts under (reception, running_cost …),
    what the catalog derives from codes already in. ``withheld`` marks 涉密.
    """

    amounts: Mapping[tuple[int, str], int]
    place: Place
    flow: str = "expenditure"
    entity: str = ""
    nature: str = ""
    project: str = ""
    part: str = ""
    function: str = ""
    economic: str = ""
    gov_economic: str = ""
    fund: str = "general"
    procurement: str = ""
    purchase: str = ""  # 采购物品名称
    organised: str = ""  # 采购组织形式
    reserved: str = ""
    items: frozenset[str] = frozenset()
    withheld: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a project 项目明细 and what it is for. Its amount is the sum of its lines."""

    name: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A project 项目: purpose, parts, why it changed, 重点 or not, 涉密 or not."""

    name: str
    place: Place
    purpose: str = ""
    basis: str = ""  # 立项依据
    parts: tuple[Part, ...] = ()
    reason: str = ""  # 增减变化原因
    key: bool = True
    withheld: bool = False
    starts: int | None = None
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A budget unit 预算单位: its kind (行政, 参公, 事业), 编制 and people as counts by name."""

    name: str
    place: Place
    kind: str = "行政"
    staff: Mapping[str, int] = field(default_factory=dict)  # 行政编制, 在编, 退休, 雇员 …


@dataclass(frozen=True, slots=True)
class Asset:
    """A line of 国有资产占用: what, how many there are, how many are to be bought."""

    name: str
    unit: str
    count: int
    planned: int
    place: Place


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a total changed 增减变化原因: the subject (a coordinate text) and the words."""

    subject: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Protection:
    """How withheld items are protected 涉密保护.

    ``totals`` says whether totals contain them ("included" or "excluded"). A reader must be left
    with an interval for each withheld amount at least ``width_fen`` wide and ``width_share`` of the
    amount. ``withhold`` are further figures kept back, as quantity keys; ``signed`` maps a withheld
    item's id to the reason with which someone answers for it all the same.
    """

    totals: str = "included"
    width_fen: int = 0
    width_share: float = 0.2
    withhold: tuple[str, ...] = ()
    signed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of prose of one part, as Markdown with placeholders, and where it stands."""

    part: str  # id of the part in the layout: overview, totals, details …
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything from which one book is compiled.

    ``layout`` is the id of a family in catalog/layouts.toml; ``stage`` says which measure the book
    prints (budget or final). ``rounding`` is additive or independent; ``published`` the date
    printed and stored in files (never the clock's, so that the same ledger gives the same bytes).
    """

    name: str
    department: str
    year: int
    layout: str
    lines: tuple[Line, ...]
    source: Place
    stage: str = "budget"
    rounding: str = "additive"
    published: date | None = None
    supervisor: str = ""  # 主管部门
    entities: tuple[Entity, ...] = ()
    projects: tuple[Project, ...] = ()
    assets: tuple[Asset, ...] = ()
    assets_as_of: str = ""  # 资产截至时点，例 "2022年10月"
    goals: tuple[Goal, ...] = ()
    reasons: tuple[Reason, ...] = ()
    passages: tuple[Passage, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    protection: Protection = Protection()
    # 尾差调整: figures moved by one printed unit by hand, "statement-kind quantity-key" -> 分
    adjusted: Mapping[str, int] = field(default_factory=dict)

    @property
    def single(self) -> bool:
        """True if the department has no subordinate units 无下属单位."""
        return len(self.entities) <= 1

    def project(self, name: str) -> Project:
        """The project of that name. Raises KeyError if there is none."""
        for project in self.projects:
            if project.name == name:
                return project
        raise KeyError(name)
