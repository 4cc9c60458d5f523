"""Scheme 评分办法: points, rules, grades and bands, from catalog/scoring.toml and a ledger's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mingzhang.catalog.source import table
from mingzhang.model.evidence import Fault
from mingzhang.perform.scoring.printed import half_up, short
from mingzhang.perform.scoring.telling import told

GROUPS = ("output", "benefit", "satisfaction")
SEVERAL = ("each", "worst", "all")
BARE = ("at_least", "equal")
_WHOLE = 100  # points of a form 百分制
_OVERRIDES = ("points", "moves", "rules", "grade", "overshoot", "bands", "print", "plausible")


class BadScheme(Exception):
    """A scheme that does not hold together; ``fault`` says what."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages["en"])
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a qualitative target 定性等级: between which shares of the points it lies."""

    id: str
    zh: str
    en: str
    low: Fraction
    high: Fraction
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overshoot:
    """Discount for values far beyond the target: from ``above`` times it on, each begun ``step``
    loses ``lost`` of the points, ``most`` at the most."""

    discount: bool
    operators: tuple[str, ...]
    above: Fraction
    step: Fraction
    lost: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class Band:
    """A band 等级: from so many hundredths of all points on."""

    zh: str
    en: str
    least: Fraction


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an evaluation is scored: everything that [points] … [plausible] of scoring.toml say.

    ``points`` by group (execution, output, benefit, satisfaction); their sum is the whole form.
    """

    points: Mapping[str, Fraction]
    moves: Mapping[str, tuple[str, ...]]
    weight_step: Fraction
    several: str
    bare_number: str
    strict_missed: Fraction
    late_days: int
    trend_flat: Fraction
    percent_for_words: bool
    within: Fraction
    grades: tuple[Grade, ...]
    overshoot: Overshoot
    bands: tuple[Band, ...]
    print_step: Fraction
    same_at_least: int
    average: Fraction

    @property
    def total(self) -> Fraction:
        """All points of the form: 100."""
        return sum(self.points.values(), Fraction(0))

    def band(self, score: Fraction) -> Band:
        """The band of a score out of ``total``, as it is printed: 89.996 is printed 90.00, and so 优."""
        share = half_up(score, self.print_step) * 100 / self.total
        return next((b for b in self.bands if share >= b.least), self.bands[-1])


def scheme_of(own: Mapping[str, Any] | None = None) -> Scheme:
    """The scheme of the catalog with a ledger's ``own`` [scheme] laid over it.

    Raises BadScheme for an unknown key and for numbers that do not hold together.
    """
    raw = _merged(own or {})
    points = {k: _number(raw["points"][k], f"points.{k}") for k in ("execution", *GROUPS)}
    rules, over, bands = raw["rules"], raw["overshoot"], raw["bands"]
    used = bands.get(str(bands["use"]))
    if not isinstance(used, Mapping):
        raise _bad("bands.use", str(bands["use"]))
    made = Scheme(
        points=points,
        moves={k: tuple(v) for k, v in raw["moves"].items()},
        weight_step=_number(raw["points"]["step"], "points.step"),
        several=_among(rules["several"], SEVERAL, "rules.several"),
        bare_number=_among(rules["bare_number"], BARE, "rules.bare_number"),
        strict_missed=_share(rules["strict_missed"], "rules.strict_missed"),
        late_days=int(_number(rules["late_days"], "rules.late_days")),
        trend_flat=_share(rules["trend_flat"], "rules.trend_flat"),
        percent_for_words=bool(rules["percent_for_words"]),
        within=_share(rules["within"], "rules.within"),
        grades=tuple(_grade(k, v) for k, v in raw["grade"].items()),
        overshoot=Overshoot(
            bool(over["discount"]),
            tuple(over["operators"]),
            _number(over["above"], "overshoot.above"),
            _number(over["step"], "overshoot.step"),
            _share(over["lost"], "overshoot.lost"),
            _share(over["most"], "overshoot.most"),
        ),
        bands=tuple(
            Band(zh, en, _number(least, "bands.from"))
            for zh, en, least in zip(used["names"], used["names_en"], used["from"], strict=True)
        ),
        print_step=_number(raw["print"]["step"], "print.step"),
        same_at_least=int(raw["plausible"]["same_at_least"]),
        average=_number(raw["plausible"]["average"], "plausible.average"),
    )
    _hold(made)
    return made


def _merged(own: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    base = table("scoring.toml")
    merged = {key: dict(base[key]) for key in _OVERRIDES}
    for key, rows in own.items():
        if key not in merged or not isinstance(rows, Mapping):
            raise _bad(key, "、".join(_OVERRIDES))
        for name, value in rows.items():
            if name not in merged[key] and key != "bands":
                raise _bad(f"{key}.{name}", "、".join(merged[key]))
            old = merged[key].get(name)
            if isinstance(old, Mapping) and isinstance(value, Mapping):
                value = {**old, **value}
            merged[key][name] = value
    return merged


def _grade(key: str, row: Mapping[str, Any]) -> Grade:
    low, high = _share(row["low"], f"grade.{key}.low"), _share(row["high"], f"grade.{key}.high")
    return Grade(key, row["zh"], row["en"], low, high, (row["zh"], *row.get("also", ())))


def _hold(made: Scheme) -> None:
    """Raises BadScheme for what would break a promise: 100 points, 0 ≤ score ≤ weight also as printed,
    better is never less."""
    if made.total != _WHOLE or min(made.points.values()) < 0:
        raise _bad("points", " + ".join(short(p) for p in made.points.values()) + f" ≠ {_WHOLE}")
    for key in ("weight_step", "print_step"):
        step = getattr(made, key)
        if step <= 0 or str(step.denominator).strip("0") != "1" or step.numerator != 1:
            raise _bad(key, str(step))
    if any(p % made.weight_step for p in made.points.values()):
        raise _bad("points.step", str(made.weight_step))
    if made.weight_step % made.print_step:  # whole scores of weights like 4.17: 5 of 4.17
        raise _bad("print.step", f"{made.print_step} > points.step {made.weight_step}")
    if made.overshoot.above <= 1 or made.overshoot.step <= 0 or made.late_days <= 0:
        raise _bad("overshoot", f"{made.overshoot.above}, {made.overshoot.step}")
    ladder = [made.grades[0].high, *(x for g in made.grades for x in (g.high, g.low))]
    if any(a < b for a, b in pairwise(ladder)):
        raise _bad("grade", "100 … 0")
    if any(a.least <= b.least for a, b in pairwise(made.bands)):
        raise _bad("bands.from", "100 … 0")
    for group, to in made.moves.items():
        if group not in GROUPS or any(g not in GROUPS or g == group for g in to):
            raise _bad(f"moves.{group}", "、".join(to))


def _bad(key: str, detail: str) -> BadScheme:
    return BadScheme(told("bad-scheme", key=key, detail=detail))


def _number(value: object, key: str) -> Fraction:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        raise _bad(key, str(value)) from None
    if not found.is_finite() or isinstance(value, bool):
        raise _bad(key, str(value))
    return Fraction(found)


def _share(value: object, key: str) -> Fraction:
    found = _number(value, key)
    if not 0 <= found <= 1:
        raise _bad(key, str(value))
    return found


def _among(value: object, known: tuple[str, ...], key: str) -> str:
    if value not in known:
        raise _bad(key, f"{value}（{'、'.join(known)}）")
    return str(value)
