"""Progress 绩效目标完成情况: each condition of a target against what has been reached so far.

What accumulates (cases handled, events held) is held against the share of the year that is gone;
what does not (rates, head counts, times) against the target itself. Nothing is guessed: without an
actual value, a baseline or a target that can be failed there is no class, and ``lack`` says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.catalog.performance import alike, scales, unit_of
from mingzhang.goals.targets import (
    change_from,
    format_condition,
    measurable,
    meets,
    meets_change,
    parse_target,
)
from mingzhang.model.evidence import Actual
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, GoalLine, Target
from mingzhang.perform.execution.risk import Reason, percent, points, worst
from mingzhang.perform.monitoring.remarks import Noted

_TIMES = ("秒", "分钟", "小时", "天", "个工作日", "个自然日", "周", "个月")
_GRADES = catalog.LEVELS  # full, part, missed


@dataclass(frozen=True, slots=True)
class Standard:
    """One condition and how it stands. ``share`` of it that is reached (None where that says nothing);
    ``expected`` at the year's end, in ``unit``."""

    condition: Condition
    actual: Decimal
    unit: str
    accumulates: bool
    level: str
    share: Fraction | None = None
    expected: Decimal | None = None
    reason: Reason | None = None

    @property
    def text(self) -> str:
        """The actual value as printed."""
        return number_text(self.actual, self.unit)

    @property
    def expected_text(self) -> str:
        """The value expected at the year's end, as printed."""
        return "" if self.expected is None else number_text(self.expected, self.unit)


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
        return ("；" if lang == "zh" else "; ").join(r.said(lang) for r in self.reasons)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about actual values: evidence by indicator, what was noted, kinds of measures."""

    actuals: Mapping[str, Actual]
    noted: Mapping[str, Noted]
    measures: Mapping[str, str]


class _Lack(Exception):
    """Nothing can be said; why."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key)
        self.key, self.fields = key, fields


def progress(line: GoalLine, known: Known, when: date, pace: Fraction) -> Progress:
    """How an indicator stands on a day; ``pace`` is the share of the year that is gone."""
    target = parse_target(line.target, line.unit)
    try:
        if target.kind == "none":
            raise _Lack("no-target")
        if not target.conditions and target.kind != "trend":
            return _graded(line, target, known)
        if not target.conditions:
            return _trend(line, target, known, pace)
        return _conditions(line, target, known, when, pace)
    except _Lack as lack:
        return Progress(line, target, "unknown", lack=lack.key, lacking=lack.fields)


def number_text(value: Decimal, unit: str) -> str:
    """A value with its unit, at most two decimals."""
    short = value if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
    text = f"{short:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}{unit}"


# ------------------------------------------------------------------ what was reached
@dataclass(frozen=True, slots=True)
class _Reached:
    value: Decimal
    unit: str
    document: str = ""
    grows: bool | None = None
    measure: str = ""


def _reached(name: str, known: Known) -> _Reached | None:
    """The actual value of an indicator (or part of one): noted by hand first, else from evidence."""
    noted = known.noted.get(name)
    if noted is not None:
        target = parse_target(f"={noted.value}")
        if len(target.conditions) == 1:
            one = target.conditions[0]
            return _Reached(one.value, one.unit, noted.document, noted.accumulates)
        try:
            return _Reached(Decimal(noted.value), "", noted.document, noted.accumulates)
        except InvalidOperation:
            return None
    actual = known.actuals.get(name)
    if actual is None:
        return None
    if actual.fault is not None:
        fault = actual.fault
        raise _Lack("evidence", detail=fault.message_in("zh"))
    if actual.suppressed or actual.value is None:
        raise _Lack("suppressed")
    measure = known.measures.get(name, "")
    return _Reached(actual.value, actual.unit, actual.document, measure=measure)


def _needed(name: str, known: Known) -> _Reached:
    found = _reached(name, known)
    if found is None:
        raise _Lack("no-actual")
    return found


def _grows(found: _Reached, unit: str) -> bool:
    """True if the value accumulates over the year."""
    if found.grows is not None:
        return found.grows
    if found.measure in catalog.accumulating("always"):
        return True
    if found.measure and found.measure not in catalog.accumulating("measures"):
        return False
    return unit in catalog.accumulating("units") or (bool(found.measure) and not unit)


# ------------------------------------------------------------------ grades and trends
def _graded(line: GoalLine, target: Target, known: Known) -> Progress:
    """A qualitative target: the grade that somebody gave, with a document."""
    noted = known.noted.get(line.id)
    if target.kind != "qualitative":
        raise _Lack("not-measurable")
    scale = scales()[target.scale]
    if noted is None:
        raise _Lack("no-actual" if measurable(target) else "not-measurable")
    if noted.value not in scale.grades:
        raise _Lack("grade", actual=noted.value, known="、".join(scale.grades))
    level = _GRADES[scale.grades.index(noted.value)]
    reasons = () if level == "normal" else (Reason(level, "grade", {"actual": noted.value}),)
    return Progress(
        line, target, level, text=noted.value, reasons=reasons, documents=(noted.document,)
    )


def _trend(line: GoalLine, target: Target, known: Known, pace: Fraction) -> Progress:
    """提高, 降低 and nothing else: the right side of the baseline."""
    noted = known.noted.get(line.id)
    said = parse_target(noted.value) if noted is not None else None
    if noted is not None and said is not None and said.kind == "trend" and not said.conditions:
        level = "normal" if said.change == target.change else "warning"
        reasons = () if level == "normal" else (Reason(level, "grade", {"actual": noted.value}),)
        documents = (noted.document,)
        return Progress(line, target, level, text=noted.value, reasons=reasons, documents=documents)
    found = _needed(line.id, known)
    baseline = _baseline(line, target)
    grows = _grows(found, found.unit)
    yearly = _yearly(found.value, pace) if grows else found.value
    right = yearly > baseline if target.change == "+" else yearly < baseline
    condition = Condition(">", Decimal(0), change=target.change)
    level = "normal" if right else ("warning" if pace == 1 else "attention")
    text = number_text(found.value, found.unit)
    reason = Reason(
        level,
        "wrong-way",
        {"actual": text, "baseline": number_text(baseline, found.unit), "target": target.text},
    )
    expected = yearly if grows else None
    standard = Standard(
        condition,
        found.value,
        found.unit,
        grows,
        level,
        expected=expected,
        reason=None if right else reason,
    )
    return _together(line, target, (standard,), (found.document,))


def _baseline(line: GoalLine, target: Target) -> Decimal:
    """What a change is measured against. Raises _Lack."""
    if target.against == "last" and line.last_actual is not None:
        return line.last_actual
    found = line.baseline if line.baseline is not None else line.last_actual
    if found is None:
        raise _Lack("no-baseline")
    return found


def _yearly(value: Decimal, pace: Fraction) -> Decimal:
    """What a growing value comes to by the year's end at the same rate."""
    whole = Fraction(value) / pace
    rounded = Decimal(round(whole * 100)) / 100
    return rounded.quantize(Decimal(1)) if value == value.to_integral_value() else rounded


# ------------------------------------------------------------------ conditions
def _conditions(
    line: GoalLine, target: Target, known: Known, when: date, pace: Fraction
) -> Progress:
    many = len(target.conditions) > 1
    standards, documents = [], []
    for number, condition in enumerate(target.conditions, 1):
        found = _reached(f"{line.id}.{number}" if many else line.id, known)
        if found is None:
            late = _overdue(condition, when)
            if late is not None and not many:
                return Progress(line, target, "warning", reasons=(late,))
            if many:
                raise _Lack("parts", count=len(target.conditions), missing=number, id=line.id)
            raise _Lack("no-actual")
        standards.append(_standard(line, target, condition, found, pace))
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


def _overdue(condition: Condition, when: date) -> Reason | None:
    """A reason if a date is past."""
    number = int(condition.value)
    if condition.unit == DAY_OF_YEAR:
        number += when.year * 10_000
    elif condition.unit != DATE:
        return None
    if when.year * 10_000 + when.month * 100 + when.day <= number:
        return None
    return Reason("warning", "due", {"target": format_condition(condition)})


def _standard(
    line: GoalLine, target: Target, condition: Condition, found: _Reached, pace: Fraction
) -> Standard:
    unit = condition.unit
    if condition.change:
        return _changed(line, target, condition, found, pace)
    if unit in _TIMES and found.unit == "%":  # 1小时内: the share of cases within the limit
        wanted = _wanted(condition)
        condition = Condition("≥", Decimal(100), "%", condition.subject, text=wanted)
        return _level(condition, found)
    mine, theirs = unit_of(found.unit), unit_of(unit)
    if mine and theirs and not alike(mine, theirs):
        raise _Lack("unit", unit=found.unit, target=line.target)
    if _grows(found, theirs or mine):
        return _growing(condition, found, pace)
    return _level(condition, found)


def _level(condition: Condition, found: _Reached) -> Standard:
    """What does not grow: it meets the target today or it does not."""
    unit = found.unit or condition.unit
    share = min(_ratio(condition, found.value), Fraction(1))
    if meets(condition, found.value):
        return Standard(condition, found.value, unit, False, "normal", Fraction(1), found.value)
    level = "attention" if share >= _points("level_warning") else "warning"
    past = condition.operator in "≤<" or share == 1
    told = {"actual": number_text(found.value, unit), "target": _wanted(condition)}
    if past and share == 1:  # more than an exact number: not a failure, but not the goal either
        level = "attention"
    reason = Reason(level, "exceeded" if past else "short", told)
    return Standard(condition, found.value, unit, False, level, share, found.value, reason)


def _growing(condition: Condition, found: _Reached, pace: Fraction) -> Standard:
    """What grows: held against the share of the year that is gone."""
    unit = found.unit or condition.unit
    value, expected = found.value, _yearly(found.value, pace)
    told = {"actual": number_text(value, unit), "target": _wanted(condition)}
    top = {"≤": condition.value, "<": condition.value, "range": condition.upper}.get(
        condition.operator
    )
    level, key = "normal", ""
    if top is not None and (value > top or (condition.operator == "<" and value == top)):
        level, key = "warning", "exceeded"
    elif condition.operator in "≤<":
        used = Fraction(value) / Fraction(top) if top else Fraction(0)
        if used - pace >= _points("behind_attention"):
            level, key = "attention", "fast"
    done = _ratio(condition, value) if condition.operator not in "≤<" else Fraction(1)
    if not key and done < 1:
        behind = pace - done
        told = {"share": percent(done), "pace": percent(pace), "points": points(behind)}
        if behind >= _points("behind_warning"):
            level, key = "warning", "slow"
        elif behind >= _points("behind_attention") or pace == 1:  # the year is over: any gap tells
            level, key = "attention", "slow"
    reason = Reason(level, key, told) if key else None
    share = min(done, Fraction(1))
    return Standard(condition, value, unit, True, level, share, expected, reason)


def _changed(
    line: GoalLine, target: Target, condition: Condition, found: _Reached, pace: Fraction
) -> Standard:
    """A change against the baseline; what grows is first taken to the year's end."""
    baseline = _baseline(line, target)
    grows = _grows(found, found.unit)
    yearly = _yearly(found.value, pace) if grows else found.value
    told = {
        "actual": number_text(found.value, found.unit),
        "baseline": number_text(baseline, found.unit),
        "target": target.text,
    }
    try:
        right = meets_change(condition, baseline, yearly)
        moved = change_from(condition, baseline, yearly)
    except ValueError:
        raise _Lack("no-baseline") from None
    wanted = Fraction(condition.value)
    share = min(max(moved / wanted, Fraction(0)), Fraction(1)) if wanted > 0 else None
    if right:
        return Standard(condition, found.value, found.unit, grows, "normal", Fraction(1), yearly)
    level = "warning" if pace == 1 or moved <= 0 else "attention"
    reason = Reason(level, "wrong-way", told)
    return Standard(condition, found.value, found.unit, grows, level, share, yearly, reason)


def _ratio(condition: Condition, value: Decimal) -> Fraction:
    """How much of a condition is reached, 1 being all of it (more is possible where more is better)."""
    have, want = Fraction(value), Fraction(condition.value)
    if condition.operator == "range" and condition.upper is not None and have > condition.upper:
        return Fraction(condition.upper) / have
    if condition.operator in "≤<":
        return max(want, Fraction(0)) / have if have > want else Fraction(1)
    if want <= 0:
        return Fraction(1) if have >= want else Fraction(0)
    return max(have, Fraction(0)) / want


def _wanted(condition: Condition) -> str:
    return condition.text or format_condition(condition)


def _points(key: str) -> Fraction:
    return Fraction(catalog.number("indicator", key)) / 100
