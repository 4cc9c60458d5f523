"""Accuracy: figures and claims read right against hand-made lists, linked and proved, findings judged.

python -m bench.accuracy               every shared book; gold where tests/corpus has it

A claim is a figure in prose with what the sentence says of it: subject, kind, direction, baseline,
what it is a share or part of (tests/corpus/claims). Linked is a figure that shares a relation with
another printed number; in a series it is counted once more with last year's book given.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

import mingzhang as mz
from bench.books import PRIOR, find
from bench.results import load, store
from bench.speed import show
from bench.tally import SCOPES, scope

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
goldclaims = importlib.import_module("goldclaims")
goldbooks = importlib.import_module("goldbooks")
goldprose = importlib.import_module("goldprose")


def read_right(name: str, book: mz.Book) -> tuple[dict[str, Any], list[str]]:
    """Cells and figures in prose as gold has them, and what differs."""
    cells = goldprose.compare_cells(book, name)
    prose = goldprose.compare_prose(book, name)
    wrong = [f"cell missed: {' · '.join(m)}" for m in cells.missed]
    wrong += [f"cell extra: {' · '.join(e)}" for e in cells.extra]
    wrong += [f"prose missed: {m}" for m in prose.missed]
    wrong += [f"prose extra: {e}" for e in prose.extra]
    wrong += [f"prose: {d}" for d in prose.differences]
    return {
        "cells": cells.gold,
        "cells_right": cells.right,
        "cells_extra": len(cells.extra),
        "prose": prose.gold,
        "prose_right": prose.right,
        "prose_extra": len(prose.extra),
        "meaning": prose.asked,
        "meaning_right": prose.meant,
    }, wrong


def covered(report: mz.Report) -> dict[str, Any]:
    """How many of the money figures are linked and proved."""
    money = [f.id for f in goldprose.money(report.book)]
    loose = report.coverage
    linked = [i for i in money if i not in loose.unlinked]
    proved = [i for i in linked if i not in loose.unproved]
    return {
        "money": len(money),
        "linked": len(linked),
        "proved": len(proved),
        "linked_percent": round(100 * len(linked) / max(1, len(money)), 1),
        "proved_percent": round(100 * len(proved) / max(1, len(money)), 1),
    }


_STATES_NOTHING = frozenset({"threshold", "target", "rate"})  # limits and norms of a form


def linked(report: mz.Report) -> dict[str, tuple[int, int]]:
    """Scope (table, prose, percent) -> figures linked and all; limits that state nothing left out."""
    counts: dict[str, tuple[int, int]] = {}
    for figure in report.book.figures:
        which = scope(figure)
        if which == "count" or figure.unread in _STATES_NOTHING:
            continue
        done, every = counts.get(which, (0, 0))
        counts[which] = (done + (figure.id not in report.coverage.unlinked), every + 1)
    return counts


def shares(report: mz.Report, prior: mz.Report | None) -> dict[str, Any]:
    """The linked figures by scope, and those in prose with last year's book given."""
    row: dict[str, Any] = {}
    for which in SCOPES:
        done, every = linked(report).get(which, (0, 0))
        row[which] = every
        row[f"{which}_linked"] = round(100 * done / every, 1) if every else None
        if prior is not None and which != "table":
            done, every = linked(prior).get(which, (0, 0))
            row[f"{which}_with_prior"] = round(100 * done / every, 1) if every else None
    return row


def unlinked(report: mz.Report, told: str = "") -> list[str]:
    """The amounts and percentages that nobody linked, each with the reason."""
    return [
        f"unlinked{told}: {f.id} {f.text} {f.unit} {f.label}: {report.coverage.unlinked[f.id]}"
        for f in report.book.figures
        if f.id in report.coverage.unlinked
        and scope(f) != "count"
        and f.unread not in _STATES_NOTHING
    ]


def judged(name: str, report: mz.Report) -> tuple[dict[str, Any], list[str]]:
    """Findings against gold, and what differs."""
    found = goldprose.compare_findings(report, name)
    wrong = [f"finding missing: {i}" for i in found.missing]
    wrong += [f"finding too severe: {i}" for i in found.too_loud]
    wrong += [f"finding not in gold: {s}" for s in found.stray]
    return {
        "must": found.wanted,
        "must_found": found.found,
        "above_note": found.loud,
        "not_in_gold": len(found.stray),
    }, wrong


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("books", nargs="*", help="names of shared books, or the files of one book")
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 190)
    reading: list[dict[str, Any]] = []
    coverage: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for name, files in find(options.books).items():
        book = mz.read(*files)
        report = mz.check(book)
        wrong: list[str] = unlinked(report)
        with_prior = None
        if name in PRIOR:
            with_prior = mz.check(book, prior=[mz.read(*find([PRIOR[name]])[PRIOR[name]])])
        links.append({"book": name, **shares(report, with_prior)})
        if name in goldclaims.WITH_CLAIMS:
            told = goldclaims.compare_claims(book, name)
            share = round(100 * told.right / told.claims, 1)
            claims.append(
                {"book": name, "claims": told.claims, "right": told.right, "right_percent": share}
            )
            wrong += [f"claim: {w}" for w in told.wrong]
        coverage.append({"book": name, "verdict": report.verdict, **covered(report)})
        if name in goldbooks.WITH_GOLD:
            counts, more = read_right(name, book)
            wrong += more
            reading.append({"book": name, **counts})
            counts, more = judged(name, report)
            findings.append({"book": name, **counts})
            wrong += more
        for line in wrong:
            console.print(f"{name} {line}", markup=False, highlight=False)
    show(console, "read right, against hand-made gold", reading)
    show(console, "claims of the prose read right, against hand-made lists", claims)
    show(console, "linked by scope, in percent", links)
    show(console, "money figures linked and proved", coverage)
    show(console, "findings against gold", findings)
    if not options.no_store:
        result = {
            "reading": reading,
            "claims": claims,
            "linked": links,
            "coverage": coverage,
            "findings": findings,
        }
        old = load().get("accuracy", {}).get("results", {})
        for key, rows in result.items():
            known = {row["book"]: row for row in old.get(key, [])}
            result[key] = list({**known, **{row["book"]: row for row in rows}}.values())
        store("accuracy", {}, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
