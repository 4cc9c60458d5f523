"""The spine: definition → actual value of each indicator, with provenance or with one clear fault.

One indicator's trouble never touches another's. What leaves this module are aggregates and words of
the definition; no cell of a register.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from mingzhang.model.evidence import (
    Actual,
    Evidence,
    Fault,
    Provenance,
    Reproduction,
)
from mingzhang.perform.evidence.crossing import MOST, RECORDS, question, withheld
from mingzhang.perform.evidence.definition import Definition
from mingzhang.perform.evidence.engine import Engine, Opened
from mingzhang.perform.evidence.expert import inspect
from mingzhang.perform.evidence.faults import Refused, fault, placed, refuse
from mingzhang.perform.evidence.measures import cells
from mingzhang.perform.evidence.privacy import Protector, protect
from mingzhang.perform.evidence.queries import Answered, Row, answered, query, readable, together
from mingzhang.perform.evidence.results import (
    exactly,
    hidden,
    shown,
    without_group,
    without_records,
    worked_out,
)
from mingzhang.perform.evidence.sql import Cell, cleaned, counted, typed, unread


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
        # of all indicators, so that the digest of a database does not hang on which are asked
        engine = Engine(definition, wanted(definition.evidence, definition), given)
    except Refused as refused:
        return tuple(_without_engine(definition, e, refused.fault) for e in chosen)
    with engine:
        known = _at_once(engine, definition, chosen)
        found = {
            e.indicator: answer(engine, definition, e, when, hide, known.get(e.indicator))
            for e in chosen
        }
        for name in dict.fromkeys(e.sources[0] for e in chosen if e.measure):
            found |= _uncrossed(engine, definition, name, found, hide)
    return tuple(found[e.indicator] for e in chosen)


def reproduce(
    actual: Actual, definition: Definition, *, environ: Mapping[str, str] | None = None
) -> Reproduction:
    """Ask again what ``actual`` was the answer to 复算, and compare source, question and value.

    Raises KeyError if the definition no longer has the indicator.
    """
    (again,) = evaluate(definition, [actual.indicator], environ=environ)
    return compare(actual, again)


def compare(actual: Actual, again: Actual) -> Reproduction:
    """What became of ``actual`` when the same was asked ``again``: source, question and value."""
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


def _at_once(
    engine: Engine, definition: Definition, chosen: Collection[Evidence]
) -> dict[str, Answered]:
    """What can be asked of a register in one go, with the check of its keys.

    What is missing here is asked by itself later and then gets its own fault: a source that cannot be
    opened, and measures of which one tears the others along.
    """
    batches: dict[object, list[Evidence]] = {}
    for one in chosen:
        if one.measure and one.indicator not in definition.faults:
            batches.setdefault(together(one), []).append(one)
    found: dict[str, Answered] = {}
    for batch in batches.values():
        try:
            opened = engine.open(batch[0].sources[0])
            asked = [one for one in batch if _is_readable(one, opened)]
            if asked:
                found |= _ask(engine, opened, asked)
        except Refused:
            continue
    return found


def _is_readable(evidence: Evidence, opened: Opened) -> bool:
    try:
        readable(evidence, opened.register)
    except Refused:
        return False
    return True


def _ask(engine: Engine, opened: Opened, asked: Sequence[Evidence]) -> dict[str, Answered]:
    """The answers to measures that are asked together."""
    measure = asked[0].measure
    assert measure is not None
    # of many measures, holding all keys beside the answers costs more memory than it saves time
    if measure.by or len(asked) > 1 or not engine.takes_keys_along(opened):
        return answered(asked, engine.ask(query(asked, opened.register), opened.where))
    text = query(asked, opened.register, opened.source.key)
    return answered(asked, engine.ask_with_keys(text, opened))


# ------------------------------------------------------------------ told together
def _uncrossed(
    engine: Engine,
    definition: Definition,
    name: str,
    found: Mapping[str, Actual],
    hide: Protector,
) -> dict[str, Actual]:
    """Those of the actual values ``found`` that must tell less, because of what others of the
    register ``name`` tell: also of those that were not asked now, for they may be told elsewhere."""
    beside = [e for e in definition.evidence if name in e.sources and e.indicator in found]
    measured = [e for e in definition.evidence if e.measure and e.sources[0] == name]
    measured = [e for e in measured if e.indicator not in definition.faults]
    everything = all(e.indicator in found for e in measured)
    if everything and not any(_keeps_quiet(found[e.indicator]) for e in measured):
        return {}
    told = {e.indicator: found[e.indicator] for e in beside if found[e.indicator].fault is None}
    try:
        opened = engine.open(name)
        asked = question(
            [e for e in measured if _is_readable(e, opened)], opened.register, definition.threshold
        )
        atoms = engine.ask(asked.text, opened.where)
    except Refused:
        return {n: _remarked(a, "not-audited", name) for n, a in told.items()}
    if len(atoms) > MOST:
        return {n: _remarked(a, "not-audited", opened.where) for n, a in told.items()}
    quiet, more = withheld(asked, atoms, hide)
    less = dict(told)
    for indicator, group in more:
        if indicator in less and group is not None:
            less[indicator] = without_group(less[indicator], group)
        elif indicator in less:
            less[indicator] = hidden(less[indicator], fault("beside", where=opened.where))
    if RECORDS in more:
        less = {n: without_records(a) for n, a in less.items()}
    for one in beside:
        if quiet and one.sql and one.indicator in less:
            less[one.indicator] = _remarked(less[one.indicator], "not-audited", opened.where)
    return less


def _keeps_quiet(actual: Actual) -> bool:
    return actual.suppressed or any(g.suppressed for g in actual.groups)


def _remarked(actual: Actual, code: str, where: str) -> Actual:
    return replace(actual, remarks=(*actual.remarks, fault(code, where=where)))


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
    known: Answered | None = None,
) -> Actual:
    """The actual value of one indicator, asked in an open engine unless the engine's answer is
    ``known``. Its trouble becomes its fault."""
    if evidence.value or evidence.indicator in definition.faults:
        return _given(definition, evidence)
    try:
        opened = [engine.open(name) for name in evidence.sources]
        for one in opened:
            engine.no_key_twice(one)
        least = definition.threshold if evidence.threshold is None else evidence.threshold
        if evidence.sql:
            found = _by_sql(engine, evidence, least, when)
        else:
            found = _by_measure(engine, evidence, opened, least, when, hide, known)
        assert found.provenance is not None
        # after the asking, so that a digest in the making and a change meanwhile are seen
        states = tuple(engine.state(one) for one in opened)
        came_from = replace(found.provenance, sources=states)
        return replace(found, provenance=came_from, document=evidence.document)
    except Refused as refused:
        return Actual(evidence.indicator, evidence.unit, None, fault=refused.fault)


# ------------------------------------------------------------------ declared measures
def _by_measure(
    engine: Engine,
    evidence: Evidence,
    opened: list[Opened],
    least: int,
    when: datetime,
    hide: Protector,
    known: Answered | None,
) -> Actual:
    measure, first = evidence.measure, opened[0]
    assert measure is not None
    readable(evidence, first.register)
    found = known or _ask(engine, first, [evidence])[evidence.indicator]
    text = query([evidence], first.register)  # the question by itself, whoever was asked beside it
    if not found.whole["rows_read"]:
        raise refuse("empty", where=first.where)
    _all_read(engine, evidence, first, found.whole)
    budget = None
    if measure.total_source:
        total = next(o for o in opened if o.register.table == measure.total_source)
        budget, sentence = _summed(engine, total, measure.total_column)
        text = f"{text};\n{sentence}"
    rows_read = int(found.whole["rows_read"])
    came_from = Provenance((), text, rows_read, int(found.whole["rows_in"]), when, engine.name)
    made = Actual(evidence.indicator, evidence.unit, None, provenance=came_from)
    return worked_out(evidence, made, found, first.where, least, hide, budget)


def _all_read(engine: Engine, evidence: Evidence, opened: Opened, row: Row) -> None:
    """Raises Refused if a filled cell could not be read in its role."""
    for cell in cells(evidence):
        wrong = row.get(cell.bad, 0)
        if wrong:
            first = engine.first_unread(opened, cell)
            code = f"not-{cell.role}"
            raise Refused(placed(code, first, where=opened.where, column=cell.column, n=wrong))


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
    return exactly(row["total"]) or Decimal(0), text


# ------------------------------------------------------------------ SQL by experts
def _by_sql(engine: Engine, evidence: Evidence, least: int, when: datetime) -> Actual:
    where = evidence.indicator
    inspect(engine.connection, evidence.sql, evidence.sources, where)
    rows = engine.ask_expert(evidence.sql, where)
    if len(rows) != 1:
        raise refuse("sql-shape", where=where)
    row = {name.lower(): value for name, value in rows[0].items()}
    if any(isinstance(v, str | bytes | list | dict | datetime) for v in row.values()):
        raise refuse("sql-aggregate", where=where)
    value, behind = exactly(row["value"]), exactly(row["rows"])
    if value is None or not behind or not value.is_finite():
        raise refuse("no-base", where=where)
    came_from = Provenance((), evidence.sql, None, int(behind), when, engine.name)
    made = Actual(evidence.indicator, evidence.unit, None, provenance=came_from)
    if behind < least:
        return hidden(made, fault("suppressed", where=where, threshold=least))
    return replace(
        made,
        value=value,
        text=shown(value, evidence.unit),
        numerator=exactly(row.get("numerator")),
        denominator=exactly(row.get("denominator")),
    )
