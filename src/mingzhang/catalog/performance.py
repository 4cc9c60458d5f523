"""Performance 绩效: levels of indicators, words of targets, and what is said of goals (performance.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

from mingzhang.catalog.normal import bare, plain
from mingzhang.catalog.source import table

_FILE = "performance.toml"
_LONGEST_NAME = 20  # characters: more than that is a sentence, whose end names nothing


@dataclass(frozen=True, slots=True)
class Level:
    """A level of indicators: 一级指标 (``rank`` 1) or 二级指标 (2). ``under``: ids of the levels that
    hold it; ``wanted``: a goal without any of it is told so."""

    id: str
    zh: str
    en: str
    rank: int
    under: tuple[str, ...]
    wanted: bool
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scale:
    """A qualitative scale 定性等级: its words, its three grades, whether it can be failed at all."""

    id: str
    testable: bool
    grades: tuple[str, ...]
    words: frozenset[str]


@cache
def levels() -> Mapping[str, Level]:
    """All levels by id."""
    return {
        key: Level(
            key,
            row["zh"],
            row["en"],
            row["rank"],
            tuple(row["under"]),
            row["wanted"],
            frozenset(bare(n) for n in row["names"]),
        )
        for key, row in table(_FILE)["levels"].items()
    }


def level_of(printed: str, rank: int = 0) -> str:
    """The id of a level as printed (数量指标, 产出指标（50分）); "" if nobody knows it.

    成本指标 is a first level in some forms and a second one in others: ``rank`` does not part them.
    """
    name = bare(printed).partition("(")[0].removesuffix("指标")
    for level in levels().values():
        if name in level.names and (not rank or level.rank == rank or level.id == "cost"):
            return level.id
    return ""


def placed(level1: str, level2: str) -> tuple[str, str]:
    """The ids of a line's first and second level, from both as printed.

    A second level that belongs under one first level only puts the line there, so that a label lost
    at a page break does no harm. Unknown names give "".
    """
    first, second = level_of(level1, 1), level_of(level2)
    if second and second == first:
        second = ""
    if not second:
        return first, ""
    known = levels()[second]
    if known.rank == 1 and second != "cost":
        return second, ""
    above = known.under
    if first not in above and len(above) == 1 and second != "cost":
        first = above[0]
    return first or (above[0] if len(above) == 1 else ""), second


@cache
def scales() -> Mapping[str, Scale]:
    """All qualitative scales by id."""
    return {
        key: Scale(
            key, row["testable"], tuple(row["grades"]), frozenset(plain(w) for w in row["words"])
        )
        for key, row in table(_FILE)["scale"].items()
    }


@cache
def form_words(name: str) -> frozenset[str]:
    """A list of words of goal forms (task_header, overall_goal …), bare. Raises KeyError."""
    return frozenset(bare(w) for w in table(_FILE)[name])


@cache
def target_words(name: str) -> Mapping[str, tuple[str, ...]]:
    """A table of lists of words, in normal form. Raises KeyError for an unknown one."""
    return {key: tuple(plain(w) for w in found) for key, found in table(_FILE)[name].items()}


@cache
def units() -> Mapping[str, str]:
    """A unit as printed, in normal form -> the unit it is."""
    return {w: unit for unit, found in target_words("target_unit").items() for w in found}


def unit_of(printed: str) -> str:
    """A unit in the form that conditions have; an unknown one as printed, in normal form."""
    name = plain(printed)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    counted, *each = name.split("/")
    return "/".join((units().get(counted, counted), *map(period_of, each)))


def period_of(printed: str) -> str:
    """What stands after "/" in a unit (次/天, 次/季) as 每天, 每季 say it: 日, 季度."""
    return _periods().get(f"每{printed}", units().get(printed, printed))


@cache
def _periods() -> Mapping[str, str]:
    return {w: period for period, found in target_words("target_period").items() for w in found}


@cache
def multipliers() -> Mapping[str, Decimal]:
    """万, 亿 before a unit -> how many."""
    return {word: Decimal(value) for word, value in table(_FILE)["target_multiplier"].items()}


def alike(one: str, other: str) -> bool:
    """True if two units count the same (人, 名), of the same things in any order (元/人/月, 元/月/人)."""
    counted, *each = one.split("/")
    others, *of_each = other.split("/")
    if sorted(each) != sorted(of_each):
        return False
    return counted == others or any(
        counted in group and others in group for group in target_words("target_alike").values()
    )


@cache
def weight_totals() -> tuple[Decimal, ...]:
    """What the weights 分值 of a goal's indicators may add up to."""
    return tuple(Decimal(t) for t in table(_FILE)["weights"]["totals"])


def direction_of(name: str) -> str:
    """up, down or "": which way is better, by how the name of an indicator ends."""
    short = bare(name)
    if len(short) > _LONGEST_NAME:
        return ""
    for way, ends in table(_FILE)["direction"].items():
        if short.endswith(tuple(plain(e) for e in ends)):
            return str(way)
    return ""


def wording(section: str, key: str) -> dict[str, str]:
    """What to write instead of words: of [scale] or [wording], by language. Raises KeyError."""
    row = table(_FILE)[section][key]
    return {lang: row[lang] for lang in ("zh", "en")}


def word(key: str, lang: str) -> str:
    """One of [fault_words] in ``lang``. Raises KeyError."""
    return str(table(_FILE)["fault_words"][f"{key}_{lang}"])


def severity(fault: str) -> str:
    """The severity of a kind of fault. Raises KeyError for an unknown one."""
    return str(table(_FILE)["fault"][fault]["severity"])


def faults() -> tuple[str, ...]:
    """The ids of all kinds of faults."""
    return tuple(table(_FILE)["fault"])


def said(fault: str, params: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The message and the suggestion of a fault, by language, with their {fields} filled.

    A field "wording_en" fills the English sentence where it says so. Raises KeyError for an unknown
    fault and for a field without a value.
    """
    row = table(_FILE)["fault"][fault]
    fill = Formatter().vformat
    return (
        {lang: fill(row[lang], (), params) for lang in ("zh", "en")},
        {lang: fill(row[f"suggestion_{lang}"], (), params) for lang in ("zh", "en")},
    )
