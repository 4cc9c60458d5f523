"""Compile: time and memory of a book from its ledger, for 1×, 10×, 100× and 1,600× line items.

python -m bench.compile [--times 1 10 …] [--no-store]

Each line of the example ledger is split into so many lines of the same sum, so that the book stays
the same and only the ledger grows. Every size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from bench.results import store
from bench.speed import peak_kb
from mingzhang import compile_book, read_ledger
from mingzhang.model.ledger import Ledger, Line

EXAMPLE = Path(__file__).parents[1] / "examples" / "ledger-shenzhen-2023"


def grown(ledger: Ledger, times: int) -> Ledger:
    """The same ledger with every line in ``times`` parts."""
    lines = tuple(_part(line, times, k) for line in ledger.lines for k in range(times))
    return replace(ledger, lines=lines, rounding="additive")


def _part(line: Line, times: int, k: int) -> Line:
    amounts = {m: a // times + (a % times if not k else 0) for m, a in line.amounts.items()}
    return replace(line, amounts=amounts, note=str(k))


def measured(times: int) -> dict[str, float | int | bool]:
    """One size: lines, figures, seconds of the best of two, peak memory in MB."""
    ledger = grown(read_ledger(EXAMPLE)[0], times)
    seconds = []
    for _ in range(2):
        begun = time.perf_counter()
        compiled = compile_book(ledger)
        seconds.append(time.perf_counter() - begun)
    assert compiled.ok and compiled.moves is not None
    return {
        "times": times,
        "lines": len(ledger.lines),
        "figures": compiled.moves.figures,
        "seconds": round(min(seconds), 2),
        "peak_mb": round(peak_kb() / 1024),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, nargs="*", default=[1, 10, 100, 1600])
    parser.add_argument("--no-store", action="store_true")
    chosen = parser.parse_args(arguments)
    rows = []
    for times in chosen.times:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows.append(pool.submit(measured, times).result())
        print(rows[-1])
    if not chosen.no_store:
        store("compile", {}, rows)


if __name__ == "__main__":
    main()
