"""From the engine's counts to an actual value 实际完成值: exact numbers, and what is not told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal

from mingzhang.model.evidence import Actual, Evidence, Fault, Group
from mingzhang.model.money import Unit
from mingzhang.perform.evidence.faults import fault, refuse
from mingzhang.perform.evidence.measures import Plan, careful, plan
from mingzhang.perform.evidence.privacy import Protector
from mingzhang.perform.evidence.queries import Answered, Row

_DIGITS = Context(prec=28)
_MONEY = {u.value: u for u in Unit if u.is_money}
HIDDEN = "＊"  # stands for a figure that is not told


def worked_out(
    evidence: Evidence,
    made: Actual,
    found: Answered,
    where: str,
    least: int,
    hide: Protector,
    budget: Decimal | None,
) -> Actual:
    """``made`` with the value that follows from what the engine counted, and its breakdown.

    ``where`` names the register, ``budget`` is the sum of a second one where the measure has such a
    base. Raises Refused if there is nothing to divide by, or no record of the period.
    """
    measure, row = evidence.measure, found.whole
    assert measure is not None
    asked = plan(measure)
    remarks = _dates(evidence, row, where)
    numerator, denominator = exactly(row["numerator"]), exactly(row["denominator"])
    if budget is not None or asked.total is not None:
        denominator = asked.total if budget is None else budget
    if asked.ratio and not denominator:
        raise refuse("no-base", where=where)
    made = replace(made, remarks=tuple(remarks))
    if careful(evidence) and row["rows_in"] < least:
        return hidden(made, fault("suppressed", where=where, threshold=least))
    value = _value(asked, evidence, numerator, denominator)
    return replace(
        made,
        value=value,
        text=shown(value, evidence.unit),
        numerator=numerator if asked.ratio else None,
        denominator=denominator if asked.ratio else None,
        groups=_groups(evidence, asked, found, least, hide) if measure.by else (),
    )


def hidden(made: Actual, why: Fault) -> Actual:
    """``made`` without what it tells: neither the value nor how many records there are."""
    assert made.provenance is not None
    return replace(
        made,
        value=None,
        text=HIDDEN,
        numerator=None,
        denominator=None,
        suppressed=True,
        provenance=replace(made.provenance, rows_in=None),
        remarks=(*made.remarks, why),
        groups=(),
    )


def without_records(made: Actual) -> Actual:
    """``made`` without the number of records that were read."""
    assert made.provenance is not None
    return replace(made, provenance=replace(made.provenance, rows_read=None))


def without_group(made: Actual, label: str) -> Actual:
    """``made`` with one group of its breakdown not told."""
    blank = Group(label, None, None, None, None, suppressed=True)
    return replace(made, groups=tuple(blank if g.label == label else g for g in made.groups))


def _dates(evidence: Evidence, row: Row, where: str) -> list[Fault]:
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


def exactly(value: object) -> Decimal | None:
    """A number of the engine, without a digit lost."""
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


def _groups(
    evidence: Evidence, asked: Plan, found: Answered, least: int, hide: Protector
) -> tuple[Group, ...]:
    """The breakdown to the declared groups; what is left over is one group named ""."""
    assert evidence.measure is not None
    labels = (*evidence.measure.groups, "")
    rows = [found.groups.get(n, {}) for n in (*range(1, len(labels)), 0)]
    sizes = [int(row.get("rows_in", 0)) for row in rows]
    hidden_ones = hide(sizes, least)
    made = []
    for index, (label, row, size) in enumerate(zip(labels, rows, sizes, strict=True)):
        if not label and not size:
            continue
        if index in hidden_ones:
            made.append(Group(label, None, None, None, None, suppressed=True))
            continue
        top, base = exactly(row.get("numerator")), exactly(row.get("denominator"))
        # a given total belongs to the whole; of a group only its own amount can be told
        alone = asked.ratio and not base
        value = None if alone else _value(asked, evidence, top, base)
        made.append(Group(label, value, top, base, size))
    return tuple(made)
