"""Finding and Report: what is said about a book, with its evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from mingzhang.model.book import Book
from mingzhang.model.place import Place
from mingzhang.model.relation import Relation

SEVERITIES = ("error", "warning", "note")


class Suspect(NamedTuple):
    """A figure that could be the wrong one, and the values (its own unit) that would mend the book.

    ``kind`` is the slip that explains it: swapped, digit, lost, doubled, tenfold, tenth, unit, sign,
    neighbour, stale, missing, cut, or "" where no typing slip does.
    """

    figure: str
    low: Decimal | None
    high: Decimal | None
    kind: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell: which rule, how sure, where, why.

    severity  error: no true amounts can make this book right (or a duty of form is broken);
              warning: probably wrong, or usually wrong; note: worth knowing, explained.
    messages  the sentence by language ("zh", "en").
    equation  the relation with its numbers and difference, in the book's own unit.
    suspects  likeliest first; one alone only where the proof shows that no other could mend it.
    certified True if the claim was re-proved without floating point.
    """

    rule: str
    severity: str
    messages: Mapping[str, str]
    places: tuple[Place, ...]
    figures: tuple[str, ...] = ()
    equation: str = ""
    suspects: tuple[Suspect, ...] = ()
    certified: bool = True
    basis: str = ""
    subject: str = ""  # what stays the same in the next draft; goes into the fingerprint
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("a finding needs its evidence")
        if self.severity not in SEVERITIES:
            raise ValueError(f"no such severity: {self.severity}")

    @property
    def message(self) -> str:
        return self.messages["zh"]

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang``, Chinese if there is no other."""
        return self.messages.get(lang) or self.messages["zh"]

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that stay the same when the book is only laid out anew."""
        seed = "\x1f".join((self.rule, self.subject or self.message))
        return hashlib.sha256(seed.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Checked:
    """A relation as it was tested: the figures that state each term and what came of it.

    ``terms`` are (coefficient, figure ids stating that quantity, quantity key). ``residual`` and
    ``bound`` are in 分: the printed difference, and how much of it rounding can explain (None if
    some term is not printed). state: exact, rounding, violated, open (a term is unprinted).
    """

    relation: Relation
    terms: tuple[tuple[int, tuple[str, ...], str], ...]
    residual: int | None
    bound: int | None
    state: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures take part in a relation, and in enough that a slip would be caught.

    ``unlinked`` and ``unproved`` map figure ids to the reason, so that what nobody checked shows.
    """

    figures: int
    linked: int
    proved: int
    unlinked: Mapping[str, str] = field(default_factory=dict)
    unproved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in one book. verdict: consistent, contradictory, unreadable.

    ``catalog`` names the catalog of one's own that the book was read and checked with: name,
    version, sha256; empty if there was none.
    """

    book: Book
    findings: tuple[Finding, ...]
    verdict: str
    coverage: Coverage
    relations: tuple[Checked, ...] = ()
    rounding: Mapping[int, str] = field(default_factory=dict)  # statement index (-1 prose) -> how
    seconds: Mapping[str, float] = field(default_factory=dict)
    catalog: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, lang: str = "zh", indent: int | None = 2) -> str:
        """The report as JSON text, after report/schema.json (version in ``schema``)."""
        return json.dumps(report_record(self, lang), ensure_ascii=False, indent=indent)

    def count(self, severity: str) -> int:
        return sum(f.severity == severity for f in self.findings)

    @property
    def exit_status(self) -> int:
        """0 nothing above note, 1 findings, 2 unreadable."""
        if self.verdict == "unreadable":
            return 2
        return int(any(f.severity != "note" for f in self.findings))


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def place_record(place: Place) -> dict[str, Any]:
    """A place as plain data, without what its format does not know."""
    record: dict[str, Any] = {
        "file": place.name,
        "sha256": place.source,
        "page": place.page,
        "box": list(place.box) if place.box else None,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "column": place.column,
        "excerpt": place.excerpt,
    }
    return {key: value for key, value in record.items() if value is not None}


def finding_record(finding: Finding, lang: str = "zh") -> dict[str, Any]:
    """A finding as plain data in ``lang``."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message_in(lang),
        "equation": finding.equation,
        "figures": list(finding.figures),
        "suspects": [
            {"figure": s.figure, "low": _number(s.low), "high": _number(s.high), "kind": s.kind}
            for s in finding.suspects
        ],
        "places": [place_record(p) for p in finding.places],
        "certified": finding.certified,
        "basis": finding.basis,
        "fingerprint": finding.fingerprint,
    }


def report_record(report: Report, lang: str = "zh") -> dict[str, Any]:
    """The whole report as plain data: the contract of ``--format json``."""
    book = report.book
    return {
        "schema": "mingzhang-report-1",
        "book": {
            "title": book.title,
            "entity": book.entity,
            "year": book.year,
            "stage": book.stage,
            "layout": book.layout,
            "files": [{"name": d.name, "sha256": d.source} for d in book.documents],
            "statements": [
                {"kind": s.kind, "number": s.number, "title": s.title, "unit": s.unit}
                for s in book.statements
            ],
        },
        "verdict": report.verdict,
        "coverage": {
            "figures": report.coverage.figures,
            "linked": report.coverage.linked,
            "proved": report.coverage.proved,
            "unlinked": dict(report.coverage.unlinked),
            "unproved": dict(report.coverage.unproved),
        },
        "rounding": {str(index): how for index, how in report.rounding.items()},
        "findings": [finding_record(f, lang) for f in report.findings],
        **({"catalog": dict(report.catalog)} if report.catalog else {}),
    }
