"""Measures: from a declared measure to the cells that it reads and its aggregates over them.

How they become a query, alone or with others of the same register, is written in queries.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from mingzhang.model.evidence import Condition, Evidence, Measure
from mingzhang.perform.evidence.sql import Cell, both, counted, literal, only

# measures about people's acts and opinions: not told when too few records stand behind them
_CAREFUL = frozenset(
    {
        "average",
        "share",
        "share_within",
        "timeliness",
        "completion",
        "participation",
        "satisfaction",
    }
)
_MICROSECONDS = {"minutes": 60_000_000, "hours": 3_600_000_000}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a measure needs and asks: cells read, and aggregates over them (outer expressions).

    ``base`` is the condition for rows_in; ``met`` that for the numerator where it counts records
    ("" where it does something else); ``denominator`` "" where there is none.
    ``ratio``: the value is numerator ÷ (denominator or total); ``total`` a given number.
    """

    cells: tuple[Cell, ...]
    base: str
    numerator: str
    denominator: str = ""
    ratio: bool = False
    total: Decimal | None = None
    met: str = ""


def _number(column: str) -> Cell:
    return Cell(column, "number")


def _time(column: str) -> Cell:
    return Cell(column, "time")


def _text(column: str) -> Cell:
    return Cell(column, "text")


def _entered(column: str) -> Cell:
    return Cell(column, "entered")


def _role(condition: Condition) -> str:
    if condition.test == "present":
        return "entered"
    first = condition.values[0]
    if isinstance(first, datetime):
        return "time"
    return "number" if isinstance(first, Decimal) else "text"


def _tested(condition: Condition) -> tuple[Cell, str]:
    cell = Cell(condition.column, _role(condition))
    values = [literal(v) for v in condition.values]
    if condition.test == "present":
        return cell, f"{cell.name} IS {'NOT ' if condition.values[0] else ''}NULL"
    if condition.test == "equals":
        same = f"= {values[0]}" if len(values) == 1 else f"IN ({', '.join(values)})"
        return cell, f"{cell.name} {same}"
    if condition.test == "not":
        # a blank cell is not any of the words either
        return cell, f"({cell.name} IS NULL OR {cell.name} NOT IN ({', '.join(values)}))"
    sign = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}[condition.test]
    return cell, f"{cell.name} {sign} {values[0]}"


def _all(conditions: tuple[Condition, ...]) -> tuple[tuple[Cell, ...], str]:
    tested = [_tested(c) for c in conditions]
    return tuple(cell for cell, _ in tested), both(*(text for _, text in tested))


def _base(m: Measure, period: str) -> tuple[tuple[Cell, ...], str]:
    cells, of = _all(m.of)
    return cells, both(period, of)


def _plain(m: Measure, period: str) -> Plan:
    cells, where = _all(m.of + m.where)
    where = both(period, where)
    if m.kind == "count":
        return Plan(cells, where, counted(where))
    if m.kind == "count_distinct":
        who = _entered(m.column)
        return Plan((*cells, who), where, f"count(DISTINCT {only(who.name, where)})")
    amount = _number(m.column)
    known = both(where, f"{amount.name} IS NOT NULL")
    total = f"coalesce(sum({only(amount.name, where)}), 0)"
    if m.kind == "average":
        return Plan((*cells, amount), known, total, counted(known), ratio=True)
    ratio = m.kind in ("execution_rate", "completion")
    return Plan((*cells, amount), known, total, ratio=ratio, total=m.total)


def _share(m: Measure, period: str) -> Plan:
    if m.kind == "completion" and m.column:  # how much was done of what was planned
        return _plain(m, period)
    base_cells, base = _base(m, period)
    cells, where = _all(m.where)
    everything = "" if m.total is not None else counted(base)
    met = both(base, where)
    return Plan((*base_cells, *cells), base, counted(met), everything, True, m.total, met)


def _participation(m: Measure, period: str) -> Plan:
    if not m.column:  # records, not people, are counted
        return _share(m, period)
    base_cells, base = _base(m, period)
    cells, where = _all(m.where)
    who = _entered(m.column)
    everybody = "" if m.total is not None else f"count(DISTINCT {only(who.name, base)})"
    took_part = f"count(DISTINCT {only(who.name, both(base, where))})"
    return Plan((*base_cells, *cells, who), base, took_part, everybody, True, m.total)


def _within(m: Measure, period: str) -> Plan:
    cells, of = _base(m, period)
    begin, end = _time(m.begin), _time(m.end)
    base = both(of, f"{begin.name} IS NOT NULL")
    if m.within_unit == "days":  # calendar days, as time limits in days are counted
        spent = f"date_diff('day', {begin.name}, {end.name})"
        limit = m.within
    else:
        spent = f"(epoch_us({end.name}) - epoch_us({begin.name}))"
        limit = (m.within or 0) * _MICROSECONDS[m.within_unit]
    inside = both(base, f"{end.name} >= {begin.name}", f"{spent} <= {limit}")
    return Plan((*cells, begin, end), base, counted(inside), counted(base), True, met=inside)


def _timeliness(m: Measure, period: str) -> Plan:
    if not m.due:
        return _within(m, period)
    cells, of = _base(m, period)
    done, due = _time(m.end), _time(m.due)
    base = both(of, f"{due.name} IS NOT NULL")
    # a due date without a time of day is over at the end of that day
    last = f"CASE WHEN {due.name} = date_trunc('day', {due.name}) THEN {due.name} + INTERVAL 1 DAY"
    last += f" ELSE {due.name} + INTERVAL 1 MICROSECOND END"
    in_time = both(base, f"{done.name} < {last}")
    return Plan((*cells, done, due), base, counted(in_time), counted(base), True, met=in_time)


def _satisfaction(m: Measure, period: str) -> Plan:
    cells, of = _base(m, period)
    rating = _entered(m.column) if m.among else _number(m.column)
    rated = both(of, f"{rating.name} IS NOT NULL")
    words = ", ".join(literal(w) for w in m.among)
    good = f"{rating.name} IN ({words})" if m.among else f"{rating.name} >= {m.at_least:f}"
    met = both(rated, good)
    return Plan((*cells, rating), rated, counted(met), counted(rated), True, met=met)


_PLANS: Mapping[str, Callable[[Measure, str], Plan]] = {
    "count": _plain,
    "count_distinct": _plain,
    "sum": _plain,
    "average": _plain,
    "execution_rate": _plain,
    "share": _share,
    "completion": _share,
    "participation": _participation,
    "share_within": _within,
    "timeliness": _timeliness,
    "satisfaction": _satisfaction,
}
KINDS = tuple(_PLANS)


def plan(measure: Measure, period: str = "") -> Plan:
    """What ``measure`` asks for, of the records that meet the condition ``period``.

    Raises KeyError for a kind that is not in ``KINDS``.
    """
    return _PLANS[measure.kind](measure, period)


def careful(evidence: Evidence) -> bool:
    """True if the value is not told when too few records stand behind it."""
    measure = evidence.measure
    if measure is None or measure.total is not None:
        return False
    return evidence.threshold is not None or measure.kind in _CAREFUL


def cells(evidence: Evidence) -> tuple[Cell, ...]:
    """Cells of its first source that the evidence reads, each once; () for SQL and typed-in values."""
    if evidence.measure is None:
        return ()
    found = list(plan(evidence.measure).cells)
    if evidence.date:
        found.append(_time(evidence.date))
    if evidence.measure.by:
        found.append(_text(evidence.measure.by))
    return tuple(dict.fromkeys(found))


def period(evidence: Evidence) -> tuple[str, str]:
    """Condition of the period, and the date cell's name; "" for both where all times count."""
    if not evidence.date:
        return "", ""
    name = _time(evidence.date).name
    low = high = ""
    if evidence.since:
        low = f"{name} >= {literal(datetime.combine(evidence.since, time()))}"
    if evidence.until:
        end = datetime.combine(evidence.until, time()) + timedelta(days=1)
        high = f"{name} < {literal(end)}"
    return both(low, high), name
