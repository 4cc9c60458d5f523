"""Unbuild: a Ledger to its form (tables of text), canonical, for every way of writing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mingzhang.catalog.ledger import words
from mingzhang.ledger import values
from mingzhang.ledger.form import Row, tidy
from mingzhang.ledger.lines import line_rows
from mingzhang.model.ledger import Ledger

Rows = Mapping[str, tuple[Row, ...]]


def rows_of(ledger: Ledger) -> Rows:
    """Every table of the ledger as rows of canonical texts, by table id."""
    return {
        "settings": _settings(ledger),
        "lines": line_rows(ledger.lines, ledger.year or None),
        "projects": _rows(
            {
                "name": p.name,
                "purpose": p.purpose,
                "basis": p.basis,
                "reason": p.reason,
                "key": values.yes_text(p.key),
                "withheld": values.yes_text(p.withheld),
                "starts": _whole(p.starts),
                "ends": _whole(p.ends),
            }
            for p in ledger.projects
        ),
        "parts": _rows(
            {"project": p.name, "name": part.name, "purpose": part.purpose}
            for p in ledger.projects
            for part in p.parts
        ),
        "entities": _rows({"name": e.name, "kind": e.kind} for e in ledger.entities),
        "staff": _rows(
            {"entity": e.name, "name": name, "count": str(count)}
            for e in ledger.entities
            for name, count in e.staff.items()
        ),
        "assets": _rows(
            {"name": a.name, "unit": a.unit, "count": str(a.count), "planned": str(a.planned)}
            for a in ledger.assets
        ),
        "reasons": _rows(
            {"subject": values.subject_text(r.subject, ledger.year or None), "text": r.text}
            for r in ledger.reasons
        ),
        "protection": _rows(
            [
                *({"subject": key, "reason": ""} for key in ledger.protection.withhold),
                *({"subject": k, "reason": v} for k, v in ledger.protection.signed.items()),
            ]
        ),
        "facts": _rows(
            [
                *({"name": name, "value": value} for name, value in ledger.facts.items()),
                *(
                    {"name": values.ADJUSTED + k, "value": f"{v / 100:.2f}"}
                    for k, v in ledger.adjusted.items()
                ),
            ]
        ),
        "passages": _rows({"part": p.part, "text": p.text} for p in ledger.passages),
        **_goals(ledger),
    }


def _rows(found: Iterable[Mapping[str, str]]) -> tuple[Row, ...]:
    return tuple(
        Row({field: tidy(text) for field, text in row.items() if tidy(text)}, n)
        for n, row in enumerate(found, 2)
    )


def _settings(ledger: Ledger) -> tuple[Row, ...]:
    protection = ledger.protection
    texts = {
        "name": ledger.name,
        "department": ledger.department,
        "year": _whole(ledger.year or None),
        "layout": ledger.layout,
        "stage": ledger.stage,
        "rounding": ledger.rounding,
        "published": ledger.published.isoformat() if ledger.published else "",
        "supervisor": ledger.supervisor,
        "assets_as_of": ledger.assets_as_of,
        "totals": protection.totals,
        "width": values.amount_text(protection.width_fen),
        "share": values.number_text(Decimal(repr(protection.width_share))),
    }
    return _settled(texts)


def _settled(texts: Mapping[str, str]) -> tuple[Row, ...]:
    """One row a setting; a blank one has no value."""
    return tuple(
        Row({field: tidy(text)} if tidy(text) else {}, n)
        for n, (field, text) in enumerate(texts.items(), 2)
    )


def _goals(ledger: Ledger) -> Rows:
    whole = words("whole")[0]
    return {
        "goals": _rows(
            {
                "project": g.project or whole,
                "overall": g.overall,
                "content": g.content,
                "year": _whole(g.year),
                "total": values.amount_text(g.total),
                "fiscal": values.amount_text(g.fiscal),
                "other": values.amount_text(g.other),
            }
            for g in ledger.goals
        ),
        "indicators": _rows(
            {
                "project": g.project or whole,
                "id": i.id,
                "level1": i.level1,
                "level2": i.level2,
                "level3": i.level3,
                "target": i.target,
                "unit": i.unit,
                "weight": _number(i.weight),
                "baseline": _number(i.baseline),
                "baseline_year": _whole(i.baseline_year),
                "last_actual": _number(i.last_actual),
                "direction": words(i.direction)[0] if i.direction else "",
            }
            for g in ledger.goals
            for i in g.lines
        ),
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else values.number_text(value)


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
