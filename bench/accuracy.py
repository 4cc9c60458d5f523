"""Accuracy: figures read right against hand-made gold, figures linked and proved, findings judged.

python -m bench.accuracy               every shared book; gold where tests/corpus has it
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
from bench.books import find
from bench.results import load, store
from bench.speed import show

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
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
    for name, files in find(options.books).items():
        book = mz.read(*files)
        report = mz.check(book)
        wrong: list[str] = []
        coverage.append({"book": name, "verdict": report.verdict, **covered(report)})
        if name in goldbooks.WITH_GOLD:
            counts, wrong = read_right(name, book)
            reading.append({"book": name, **counts})
            counts, more = judged(name, report)
            findings.append({"book": name, **counts})
            wrong += more
        for line in wrong:
            console.print(f"{name} {line}", markup=False, highlight=False)
    show(console, "read right, against hand-made gold", reading)
    show(console, "money figures linked and proved", coverage)
    show(console, "findings against gold", findings)
    if not options.no_store:
        result = {"reading": reading, "coverage": coverage, "findings": findings}
        old = load().get("accuracy", {}).get("results", {})
        for key, rows in result.items():
            known = {row["book"]: row for row in old.get(key, [])}
            result[key] = list({**known, **{row["book"]: row for row in rows}}.values())
        store("accuracy", {}, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
