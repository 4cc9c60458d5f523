"""Fault 底账的毛病: what is wrong in a ledger, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mingzhang.catalog.ledger import LANGUAGES, fault_words, say, severity, where
from mingzhang.model.place import Place

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a ledger.

    ``kind`` is an id of [fault] in catalog/ledger.toml, ``heading`` the column's heading as the
    ledger has it ("" for a whole row or file), ``suggestions`` what could stand there instead,
    likeliest first. An error keeps something out of the book; a warning is probably wrong; a note
    is worth knowing.
    """

    kind: str
    severity: str
    messages: Mapping[str, str]
    place: Place
    heading: str = ""
    suggestions: tuple[str, ...] = field(default=())

    def message_in(self, lang: str = "zh") -> str:
        """The sentence in "zh" or "en"."""
        return self.messages[lang]

    @property
    def message(self) -> str:
        return self.messages["zh"]

    def where(self, lang: str = "zh") -> str:
        """File, row and column, or sheet and cell: "lines.csv 第 12 行“功能科目”"."""
        column = say("column", lang, heading=self.heading) if self.heading else ""
        return where(self.place, lang, column)


class NoLedger(Exception):
    """There is no ledger at all at a path: it is missing, damaged, or something else."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages["en"])
        self.fault = fault


def fault(
    kind: str,
    place: Place,
    heading: str = "",
    *,
    suggestions: tuple[str, ...] = (),
    nearest: Iterable[str] = (),
    level: str = "",
    en: Mapping[str, object] | None = None,
    hints: Mapping[str, str] | None = None,
    **params: object,
) -> Fault:
    """A fault with its sentence filled from ``params`` (``en`` replaces some for English).

    ``nearest`` fills {hint} with "do you mean …"; ``hints`` gives {hint} by language instead.
    ``level`` replaces the severity of the catalog. Raises KeyError for a kind nobody declared.
    """
    close = tuple(nearest)
    said: dict[str, dict[str, object]] = {}
    for lang in LANGUAGES:
        hint = ""
        if hints is not None:
            hint = hints[lang]
        elif close:
            hint = say("nearest", lang, list=say("or", lang).join(close))
        given = {**params, **(en or {})} if lang == "en" else params
        said[lang] = {"hint": hint, "hint_en": hint, **given}
    messages = fault_words(kind, said)
    return Fault(kind, level or severity(kind), messages, place, heading, suggestions or close)


def file_place(name: str, source: str, excerpt: str = "") -> Place:
    """The place of a whole file; ``source`` is its SHA-256."""
    return Place(source, name, excerpt)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults by file, row and column; of one place the worst first."""

    def key(found: Fault) -> tuple[object, ...]:
        place = found.place
        return (
            place.name,
            place.sheet or "",
            place.line or 0,
            place.column or 0,
            SEVERITIES.index(found.severity),
            found.kind,
        )

    return tuple(sorted(faults, key=key))


class Notebook:
    """Collects the faults of one reading; of each kind and column only the first ``most``."""

    def __init__(self, most: int = 200) -> None:
        self._most = most
        self._kept: list[Fault] = []
        self._seen: dict[tuple[str, str, str], int] = {}
        self._last: dict[tuple[str, str, str], Place] = {}

    def add(self, kind: str, place: Place, heading: str = "", **params: Any) -> None:
        """Note a fault; see ``fault`` for ``params``."""
        key = (kind, place.name, heading)
        seen = self._seen[key] = self._seen.get(key, 0) + 1
        if seen <= self._most:
            self._kept.append(fault(kind, place, heading, **params))
        self._last[key] = place

    def take(self, faults: Iterable[Fault]) -> None:
        """Add faults found elsewhere."""
        self._kept += faults

    def faults(self) -> tuple[Fault, ...]:
        """All of them in order, with a line for those that were too many to list."""
        over = [
            fault("many", self._last[key], key[2], count=seen - self._most)
            for key, seen in self._seen.items()
            if seen > self._most
        ]
        return in_order([*self._kept, *over])
