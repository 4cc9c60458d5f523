"""Risk 偏差等级 of the money: 正常, 关注 or 预警, with the reasons; the thresholds are data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.perform.execution.state import Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a class was given: a key of [why] in catalog/performance-year.toml and its fields."""

    level: str
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def said(self, lang: str = "zh") -> str:
        """The reason as words."""
        return catalog.sentence("why", self.key, lang, self.fields)


@dataclass(frozen=True, slots=True)
class Risk:
    """A class (of catalog.performance_year.LEVELS) and what led to it."""

    level: str = "normal"
    reasons: tuple[Reason, ...] = ()

    def said(self, lang: str = "zh") -> str:
        """All reasons as words."""
        return catalog.phrase("say", "then", lang).join(r.said(lang) for r in self.reasons)


def worst(levels: Iterable[str]) -> str:
    """The worst class; "normal" of none. Unknown ones do not count."""
    known = [catalog.LEVELS.index(level) for level in levels if level in catalog.LEVELS]
    return catalog.LEVELS[max(known, default=0)]


def percent(share: Fraction) -> str:
    """A share as a percentage with one decimal, half up: 2/3 -> "66.7%"."""
    tenths = (abs(share) * 1000 + Fraction(1, 2)).__floor__()
    return f"{'-' if share < 0 and tenths else ''}{tenths // 10}.{tenths % 10}%"


def points(share: Fraction) -> str:
    """A difference of shares in percentage points, one decimal, without sign."""
    return percent(abs(share)).removesuffix("%")


def signed(share: Fraction) -> str:
    """A difference of shares in percentage points with its sign: "+0.3", "-28.8"."""
    text = percent(share).removesuffix("%")
    return text if text.startswith("-") else f"+{text}"


def money_risk(standing: Standing) -> Risk:
    """The class of a standing's money, from pace and forecast."""
    reasons = tuple(_reasons(standing))
    return Risk(worst(reason.level for reason in reasons), reasons)


def _reasons(standing: Standing) -> Iterator[Reason]:
    rate, deviation = standing.rate, standing.deviation
    if rate is None or deviation is None:
        if standing.paid:
            yield Reason("warning", "unbudgeted")
        return
    if rate > 1:
        yield Reason("warning", "overspent")
    told = {"rate": percent(rate), "pace": percent(standing.pace), "points": points(deviation)}
    over = standing.pace == 1  # of a year that is over, only the rate is told
    if over:
        pass
    elif deviation <= -_share("money", "behind_warning"):
        yield Reason("warning", "behind", told)
    elif deviation <= -_share("money", "behind_attention"):
        yield Reason("attention", "behind", told)
    elif deviation >= _share("money", "ahead_attention") and rate <= 1:
        yield Reason("attention", "ahead", told)
    expected = standing.forecast.uncapped
    if expected is None:
        return
    share = Fraction(expected, standing.adjusted)
    if share < _share("money", "forecast_warning"):
        yield Reason("warning", "year" if over else "low", {"forecast": percent(share)})
    elif share < _share("money", "forecast_attention"):
        yield Reason("attention", "year" if over else "low", {"forecast": percent(share)})
    elif share > _share("money", "forecast_over") and rate <= 1 and deviation > 0:
        yield Reason("attention", "over", {"forecast": percent(share)})


def _share(section: str, key: str) -> Fraction:
    return Fraction(catalog.number(section, key)) / 100
