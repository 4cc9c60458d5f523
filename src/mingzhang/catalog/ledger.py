"""Ledger forms 底账格式: tables and columns, choices, and the sentences about ledgers (ledger.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from mingzhang.catalog.dimensions import values
from mingzhang.catalog.normal import bare, plain
from mingzhang.catalog.source import table
from mingzhang.model.place import Place

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of a ledger's table: ``zh`` is its heading; ``kind`` says what may stand in it."""

    field: str
    zh: str
    en: str
    also: tuple[str, ...]
    kind: str
    width: float
    help: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class LedgerTable:
    """A table of the ledger: its file in the folder form, its sheet in the workbook."""

    id: str
    file: str
    sheet: str
    zh: str
    en: str
    columns: tuple[LedgerColumn, ...]

    def column(self, field: str) -> LedgerColumn:
        """The column of that field. Raises KeyError if there is none."""
        return _columns(self.id)[field]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(c.field for c in self.columns)


def _raw() -> Mapping[str, Any]:
    return table("ledger.toml")


@cache
def tables() -> Mapping[str, LedgerTable]:
    """All tables by id, in the order of the workbook's sheets."""
    return MappingProxyType(
        {
            key: LedgerTable(
                key,
                t["file"],
                t["sheet"],
                t["zh"],
                t["en"],
                tuple(
                    LedgerColumn(
                        c["field"],
                        c["zh"],
                        c["en"],
                        tuple(c.get("also", ())),
                        c["kind"],
                        c.get("width", 14),
                        c.get("help", {}),
                    )
                    for c in t["columns"]
                ),
            )
            for key, t in _raw()["table"].items()
        }
    )


@cache
def _columns(table_id: str) -> Mapping[str, LedgerColumn]:
    return {c.field: c for c in tables()[table_id].columns}


@cache
def headings(table_id: str) -> Mapping[str, str]:
    """Heading as typed, in its normal form -> field, for one table."""
    out: dict[str, str] = {}
    for column in tables()[table_id].columns:
        for word in (column.field, column.zh, column.en, *column.also):
            out.setdefault(heading_key(word), column.field)
    return out


def heading_key(text: str) -> str:
    """A heading in its normal form: "本年预算数（元）" and "本年预算数" are one."""
    return bare(text).removesuffix("(元)").casefold()


@cache
def offered(dimension: str) -> tuple[str, ...]:
    """The ids of a dimension that a line may carry, in the order of the drop-down list."""
    return tuple(_raw()["choice"][dimension])


@cache
def meant(dimension: str) -> Mapping[str, str]:
    """Every way to write a value of a dimension, in normal form -> its id (coarse ones too)."""
    out: dict[str, str] = {}
    own = {plain(k).casefold(): v for k, v in _raw()["also"].get(dimension, {}).items()}
    for (of, key), value in values().items():
        if of == dimension:
            for word in (key, value.zh, value.en):
                out.setdefault(plain(word).casefold(), key)
    for (of, key), value in values().items():
        if of == dimension:
            for word in value.labels:
                out.setdefault(word.casefold(), key)
    return {**out, **own}


@cache
def subjects() -> Mapping[str, str]:
    """Every way to write the subject of a reason, in normal form -> the subject: an id or 总收支."""
    own = {plain(k): str(v) for k, v in _raw()["also"]["subject"].items()}
    return {**meant("nature"), **meant("item"), **own}


def words(name: str) -> tuple[str, ...]:
    """A list of words of [words]. Raises KeyError if there is none."""
    return tuple(_raw()["words"][name])


@cache
def usual_natures() -> Mapping[str, tuple[str, ...]]:
    """Nature -> the classes 类 of 部门经济科目 that go with it."""
    return {k: tuple(v) for k, v in _raw()["hint"]["nature"].items()}


def skeleton() -> Mapping[str, Any]:
    """What a new ledger starts with."""
    found: Mapping[str, Any] = _raw()["skeleton"]
    return found


def workbook_words() -> Mapping[str, Any]:
    """The words of the workbook's own sheets."""
    found: Mapping[str, Any] = _raw()["workbook"]
    return found


def severity(kind: str) -> str:
    """The severity of a kind of fault. Raises KeyError for an unknown kind."""
    return str(_raw()["fault"][kind]["severity"])


def fault_words(kind: str, params: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
    """The sentence of a fault by language; ``params`` by language. Raises KeyError."""
    return {lang: str(_raw()["fault"][kind][lang]).format(**params[lang]) for lang in LANGUAGES}


def where(place: Place, lang: str, column: str = "") -> str:
    """File and row, or sheet and cell: "lines.csv 第 12 行"; ``column`` is put behind it."""
    if place.sheet is not None:
        if place.line is not None and place.column is None:  # a row, not one cell of it
            return say("where-row", lang, sheet=place.sheet, line=place.line, column=column)
        return say("where-cell", lang, sheet=place.sheet, cell=place.cell or "", column=column)
    if place.line is not None:
        return say("where-csv", lang, name=place.name, line=place.line, column=column)
    return say("where-file", lang, name=place.name, column=column)


def say(key: str, lang: str, **fields: object) -> str:
    """A small phrase of [say] with its {fields} filled. Raises KeyError."""
    return str(_raw()["say"][key][lang]).format(**fields)
