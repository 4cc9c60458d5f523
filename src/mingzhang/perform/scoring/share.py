"""Share 得分比例: what a target and an actual value earn of the points, exactly, or what is missing.

Promises (tests/perform/scoring): 0 ≤ share ≤ 1; an actual that is better is never less, up to
``overshoot.above`` times the target; missing or broken evidence earns nothing and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mingzhang.catalog import performance
from mingzhang.goals.dates import date_text, dated
from mingzhang.goals.targets import change_from
from mingzhang.model.evidence import Fault
from mingzhang.model.goal import DATE, DAY_OF_YEAR, Condition, GoalLine, Target
from mingzhang.perform.scoring.conditions import as_day, date_share, level_share, lost_beyond
from mingzhang.perform.scoring.printed import short
from mingzhang.perform.scoring.scheme import Grade, Scheme
from mingzhang.perform.scoring.telling import phrase, told


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade given by a person 定性评定: its name, where in its band (0 to 1), and the document."""

    grade: str
    within: Fraction | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of one indicator's actual value 实际完成值.

    ``values`` one number, or one for each condition; ``unit`` theirs ("" is the target's), ``units``
    where each has its own;
    ``baseline`` where the goal has none; ``justified`` says that a value far beyond the target has
    its good reason; ``several`` overrides the scheme's rule for several conditions.
    """

    values: tuple[Decimal, ...] = ()
    unit: str = ""
    graded: Graded | None = None
    baseline: Decimal | None = None
    justified: bool = False
    several: str = ""
    units: tuple[str, ...] = ()

    def unit_at(self, index: int) -> str:
        """The unit of the value of one condition."""
        return self.units[index] if index < len(self.units) else self.unit


@dataclass(frozen=True, slots=True)
class Share:
    """What was earned: a share of the points (None: not scored, see ``faults``), and how.

    ``met`` says whether the target was reached (None: not known); ``lost`` is what overshooting
    took; ``how`` by language.
    """

    value: Fraction | None
    met: bool | None
    lost: Fraction
    how: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]

    def how_in(self, lang: str) -> str:
        """How it came about, in ``lang``."""
        return dict(self.how).get(lang, "")


def missing(code: str, **fields: object) -> Share:
    """Not scored, because of the fault ``code``."""
    return Share(None, None, Fraction(0), (), (told(code, **fields),))


def share_of(line: GoalLine, target: Target, given: Given, scheme: Scheme, year: int) -> Share:
    """The share of its points that an indicator earns. ``year`` is that of targets without one."""
    if target.kind == "none":
        return missing("no-target")
    if given.graded is not None:
        return _by_grade(target, given.graded, scheme)
    if target.kind in ("qualitative", "described"):
        return _words(target, given, scheme)
    if not given.values:
        return missing("no-actual")
    if target.kind == "trend" and not target.conditions:
        return _trend(line, target, given, scheme)
    return _conditions(line, target, given, scheme, year)


def execution_share(executed: int | None, budget: int | None) -> Share:
    """预算执行率: min(全年执行数 / 全年预算数, 1), both in 分. Source: published forms 【页】."""
    if not budget or budget < 0:
        return missing("no-budget")
    if executed is None:
        return missing("no-execution")
    rate = Fraction(executed, budget)
    shown = f"{short(rate * 100, 2)}%"
    how = phrase("scoring.toml", "how", "level", actual=shown, target="100%")
    return Share(min(max(rate, Fraction(0)), Fraction(1)), rate >= 1, Fraction(0), _how(how), ())


def _how(*phrases: dict[str, str]) -> tuple[tuple[str, str], ...]:
    joins = {"zh": "；", "en": "; "}
    return tuple((lang, join.join(p[lang] for p in phrases)) for lang, join in joins.items())


# ------------------------------------------------------------------ words
def grade_of(name: str, target: Target, scheme: Scheme) -> Grade | None:
    """The grade that a name means: 达成 …, or the target's own words (及时, 基本及时, 不及时)."""
    for grade in scheme.grades:
        if name in (grade.id, *grade.names):
            return grade
    own = performance.scales()[target.scale].grades if target.scale else ()
    index = own.index(name) if name in own else len(scheme.grades)
    return scheme.grades[index] if index < len(scheme.grades) else None


def _by_grade(target: Target, graded: Graded, scheme: Scheme) -> Share:
    grade = grade_of(graded.grade, target, scheme)
    if grade is None:
        known = "、".join(g.zh for g in scheme.grades)
        return missing("unknown-grade", grade=graded.grade, known=known)
    within = scheme.within if graded.within is None else graded.within
    if not 0 <= within <= 1:
        return missing("within-range", within=short(within))
    if not graded.document.strip():
        return missing("grade-without-document", grade=graded.grade)
    how = {
        lang: phrase(
            "scoring.toml",
            "how",
            "grade",
            grade=grade.zh if lang == "zh" else grade.en,
            within=f"{short(within * 100, 1)}%",
        )[lang]
        for lang in ("zh", "en")
    }
    value = grade.low + within * (grade.high - grade.low)
    return Share(value, grade is scheme.grades[0], Fraction(0), _how(how), ())


def _words(target: Target, given: Given, scheme: Scheme) -> Share:
    """A target in words without a grade: a share in % may answer one that can be failed."""
    testable = target.kind == "qualitative" and performance.scales()[target.scale].testable
    if not testable:
        return missing("not-measurable", target=target.text.strip())
    if not given.values:
        return missing("no-grade", target=target.text.strip())
    if not scheme.percent_for_words or given.unit != "%" or len(given.values) != 1:
        return missing("no-grade", target=target.text.strip())
    percent = Fraction(given.values[0])
    value = min(max(percent / 100, Fraction(0)), Fraction(1))
    how = phrase("scoring.toml", "how", "percent", actual=short(percent, 2))
    return Share(value, value == 1, Fraction(0), _how(how), ())


# ------------------------------------------------------------------ change
def baseline_of(line: GoalLine, target: Target, given: Given) -> Decimal | None:
    """The baseline 基期值 of a target that is a change: the goal's own, else the one given, else last
    year's actual where the target speaks of last year."""
    if line.baseline is not None:
        return line.baseline
    if given.baseline is not None:
        return given.baseline
    return line.last_actual if target.against == "last" else None


def _trend(line: GoalLine, target: Target, given: Given, scheme: Scheme) -> Share:
    base = baseline_of(line, target, given)
    if base is None:
        return missing("no-baseline", target=target.text.strip())
    if len(given.values) != 1:
        return missing("several-actuals", count=1, given=len(given.values))
    moved = given.values[0] - base if target.change == "+" else base - given.values[0]
    value = Fraction(1) if moved > 0 else scheme.trend_flat if moved == 0 else Fraction(0)
    how = phrase("scoring.toml", "how", "trend", baseline=f"{base:f}", actual=f"{given.values[0]:f}")  # fmt: skip
    return Share(value, moved > 0, Fraction(0), _how(how), ())


# ------------------------------------------------------------------ conditions
@dataclass(frozen=True, slots=True)
class _One:
    share: Fraction
    met: bool
    lost: Fraction
    how: dict[str, str]


def _conditions(line: GoalLine, target: Target, given: Given, scheme: Scheme, year: int) -> Share:
    conditions = target.conditions
    if len(given.values) != len(conditions):
        return missing("several-actuals", count=len(conditions), given=len(given.values))
    found: list[_One] = []
    for index, (condition, value) in enumerate(zip(conditions, given.values, strict=True)):
        one = _one(line, target, condition, value, given.unit_at(index), given, scheme, year)
        if isinstance(one, Fault):
            return Share(None, None, Fraction(0), (), (one,))
        found.append(one)
    share = _together([f.share for f in found], [f.met for f in found], given.several or scheme.several)  # fmt: skip
    lost = Fraction(0) if given.justified else max(f.lost for f in found)
    phrases = [f.how for f in found]
    if len(found) > 1:
        met = sum(f.met for f in found)
        phrases.append(phrase("scoring.toml", "how", "several", count=len(found), met=met))
    if lost:
        phrases.append(phrase("scoring.toml", "how", "over", lost=f"{short(lost * 100, 2)}%"))
    return Share(
        max(share - lost, Fraction(0)), all(f.met for f in found), lost, _how(*phrases), ()
    )


def _together(shares: Sequence[Fraction], met: Sequence[bool], several: str) -> Fraction:
    if several == "all":
        return Fraction(all(met)) if len(met) > 1 else shares[0]
    if several == "worst":
        return min(shares)
    return sum(shares, Fraction(0)) / len(shares)


def _one(
    line: GoalLine,
    target: Target,
    condition: Condition,
    value: Decimal,
    printed_unit: str,
    given: Given,
    scheme: Scheme,
    year: int,
) -> _One | Fault:
    if condition.unit in (DATE, DAY_OF_YEAR):
        return _on_date(dated(condition, year), value, scheme)
    if printed_unit and condition.unit and not condition.change:
        unit = performance.unit_of(printed_unit)
        limit = condition.unit in performance.target_words("target_words")["within"]
        if unit == "%" and limit and condition.operator in ("≤", "<"):
            return _within_limit(condition, Fraction(value))
        if not performance.alike(unit, condition.unit):
            return told("unit-differs", unit=printed_unit, wanted=condition.unit)
    actual, unit, wanted = Fraction(value), condition.unit, condition
    if condition.change:
        base = baseline_of(line, target, given)
        if base is None:
            return told("no-baseline", target=target.text.strip())
        if not condition.value and condition.upper is None:
            wanted, unit = _no_worse_than(condition, base), printed_unit
        else:
            try:
                actual = change_from(condition, base, value)
            except ValueError:
                return told("zero-baseline")
    way = line.direction or way_of(line)
    share, met = level_share(wanted, actual, scheme, way)
    lost = lost_beyond(wanted, actual, scheme, way) if wanted is condition else Fraction(0)
    how = phrase(
        "scoring.toml",
        "how",
        "level",
        actual=f"{condition.subject}{short(actual, 4)}{unit}",
        target=condition.text or f"{condition.operator}{condition.value:f}{unit}",
    )
    return _One(share, met, lost, how)


def _no_worse_than(condition: Condition, base: Decimal) -> Condition:
    """A change of nothing (不低于上年, 与上年持平) as the level that it asks for: the baseline."""
    operator = {"=": "≥"}.get(condition.operator, condition.operator)
    if condition.change == "-":
        operator = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}[operator]
    return replace(condition, operator=operator, value=base, change="")


def way_of(line: GoalLine) -> str:
    """Which way an indicator is better (up, down or "") where the goal does not say so: by its name,
    and of a cost 成本 less is better."""
    named = performance.direction_of(line.level3)
    if named:
        return named
    levels = performance.placed(line.level1, line.level2)
    return "down" if any(level.startswith("cost") for level in levels) else ""


def _within_limit(condition: Condition, percent: Fraction) -> _One:
    """A time limit (1小时内响应) answered by the share of cases that kept to it: that share."""
    share = min(max(percent / 100, Fraction(0)), Fraction(1))
    how = phrase(
        "scoring.toml",
        "how",
        "level",
        actual=f"{condition.subject}{short(percent, 2)}%",
        target=condition.text,
    )
    return _One(share, share == 1, Fraction(0), how)


def _on_date(condition: Condition, value: Decimal, scheme: Scheme) -> _One | Fault:
    try:
        day = as_day(value)
    except ValueError:
        return told("bad-date", actual=f"{value:f}")
    share, met = date_share(condition, day, scheme)
    how = phrase("scoring.toml", "how", "level", actual=_day(day), target=date_text(condition.value, DATE))  # fmt: skip
    return _One(share, met, Fraction(0), how)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
