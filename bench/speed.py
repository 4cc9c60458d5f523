"""Speed: where the time of one check goes, how it grows, and what reading costs beside its peers.

    python -m bench.speed                  everything, the shared books and random ones
    python -m bench.speed --only growth    one of: stages, growth, reading, jobs

Times are medians of several rounds in one process; the contenders take turns in every round, so
that ratios hold even on a busy machine. Peak memory is that of a child that does nothing else.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import math
import multiprocessing
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from rich.console import Console
from rich.table import Table

import mingzhang as mz
from bench.books import find
from bench.results import load, store
from mingzhang.model.document import Document
from mingzhang.read import read_documents
from mingzhang.read.recognise import recognise
from mingzhang.read.text import read_text

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
makebook = importlib.import_module("makebook")
makeledger = importlib.import_module("makeledger")

Paths = Sequence[Path]
Work = Callable[[], object]


def medians(contenders: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Seconds of each contender: the median over ``rounds``, after one round to warm up."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(rounds + 1):
        for name, work in contenders.items():
            started = time.perf_counter()
            work()
            if turn:
                spent[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in spent.items()}


# ---------------------------------------------------------------- what competes


def bare_text(paths: Paths) -> int:
    """The text of all pages as PDFium gives it; the least that any reader must do."""
    total = 0
    for path in paths:
        document = pypdfium2.PdfDocument(path.read_bytes())
        for page in document:
            total += len(page.get_textpage().get_text_bounded())
        document.close()
    return total


def plumbed(paths: Paths) -> int:
    """All tables as pdfplumber finds them."""
    pdfplumber = importlib.import_module("pdfplumber")
    total = 0
    for path in paths:
        with pdfplumber.open(path) as document:
            total += sum(len(page.extract_tables()) for page in document.pages)
    return total


def documents(paths: Paths) -> int:
    """Files to Documents."""
    return len(read_documents(paths))


def book(paths: Paths) -> int:
    """Files to a Book."""
    return len(mz.read(*paths).figures)


def checked(paths: Paths) -> int:
    """Files to a Report."""
    return len(mz.check(mz.read(*paths)).findings)


def stages(name: str, read: Callable[[], Sequence[Document]], rounds: int) -> dict[str, Any]:
    """Seconds of each stage of one check."""
    seen: dict[str, list[float]] = {}
    figures = 0
    for turn in range(rounds + 1):
        started = time.perf_counter()
        found = read()
        one = time.perf_counter()
        made = recognise(found)
        two = time.perf_counter()
        report = mz.check(made)
        figures = len(made.figures)
        if turn:
            laps = {"document": one - started, "recognise": two - one, **report.seconds}
            for key, value in laps.items():
                seen.setdefault(key, []).append(value)
    out: dict[str, Any] = {k: round(statistics.median(v), 5) for k, v in seen.items()}
    out["check"] = round(sum(v for k, v in out.items() if k not in ("document", "recognise")), 5)
    out["figures"] = figures
    out["check_us_per_figure"] = round(1e6 * out["check"] / max(1, figures), 1)
    return {"book": name, **out}


def growth(factors: Sequence[int], rounds: int) -> list[dict[str, Any]]:
    """Stages for random books of some multiples of a size; ``power`` is that of the figures' number
    with which the time has grown since the first (1: linear)."""
    out: list[dict[str, Any]] = []
    for factor in factors:
        text = _grown(factor).text
        row = stages(f"random {factor}×", partial(_documents_of, text), rounds)
        row["read"] = round(row["document"] + row["recognise"], 5)
        if out:
            more = math.log(row["figures"] / out[0]["figures"])
            for key in ("read", "check"):
                row[f"{key}_power"] = round(math.log(row[key] / out[0][key]) / more, 2)
        out.append(row)
    return out


def _documents_of(text: str) -> list[Document]:
    return [read_text(text, "made")]


def _grown(factor: int) -> Any:
    """A random book with ``factor`` times the figures of the smallest one, within some percent."""
    style = makebook.Style(decimals=2)
    first = makeledger.Size(6, 12, 6)
    wanted = factor * len(makebook.make_book(1, style, first).figures)
    low, high = 1, 40 * factor
    while high - low > max(1, factor // 2):
        middle = (low + high) // 2
        size = makeledger.Size(5 + middle, min(70, 12 * factor), 6 * factor)
        made = makebook.make_book(1, style, size)
        low, high = (middle, high) if len(made.figures) < wanted else (low, middle)
    return made if factor > 1 else makebook.make_book(1, style, first)


def reading(name: str, paths: Paths, rounds: int) -> dict[str, Any]:
    """One PDF book by every contender, as multiples of the bare extraction."""
    contenders: dict[str, Work] = {
        key: partial(work, paths)
        for key, work in (
            ("bare", bare_text),
            ("document", documents),
            ("book", book),
            ("check", checked),
        )
    }
    spent = medians(contenders, rounds)
    if importlib.util.find_spec("pdfplumber"):
        spent |= medians({"pdfplumber": partial(plumbed, paths)}, 1)
    pages = sum(len(pypdfium2.PdfDocument(p)) for p in paths)
    out: dict[str, Any] = {"book": name, "pages": pages}
    out |= {f"{k}_ms": round(1000 * v, 1) for k, v in spent.items()}
    out |= {f"{k}_x": round(v / spent["bare"], 1) for k, v in spent.items() if k != "bare"}
    if "pdfplumber" in spent:
        out["faster_than_pdfplumber"] = round(spent["pdfplumber"] / spent["document"], 1)
    out["peak_mb"] = peak(paths)
    return out


# ---------------------------------------------------------------- memory and processes


def peak_kb() -> int:
    """Kilobytes that this process has taken at most."""
    status = Path("/proc/self/status")
    if status.is_file():  # elsewhere, and there after a fork, ru_maxrss counts the parent too
        lines = status.read_text("utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _peak(paths: Paths, full: bool) -> int:
    if full:
        checked(paths)
    return peak_kb()


def peak(paths: Paths) -> dict[str, float]:
    """Megabytes that a child process takes at most to import us, and to read and check a book."""
    context = multiprocessing.get_context("spawn")
    out = {}
    for key, full in (("import", False), ("check", True)):
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            out[key] = round(pool.submit(_peak, paths, full).result() / 1024, 1)
    return out


def _all(pool: ProcessPoolExecutor, books: Sequence[Paths]) -> int:
    return sum(pool.map(checked, books))


def jobs(books: Sequence[Paths], rounds: int) -> dict[str, float]:
    """Seconds to read and check all books with one and with two processes."""
    context = multiprocessing.get_context("spawn")
    out = {}
    for number in (1, 2):
        with ProcessPoolExecutor(number, mp_context=context) as pool:
            list(pool.map(checked, list(books)[:number]))  # start the children
            spent = medians({"all": partial(_all, pool, books)}, rounds)
        out[str(number)] = round(spent["all"], 2)
    out["speedup"] = round(out["1"] / out["2"], 2)
    return out


# ---------------------------------------------------------------- showing


def show(console: Console, title: str, rows: Sequence[dict[str, Any]]) -> None:
    """Rows of numbers as a table."""
    table = Table(title=title)
    names = list(dict.fromkeys(key for row in rows for key in row))
    for name in names:
        table.add_column(name, justify="left" if name == "book" else "right")
    for row in rows:
        table.add_row(*(_shown(row.get(name, "")) for name in names))
    console.print(table)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " → ".join(map(str, value.values()))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("books", nargs="*", help="names of shared books, or the files of one book")
    parser.add_argument("--only", choices=("stages", "growth", "reading", "jobs"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    options = parser.parse_args(argv)
    books = find(options.books)
    pdfs = {n: p for n, p in books.items() if all(f.suffix == ".pdf" for f in p)}
    console = Console(width=None if sys.stdout.isatty() else 190)
    found: dict[str, Any] = dict(load().get("speed", {}).get("results", {}))
    if options.only in (None, "stages"):
        found["stages"] = [
            stages(n, partial(read_documents, p), options.rounds) for n, p in books.items()
        ]
        show(console, "seconds of each stage", found["stages"])
    if options.only in (None, "growth"):
        found["growth"] = growth((1, 4, 16), min(3, options.rounds))
        show(console, "growth", found["growth"])
    if options.only in (None, "reading"):
        found["reading"] = [reading(n, p, options.rounds) for n, p in pdfs.items()]
        show(console, "PDF books (x: times the bare text extraction by PDFium)", found["reading"])
    if options.only in (None, "jobs") and len(pdfs) > 1:
        found["jobs"] = jobs(list(pdfs.values()), min(3, options.rounds))
        show(console, f"seconds for {len(pdfs)} books by processes", [found["jobs"]])
    if not options.no_store:
        store("speed", {"rounds": options.rounds}, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
