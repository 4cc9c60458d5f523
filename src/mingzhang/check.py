"""The spine: Book → constraints → proof → findings → Report."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from mingzhang.catalog import source
from mingzhang.judge.coverage import coverage
from mingzhang.judge.findings import findings
from mingzhang.judge.ratios import held_alone
from mingzhang.judge.relations import rounding_notes, tested
from mingzhang.judge.rounding import cutting, leans_to_cutting, roundings
from mingzhang.judge.weigh import PROSE, Printing, Scale, printings, weigh
from mingzhang.model.book import Book
from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.model.money import Rounding
from mingzhang.model.relation import Related
from mingzhang.pause import no_collection
from mingzhang.prove import Limits, Location, feasible, locate
from mingzhang.relate import relate
from mingzhang.rules import run

# a book with dozens of slips is told so; which ones exactly may stay open
LIMITS = Limits(alternatives=48, tests=300)
FEW = 4  # slips in a book that may still be said to cut off rather than to round


def scale_of(book: Book, prior: Sequence[Book] = ()) -> Scale:
    """The one system of a book and the earlier books joined to it."""
    return weighed(relate(book, prior), printings((book, *prior)))[0]


def weighed(
    related: Related, known: Mapping[str, Printing]
) -> tuple[Scale, Location, Mapping[tuple[int, int], Rounding]]:
    """The system under the way of rounding that the book speaks for, and what is wrong with it."""
    ways: dict[tuple[int, int], Rounding] = roundings(related, known)
    scale = weigh(related, known, ways)
    location: Location | None = None
    if not feasible(scale.system).feasible and leans_to_cutting(tested(scale)):
        tried = []
        for other in cutting(known):
            cut = weigh(related, known, other)
            tried.append((cut, locate(cut.system, cut.weights, limits=LIMITS), other))
            if not tried[-1][1].clusters:
                break
        best = min(tried, key=lambda t: _weight(t[1]))
        if _weight(best[1]) <= FEW:  # else it does not cut off, or is broken either way
            scale, location, ways = best
    if location is None:
        location = locate(scale.system, scale.weights, limits=LIMITS)
    closer = held_alone(scale, location, related)
    if closer is not None:
        scale = weigh(closer, known, ways)
        location = locate(scale.system, scale.weights, limits=LIMITS)
    return scale, location, ways


def _weight(location: Location) -> int:
    return sum(cluster.weight or LIMITS.tests for cluster in location.clusters)


def doubtful(scale: Scale) -> frozenset[int] | None:
    """The witnesses of all contradictions, without which the rest of a book is consistent.

    None if not even that is known.
    """
    location = locate(scale.system, scale.weights, limits=LIMITS)
    aside = frozenset(w for cluster in location.clusters for w in cluster.witnesses)
    return aside if feasible(scale.system, aside).feasible else None


def check(book: Book, prior: Sequence[Book] = ()) -> Report:
    """Prove ``book`` as one system of linear constraints and say what is wrong with it.

    ``prior`` are books of earlier years (or other stages) whose figures join the system.
    Raises nothing for a book that could be read: what could not be decided is said in the report.
    """
    with no_collection():
        return _checked(book, prior)


def _checked(book: Book, prior: Sequence[Book]) -> Report:
    clock = _Clock()
    related = relate(book, prior)
    clock.lap("relate")
    known = printings((book, *prior))
    scale, location, ways = weighed(related, known)
    clock.lap("prove")
    wrong = list(findings(scale, location))
    clock.lap("find")
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
        source.used(),
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
