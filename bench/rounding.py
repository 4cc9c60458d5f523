"""Controlled rounding: time and largest move for books of a thousand to fifty thousand figures.

    python -m bench.rounding                       the three sizes
    python -m bench.rounding --cells 10000         one size
    python -m bench.rounding --crossed             with a table of three directions, which is hard
    python -m bench.rounding --keep                puts the results into bench/figures.json

A random department spends on function codes, economic codes, natures, funds and units; its book
prints these by two at a time, all levels of both, as the statements of a real book do, so that most
figures stand in several tables. Amounts are in 分, printed are whole 万元.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from bench.results import store
from mingzhang.prove import Cell, Printing, Row, controlled_rounding, verify_rounding

STEP = 1_000_000
DIMENSIONS = ("unit", "function", "economic", "nature", "fund")
Statements = tuple[tuple[dict[str, int], dict[str, str]], ...]
STATEMENTS: Statements = (
    # how many levels of which dimensions, and what the statement is limited to
    ({"function": 3, "nature": 2}, {}),
    ({"function": 3, "fund": 1}, {}),
    ({"unit": 1, "fund": 1}, {}),
    ({"unit": 1, "nature": 2}, {}),
    ({"function": 3, "nature": 2}, {"fund": "general"}),
    ({"function": 3, "nature": 2}, {"fund": "government"}),
    ({"economic": 2, "nature": 2}, {"fund": "general"}),
    ({"unit": 1, "function": 3}, {"fund": "general"}),
)
CROSSED = ({"unit": 1, "function": 3, "nature": 2}, {"fund": "general"})
"""A statement of three directions: with it the linear program is not enough."""
NATURES = (("basic", "staff"), ("basic", "running"), ("project",))
FUNDS = (("general",), ("government",), ("own",))

Path = tuple[str, ...]
Key = tuple[Path, ...]


def book(seed: int, lines: int, statements: Statements = STATEMENTS) -> Printing:
    """The printing of a random ledger of so many lines."""
    r = random.Random(seed)
    spread = max(2, round(lines**0.5 / 3))
    amounts: dict[Key, int] = defaultdict(int)
    for _ in range(lines):
        line: Key = (
            (f"u{r.randrange(spread)}",),
            (f"{r.randrange(4)}", f"{r.randrange(spread)}", f"{r.randrange(4)}"),
            (f"{r.randrange(4)}", f"{r.randrange(12)}"),
            r.choice(NATURES),
            r.choices(FUNDS, (8, 1, 2))[0],
        )
        amount = r.choice((r.randrange(10**9), r.randrange(10**7), 10**6 * r.randrange(999)))
        for key in {key for statement in statements for key in _keys(line, *statement)}:
            amounts[key] += amount
    children: dict[tuple[Key, int], list[Key]] = defaultdict(list)
    for key in amounts:
        for d, path in enumerate(key):
            if path:
                children[(*key[:d], path[:-1], *key[d + 1 :]), d].append(key)
    place = {key: c for c, key in enumerate(sorted(amounts))}
    rows: dict[tuple[tuple[int, int], ...], Row] = {}
    for key, c in place.items():
        for levels, limits in statements:
            if _printed(key, levels, limits):
                for d, name in enumerate(DIMENSIONS):
                    if len(key[d]) < levels.get(name, 0) and children[key, d]:
                        terms = ((c, -1), *((place[k], 1) for k in sorted(children[key, d])))
                        rows[terms] = Row(terms)
        whole = place.get((*key[:4], ()))
        if key[4] and whole is not None:  # what one fund pays is no more than what all of them do
            rows[(whole, 1), (c, -1)] = Row(((whole, 1), (c, -1)), 0, None)
    cells = (Cell(amounts[key], STEP, 1 + sum(not path for path in key)) for key in place)
    return Printing(tuple(cells), tuple(rows.values()))


def _keys(line: Key, levels: Mapping[str, int], limits: Mapping[str, str]) -> Iterator[Key]:
    """Where one line of the ledger is counted in a statement."""
    named = dict(zip(DIMENSIONS, line, strict=True))
    if all(named[name] == (value,) for name, value in limits.items()):
        yield from product(
            *(
                [(limits[name],)]
                if name in limits
                else sorted({path[:k] for k in range(levels.get(name, 0) + 1)})
                for name, path in named.items()
            )
        )


def _printed(key: Key, levels: Mapping[str, int], limits: Mapping[str, str]) -> bool:
    """True if the statement prints this figure."""
    return all(
        path == (limits[name],) if name in limits else len(path) <= levels.get(name, 0)
        for name, path in zip(DIMENSIONS, key, strict=True)
    )


def sized(seed: int, cells: int, statements: Statements = STATEMENTS) -> Printing:
    """A book of about so many figures."""
    lines = cells // 4
    for _ in range(4):
        made = book(seed, lines, statements)
        if abs(len(made.cells) - cells) < cells // 20:
            break
        lines = max(1, round(lines * cells / len(made.cells)))
    return made


def measure(cells: int, seed: int, crossed: bool = False) -> dict[str, Any]:
    """One book rounded; the numbers worth telling (processor seconds)."""
    printing = sized(seed, cells, (*STATEMENTS, CROSSED) if crossed else STATEMENTS)
    started = time.process_time()
    rounded = controlled_rounding(printing)
    spent = time.process_time() - started
    if not verify_rounding(printing, rounded):
        raise AssertionError(f"the rounding of {cells} cells does not stand up")
    return {
        "cells": len(printing.cells),
        "rows": len(printing.rows),
        "seconds": round(spent, 2),
        "largest": round(float(rounded.largest), 3),
        "mean": round(float(rounded.total) / len(printing.cells), 3),
        "moved": len(rounded.moved),
        "rows_off_without": len(rounded.rows),
        "optimality": rounded.optimality,
        "excess": None if rounded.excess is None else round(float(rounded.excess), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cells", type=int, nargs="*", default=[1_000, 10_000, 50_000])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--crossed", action="store_true", help="with a table of three directions")
    parser.add_argument("--keep", action="store_true")
    arguments = parser.parse_args()
    results = []
    for cells in arguments.cells:
        results.append(measure(cells, arguments.seed, arguments.crossed))
        print("  ".join(f"{name} {value}" for name, value in results[-1].items()), flush=True)
    if arguments.keep:
        name = "rounding_crossed" if arguments.crossed else "rounding"
        store(name, {"seed": arguments.seed, "step": STEP}, results)


if __name__ == "__main__":
    main()
