"""Questions to OR-Tools, which answers from a process of its own (see ``ortools_process``)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.prove import Printing, System


@cache
def _process() -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("ortools_process.py"))]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(question: str, *arguments: Any) -> Any:
    process = _process()
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(json.dumps([question, arguments]) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def least_cost(printing: Printing, reach: int, strict: bool = True) -> int | None:
    """The least ``Printing.cost`` with every move below ``reach`` units; None: there is none."""
    question = {
        "cells": [[c.value, c.step, c.weight, c.fixed] for c in printing.cells],
        "rows": [[row.terms, row.low, row.high] for row in printing.rows],
        "links": [[k.coarse, k.fine, printing.within(k)] for k in printing.links],
    }
    answer = _ask("rounding", question, reach, strict)
    return None if answer is None else int(answer)


def extremes(system: System, form: Mapping[int, int]) -> tuple[float | None, float | None]:
    """The least and greatest value of a form, in floating point; None: unbounded."""
    question = {
        "n": system.n,
        "nonnegative": sorted(system.nonnegative),
        "rows": [[row.terms, row.low, row.high] for row in system.rows],
    }
    low, high = _ask("interval", question, list(form.items()))
    return low, high
