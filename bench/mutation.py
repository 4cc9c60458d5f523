"""Mutation: alter one printed figure at a time and see whether the proof catches and locates it.

    python -m bench.mutation                       every shared book, every slip
    python -m bench.mutation a-text.pdf a-tables.pdf --jobs 2 --sample 3 --figures tables

For each gross slip (bench/slips.py) the altered book is proved and compared with the unaltered one:

caught        a finding above note that the unaltered book does not have
identifiable  the new finding leaves exactly one figure that could mend the book by itself
first         identifiable, and that figure is the altered one
listed        not identifiable, and the altered figure is among the suspects
wrong         exactly one figure is named, and it is another
entangled     the slip hit a figure that is part of a contradiction the book had before

Where last year's book is shared as well (bench/books.py PRIOR), the figures in prose are altered
once more with it given: how many more of them something can check is the last column.

Slips that hit what was in contradiction before (entangled) count as caught or not, but not as
located: there two things are wrong. Only the proof is run (bench/proving.py); ``--whole`` runs
mingzhang.check with all its rules, ``--reread`` prints the slip into the document and reads that.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import mingzhang as mz
from bench.books import PRIOR, find
from bench.proving import Prover
from bench.reprint import reprinted
from bench.results import load, store
from bench.slips import Slip, neighbours, slips
from bench.tally import SCOPES, Outcome, failures, gained, scope, show, summarize
from mingzhang.model.finding import Finding
from mingzhang.read.recognise import recognise

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
goldclaims = importlib.import_module("goldclaims")


class Bench:
    """One book, ready to be altered again and again (one per process).

    mode: "proof" proves the altered Book, "whole" checks it, "reread" proves what is read from the
    altered documents.
    """

    def __init__(self, book: mz.Book, mode: str = "proof", prior: Sequence[mz.Book] = ()) -> None:
        self.book = book
        self.mode = mode
        self.prior = tuple(prior)
        self.prover = Prover(book, prior)
        whole = mode == "whole"
        base = _told(mz.check(book, prior).findings if whole else self.prover.prove().findings)
        self.known = {_said(f) for f in base}
        self.disputed = {
            i
            for f in base
            if f.rule.startswith("MZ00")
            for i in (*f.figures, *(s.figure for s in f.suspects))
        }
        self.scopes = {f.id: scope(f) for f in book.figures}

    def run(self, slip: Slip) -> Outcome:
        """The book with ``slip`` in it, against the book without."""
        figure = self.book.figure(slip.figure)
        told = (slip.figure, self.scopes[slip.figure], slip.kind, figure.text.strip(), slip.text)
        started = time.perf_counter()
        try:
            findings, status, name = self._findings(figure, slip)
        except Exception as error:  # a crash is a result here
            spent = time.perf_counter() - started
            return Outcome(*told, crash=f"{type(error).__name__}: {error}", seconds=spent)
        spent = time.perf_counter() - started
        new = [f for f in _told(findings) if _said(f) not in self.known]
        return Outcome(*told, **self._judged(name, new), status=status, seconds=spent)

    def _findings(self, figure: mz.Figure, slip: Slip) -> tuple[Iterable[Finding], str, str]:
        """What is found, the status of the location, and the altered figure's id."""
        if self.mode == "whole":
            altered = self.book.with_figure(slip.figure, slip.text)
            return mz.check(altered, self.prior).findings, "", figure.id
        if self.mode == "reread":
            documents = reprinted(self.book, figure, slip.text)
            if documents is not None:
                book = recognise(documents)
                proof = Prover(book, self.prior).prove()
                return proof.findings, proof.location.status, _again(book, figure, slip.text)
        proof = self.prover.altered(slip.figure, slip.text)
        return proof.findings, proof.location.status, figure.id

    def _judged(self, figure: str, new: Sequence[Finding]) -> dict[str, Any]:
        mine = [f for f in new if any(s.figure == figure for s in f.suspects)]
        about = mine or list(new)
        alone = [f.suspects[0].figure for f in new if len(f.suspects) == 1]
        entangled = figure in self.disputed or any(
            i in self.disputed for f in new for i in f.figures
        )
        return {
            "caught": bool(new),
            "suspects": min((len(f.suspects) for f in about), default=0),
            "first": figure in alone,
            "listed": bool(mine),
            "wrong": bool(alone) and figure not in alone and not entangled,
            "entangled": entangled,
            "certified": all(f.certified for f in new),
        }


def _told(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.severity != "note"]


def _said(finding: Finding) -> tuple[str, str]:
    """What makes a finding new: another fact, or the same with other numbers."""
    return finding.fingerprint, finding.message


def _again(book: mz.Book, figure: mz.Figure, text: str) -> str:
    """The id of the altered figure in the book read anew; "" if it was not read as a number."""
    same = [f for f in book.figures if f.text.strip() == text]
    if any(f.id == figure.id for f in same):
        return figure.id
    spot = (figure.place.page, figure.place.line, figure.statement, figure.paragraph)
    near = [f.id for f in same if (f.place.page, f.place.line, f.statement, f.paragraph) == spot]
    return near[0] if near else ""


def planned(book: mz.Book, scopes: Sequence[str], sample: int, seed: int) -> list[Slip]:
    """The slips to try; at most ``sample`` of each figure (0: all), of different kinds if it can."""
    near = neighbours(book)
    out: list[Slip] = []
    for figure in book.figures:
        if scope(figure) not in scopes:
            continue
        rng = random.Random(f"{seed} {figure.id}")
        found = list(slips(figure, near[figure.id], rng))
        if sample and len(found) > sample:
            rng.shuffle(found)
            seen: Counter[str] = Counter()
            ranked: list[tuple[int, int, Slip]] = []
            for slip in found:
                ranked.append((seen[slip.kind], len(ranked), slip))
                seen[slip.kind] += 1
            found = [slip for *_, slip in sorted(ranked)[:sample]]
        out.extend(found)
    return out


_bench: Bench | None = None  # one per worker process


def _start(book: mz.Book, mode: str, prior: Sequence[mz.Book]) -> None:
    global _bench
    _bench = Bench(book, mode, prior)


def _work(batch: Sequence[Slip]) -> list[Outcome]:
    assert _bench is not None
    return [_bench.run(slip) for slip in batch]


def outcomes(
    book: mz.Book,
    plan: Sequence[Slip],
    jobs: int,
    mode: str = "proof",
    prior: Sequence[mz.Book] = (),
) -> Iterator[Outcome]:
    """Every slip of ``plan`` tried, in any order."""
    if jobs <= 1:
        bench = Bench(book, mode, prior)
        yield from (bench.run(slip) for slip in plan)
        return
    size = max(1, min(25, len(plan) // (4 * jobs)))
    batches = [plan[i : i + size] for i in range(0, len(plan), size)]
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(book, mode, prior)) as pool:
        for done in as_completed([pool.submit(_work, b) for b in batches]):
            yield from done.result()


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("books", nargs="*", help="names of shared books, or the files of one book")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--figures", choices=("all", "tables", "prose"), default="all")
    parser.add_argument("--sample", type=int, default=0, help="slips per figure, 0 for all")
    parser.add_argument("--alone", action="store_true", help="never with last year's book")
    parser.add_argument("--seed", type=int, default=1)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--whole", dest="mode", action="store_const", const="whole", default="proof")
    how.add_argument("--reread", dest="mode", action="store_const", const="reread")
    parser.add_argument("--log", type=Path, help="JSON lines, one per slip")
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    options = _options(argv)
    console = Console(width=None if sys.stdout.isatty() else 190)
    scopes = {"all": SCOPES, "tables": ("table",), "prose": ("prose", "percent")}[options.figures]
    results: dict[str, Any] = {}
    log = options.log.open("w", encoding="utf-8") if options.log else None
    for name, files in find(options.books).items():
        book = mz.read(*files)
        plan = planned(book, scopes, options.sample, options.seed)
        random.Random(options.seed).shuffle(plan)
        started = time.perf_counter()
        found = _run(name, book, plan, options, log)
        spent = time.perf_counter() - started
        hand = goldclaims.by_hand(book, name)
        summary, unchecked = summarize(book, found, Prover(book).coverage(), hand)
        results[name] = {
            "scopes": summary,
            "unchecked": [asdict(u) for u in unchecked],
            "seconds_per_slip": round(spent * options.jobs / max(1, len(found)), 4),
        }
        failures(console, name, found, unchecked)
        last = PRIOR.get(name)
        if last and not options.alone and options.figures != "tables":
            before = (mz.read(*find([last])[last]),)
            told = [s for s in plan if scope(book.figure(s.figure)) != "table"]
            found = _run(f"{name} with {last}", book, told, options, log, before)
            covered = Prover(book, before).coverage()
            after, unchecked = summarize(book, found, covered, hand)
            results[name]["with_prior"] = {
                "book": last,
                "scopes": after,
                "gained": gained(summary, after),
                "unchecked": [asdict(u) for u in unchecked],
            }
            failures(console, f"{name} with {last}", found, unchecked)
    if log:
        log.close()
    show(console, results)
    if not options.no_store:
        key = "mutation" if options.mode == "proof" else f"mutation-{options.mode}"
        merged = {**load().get(key, {}).get("results", {}), **results}
        store(key, {"seed": options.seed, "sample": options.sample}, merged)
    return int(any(c["crashed"] for r in results.values() for c in r["scopes"].values()))


def _run(
    name: str,
    book: mz.Book,
    plan: Sequence[Slip],
    options: argparse.Namespace,
    log: Any,
    prior: Sequence[mz.Book] = (),
) -> list[Outcome]:
    found = []
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=len(plan))
        for outcome in outcomes(book, plan, options.jobs, options.mode, prior):
            found.append(outcome)
            bar.advance(task)
            if log:
                record = {"book": name, **asdict(outcome)}
                log.write(json.dumps(record, ensure_ascii=False) + "\n")
    return found


if __name__ == "__main__":
    sys.exit(main())
