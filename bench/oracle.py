"""Oracle: which single figures could mend a book, asked of another solver in the plainest way.

    python -m bench.oracle sz-petitions-2023 --number 200

Mingzhang searches for the fewest figures to change with its own conflicts and certificates. Here,
for a sample of slips, every witness is freed by itself and the whole system is given to GLOP
(OR-Tools), which says how far it is from having a solution. The figures that leave it nothing to
complain of have to be those that Mingzhang names.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.progress import track

import mingzhang as mz
from bench.books import find
from bench.mutation import Bench, planned
from bench.proving import Prover
from bench.results import load, store
from bench.slips import Slip
from mingzhang.prove import System

NEGLIGIBLE = 1e-3
"""Of a printed step: what floating point may leave over."""


class Glop:
    """The other solver, in its own process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.glop"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def distances(self, system: System, freed: Sequence[int | None]) -> list[float]:
        """How far ``system`` is from feasible, for each witness freed."""
        plain = {"n": system.n, "nonnegative": sorted(system.nonnegative), "rows": system.rows}
        assert self._process.stdin is not None and self._process.stdout is not None
        print(
            json.dumps({"system": plain, "freed": list(freed)}),
            file=self._process.stdin,
            flush=True,
        )
        return [float(d) for d in json.loads(self._process.stdout.readline())]

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def compared(prover: Prover, glop: Glop, slip: Slip) -> dict[str, Any]:
    """Mingzhang's suspects for a slip, and those of the oracle (figures, not uncertain relations)."""
    proof = prover.altered(slip.figure, slip.text)
    system = proof.scale.system
    named = {
        w
        for c in proof.location.clusters
        for a in c.alternatives
        if len(a) == 1 and len(proof.location.clusters) == 1
        for w in a
    }
    near = sorted({w for c in proof.location.clusters for k in c.conflicts for w in k.witnesses})
    whole, *rest = glop.distances(system, [None, *near])
    able = {w for w, d in zip(near, rest, strict=True) if d <= NEGLIGIBLE < whole}
    keys = proof.scale.witnesses
    named, able = ({w for w in found if isinstance(keys[w], str)} for found in (named, able))
    altered = proof.scale.witness_of.get(slip.figure)
    return {
        "figure": slip.figure,
        "text": slip.text,
        "agrees": named == able and bool(named) == (whole > NEGLIGIBLE),
        "altered_among": altered in able,
        "one": len(able) == 1,
        "named": sorted(str(keys[w]) for w in named),
        "oracle": sorted(str(keys[w]) for w in able),
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("books", nargs="*", help="names of shared books, or the files of one book")
    parser.add_argument("--number", type=int, default=100, help="slips for each book")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-store", action="store_true", help="leave bench/figures.json alone")
    options = parser.parse_args(argv)
    console = Console(width=None if sys.stdout.isatty() else 190)
    glop = Glop()
    results = dict(load().get("oracle", {}).get("results", {}))
    for name, files in find(options.books).items():
        book = mz.read(*files)
        bench = Bench(book)
        if any(f.severity != "note" for f in bench.prover.prove().findings):
            console.print(f"{name}: contradicts itself as it is; left out")
            continue
        plan = planned(book, ("table", "prose", "percent"), 0, options.seed)
        sample = random.Random(options.seed).sample(plan, min(options.number, len(plan)))
        found = [
            compared(bench.prover, glop, slip)
            for slip in track(sample, name, console=Console(stderr=True), transient=True)
        ]
        caught = [f for f in found if f["named"] or f["oracle"]]
        results[name] = {
            "slips": len(found),
            "caught": len(caught),
            "agree": sum(f["agrees"] for f in caught),
            "identifiable": sum(f["one"] for f in caught),
            "altered_among": sum(f["altered_among"] for f in caught),
        }
        console.print(name, results[name])
        for f in caught:
            if not f["agrees"]:
                console.print(f, markup=False, highlight=False)
    glop.close()
    if not options.no_store:
        store("oracle", {"seed": options.seed}, results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
