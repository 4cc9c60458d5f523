"""Progress 绩效目标完成情况: an indicator with all the conditions of its target, on one day.

Nothing is guessed: without an actual value, a baseline or a target that can be failed there is no
class, and ``lack`` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.performance import scales
from mingzhang.goals.targets import format_condition, measurable, parse_target
from mingzhang.model.evidence import Actual
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, GoalLine, Target
from mingzhang.perform.execution.risk import Reason, worst
from mingzhang.perform.monitoring.remarks import Noted
from mingzhang.perform.monitoring.standards import (
    Lack,
    Reached,
    Standard,
    standard,
    trend_standard,
)

_GRADES = catalog.LEVELS  # full, part, missed


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator on one day: its target, what is reached, its class (or "unknown" and what is
    lacking)."""

    line: GoalLine
    target: Target
    level: str
    standards: tuple[Standard, ...] = ()
    text: str = ""  # the actual value so far, as printed
    share: Fraction | None = None
    reasons: tuple[Reason, ...] = ()
    lack: str = ""
    lacking: Mapping[str, object] = field(default_factory=dict)
    documents: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What is expected at the year's end, as printed; "" where nothing can be said."""
        return "；".join(s.expected_text for s in self.standards if s.expected is not None)

    def why(self, lang: str = "zh") -> str:
        """Why it is off track, or what is lacking; "" where all is well."""
        if self.lack:
            return catalog.sentence("lack", self.lack, lang, self.lacking)
        return catalog.phrase("say", "then", lang).join(r.said(lang) for r in self.reasons)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about actual values: evidence by indicator, what was noted, kinds of measures."""

    actuals: Mapping[str, Actual]
    noted: Mapping[str, Noted]
    measures: Mapping[str, str]


def progress(line: GoalLine, known: Known, when: date, pace: Fraction) -> Progress:
    """How an indicator stands on a day; ``pace`` is the share of the year that is gone."""
    target = parse_target(line.target, line.unit)
    try:
        if target.kind == "none":
            raise Lack("no-target")
        if not target.conditions and target.kind != "trend":
            return _graded(line, target, known)
        if not target.conditions:
            return _trend(line, target, known, pace)
        return _conditions(line, target, known, when, pace)
    except Lack as lack:
        return Progress(line, target, "unknown", lack=lack.key, lacking=lack.fields)


# ------------------------------------------------------------------ what was reached
def _reached(name: str, known: Known) -> Reached | None:
    """The actual value of an indicator (or part of one): noted by hand first, else from evidence."""
    noted = known.noted.get(name)
    if noted is not None:
        target = parse_target(f"={noted.value}")
        if len(target.conditions) == 1:
            one = target.conditions[0]
            return Reached(one.value, one.unit, noted.document, noted.accumulates)
        try:
            return Reached(Decimal(noted.value), "", noted.document, noted.accumulates)
        except InvalidOperation:
            raise Lack("not-number", actual=noted.value) from None
    actual = known.actuals.get(name)
    if actual is None:
        return None
    if actual.fault is not None:
        zh, en = actual.fault.message_in("zh"), actual.fault.message_in("en")
        raise Lack("evidence", detail=zh, detail_en=en)
    if actual.suppressed or actual.value is None:
        raise Lack("suppressed")
    measure = known.measures.get(name, "")
    return Reached(actual.value, actual.unit, actual.document, measure=measure)


# ------------------------------------------------------------------ grades, trends, conditions
def _graded(line: GoalLine, target: Target, known: Known) -> Progress:
    """A qualitative target: the grade that somebody gave, with a document."""
    noted = known.noted.get(line.id)
    if target.kind != "qualitative":
        raise Lack("not-measurable")
    scale = scales()[target.scale]
    if noted is None:
        raise Lack("no-actual" if measurable(target) else "not-measurable")
    if noted.value not in scale.grades:
        raise Lack("grade", actual=noted.value, known="、".join(scale.grades))
    level = _GRADES[scale.grades.index(noted.value)]
    reasons = () if level == "normal" else (Reason(level, "grade", {"actual": noted.value}),)
    return Progress(
        line, target, level, text=noted.value, reasons=reasons, documents=(noted.document,)
    )


def _trend(line: GoalLine, target: Target, known: Known, pace: Fraction) -> Progress:
    """提高, 降低 and nothing else: a figure against the baseline, or the word itself with a document."""
    noted = known.noted.get(line.id)
    said = parse_target(noted.value) if noted is not None else None
    if noted is not None and said is not None and said.kind == "trend" and not said.conditions:
        level = "normal" if said.change == target.change else "warning"
        reasons = () if level == "normal" else (Reason(level, "grade", {"actual": noted.value}),)
        documents = (noted.document,)
        return Progress(line, target, level, text=noted.value, reasons=reasons, documents=documents)
    found = _reached(line.id, known)
    if found is None:
        raise Lack("no-actual")
    return _together(line, target, (trend_standard(line, target, found, pace),), (found.document,))


def _conditions(
    line: GoalLine, target: Target, known: Known, when: date, pace: Fraction
) -> Progress:
    many = len(target.conditions) > 1
    standards, documents = [], []
    for number, condition in enumerate(target.conditions, 1):
        found = _reached(f"{line.id}.{number}" if many else line.id, known)
        if found is None:
            late = overdue(condition, when)
            if late is not None and not many:
                return Progress(line, target, "warning", reasons=(late,))
            if many:
                raise Lack("parts", count=len(target.conditions), missing=number, id=line.id)
            raise Lack("no-actual")
        standards.append(standard(line, target, condition, found, pace))
        documents.append(found.document)
    return _together(line, target, tuple(standards), tuple(documents))


def _together(
    line: GoalLine, target: Target, standards: tuple[Standard, ...], documents: tuple[str, ...]
) -> Progress:
    """An indicator is as good as its worst condition."""
    shares = [s.share for s in standards if s.share is not None]
    reasons = tuple(s.reason for s in standards if s.reason is not None)
    return Progress(
        line,
        target,
        worst(s.level for s in standards),
        standards,
        "；".join(f"{s.condition.subject}{s.text}" for s in standards),
        min(shares, default=None),
        reasons,
        documents=tuple(dict.fromkeys(d for d in documents if d)),
    )


def overdue(condition: Condition, when: date) -> Reason | None:
    """A reason if the last day of a date is past; what must not be before a day is never late."""
    if condition.operator in "≥>":
        return None
    number = int(condition.value if condition.upper is None else condition.upper)
    if condition.unit == DAY_OF_YEAR:
        number += when.year * 10_000
    elif condition.unit != DATE:
        return None
    if when.year * 10_000 + when.month * 100 + when.day <= number:
        return None
    return Reason("warning", "due", {"target": format_condition(condition)})
