"""Branch and bound where the linear program is not enough, on as few columns as will do.

A column whose reduced cost is more than what a solution at hand costs above the bound stays where
it is in every better one. So the search begins with the columns of small reduced cost: if what it
finds is nearer to the bound than those left out, it is the best of all.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.prove.grid import Program
from mingzhang.prove.integer import whole_numbers
from mingzhang.prove.relaxation import Relaxation

_LARGE = 2_000
"""Programs of fewer columns are solved as they are."""


@dataclass(frozen=True, slots=True)
class RoundingLimits:
    """How much branch and bound is allowed, for each part that needs it; no clock is involved.

    nodes  of one search
    slack  a part of more than 2,000 open figures may cost so many thousandths of a printed unit
           for each of them more than the least possible; a smaller one is solved to the end
    """

    nodes: int = 2_000
    slack: int = 2


def cheapest(
    program: Program, relaxation: Relaxation, limits: RoundingLimits
) -> tuple[tuple[int, ...], bool] | None:
    """The cheapest columns in whole numbers, and whether the solver says that they are; None if
    there are none or none were found.
    """
    if len(program.pieces) < _LARGE:
        return _search(program, limits, 0.0)
    slack = limits.slack * len(program.pieces) * program.scale // 1000
    start, reduced = relaxation.steps, relaxation.reduced
    reach = program.scale // 2
    while True:
        core = [j for j, d in enumerate(reduced) if abs(d) <= reach or j in relaxation.doubtful]
        near = program.around(start, core)
        found = None if near.hopeless else _search(near, limits, 0.0)
        if found is None:
            return _search(program, limits, slack / program.scale)
        steps = list(start)
        for j, step in zip(core, found[0], strict=True):
            steps[j] = step
        excess = program.cost(steps) - relaxation.bound
        if excess <= max(reach, slack):
            return tuple(steps), found[1] and excess <= reach
        reach = excess


def _search(
    program: Program, limits: RoundingLimits, slack: float
) -> tuple[tuple[int, ...], bool] | None:
    answer = whole_numbers(program.problem(), limits.nodes, slack)
    if answer.x is None:
        return None
    steps = tuple(round(v) for v in answer.x.tolist())
    return (steps, answer.status == "optimal") if program.holds(steps) else None
