"""The spine: Book → constraints → proof → findings → Report."""

from __future__ import annotations

import time
from collections.abc import Sequence

from mingzhang.judge.coverage import coverage
from mingzhang.judge.findings import findings
from mingzhang.judge.relations import rounding_notes, tested
from mingzhang.judge.rounding import roundings
from mingzhang.judge.weigh import PROSE, Scale, printings, weigh
from mingzhang.model.book import Book
from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.prove import locate
from mingzhang.relate import relate
from mingzhang.rules import run


def scale_of(book: Book, prior: Sequence[Book] = ()) -> Scale:
    """The one system of a book and the earlier books joined to it."""
    related = relate(book, prior)
    known = printings((book, *prior))
    return weigh(related, known, roundings(related, known))


def check(book: Book, prior: Sequence[Book] = ()) -> Report:
    """Prove ``book`` as one system of linear constraints and say what is wrong with it.

    ``prior`` are books of earlier years (or other stages) whose figures join the system.
    Raises nothing for a book that could be read: what could not be decided is said in the report.
    """
    clock = _Clock()
    related = relate(book, prior)
    clock.lap("relate")
    known = printings((book, *prior))
    ways = roundings(related, known)
    scale = weigh(related, known, ways)
    clock.lap("weigh")
    location = locate(scale.system, scale.weights)
    wrong = list(findings(scale, location))
    clock.lap("prove")
    checked = tested(scale)
    notes = list(rounding_notes(scale, checked))
    strangers = {f.id: f.unread or "subject" for f in book.figures if f.quantity is None}
    covered = coverage(scale, location, len(book.figures), strangers)
    clock.lap("cover")
    formal = list(run(book))
    clock.lap("rules")
    found = sorted((*wrong, *formal, *notes), key=_order)
    return Report(
        book,
        tuple(found),
        "consistent" if _consistent(wrong) else "contradictory",
        covered,
        checked,
        {c[1]: ways[c].value for c in sorted(ways) if c[0] == 0 and c[1] >= PROSE},
        clock.laps,
    )


def _consistent(wrong: Sequence[Finding]) -> bool:
    """Relations that only usually hold cannot make a book contradictory."""
    return all(f.severity != "error" for f in wrong)


def _order(finding: Finding) -> tuple[int, str, int, int]:
    place = finding.places[0]
    return (
        SEVERITIES.index(finding.severity),
        finding.rule,
        place.page or 0,
        place.line or 0,
    )


class _Clock:
    """Seconds spent between laps, for bench and --timing."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
