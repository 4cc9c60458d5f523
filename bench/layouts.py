"""Layouts: books of layouts that no shared book has, made at random, in every format.

    python -m bench.layouts                          all layouts, all formats
    python -m bench.layouts --seeds 12 --formats text --layouts west,stages --faults

Every book is right by construction (tests/layouts), so whatever is found above note is a false alarm.

placed   figures read with the right value and unit at their row and column
meant    … and understood to be the quantity they were printed for
heard    figures of sentences read with their value and unit
linked   figures (tables and sentences) that take part in at least one relation
caught   slips of one table figure that are reported, of all that were tried
named    … with the altered figure among those named
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import mingzhang as mz
from bench.mutation import Bench
from bench.results import store
from bench.slips import neighbours, slips

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
books = importlib.import_module("layouts.books")
printing = importlib.import_module("layouts.printing")

COLUMNS = (
    ("placed", "figures"),
    ("meant", "figures"),
    ("heard", "words"),
    ("linked", "read"),
    ("caught", "slips"),
    ("named", "slips"),
)


def measure(
    layout: str, form: str, seeds: Sequence[int], tried: int
) -> tuple[Counter[str], list[str]]:
    """Counts over the books of these seeds, and what went wrong in words."""
    out: Counter[str] = Counter()
    said: list[str] = []
    final = books.LAYOUTS[layout].final
    for seed in seeds:
        made = books.make(layout, seed)
        try:
            book = books.read(made, form)
            report = mz.check(book)
        except Exception as error:  # a crash is a result here
            out["crashed"] += 1
            said.append(f"{seed}: {type(error).__name__}: {error}")
            continue
        score = books.score(made, book, final)
        for name in ("figures", "placed", "meant", "words", "heard"):
            out[name] += getattr(score, name)
        false = [f for f in report.findings if f.severity != "note"]
        out["false"] += len(false)
        out["read"] += report.coverage.figures
        out["linked"] += report.coverage.linked
        said += [f"{seed}: {fault}" for fault in score.faults]
        said += [f"{seed}: {f.rule} {f.message}" for f in false]
        out.update(_slips(book, seed, tried))
    return out, said


def _slips(book: mz.Book, seed: int, tried: int) -> Counter[str]:
    """One slip in each of ``tried`` table figures that are not zero, each proved by itself."""
    out: Counter[str] = Counter()
    if not tried:
        return out
    rng = random.Random(f"slips {seed}")
    near = neighbours(book)
    able = [f for f in book.figures if not f.in_prose and f.is_money and f.value]
    bench = Bench(book)
    for figure in rng.sample(able, min(tried, len(able))):
        options = slips(figure, near[figure.id], rng)
        if options:
            outcome = bench.run(rng.choice(options))
            out["slips"] += 1
            out["caught"] += outcome.caught
            out["named"] += outcome.caught and (outcome.first or outcome.listed)
            out["crashed"] += bool(outcome.crash)
    return out


def show(console: Console, results: dict[str, dict[str, Any]]) -> None:
    table = Table(title="books of other layouts (percent)")
    for name in (
        "layout",
        "format",
        "figures",
        *(c for c, _ in COLUMNS),
        "false alarms",
        "crashed",
    ):
        table.add_column(name, justify="left" if name in ("layout", "format") else "right")
    for name, c in results.items():
        layout, form = name.split(" ")
        shares = [f"{100 * c[a] / c[b]:.1f}" if c.get(b) else "–" for a, b in COLUMNS]
        table.add_row(layout, form, str(c["figures"]), *shares, str(c["false"]), str(c["crashed"]))
    console.print(table)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--layouts", default=",".join(books.LAYOUTS))
    parser.add_argument("--formats", default=",".join(printing.FORMATS))
    parser.add_argument("--seeds", type=int, default=6, help="books of each layout and format")
    parser.add_argument("--slips", type=int, default=8, help="slips tried in each book")
    parser.add_argument("--faults", action="store_true", help="say what was read or found wrongly")
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 150)
    results: dict[str, dict[str, Any]] = {}
    started = time.perf_counter()
    for layout in options.layouts.split(","):
        for form in options.formats.split(","):
            counts, said = measure(layout, form, range(options.seeds), options.slips)
            names = (
                "figures",
                "words",
                "read",
                "slips",
                "false",
                "crashed",
                *(a for a, _ in COLUMNS),
            )
            results[f"{layout} {form}"] = {name: counts[name] for name in names}
            for line in said if options.faults else ():
                console.print(f"{layout} {form} {line}", highlight=False, markup=False)
    show(console, results)
    console.print(f"{time.perf_counter() - started:.0f} s")
    if not options.no_store:
        store("layouts", {"seeds": options.seeds, "slips": options.slips}, results)
    return int(any(r["false"] or r["crashed"] for r in results.values()))


if __name__ == "__main__":
    sys.exit(main())
