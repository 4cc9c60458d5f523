"""Years: every year-on-year statement of the shared series, with last year's book given.

    python -m bench.years                 the four pairs of the three-year series
    python -m bench.years --list          every statement that is not proved, with the reason
    python -m bench.years --against a-2024.pdf b-2023.pdf    this book and last year's

A statement is a change (增加 x 万元), a growth percentage, a direction without amount (持平), or a
cell of a table about another year. What becomes of it:

proved      a slip of five printed steps in it would contradict the two books
reported    it is part of a contradiction that the report tells of
or the reason (messages.toml, [unread]) why nothing in the two books could hold it
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

import mingzhang as mz
from bench.books import find
from mingzhang.catalog.messages import say
from mingzhang.check import weighed
from mingzhang.judge.coverage import coverage
from mingzhang.judge.findings import findings
from mingzhang.judge.unchecked import Years
from mingzhang.judge.weigh import printings
from mingzhang.model.claim import Ratio
from mingzhang.model.money import Interval
from mingzhang.prove import bounds
from mingzhang.relate import relate

SERIES = (
    ("js-congress-2018", "js-congress-2017"),
    ("js-congress-2019", "js-congress-2018"),
    ("js-partyoffice-2018", "js-partyoffice-2017"),
    ("js-partyoffice-2019", "js-partyoffice-2018"),
)
"""Each book of the shared series with the book of the year before."""

FLAT = 5 * 1_000_000 // 100  # 分: five steps of 0.01 万元, as the series print

SORTS = ("amount", "percent", "unchanged", "table")


@dataclass(frozen=True, slots=True)
class Statement:
    """One year-on-year statement. ``outcome``: proved, reported, or the code of a reason."""

    sort: str
    text: str
    label: str
    where: str
    outcome: str


def statements(book: mz.Book, prior: Sequence[mz.Book]) -> tuple[Statement, ...]:
    """What ``book`` says of other years, and what becomes of it beside ``prior``."""
    related = relate(book, prior)
    scale, location, _ = weighed(related, printings((book, *prior)))
    strangers = {f.id: f.unread or "subject" for f in book.figures if f.quantity is None}
    covered = coverage(scale, location, len(book.figures), strangers)
    reasons = {**covered.unlinked, **covered.unproved}
    told = [f for f in findings(scale, location) if f.severity != "note"]
    reported = {i for f in told for i in f.figures}
    growth = {c.figure for c in book.claims if isinstance(c, Ratio) and c.kind == "growth"}
    out = []
    for figure in book.figures:
        quantity = figure.quantity
        if not (figure.id in growth or (quantity is not None and _elsewhen(book, quantity))):
            continue
        outcome = reasons.get(figure.id, "proved")
        sort = "percent" if figure.is_percent else "amount" if figure.in_prose else "table"
        out.append(
            Statement(
                sort,
                f"{figure.text.strip()}{figure.unit}",
                figure.label,
                _where(figure.place),
                "reported" if figure.id in reported else outcome,
            )
        )
    broken = {w for c in location.clusters for w in c.witnesses}
    years = Years(scale)
    for index, relation in enumerate(scale.relations):
        if relation.reason.kind != "unchanged" or not _own(book, relation.reason.places[0]):
            continue
        quantity = relation.terms[0][0]
        base = quantity.base()
        if base is None:
            continue
        witness = scale.witness_of[index]
        # both years printed, or so narrowed down by other lines that a change would show
        held = bool(scale.stating(base) and scale.stating(quantity.level())) or _narrow(
            bounds(scale.system, scale.index[quantity], without=broken | {witness})
        )
        outcome = "proved" if held else years.apart(base) or "alone"
        place = relation.reason.places[0]
        words = dict(relation.reason.params)["words"]
        if witness in broken:
            outcome = "reported" if any(place in f.places for f in told) else outcome
        out.append(Statement("unchanged", words, place.excerpt, _where(place), outcome))
    return tuple(out)


def _narrow(change: Interval) -> bool:
    """True if the rest of the two books leaves a change of no more than some steps."""
    low, high = change
    return low is not None and high is not None and max(-low, high) <= FLAT


def _elsewhen(book: mz.Book, quantity: mz.Quantity) -> bool:
    """A change, or an amount of another year."""
    if quantity.measure == "count":
        return False
    return bool(quantity.versus) or quantity.year != book.year


def _own(book: mz.Book, place: mz.Place) -> bool:
    return any(place.source == d.source for d in book.documents)


def _where(place: mz.Place) -> str:
    return f"p.{place.page}" if place.page is not None else f"{place.line}:{place.column}"


def unaccounted(found: Sequence[Statement]) -> list[Statement]:
    """Statements that are neither proved nor reported, and for which no reason of years is known."""
    return [s for s in found if s.outcome in ("alone", "loose", "subject", "row", "column")]


def _pairs(options: argparse.Namespace) -> Iterator[tuple[str, mz.Book, list[mz.Book]]]:
    if options.against:
        book, *prior = (mz.read(Path(p)) for p in options.against)
        yield Path(options.against[0]).stem, book, prior
        return
    for name, before in SERIES:
        yield name, mz.read(*find([name])[name]), [mz.read(*find([before])[before])]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="list what is not proved")
    parser.add_argument("--against", nargs="+", metavar="BOOK", help="this book, then last year's")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table(title="year-on-year statements, last year's book given")
    for column in ("book", "sort", "statements", "proved", "reported", "why not"):
        right = column in ("statements", "proved", "reported")
        table.add_column(column, justify="right" if right else "left")
    left = 0
    for name, book, prior in _pairs(options):
        found = statements(book, prior)
        left += len(unaccounted(found))
        for sort in SORTS:
            counts = Counter(s.outcome for s in found if s.sort == sort)
            if not counts:
                continue
            rest = {k: n for k, n in sorted(counts.items()) if k not in ("proved", "reported")}
            table.add_row(
                name, sort, str(counts.total()), str(counts["proved"]), str(counts["reported"]),
                ", ".join(f"{k} {n}" for k, n in rest.items()),
            )  # fmt: skip
        if options.list:
            for s in found:
                if s.outcome != "proved":
                    words = (
                        s.outcome if s.outcome == "reported" else say("unread", s.outcome, "zh", {})
                    )
                    line = f"{name} {s.where} {s.text} ({s.label}): {words}"
                    console.print(line, highlight=False, markup=False)
    console.print(table)
    console.print(f"without a reason: {left}")
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main())
