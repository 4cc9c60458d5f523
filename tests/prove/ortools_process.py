"""OR-Tools in a process of its own, as an independent judge of roundings and intervals.

OR-Tools and highspy each bring a HiGHS and cannot live in one process; so this module knows nothing
of Mingzhang. It reads questions from standard input, one line of JSON each, and answers in kind.
"""

from __future__ import annotations

import json
import sys
from math import lcm
from typing import Any

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model


def rounding(printing: dict[str, Any], reach: int, strict: bool) -> int | None:
    """The least weighted sum of moves (times the common multiple of all steps), every move below
    ``reach`` units; None if there is none.

    printing: cells (value, step, weight, fixed), rows (terms, low, high), links (coarse, fine,
    within). ``strict``: zeros stay zeros, and amounts keep their sign.
    """
    model = cp_model.CpModel()
    cells = printing["cells"]
    scale = lcm(*(step for _, step, _, _ in cells))
    units = []
    costs = []
    for c, (value, step, weight, fixed) in enumerate(cells):
        allowed = [
            k
            for k in range(value // step - reach - 1, value // step + reach + 2)
            if abs(k * step - value) < reach * step
            and (not strict or k * value >= 0)
            and (not strict or value or not k)
        ]
        if fixed is not None:
            allowed = [fixed // step]
        units.append(model.new_int_var_from_domain(cp_model.Domain.from_values(allowed), f"k{c}"))
        if fixed is None:
            prices = {k: weight * (scale // step) * abs(k * step - value) for k in allowed}
            price = model.new_int_var(0, max(prices.values(), default=0), f"c{c}")
            model.add_allowed_assignments([units[c], price], list(prices.items()))
            costs.append(price)
    for terms, low, high in printing["rows"]:
        total = sum(a * cells[c][1] * units[c] for c, a in terms)
        if low is not None:
            model.add(total >= low)
        if high is not None:
            model.add(total <= high)
    for coarse, fine, within in printing["links"]:
        apart = cells[coarse][1] * units[coarse] - cells[fine][1] * units[fine]
        model.add(apart <= within)
        model.add(apart >= -within)
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        raise RuntimeError(solver.status_name(status))
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def interval(system: dict[str, Any], form: list[list[int]]) -> list[float | None]:
    """GLOP's least and greatest value of a form; None where there is none.

    system: n, nonnegative, rows (terms, low, high).
    """
    ends: list[float | None] = []
    for greatest in (False, True):
        solver = pywraplp.Solver.CreateSolver("GLOP")
        infinity = solver.infinity()
        nonnegative = set(system["nonnegative"])
        x = [
            solver.NumVar(0 if j in nonnegative else -infinity, infinity, "")
            for j in range(system["n"])
        ]
        for terms, low, high in system["rows"]:
            row = solver.Constraint(
                -infinity if low is None else low, infinity if high is None else high
            )
            for j, a in terms:
                row.SetCoefficient(x[j], row.GetCoefficient(x[j]) + a)
        goal = solver.Objective()
        for j, a in form:
            goal.SetCoefficient(x[j], a)
        goal.SetOptimizationDirection(greatest)
        status = solver.Solve()
        ends.append(goal.Value() if status == pywraplp.Solver.OPTIMAL else None)
    return ends


if __name__ == "__main__":
    questions = {"rounding": rounding, "interval": interval}
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(questions[name](*arguments)), flush=True)
