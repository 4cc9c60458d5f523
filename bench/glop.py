"""GLOP in a process of its own: how far linear systems are from having a solution.

OR-Tools and highspy each bring a HiGHS and cannot live in one process; so this module knows nothing
of Mingzhang. It reads systems from standard input, one line of JSON each, and answers in kind.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ortools.linear_solver import pywraplp


def distance(system: dict[str, Any], freed: int | None) -> float:
    """By how many printed steps the rows, without those of ``freed``, miss each other at least.

    ``system``: n, nonnegative, rows (terms, low, high, witness).
    """
    solver = pywraplp.Solver.CreateSolver("GLOP")
    scale = _scale(system)
    signed = -solver.infinity()
    nonnegative = set(system["nonnegative"])
    amounts = [
        solver.NumVar(0 if j in nonnegative else signed, solver.infinity(), "")
        for j in range(system["n"])
    ]
    goal = solver.Objective()
    goal.SetMinimization()
    for terms, low, high, witness in system["rows"]:
        if witness is not None and witness == freed:
            continue
        size = max([1, *(abs(c) for _, c in terms)]) * scale
        constraint = solver.Constraint(
            -solver.infinity() if low is None else low / size,
            solver.infinity() if high is None else high / size,
        )
        for j, c in terms:
            constraint.SetCoefficient(amounts[j], c * scale / size)
        for sign in (1.0, -1.0):
            slack = solver.NumVar(0, solver.infinity(), "")
            constraint.SetCoefficient(slack, sign)
            goal.SetCoefficient(slack, 1.0)
    status = solver.Solve()
    return float(goal.Value()) if status == pywraplp.Solver.OPTIMAL else float("inf")


def _scale(system: dict[str, Any]) -> float:
    """The commonest width of a printed interval: the step of the book."""
    widths = [
        high - low
        for terms, low, high, _ in system["rows"]
        if len(terms) == 1 and low is not None and high is not None
    ]
    return float(sorted(widths)[len(widths) // 2] or 1) if widths else 1.0


def main() -> None:
    """Answer each line {"system": …, "freed": [witness or null, …]} with a list of distances."""
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps([distance(asked["system"], w) for w in asked["freed"]]), flush=True)


if __name__ == "__main__":
    main()
