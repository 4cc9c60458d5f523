"""Actual values as plain data for JSON, and back, so that a stored one can be asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from mingzhang.model.evidence import Actual, Fault, Group, Provenance, SourceState

_NUMBERS = ("value", "numerator", "denominator")


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _numbers(record: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    value, numerator, denominator = (_decimal(record.get(k)) for k in _NUMBERS)
    return value, numerator, denominator


def _fault(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "messages": dict(fault.messages)}


def to_record(actual: Actual) -> dict[str, Any]:
    """An actual value as data that JSON can hold; numbers are texts, so that no digit is lost."""
    came_from = actual.provenance
    return {
        "indicator": actual.indicator,
        "unit": actual.unit,
        **{k: _number(getattr(actual, k)) for k in _NUMBERS},
        "text": actual.text,
        "document": actual.document,
        "suppressed": actual.suppressed,
        "fault": _fault(actual.fault) if actual.fault else None,
        "remarks": [_fault(r) for r in actual.remarks],
        "groups": [
            {
                "label": g.label,
                **{k: _number(getattr(g, k)) for k in _NUMBERS},
                "rows": g.rows,
                "suppressed": g.suppressed,
            }
            for g in actual.groups
        ],
        "provenance": came_from
        and {
            "sources": [
                {"name": s.name, "kind": s.kind, "digest": s.digest, "digest_of": s.digest_of}
                for s in came_from.sources
            ],
            "query": came_from.query,
            "rows_read": came_from.rows_read,
            "rows_in": came_from.rows_in,
            "when": came_from.when.isoformat(),
            "engine": came_from.engine,
        },
    }


def from_record(record: Mapping[str, Any]) -> Actual:
    """The actual value of a record. Raises KeyError or ValueError if it is not one of ours."""
    came_from = record["provenance"]
    value, numerator, denominator = _numbers(record)
    return Actual(
        record["indicator"],
        record["unit"],
        value,
        record["text"],
        numerator,
        denominator,
        came_from
        and Provenance(
            tuple(SourceState(**s) for s in came_from["sources"]),
            came_from["query"],
            came_from["rows_read"],
            came_from["rows_in"],
            datetime.fromisoformat(came_from["when"]),
            came_from["engine"],
        ),
        record["document"],
        record["suppressed"],
        Fault(**record["fault"]) if record["fault"] else None,
        tuple(Fault(**r) for r in record["remarks"]),
        tuple(
            Group(g["label"], *_numbers(g), rows=g["rows"], suppressed=g["suppressed"])
            for g in record["groups"]
        ),
    )
