"""The definition file ``evidence.toml`` 佐证定义: sources, and what each indicator asks of them.

A slip in one source or indicator is that indicator's fault; only a file that is no TOML is refused
as a whole. Numbers are read as Decimal.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from mingzhang.model.evidence import SOURCE_KINDS, Condition, Evidence, Fault, Measure, Source
from mingzhang.perform.evidence.faults import Refused, default, fault, refuse
from mingzhang.perform.evidence.measures import KINDS

Table = Mapping[str, Any]
THRESHOLD = (
    5  # records that must stand behind a figure about people, unless the file says otherwise
)

_SOURCE_KEYS = tuple(f.name for f in fields(Source) if f.name != "name")
_COMMON = ("id", "unit", "source", "sources", "date", "since", "until", "threshold", "document")
_ASKED = (
    *("column", "of", "where", "from", "to", "due", "within", "at_least", "among", "total"),
    *("data_unit", "by", "groups"),
)
_SUFFIXES = {".csv": "csv", ".txt": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}
_SUFFIXES |= {".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite"}
_TESTS = ("at_least", "at_most", "above", "below", "not", "present")
# what each kind of measure cannot do without: one key of every tuple
_NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "count_distinct": (("column",),),
    "sum": (("column",),),
    "average": (("column",),),
    "execution_rate": (("column",), ("total",)),
    "share": (("where",),),
    "completion": (("where", "column"),),
    "participation": (("where",),),
    "share_within": (("from",), ("to",), ("within",)),
    "timeliness": (("to",), ("due", "within")),
    "satisfaction": (("column",), ("at_least", "among")),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """What ``evidence.toml`` says. ``faults`` and ``source_faults`` are what could not be understood.

    ``memory`` is the engine's limit as DuckDB writes it; ``timezone`` that of times with an offset.
    """

    folder: Path
    sources: Mapping[str, Source]
    evidence: tuple[Evidence, ...]
    faults: Mapping[str, Fault] = field(default_factory=dict)
    source_faults: Mapping[str, Fault] = field(default_factory=dict)
    threshold: int = THRESHOLD
    memory: str = default("memory")
    timezone: str = default("timezone")

    def path(self, source: Source) -> Path:
        """Where a file source lies: relative to the definition's folder."""
        return self.folder / source.path


def variable(connection: str) -> str:
    """The environment variable that holds the address of a connection."""
    return "MINGZHANG_DB_" + re.sub(r"\W", "_", connection).upper()


def load(path: str | Path) -> Definition:
    """Read a definition. Raises Refused if there is no such file or it is no TOML."""
    path = Path(path)
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text, parse_float=Decimal)
    except FileNotFoundError:
        raise refuse("definition-missing", where=path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        detail = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "UTF-8"
        raise refuse("toml", where=path.name, detail=detail) from None
    return parse(data, path.parent)


def parse(data: Table, folder: Path) -> Definition:
    """A definition from TOML data. Raises Refused for what concerns the file as a whole."""
    _known(data, ("privacy", "limits", "source", "indicator"), "evidence.toml")
    privacy, limits = data.get("privacy", {}), data.get("limits", {})
    _known(privacy, ("threshold",), "[privacy]")
    _known(limits, ("memory", "timezone"), "[limits]")
    sources, source_faults = {}, {}
    for name, table in data.get("source", {}).items():
        try:
            sources[name] = _source(name, table)
        except Refused as refused:
            source_faults[name] = refused.fault
    evidence: list[Evidence] = []
    faults: dict[str, Fault] = {}
    for number, table in enumerate(data.get("indicator", ()), 1):
        name = str(table.get("id", f"#{number}"))
        if any(e.indicator == name for e in evidence):
            faults[name] = fault("twice", where=name)
            continue
        evidence.append(Evidence(name, str(table.get("unit", ""))))
        try:
            evidence[-1] = _evidence(name, table, sources.keys() | source_faults.keys())
        except Refused as refused:
            faults[name] = refused.fault
    return Definition(
        folder,
        sources,
        tuple(evidence),
        faults,
        source_faults,
        _whole(privacy.get("threshold", THRESHOLD), "threshold", "[privacy]"),
        str(limits.get("memory", "2GB")),
        str(limits.get("timezone", default("timezone"))),
    )


def _known(table: Any, known: Iterable[str], where: str) -> None:
    if not isinstance(table, Mapping):
        raise _wrong(where, where, "一个表", "a table")
    for key in table:
        if key not in known:
            raise refuse("key", where=where, key=key, known="、".join(known))


def _wrong(where: str, key: str, zh: str, en: str) -> Refused:
    return refuse("value", where=where, key=key, wanted_zh=zh, wanted_en=en)


def _texts(value: object, key: str, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise _wrong(where, key, "文字或文字列表", "a text or a list of texts")


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(where, key, "文字", "a text")
    return value


def _whole(value: object, key: str, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _wrong(where, key, "非负整数", "a whole number, not negative")
    return value


def _number(value: object, key: str, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong(where, key, "数字", "a number")
    return Decimal(value)


def _source(name: str, table: Table) -> Source:
    where = f"source.{name}"
    _known(table, _SOURCE_KEYS, where)
    path = _text(table.get("path", ""), "path", where)
    connection = _text(table.get("connection", ""), "connection", where)
    kind = table.get("kind") or ("postgresql" if connection else _SUFFIXES.get(Path(path).suffix))
    if kind not in SOURCE_KINDS:
        raise _wrong(where, "kind", "、".join(SOURCE_KINDS), ", ".join(SOURCE_KINDS))
    if re.search(r"[*?\[]", path):  # one register is one file
        raise _wrong(where, "path", "一个文件，不含 * ? [", "one file, without * ? [")
    if re.search(r"://|=|@", connection):
        raise refuse("password", where=where, variable="MINGZHANG_DB_…")
    needed = "connection" if kind == "postgresql" else "path"
    if not (connection if kind == "postgresql" else path):
        raise refuse("lacking", where=where, key=needed)
    if kind in ("postgresql", "sqlite") and not table.get("table"):
        raise refuse("lacking", where=where, key="table")
    texts = {k: _text(table[k], k, where) for k in ("table", "delimiter", "sha256") if k in table}
    return Source(
        name,
        kind,
        path,
        connection,
        encoding=_text(table.get("encoding", "auto"), "encoding", where).lower(),
        key=_texts(table.get("key", []), "key", where),
        blank=_texts(table.get("blank", []), "blank", where),
        **texts,
    )


def _evidence(name: str, table: Table, sources: Iterable[str]) -> Evidence:
    if "id" not in table:
        raise refuse("lacking", where=name, key="id")
    ways = [k for k in ("measure", "sql", "value") if k in table]
    if len(ways) != 1:
        raise refuse("ways", where=name)
    way = ways[0]
    _known(table, (*_COMMON, *ways, *(_ASKED if way == "measure" else ())), name)
    unit = _text(table.get("unit", ""), "unit", name)
    document = _text(table.get("document", ""), "document", name)
    if way == "value":
        if not document.strip():
            raise refuse("document", where=name)
        return Evidence(name, unit, value=_typed(table["value"], name), document=document)
    named = _texts(table.get("sources", table.get("source", [])), "source", name)
    if not named:
        raise refuse("lacking", where=name, key="source")
    measure = _measure(name, table) if way == "measure" else None
    if measure and measure.total_source:
        named += (measure.total_source,)
    for one in named:
        if one not in sources:
            raise refuse("source", where=name, name=one)
    days = {k: _day(table[k], k, name) for k in ("since", "until") if k in table}
    if days and not table.get("date"):
        raise refuse("lacking", where=name, key="date")
    threshold = table.get("threshold")
    return Evidence(
        name,
        unit,
        tuple(dict.fromkeys(named)),
        measure,
        sql=_text(table.get("sql", ""), "sql", name).strip().rstrip(";"),
        document=document,
        date=_text(table.get("date", ""), "date", name),
        since=days.get("since"),
        until=days.get("until"),
        threshold=None if threshold is None else _whole(threshold, "threshold", name),
    )


def _typed(value: object, where: str) -> str:
    text = str(value).strip()
    try:
        finite = Decimal(text).is_finite() and not isinstance(value, bool)
    except InvalidOperation:
        finite = False
    if not finite:
        raise refuse("typed", where=where)
    return text


def _day(value: object, key: str, where: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _wrong(
            where, key, "日期（如 2023-01-01，不加引号）", "a date such as 2023-01-01, unquoted"
        )
    return value


def _measure(name: str, table: Table) -> Measure:
    kind = _text(table["measure"], "measure", name)
    if kind not in KINDS:
        raise refuse("measure", where=name, kind=kind, known="、".join(KINDS))
    for choice in _NEEDS.get(kind, ()):
        if not any(k in table for k in choice):
            raise refuse("lacking", where=name, key=" / ".join(choice))
    if kind == "completion" and "column" in table and "total" not in table:
        raise refuse("lacking", where=name, key="total")
    if "within" in table and "from" not in table:
        raise refuse("lacking", where=name, key="from")
    if ("by" in table) != ("groups" in table):
        raise refuse("lacking", where=name, key="groups" if "by" in table else "by")
    texts = {
        k: _text(table[k], k, name) for k in ("column", "due", "data_unit", "by") if k in table
    }
    total = table.get("total")
    given = None if total is None or isinstance(total, Mapping) else _number(total, "total", name)
    summed = total if isinstance(total, Mapping) else {}
    if isinstance(total, Mapping):
        _known(total, ("source", "column"), f"{name}.total")
        for key in ("source", "column"):
            if key not in total:
                raise refuse("lacking", where=f"{name}.total", key=key)
    least = table.get("at_least")
    within, unit = _duration(table["within"], name) if "within" in table else (None, "")
    return Measure(
        kind,
        of=_conditions(table.get("of", {}), f"{name}.of"),
        where=_conditions(table.get("where", {}), f"{name}.where"),
        begin=_text(table.get("from", ""), "from", name),
        end=_text(table.get("to", ""), "to", name),
        within=within,
        within_unit=unit,
        at_least=None if least is None else _number(least, "at_least", name),
        among=_texts(table.get("among", []), "among", name),
        total=given,
        total_source=_text(summed.get("source", ""), "total.source", name),
        total_column=_text(summed.get("column", ""), "total.column", name),
        groups=_texts(table.get("groups", []), "groups", name),
        **texts,
    )


def _duration(value: object, where: str) -> tuple[int, str]:
    units = ("minutes", "hours", "days")
    if not isinstance(value, Mapping) or len(value) != 1 or next(iter(value)) not in units:
        raise _wrong(where, "within", "{ hours = 1 } 这样的时限", "a time limit like { hours = 1 }")
    ((unit, amount),) = value.items()
    return _whole(amount, f"within.{unit}", where), unit


def _conditions(table: object, where: str) -> tuple[Condition, ...]:
    if not isinstance(table, Mapping):
        raise _wrong(where, "条件", "{ 列名 = 值 }", "{ column = value }")
    found = []
    for column, value in table.items():
        tests = value if isinstance(value, Mapping) else {"equals": value}
        _known(tests, (*_TESTS, "equals"), f"{where}.{column}")
        for test, wanted in tests.items():
            many = wanted if isinstance(wanted, list) and test in ("equals", "not") else [wanted]
            values = tuple(_constant(v, test, f"{where}.{column}") for v in many)
            if not values or len({type(v) for v in values}) > 1:
                raise _wrong(where, column, "同类的值", "values of one kind")
            found.append(Condition(column, test, values))
    return tuple(found)


def _constant(value: object, test: str, where: str) -> str | Decimal | datetime | bool:
    if test == "present":
        if not isinstance(value, bool):
            raise _wrong(where, test, "true 或 false", "true or false")
        return value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, str) and test in ("equals", "not"):
        return value.strip()
    return _number(value, test, where)
