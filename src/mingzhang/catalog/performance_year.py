"""The year 预算执行年度 as data: tables, thresholds, what is due when, and what is said (performance-year.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from string import Formatter
from typing import Any

from mingzhang.catalog.ledger import heading_key
from mingzhang.catalog.normal import plain
from mingzhang.catalog.source import table

_FILE = "performance-year.toml"
LANGUAGES = ("zh", "en")
LEVELS = ("normal", "attention", "warning")
"""The classes of deviation 偏差等级, from good to bad."""


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column of a table of the year; ``needed``: a row without it cannot be counted."""

    field: str
    zh: str
    en: str
    also: tuple[str, ...]
    kind: str
    needed: bool


@cache
def columns(name: str) -> Mapping[str, YearColumn]:
    """The columns of payments or adjustments by field. Raises KeyError for another table."""
    rows = table(_FILE)["table"][name]["columns"]
    return {
        c["field"]: YearColumn(
            c["field"],
            c["zh"],
            c["en"],
            tuple(c.get("also", ())),
            c["kind"],
            bool(c.get("needed", False)),
        )
        for c in rows
    }


@cache
def headings(name: str) -> Mapping[str, str]:
    """Heading as typed, in its normal form -> field."""
    out: dict[str, str] = {}
    for column in columns(name).values():
        for word in (column.field, column.zh, column.en, *column.also):
            out.setdefault(heading_key(word), column.field)
    return out


def file_name(name: str) -> str:
    """The file of a table: payments -> "payments.csv"."""
    return str(table(_FILE)["table"][name]["file"])


@cache
def adjustment_kinds() -> Mapping[str, str]:
    """A kind of adjustment as typed, in normal form -> its id."""
    out = {}
    for key, words in table(_FILE)["kinds"].items():
        out.update({plain(word).casefold(): key for word in (key, *words)})
    return out


def kind_name(kind: str) -> str:
    """The Chinese name of a kind of adjustment. Raises KeyError."""
    return str(table(_FILE)["kinds"][kind][0])


@cache
def words(name: str) -> frozenset[str]:
    """A list of [words] in normal form. Raises KeyError."""
    return frozenset(plain(word) for word in table(_FILE)["words"][name])


def number(section: str, key: str) -> Decimal:
    """A threshold of [money] or [indicator]. Raises KeyError."""
    return Decimal(str(table(_FILE)[section][key]))


def forecasting() -> Mapping[str, Any]:
    """[forecast]: months, least, confidence, quantile."""
    found: Mapping[str, Any] = table(_FILE)["forecast"]
    return found


def method(lang: str, seasonal: bool) -> str:
    """How the forecast is made and what it cannot know, in ``lang``."""
    row = forecasting()
    pattern = row[f"pattern_{lang}"] if seasonal else ""
    return str(row[lang]).format(
        months=row["months"], confidence=row["confidence"], pattern=pattern
    )


@cache
def accumulating(name: str) -> frozenset[str]:
    """The ``measures`` or ``units`` of values that grow through the year. Raises KeyError."""
    return frozenset(table(_FILE)["accumulate"][name])


def level_name(level: str, lang: str = "zh") -> str:
    """正常, 关注, 预警 or 无数据. Raises KeyError."""
    return str(table(_FILE)["level"][level][lang])


def sentence(section: str, key: str, lang: str, params: Mapping[str, object]) -> str:
    """A sentence of [why] or [lack] with its {fields} filled. Raises KeyError."""
    return Formatter().vformat(table(_FILE)[section][key][lang], (), params)


def phrase(section: str, key: str, lang: str, /, **params: object) -> str:
    """A phrase of [say] or [wanted] (keys end in the language). Raises KeyError."""
    return str(table(_FILE)[section][f"{key}_{lang}"]).format(**params)


def severity(kind: str) -> str:
    """The severity of a kind of fault. Raises KeyError."""
    return str(table(_FILE)["fault"][kind]["severity"])


def fault_words(kind: str, params: Mapping[str, object]) -> dict[str, str]:
    """The sentence of a fault by language. Raises KeyError for an unknown kind or field."""
    row = table(_FILE)["fault"][kind]
    return {lang: Formatter().vformat(row[lang], (), params) for lang in LANGUAGES}


def section(name: str) -> Mapping[str, Any]:
    """A section as it is: the tasks of the calendar, the words of a form. Raises KeyError."""
    found: Mapping[str, Any] = table(_FILE)[name]
    return found
