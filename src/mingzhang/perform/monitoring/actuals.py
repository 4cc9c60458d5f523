"""Actuals 阶段性完成情况: evidence.toml asked as of a day, for what has been reached so far.

Registers are cut off at the day by the ``date`` column of their indicator. Values typed into
evidence.toml are of the whole year: before its last day they are left out, and monitoring.toml says
what stands on the day ([[progress]]).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mingzhang.ledger.fault import Fault
from mingzhang.model.evidence import Actual, Evidence
from mingzhang.model.place import Place
from mingzhang.perform.evidence import Definition, Refused, evaluate, load
from mingzhang.perform.execution.table import NOTHING
from mingzhang.perform.telling import fault

FILE = "evidence.toml"


@dataclass(frozen=True, slots=True)
class Reached:
    """Actual values as of a day, and the kind of measure behind each."""

    actuals: tuple[Actual, ...] = ()
    measures: Mapping[str, str] | None = None


def until(definition: Definition, when: date) -> Definition:
    """The definition with everything after ``when`` cut off."""
    last = date(when.year, 12, 31)
    kept = (e for e in definition.evidence if not e.value or when >= last)
    return replace(definition, evidence=tuple(_cut(e, when) for e in kept))


def _cut(evidence: Evidence, when: date) -> Evidence:
    if not evidence.date or (evidence.until is not None and evidence.until <= when):
        return evidence
    return replace(evidence, until=when)


def read_actuals(folder: Path, when: date) -> tuple[Reached, tuple[Fault, ...]]:
    """The answers of ``evidence.toml`` in a folder ``year`` as of a day; none if there is no such file.

    An indicator whose evidence is broken has its fault in its Actual; here are only the faults of
    the file as a whole.
    """
    path = folder / FILE
    if not path.is_file():
        return Reached(), ()
    try:
        definition = until(load(path), when)
    except Refused as refused:
        messages = refused.fault.messages
        told = fault("no-evidence", Place(NOTHING, f"{folder.name}/{FILE}", ""), detail="")
        return Reached(), (replace(told, messages=messages),)
    measures = {e.indicator: e.measure.kind for e in definition.evidence if e.measure}
    return Reached(evaluate(definition), measures), ()
