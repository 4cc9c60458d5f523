"""The spine: definition → actual value of each indicator, with provenance or with one clear fault.

One indicator's trouble never touches another's. What leaves this module are aggregates and words of
the definition; no cell of a register.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Context, Decimal
from typing import Any

from mingzhang.model.evidence import (
    Actual,
    Evidence,
    Fault,
    Group,
    Provenance,
    Reproduction,
    SourceState,
)
from mingzhang.model.money import Unit
from mingzhang.perform.evidence.definition import Definition
from mingzhang.perform.evidence.engine import Engine, Opened
from mingzhang.perform.evidence.expert import inspect
from mingzhang.perform.evidence.faults import Refused, fault, placed, refuse
from mingzhang.perform.evidence.measures import PROTECTED, Plan, cells, grouped, plan, query
from mingzhang.perform.evidence.privacy import Protector, protect
from mingzhang.perform.evidence.sql import Cell, cleaned, counted, typed, unread

_DIGITS = Context(prec=28)
_MONEY = {u.value: u for u in Unit if u.is_money}
HIDDEN = "＊"  # stands for a figure that is not told


def evaluate(
    definition: Definition,
    only: Collection[str] = (),
    *,
    environ: Mapping[str, str] | None = None,
    now: datetime | None = None,
    hide: Protector = protect,
) -> tuple[Actual, ...]:
    """The actual values 实际完成值 of all indicators of a definition (or ``only`` some), in its order.

    ``environ`` holds the addresses of databases (the process environment if None). ``hide`` chooses
    the groups of a breakdown that are not told. Raises nothing for evidence that is broken: the
    indicator's ``Actual`` then has a fault and no value. Raises KeyError for an ``only`` that the
    definition does not have.
    """
    unknown = set(only) - {e.indicator for e in definition.evidence} - definition.faults.keys()
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    chosen = [e for e in definition.evidence if not only or e.indicator in only]
    when = now or datetime.now(UTC)
    given = os.environ if environ is None else environ
    try:
        engine = Engine(definition, wanted(chosen, definition), given)
    except Refused as refused:
        return tuple(_without_engine(definition, e, refused.fault) for e in chosen)
    with engine:
        return tuple(answer(engine, definition, e, when, hide) for e in chosen)


def reproduce(
    actual: Actual, definition: Definition, *, environ: Mapping[str, str] | None = None
) -> Reproduction:
    """Ask again what ``actual`` was the answer to 复算, and compare source, question and value.

    Raises KeyError if the definition no longer has the indicator.
    """
    (again,) = evaluate(definition, [actual.indicator], environ=environ)
    was, now = actual.provenance, again.provenance
    return Reproduction(
        again,
        same_source=(was.sources if was else None) == (now.sources if now else None),
        same_query=(was.query if was else None) == (now.query if now else None),
        same_value=_told(actual) == _told(again),
    )


def _told(actual: Actual) -> tuple[object, ...]:
    parts = (actual.value, actual.numerator, actual.denominator, actual.suppressed, actual.groups)
    return (*parts, actual.document, actual.unit, actual.fault.code if actual.fault else "")


def wanted(evidence: Collection[Evidence], definition: Definition) -> Mapping[str, frozenset[str]]:
    """The columns that will be asked of each source; nothing else is loaded from it."""
    found: dict[str, set[str]] = {n: set(s.key) for n, s in definition.sources.items()}
    for one in evidence:
        for name in one.sources:
            columns = found.setdefault(name, set())
            if one.sql:  # any word of the query may be a column
                columns.update(re.findall(r'"([^"]+)"', one.sql), re.findall(r"\w+", one.sql))
            elif name == one.sources[0]:
                columns.update(c.column for c in cells(one))
            if one.measure and one.measure.total_source == name:
                columns.add(one.measure.total_column)
    return {name: frozenset(columns) for name, columns in found.items()}


def _without_engine(definition: Definition, evidence: Evidence, why: Fault) -> Actual:
    if evidence.value or evidence.indicator in definition.faults:
        return _given(definition, evidence)
    return Actual(evidence.indicator, evidence.unit, None, fault=why)


def _given(definition: Definition, evidence: Evidence) -> Actual:
    """A typed-in value with its document, or the fault of a definition that says no more."""
    known = definition.faults.get(evidence.indicator)
    if known:
        return Actual(evidence.indicator, evidence.unit, None, fault=known)
    value = Decimal(evidence.value)
    text = f"{evidence.value}{evidence.unit}"
    return Actual(evidence.indicator, evidence.unit, value, text, document=evidence.document)


def answer(
    engine: Engine,
    definition: Definition,
    evidence: Evidence,
    when: datetime,
    hide: Protector = protect,
) -> Actual:
    """The actual value of one indicator, asked in an open engine. Its trouble becomes its fault."""
    if evidence.value or evidence.indicator in definition.faults:
        return _given(definition, evidence)
    try:
        opened = [engine.open(name) for name in evidence.sources]
        least = definition.threshold if evidence.threshold is None else evidence.threshold
        if evidence.sql:
            found = _by_sql(engine, evidence, opened, least, when)
        else:
            found = _by_measure(engine, evidence, opened, least, when)
            if evidence.measure and evidence.measure.by:
                found = _with_groups(engine, evidence, opened[0], found, least, hide)
        for one in opened:
            engine.unchanged(one)
        return replace(found, document=evidence.document)
    except Refused as refused:
        return Actual(evidence.indicator, evidence.unit, None, fault=refused.fault)


# ------------------------------------------------------------------ declared measures
def _by_measure(
    engine: Engine, evidence: Evidence, opened: list[Opened], least: int, when: datetime
) -> Actual:
    measure = evidence.measure
    assert measure is not None
    first = opened[0]
    where = first.register.where
    text = query(evidence, first.register)
    asked = plan(measure)
    (row,) = engine.ask(text, where)
    if not row["rows_read"]:
        raise refuse("empty", where=where)
    _all_read(engine, evidence, first, row, where)
    remarks = _dates(evidence, row, where)
    numerator, denominator = _decimal(row["numerator"]), _decimal(row["denominator"])
    if measure.total_source:
        total = next(o for o in opened if o.register.table == measure.total_source)
        budget, sentence = _summed(engine, total, measure.total_column)
        denominator, text = budget, f"{text};\n{sentence}"
    elif asked.total is not None:
        denominator = asked.total
    rows = int(row["rows_in"])
    came_from = Provenance(_states(opened), text, int(row["rows_read"]), rows, when, engine.name)
    if asked.ratio and not denominator:
        raise refuse("no-base", where=where)
    made = Actual(
        evidence.indicator, evidence.unit, None, provenance=came_from, remarks=tuple(remarks)
    )
    careful = measure.kind in PROTECTED or evidence.threshold is not None
    if careful and asked.total is None and rows < least:
        return _hidden(made, where, least)
    value = _value(asked, evidence, numerator, denominator)
    return replace(
        made,
        value=value,
        text=shown(value, evidence.unit),
        numerator=numerator if asked.ratio else None,
        denominator=denominator if asked.ratio else None,
    )


def _hidden(made: Actual, where: str, least: int) -> Actual:
    """Too few records: neither the value nor how many there are is told."""
    assert made.provenance is not None
    why = fault("suppressed", where=where, threshold=least)
    quiet = replace(made.provenance, rows_in=None)
    remarks = (*made.remarks, why)
    return replace(made, text=HIDDEN, suppressed=True, provenance=quiet, remarks=remarks)


def _all_read(
    engine: Engine, evidence: Evidence, opened: Opened, row: Mapping[str, Any], where: str
) -> None:
    """Raises Refused if a filled cell could not be read in its role."""
    for cell in cells(evidence):
        wrong = row.get(cell.bad, 0)
        if wrong:
            first = engine.first_unread(opened, cell)
            code = f"not-{cell.role}"
            raise Refused(placed(code, first, where=where, column=cell.column, n=wrong))


def _dates(evidence: Evidence, row: Mapping[str, Any], where: str) -> list[Fault]:
    """What to know about records outside the period. Raises Refused if none lies inside."""
    if "dated" not in row:
        return []
    outside, undated = row["dated"] - row["inside"], row["rows_read"] - row["dated"]
    told = {
        "where": where,
        "column": evidence.date,
        "since": evidence.since or "…",
        "until": evidence.until or "…",
    }
    if not row["inside"]:
        raise refuse("outside", n=outside + undated, **told)
    found = [fault("some-outside", n=outside, **told)] if outside else []
    return found + ([fault("undated", n=undated, **told)] if undated else [])


def _summed(engine: Engine, opened: Opened, column: str) -> tuple[Decimal, str]:
    """The sum of a column of a second register (the budget), and how it was asked for."""
    register = opened.register
    where = register.where
    if column not in register.columns:
        raise refuse("columns", where=where, columns=column, n=len(register.columns))
    cell = Cell(column, "number")
    native = register.columns[column]
    wrong = counted(unread(cell, native))
    text = f"SELECT sum({typed(cell, native)}) AS total, {wrong} AS wrong"
    text += f" FROM {cleaned([cell], register)}"
    (row,) = engine.ask(text, where)
    if row["wrong"]:
        first = engine.first_unread(opened, cell)
        raise Refused(placed("not-number", first, where=where, column=column, n=row["wrong"]))
    return _decimal(row["total"]) or Decimal(0), text


def _states(opened: list[Opened]) -> tuple[SourceState, ...]:
    return tuple(o.state for o in opened)


def _decimal(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, float):
        return _DIGITS.create_decimal(repr(value))
    found = Decimal(str(value)).normalize(Context(prec=60))
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _value(
    asked: Plan, evidence: Evidence, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal:
    value = numerator or Decimal(0)
    if asked.ratio:
        assert denominator
        parts = value * 100 if evidence.unit == "%" else value
        value = _DIGITS.divide(parts, denominator)
    measure = evidence.measure
    held = _MONEY.get(measure.data_unit) if measure else None
    told = _MONEY.get(evidence.unit)
    if held and told and held is not told:
        value = _DIGITS.divide(value * held.fen, Decimal(told.fen))
    return value


def shown(value: Decimal, unit: str) -> str:
    """A value for people: at most two decimals for a percentage, four otherwise, with its unit."""
    places = 2 if unit == "%" else 4
    if value != value.to_integral_value():
        short = value.quantize(Decimal(1).scaleb(-places), context=Context(prec=60))
        return f"{short:f}".rstrip("0").rstrip(".") + unit
    return f"{value.to_integral_value():f}{unit}"


# ------------------------------------------------------------------ groups
def _with_groups(
    engine: Engine, evidence: Evidence, opened: Opened, whole: Actual, least: int, hide: Protector
) -> Actual:
    """The breakdown to the declared groups; what is left over is one group named ""."""
    measure = evidence.measure
    assert measure is not None
    if whole.suppressed:
        return whole
    text = grouped(evidence, opened.register)
    rows = {row["label"]: row for row in engine.ask(text, opened.register.where)}
    labels: list[str | None] = [*measure.groups, None]
    sizes = [int(rows[label]["rows_in"]) if label in rows else 0 for label in labels]
    hidden = hide(sizes, least)
    asked = plan(measure)
    made = []
    for index, (label, size) in enumerate(zip(labels, sizes, strict=True)):
        if label is None and not size:
            continue
        if index in hidden:
            made.append(Group(label or "", None, None, None, None, suppressed=True))
            continue
        row = rows.get(label, {})
        top, base = _decimal(row.get("numerator")), _decimal(row.get("denominator"))
        # a given total belongs to the whole; of a group only its own amount can be told
        alone = asked.ratio and not base
        value = None if alone else _value(asked, evidence, top, base)
        made.append(Group(label or "", value, top, base, size))
    assert whole.provenance is not None
    came_from = replace(whole.provenance, query=f"{whole.provenance.query};\n{text}")
    return replace(whole, provenance=came_from, groups=tuple(made))


# ------------------------------------------------------------------ SQL by experts
def _by_sql(
    engine: Engine, evidence: Evidence, opened: list[Opened], least: int, when: datetime
) -> Actual:
    where = evidence.indicator
    inspect(engine.connection, evidence.sql, evidence.sources, where)
    rows = engine.ask_expert(evidence.sql, where)
    if len(rows) != 1:
        raise refuse("sql-shape", where=where)
    row = {name.lower(): value for name, value in rows[0].items()}
    if any(isinstance(v, str | bytes | list | dict | datetime) for v in row.values()):
        raise refuse("sql-aggregate", where=where)
    value, behind = _decimal(row["value"]), _decimal(row["rows"])
    if value is None or not behind or not value.is_finite():
        raise refuse("no-base", where=where)
    came_from = Provenance(_states(opened), evidence.sql, None, int(behind), when, engine.name)
    made = Actual(evidence.indicator, evidence.unit, None, provenance=came_from)
    if behind < least:
        return _hidden(made, where, least)
    return replace(
        made,
        value=value,
        text=shown(value, evidence.unit),
        numerator=_decimal(row.get("numerator")),
        denominator=_decimal(row.get("denominator")),
    )
