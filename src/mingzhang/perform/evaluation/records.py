"""Records: an evaluation as plain JSON data, whole and exact (fractions as "43/5"), for filing.

Nothing of a register stands in it but aggregates and provenance, as in ``Actual``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeGuard

from mingzhang.model.evidence import Actual, Fault
from mingzhang.perform.evaluation.forms import band_text, printed_scores
from mingzhang.perform.evaluation.nouns import Evaluation, Paper, Row
from mingzhang.perform.filing.canonical import canonical
from mingzhang.perform.scoring.scheme import Scheme

FORMAT = "mingzhang-evaluation-1"


def record_of(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON data; the same evaluation gives the same data."""
    scheme = evaluation.scheme
    return {
        "format": FORMAT,
        "department": evaluation.department,
        "year": evaluation.year,
        "kind": evaluation.kind,
        "evaluator": evaluation.evaluator,
        "points": {k: exact(v) for k, v in scheme.points.items()},
        "papers": [_paper(p, scheme) for p in evaluation.papers],
        "notes": [_fault(n) for n in evaluation.notes],
        "faults": [{"indicator": key, **_fault(f)} for key, f in evaluation.faults],
    }


def is_record(data: object) -> TypeGuard[Mapping[str, Any]]:
    """True if ``data`` has the shape of a record: only that is filed, and asked what is open."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return False
    try:
        open_matters(data)
        canonical(data)
    except (KeyError, TypeError, ValueError, RecursionError):
        return False
    return True


def open_matters(record: Mapping[str, Any]) -> int:
    """How much is still missing or wrong in a recorded evaluation. Raises KeyError, TypeError."""
    own = len(record["faults"]) + sum(len(p["faults"]) for p in record["papers"])
    return own + sum(len(r["faults"]) for p in record["papers"] for r in p["rows"])


def exact(value: Fraction | None) -> str | None:
    """A fraction as "43/5" or "9"; None stays None."""
    return None if value is None else str(value)


def _fault(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "messages": dict(sorted(fault.messages.items()))}


def _paper(paper: Paper, scheme: Scheme) -> dict[str, Any]:
    money = paper.spending
    printed = printed_scores(paper, scheme)
    return {
        "project": paper.project,
        "overall": paper.goal.overall,
        "withheld": paper.withheld,
        "spending": {
            "initial": money.initial,
            "budget": money.budget,
            "executed": money.executed,
            "document": money.document,
        },
        "execution": {
            "weight": exact(paper.execution_weight),
            "score": exact(paper.execution),
            "printed": printed.execution,
            "explained": paper.explained,
        },
        "rows": [
            {**_row(row), "printed": shown}
            for row, shown in zip(paper.rows, printed.rows, strict=True)
        ],
        "scored": exact(paper.scored),
        "out_of": exact(paper.out_of),
        "total": printed.total,
        "band": band_text(paper, scheme),
        "faults": [_fault(f) for f in paper.faults],
        "remarks": [_fault(f) for f in paper.remarks],
    }


def _row(row: Row) -> dict[str, Any]:
    line = row.line
    return {
        "id": line.id,
        "levels": [line.level1, line.level2, line.level3],
        "target": line.target,
        "unit": line.unit,
        "weight": exact(row.weight),
        "score": exact(row.score),
        "actual": row.actual,
        "source": row.source,
        "how": dict(sorted(row.how.items())),
        "by": row.by,
        "met": row.met,
        "reason": row.reason,
        "measure": row.measure,
        "evidence": [_actual(a) for a in row.evidence],
        "faults": [_fault(f) for f in row.faults],
    }


def _actual(actual: Actual) -> dict[str, Any]:
    came = actual.provenance
    provenance: Mapping[str, Any] | None = None
    if came is not None:
        provenance = {
            "sources": [[s.name, s.kind, s.digest, s.digest_of] for s in came.sources],
            "query": came.query,
            "rows_read": came.rows_read,
            "rows_in": came.rows_in,
            "when": came.when.isoformat(),
            "engine": came.engine,
        }
    hidden = actual.suppressed
    return {
        "indicator": actual.indicator,
        "unit": actual.unit,
        "value": None if hidden or actual.value is None else f"{actual.value:f}",
        "suppressed": hidden,
        "document": actual.document,
        "provenance": provenance,
    }
