"""Rows: one indicator with its actual value, its score, where it comes from, and what is lacking."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalog.source import table
from mingzhang.goals.dates import date_text
from mingzhang.goals.telling import short as brief
from mingzhang.model.evidence import Actual, Fault
from mingzhang.model.goal import DATE, DAY_OF_YEAR, GoalLine, Target
from mingzhang.perform.evaluation.nouns import Answer, Row
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.scheme import Scheme
from mingzhang.perform.scoring.share import Given, Graded, Share, baseline_of, share_of
from mingzhang.perform.scoring.telling import phrase, told

_NOTHING = Share(None, None, Fraction(0), (), ())


def evaluated(
    line: GoalLine,
    target: Target,
    weight: Fraction,
    group: str,
    actuals: Sequence[Actual],
    answer: Answer | None,
    scheme: Scheme,
    year: int,
) -> Row:
    """One indicator as evaluated; see ``Row``. What is broken or missing is among its faults."""
    said = answer or Answer(line.id)
    values, units, faults, by = _values(line, actuals, said)
    unit = units[0] if units else ""
    graded = Graded(said.grade, said.within, said.document) if said.grade else None
    justified = said.justified and bool(said.basis.strip() and said.document.strip())
    if said.justified and not justified:
        faults.append(told("justified-without-document", name=brief(line.level3)))
    broken = [f for f in faults if f.code in ("evidence", "suppressed", "value-without-document")]
    if broken and graded is None:
        share, base = _NOTHING, ""  # what is lacking is said already
    else:
        baseline = said.baseline if said.document.strip() else None
        if said.baseline is not None and baseline is None:
            faults.append(told("baseline-without-document", name=brief(line.level3)))
        given = Given(values, unit, graded, baseline, justified, said.several, units)
        share = share_of(line, target, given, scheme, year)
        base = _compared_with(line, target, given)
    faults += share.faults
    score = None if share.value is None else share.value * weight
    how = dict(share.how)
    by = "grade" if graded is not None and score is not None else by
    points = said.share * weight if said.share is not None else said.points
    if points is not None:
        score, how, by = _by_hand(points, said, weight, faults, score, how, by)
    if score is None:
        by = ""
    faults += _unexplained(line, said, weight, score, share)
    return Row(
        line,
        target,
        group,
        weight,
        score,
        (said.shown if by in ("grade", "hand") else "")
        or _shown(target, values, units, said) + base,
        _source(actuals, said, by),
        how,
        share.met if by != "hand" else score == weight,
        by,
        share.lost,
        said.reason,
        said.measure,
        _one_number(target, values, units),
        tuple(actuals),
        tuple(faults),
    )


def _values(
    line: GoalLine, actuals: Sequence[Actual], said: Answer
) -> tuple[tuple[Decimal, ...], tuple[str, ...], list[Fault], str]:
    """(values, their units, faults, by): from evidence where there is any, else as typed in."""
    faults: list[Fault] = []
    if actuals:
        if said.values:
            faults.append(told("two-actuals", name=brief(line.level3)))
        for actual in actuals:
            if actual.fault is not None:
                words = {lang: actual.fault.message_in(lang) for lang in ("zh", "en")}
                faults.append(told("evidence", what=words["zh"], what_en=words["en"]))
            elif actual.suppressed or actual.value is None:
                faults.append(told("suppressed"))
        known = [(a.value, a.unit) for a in actuals if a.value is not None and not a.suppressed]
        by = "document" if all(a.document and a.provenance is None for a in actuals) else "data"
        return tuple(v for v, _ in known), tuple(u for _, u in known), faults, by
    if said.values and not said.document.strip():
        faults.append(told("value-without-document"))
        return (), (), faults, ""
    units = (said.unit,) * len(said.values)
    return said.values, units, faults, "document" if said.values else ""


def _one_number(target: Target, values: Sequence[Decimal], units: Sequence[str]) -> Decimal | None:
    """The actual value if it is one number in the target's unit: 97 % answers 24小时内 and is no hours."""
    if len(values) != 1:
        return None
    levels = [c.unit for c in target.conditions if not c.change and c.unit]
    return (
        None
        if any((unit == "%") != (units[0] == "%") for unit in levels if units[0])
        else values[0]
    )


def _by_hand(
    points: Fraction,
    said: Answer,
    weight: Fraction,
    faults: list[Fault],
    score: Fraction | None,
    how: dict[str, str],
    by: str,
) -> tuple[Fraction | None, dict[str, str], str]:
    """Points by hand 人工评分: only with a reason and a document, and within the weight."""
    lacking = [k for k in ("basis", "document") if not getattr(said, k).strip()]
    if lacking:
        key = "both" if len(lacking) == 2 else {"basis": "reason"}.get(lacking[0], "document")
        words = table("scoring.toml")["words"][key]
        faults.append(told("manual-without-reason", lacking=words["zh"], lacking_en=words["en"]))
        return score, how, by
    if not 0 <= points <= weight:
        faults.append(told("manual-range", points=short(points), weight=short(weight)))
        return score, how, by
    # a person answers for it now: what kept it from being scored is settled
    settled = {"no-grade", "no-actual", "not-measurable", "no-baseline", "zero-baseline"}
    faults[:] = [f for f in faults if f.code not in settled]
    manual = phrase("scoring.toml", "how", "manual")
    return points, {k: f"{v}：{said.basis}" for k, v in manual.items()}, "hand"


def _unexplained(
    line: GoalLine, said: Answer, weight: Fraction, score: Fraction | None, share: Share
) -> list[Fault]:
    """Points lost, or a target far exceeded, and nobody says why 偏差原因分析."""
    if score is None:
        return []
    name = brief(line.level3)
    if score < weight and not said.reason.strip():
        return [told("reason-missing", name=name, lost=short(weight - score, 2))]
    if score < weight and not said.measure.strip():
        return [told("measure-missing", name=name)]
    if share.lost and not said.reason.strip():
        return [told("over-reason-missing", name=name)]
    return []


# ------------------------------------------------------------------ as printed
def _shown(
    target: Target,
    values: Sequence[Decimal],
    units: Sequence[str],
    said: Answer,
) -> str:
    """实际完成值 as printed: the grade, or each value with its unit and what it counts."""
    if said.grade and not values:
        return said.grade
    if not values:
        return ""
    conditions = target.conditions
    if len(conditions) != len(values):
        return "，".join(_number(v, unit) for v, unit in zip(values, units, strict=True))
    parts = []
    for condition, value, unit in zip(conditions, values, units, strict=True):
        if condition.unit in (DATE, DAY_OF_YEAR):
            parts.append(_date(value))
            continue
        shown = unit if unit == "%" or (len(values) == 1 and unit) else condition.unit
        if condition.change:
            shown = unit  # the level now, not the change that the target speaks of
        head = condition.subject if len(values) > 1 else ""
        parts.append(f"{head}{_number(value, shown)}")
    return "，".join(parts)


def _compared_with(line: GoalLine, target: Target, given: Given) -> str:
    """What a change is counted from, beside the actual value: without it nobody can check 提高."""
    if not target.change or not given.values or given.graded is not None:
        return ""
    base = baseline_of(line, target, given)
    words = table("evaluation.toml")["form"]["baseline"]
    return "" if base is None else words.format(value=_number(base, given.unit))


def _number(value: Decimal, unit: str) -> str:
    """A value as printed: a percentage to the hundredth, other numbers to four decimals."""
    return f"{short(Fraction(value), 2 if unit == '%' else 4)}{unit}"


def _date(value: Decimal) -> str:
    whole = value == int(value) and 10_000_000 < value < 100_000_000
    return date_text(value, DATE) if whole else f"{value:f}"


def _source(actuals: Sequence[Actual], said: Answer, by: str) -> str:
    """数据来源 as printed: registers with records and time and the query's digest, or documents."""
    words = table("evaluation.toml")["form"]
    parts: list[str] = []
    for actual in actuals if by == "data" else ():
        came = actual.provenance
        if came is None:
            continue
        sources = "、".join(f"{s.name}({s.digest[:8]})" for s in came.sources)
        when = f"{came.when:%Y-%m-%d}"
        rows = "—" if came.rows_in is None else str(came.rows_in)
        query = hashlib.sha256(came.query.encode()).hexdigest()[:8]
        parts.append(words["evidence"].format(sources=sources, rows=rows, when=when))
        parts.append(words["query"].format(digest=query))
    papers = [a.document for a in actuals if a.document]
    papers += [said.document] if said.document and by != "data" else []
    parts += [words["document"].format(document=d) for d in dict.fromkeys(papers)]
    return "；".join(dict.fromkeys(parts))
