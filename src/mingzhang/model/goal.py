"""Goal 绩效目标: what money is to achieve, as lines whose targets can be held against actual values.

Source: REFERENCE.md part E; 《预算法》 art. 32 (budgets are made with goals of performance).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.model.place import Place

OPERATORS = ("≥", "≤", "=", ">", "<", "range")
TARGET_KINDS = ("quantitative", "qualitative", "trend", "described", "none")

# Units of conditions on a date 完成时间: the value is the date written as one number.
DATE = "年月日"  # 20231231
DAY_OF_YEAR = "月日"  # 1231: the year is the goal's own


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a target demands and that an actual value 实际完成值 meets or misses.

    ``subject`` is what it counts where the target says so itself ("执业律师"; "" is the indicator).
    ``operator`` is one of OPERATORS; a range runs from ``value`` to ``upper``, both included.
    ``value`` is in ``unit`` as normalised by catalog/performance.toml ("%", "人", "次/月", DATE …; ""
    where none is printed). ``change`` is "" for a level; "+" a rise, "-" a fall against the
    baseline 基期值 by so much (a fall counts as a positive number). ``text`` is as printed.
    """

    operator: str
    value: Decimal
    unit: str = ""
    subject: str = ""
    upper: Decimal | None = None
    change: str = ""
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise ValueError(f"no such operator: {self.operator}")
        if (self.upper is not None) != (self.operator == "range"):
            raise ValueError("a range, and nothing else, has an upper end")
        if self.upper is not None and self.upper < self.value:
            raise ValueError("a range runs upwards")
        if self.change not in ("", "+", "-"):
            raise ValueError(f"no such change: {self.change}")


@dataclass(frozen=True, slots=True)
class Target:
    """A target 目标值（指标值） as understood; ``text`` is as printed.

    kind  quantitative 定量: ``conditions`` say all that can be measured, ``rest`` what they leave;
          qualitative 定性 (及时, 规范, 有效维护): ``scale`` is an id of [scale] in
          catalog/performance.toml; trend (提高, 降低): ``change`` is "+" or "-", and it can only be
          judged against a baseline; ``conditions`` hold by how much, where that is said;
          described: words in which nothing can be measured; none: no target at all.
    ``against`` is the year a trend names ("last" 较上年), "" if it names none.
    """

    text: str
    kind: str
    conditions: tuple[Condition, ...] = ()
    change: str = ""
    scale: str = ""
    against: str = ""
    rest: str = ""

    def __post_init__(self) -> None:
        if self.kind not in TARGET_KINDS:
            raise ValueError(f"no such kind of target: {self.kind}")
        if self.kind == "quantitative" and not self.conditions:
            raise ValueError("a quantitative target has a condition")


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One indicator 绩效指标: three levels as printed, its target as printed, what it is judged by.

    ``id`` is unique among the goals of a ledger or book. ``project`` is "" for the whole
    department 部门整体. ``unit`` is the 计量单位 of a column of its own ("" where the target has it).
    ``weight`` 分值/权重. ``baseline`` 基期值 of ``baseline_year``; ``last_actual`` 上年实际值; all in
    the unit of the target. ``direction`` is up 正向 (more is better), down 反向, or "" (unknown).
    ``place`` is its row in the ledger's file, or in the book.
    """

    id: str
    project: str
    level1: str
    level2: str
    level3: str
    target: str
    place: Place
    unit: str = ""
    weight: Decimal | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    last_actual: Decimal | None = None
    direction: str = ""

    def __post_init__(self) -> None:
        if self.direction not in ("", "up", "down"):
            raise ValueError(f"no such direction: {self.direction}")


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of one project, or of the whole department (``project`` "").

    ``overall`` is the text of the goal 年度总体目标/绩效目标, ``content`` what the money does 主要内容.
    Amounts in 分 (None where not told): ``total`` 总额, ``fiscal`` 财政拨款, ``other`` 其他资金.
    """

    project: str
    place: Place
    overall: str = ""
    content: str = ""
    year: int | None = None
    total: int | None = None
    fiscal: int | None = None
    other: int | None = None
    lines: tuple[GoalLine, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalFault:
    """Something wrong with a goal, and the wording that would pass.

    ``kind`` is an id of [fault] in catalog/performance.toml. ``line`` is a GoalLine's id ("" for
    the goal itself). ``messages`` and ``suggestions`` by language ("zh", "en").
    """

    kind: str
    severity: str
    project: str
    line: str
    messages: Mapping[str, str]
    suggestions: Mapping[str, str]
    place: Place

    @property
    def message(self) -> str:
        return self.messages["zh"]

    @property
    def suggestion(self) -> str:
        return self.suggestions["zh"]
