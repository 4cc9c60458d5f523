"""Nouns of an evaluation 绩效评价: money, rows, one evaluated goal, the whole.

Scores and weights are exact Fractions; only forms and reports round them (scoring.printed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from mingzhang.model.evidence import Actual, Fault
from mingzhang.model.goal import Goal, GoalLine, Target
from mingzhang.perform.scoring import Scheme
from mingzhang.perform.scoring.scheme import Band


@dataclass(frozen=True, slots=True)
class Spending:
    """What became of the money of one project ("" the whole department), in 分; None: not known.

    ``initial`` 年初预算数, ``budget`` 全年预算数 (after adjustments), ``executed`` 全年执行数.
    """

    project: str
    initial: int | None
    budget: int | None
    executed: int | None
    document: str = ""

    @property
    def rate(self) -> Fraction | None:
        """执行率, exactly; None where it cannot be worked out."""
        if self.executed is None or not self.budget or self.budget < 0:
            return None
        return Fraction(self.executed, self.budget)


@dataclass(frozen=True, slots=True)
class Answer:
    """What evaluation.toml says of one indicator (``id``; of a project's rate of execution:
    ``project`` and the id "").

    ``values`` typed in with the ``document`` that proves them; ``grade`` and ``within`` of a
    qualitative one; ``shown`` how a graded one is printed; ``baseline`` 基期值 where the goal has none; ``points`` by hand, or as a ``share`` of the weight; ``basis`` the reason for a grade, for points by hand or for a
    value far beyond the target (``justified``); ``reason`` 偏差原因, ``measure`` 改进措施.
    """

    id: str
    project: str = ""
    values: tuple[Decimal, ...] = ()
    unit: str = ""
    shown: str = ""
    document: str = ""
    grade: str = ""
    within: Fraction | None = None
    points: Fraction | None = None
    share: Fraction | None = None
    basis: str = ""
    justified: bool = False
    several: str = ""
    baseline: Decimal | None = None
    reason: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a definition file (evaluation.toml, department.toml) says.

    ``scheme`` is the ledger's own [scheme]; ``spending`` typed amounts; ``projects`` the key projects
    of a departmental evaluation; ``evaluator`` who evaluates; ``faults`` by indicator id. ``serves``:
    project -> ids of indicators of the whole department that it is responsible for.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    execution: Mapping[str, Answer] = field(default_factory=dict)  # reasons, by project
    spending: tuple[Spending, ...] = ()
    scheme: Mapping[str, object] = field(default_factory=dict)
    projects: tuple[str, ...] = ()
    evaluator: str = ""
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    serves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as evaluated.

    ``weight`` 分值; ``score`` 得分, None where it is not scored (``faults`` say what is lacking);
    ``actual`` 实际完成值 as printed; ``source`` where it comes from; ``how`` it was scored; ``met``
    whether the target was reached; ``by`` data, document, grade, hand or "" (nothing); ``value`` the
    actual value where it is one number.
    """

    line: GoalLine
    target: Target
    group: str
    weight: Fraction
    score: Fraction | None
    actual: str
    source: str
    how: Mapping[str, str]
    met: bool | None
    by: str
    lost: Fraction = Fraction(0)
    reason: str = ""
    measure: str = ""
    value: Decimal | None = None
    evidence: tuple[Actual, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def explained(self) -> str:
        """偏差原因分析及改进措施 as printed."""
        parts = [t.strip().rstrip("。；") for t in (self.reason, self.measure) if t.strip()]
        return "；".join(parts) + ("。" if parts else "")


@dataclass(frozen=True, slots=True)
class Paper:
    """One evaluated goal 自评表: of a project, or of the whole department ("").

    ``faults`` are what is missing or wrong; ``remarks`` only say how points were divided.
    """

    project: str
    goal: Goal
    spending: Spending
    execution_weight: Fraction
    execution: Fraction | None
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    explained: str = ""
    withheld: bool = False

    @property
    def scored(self) -> Fraction:
        """The points earned, of those that could be given."""
        parts = [r.score for r in self.rows if r.score is not None]
        return sum(parts, self.execution or Fraction(0))

    @property
    def out_of(self) -> Fraction:
        """Out of how many points ``scored`` stands: the weights of all that was scored."""
        parts = [r.weight for r in self.rows if r.score is not None]
        return sum(parts, self.execution_weight if self.execution is not None else Fraction(0))

    @property
    def missing(self) -> Fraction:
        """Points of what could not be scored 未评分."""
        parts = [r.weight for r in self.rows if r.score is None]
        return sum(parts, self.execution_weight if self.execution is None else Fraction(0))

    def bands(self, scheme: Scheme) -> tuple[Band, Band] | None:
        """The band 等级 if nothing (everything) of what is not scored were earned; None where there are
        no indicators, or nothing was scored."""
        if not self.rows or not self.out_of:
            return None
        return scheme.band(self.scored), scheme.band(self.scored + self.missing)

    def all_faults(self) -> Iterator[tuple[str, Fault]]:
        """(indicator id, fault) of everything that is missing or wrong; "" for the paper itself."""
        yield from (("", fault) for fault in self.faults)
        yield from ((row.line.id, fault) for row in self.rows for fault in row.faults)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A self-evaluation 自评 (kind "self") or a departmental one ("department") of a year.

    ``notes`` say what looks unlikely; ``faults`` what concerns no paper (by indicator id or "").
    """

    department: str
    year: int
    kind: str
    scheme: Scheme
    papers: tuple[Paper, ...]
    notes: tuple[Fault, ...] = ()
    faults: tuple[tuple[str, Fault], ...] = ()
    evaluator: str = ""

    def paper(self, project: str) -> Paper:
        """The paper of a project ("" the whole department). Raises KeyError if there is none."""
        for paper in self.papers:
            if paper.project == project:
                return paper
        raise KeyError(project)

    def all_faults(self) -> Iterator[tuple[str, str, Fault]]:
        """(project, indicator id, fault) of everything that is missing or wrong."""
        yield from (("", line, fault) for line, fault in self.faults)
        for paper in self.papers:
            yield from ((paper.project, line, fault) for line, fault in paper.all_faults())
