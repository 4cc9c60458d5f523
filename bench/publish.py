"""Publishing: what each format costs as ledgers grow, and the PDF beside other typesetters.

    python -m bench.publish                everything
    python -m bench.publish --only peers   one of: formats, peers, rows

Times are those of a fresh process that writes one file (imports are not counted, fonts are), so that
nothing that a typesetter remembers counts for it; medians of several rounds, in which the contenders
take turns. The peers print the same book: our HTML of it, by WeasyPrint (with the extra ``bench``)
and by LibreOffice where they are installed. Peak memory is that of the same process.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import multiprocessing
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.results import load, store
from bench.speed import peak_kb, show
from mingzhang.compiling import compile_ledger
from mingzhang.model.edition import Edition, Heading
from mingzhang.publish.html import html_of

_TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(_TESTS), str(_TESTS / "publish")]
ledgers = importlib.import_module("ledgers")

Publisher = Callable[[Edition, Path], object]
FORMATS = ("pdf", "html", "xlsx", "docx", "data")
_LAYOUTS = ("shenzhen", "jiangsu-2018", "shanghai-final")


def publisher(name: str) -> Publisher | None:
    """publish_NAME, or None if there is no such format."""
    try:
        room = importlib.import_module(f"mingzhang.publish.{name}")
    except ImportError:  # its package is not installed
        return None
    return getattr(room, f"publish_{name}", None)


def publishers(names: Sequence[str] = FORMATS) -> dict[str, Publisher]:
    """publish_FORMAT of every format that there is."""
    found = {name: publisher(name) for name in names}
    return {name: work for name, work in found.items() if work is not None}


def edition(layout: str, times: int, rounding: str = "independent") -> Edition:
    """The edition of the test department with ``times`` as many line items."""
    made = compile_ledger(ledgers.ledger(layout, rounding, times)).edition
    assert made is not None
    return made


# ---------------------------------------------------------------- one file, by a fresh process


def _once(book: bytes, name: str, folder: Path) -> tuple[float, int]:
    made: Edition = pickle.loads(book)
    work = _work(name, made, folder)
    started = time.perf_counter()
    work()
    return time.perf_counter() - started, peak_kb()


def _work(name: str, made: Edition, folder: Path) -> Callable[[], object]:
    """What a child is to do, with everything imported and the page of HTML at hand."""
    if name == "weasyprint":
        return importlib.import_module("weasyprint").HTML(string=html_of(made)).write_pdf
    if name == "libreoffice":
        (folder / "peer.html").write_text(html_of(made), "utf-8")
        return partial(libreofficed, folder / "peer.html")
    work = publisher(name) if name else None
    if work is None:
        return lambda: None
    if name == "pdf":
        importlib.import_module("typst")
    return partial(work, made, folder / f"book.{name}")


def libreofficed(source: Path) -> None:
    """A page of HTML printed by LibreOffice."""
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    to = ["--headless", profile, "--convert-to", "pdf:writer_web_pdf_Export", "--outdir"]
    command = [program, *to, str(source.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True)


def cold(
    book: Edition, names: Sequence[str], rounds: int, folder: Path
) -> dict[str, tuple[float, float]]:
    """Median seconds, and megabytes at most, of a fresh child that writes the book once.

    Each name is a format, a peer, or "" for a child that only loads the book. They take turns.
    """
    data = pickle.dumps(book)
    context = multiprocessing.get_context("spawn")
    seen: dict[str, list[tuple[float, int]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, runs in seen.items():
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                runs.append(pool.submit(_once, data, name, folder).result())
    return {
        name: (statistics.median(s for s, _ in runs), max(k for _, k in runs) / 1024)
        for name, runs in seen.items()
    }


# ---------------------------------------------------------------- what is measured


def formats(
    times: int, rounds: int, folder: Path, names: Sequence[str] = FORMATS
) -> list[dict[str, Any]]:
    """Time, size and memory of each format for a ledger of some multiples of a size."""
    book = edition("shenzhen", times)
    known = list(publishers(names))
    found = cold(book, ["", *known], rounds, folder)
    return [
        {
            "book": f"{times}× {name}",
            "lines": len(ledgers.ledger("shenzhen", "independent", times).lines),
            "figures": _figures(book),
            "ms": round(1000 * found[name][0], 1),
            "kb": round(_size(folder / f"book.{name}") / 1024, 1),
            "peak_mb": round(found[name][1], 1),
            "idle_mb": round(found[""][1], 1),
        }
        for name in known
    ]


def _figures(book: Edition) -> int:
    return sum(1 for table in book.tables for _ in table.figures())


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
    return path.stat().st_size


def peers(layout: str, times: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Seconds to print one book, ours and theirs in one run."""
    book = edition(layout, times)
    theirs = ["weasyprint"] if importlib.util.find_spec("weasyprint") else []
    theirs += ["libreoffice"] if shutil.which("soffice") else []
    spent = {n: s for n, (s, _) in cold(book, ["pdf", *theirs], rounds, folder).items()}
    out: dict[str, Any] = {"book": f"{layout} {times}×", "figures": _figures(book)}
    out |= {f"{name}_s": round(value, 3) for name, value in spent.items()}
    return out | {f"{name}_x": round(spent[name] / spent["pdf"], 1) for name in theirs}


def rows(count: int, rounds: int, folder: Path) -> dict[str, Any]:
    """A PDF whose one statement has so many rows."""
    book = edition("shenzhen", 1)
    table = max(book.statements, key=lambda t: len(t.columns) * len(t.rows))
    many = (table.rows * (count // len(table.rows) + 1))[:count]
    long = replace(book, body=(Heading(1, "表格"), replace(table, rows=many, sums=())))
    seconds, peak = cold(long, ["pdf"], rounds, folder)["pdf"]
    return {
        "book": f"{count} rows × {len(table.columns)} columns",
        "s": round(seconds, 2),
        "kb": round(_size(folder / "book.pdf") / 1024),
        "peak_mb": round(peak, 1),
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=("formats", "peers", "rows"))
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 190)
    found: dict[str, Any] = dict(load().get("publish", {}).get("results", {}))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only in (None, "formats"):
            found["formats"] = [
                row
                for times in (1, 10, 100)
                for row in formats(times, options.rounds, folder, options.formats)
            ]
            show(console, "publishing: one file of each format", found["formats"])
        if options.only in (None, "peers"):
            few = min(3, options.rounds)
            found["peers"] = [peers(layout, 1, few, folder) for layout in _LAYOUTS]
            found["peers"].append(peers("shenzhen", 10, few, folder))
            show(console, "the PDF of one book (x: times ours)", found["peers"])
        if options.only in (None, "rows"):
            found["rows"] = [rows(count, min(2, options.rounds), folder) for count in (1000, 4000)]
            show(console, "long tables as PDF", found["rows"])
    if not options.no_store:
        store("publish", {"rounds": options.rounds, **_versions()}, found)
    return 0


def _versions() -> Mapping[str, str]:
    out = {"typst": str(importlib.import_module("typst").__version__)}
    if importlib.util.find_spec("weasyprint"):
        out["weasyprint"] = str(importlib.import_module("weasyprint").__version__)
    return out


if __name__ == "__main__":
    sys.exit(main())
