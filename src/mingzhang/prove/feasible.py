"""Joint feasibility: are there any amounts at all that obey every row?

Each equation of a book can pass by itself, within its rounding, while all together cannot. The
solver proposes, exact integers certify.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mingzhang.prove.certify import verify_solution
from mingzhang.prove.conflict import Conflict, crossings
from mingzhang.prove.exact import Exact
from mingzhang.prove.matrix import View
from mingzhang.prove.point import Point, Trial, start
from mingzhang.prove.repair import Repair, repair
from mingzhang.prove.solver import Solver
from mingzhang.prove.system import System


@dataclass(frozen=True, slots=True)
class Feasibility:
    """``feasible`` is None where even the solver has no opinion.

    ``solution`` obeys every row (``certify.verify_solution``); ``conflict`` is a set of rows that
    cannot all hold (``certify.verify_conflict``). ``certified`` is True if one of them is given.
    """

    feasible: bool | None
    solution: tuple[Exact, ...] | None = None
    conflict: Conflict | None = None
    certified: bool = True


def settle(solver: Solver, view: View) -> tuple[Point, Repair]:
    """A point, and its repair: together a solution of what ``view`` keeps, or a contradiction."""
    everything = range(view.matrix.n), range(len(view.matrix.terms))
    crossed = next(crossings(view, *everything), None)
    if crossed is not None:
        return Point(view.matrix, [0] * view.matrix.n), Repair(False, contradiction=crossed)
    point = start(view)
    return point, repair(solver, view, point, (), Trial(view, point).all_broken())


def feasible(system: System, without: Collection[int] = ()) -> Feasibility:
    """Whether the system, without the witnesses in ``without``, has a solution."""
    view = View(system.matrix, without)
    point, outcome = settle(Solver(), view)
    if outcome.contradiction is not None:
        return Feasibility(False, conflict=outcome.contradiction.conflict(view))
    if not outcome.feasible or not outcome.certified:
        return Feasibility(outcome.feasible, certified=False)
    x = point.x
    for j, value in outcome.moves.items():
        x[j] = value
    if not verify_solution(system, view.freed, x):  # pragma: no cover - the point keeps its rows
        return Feasibility(True, certified=False)
    return Feasibility(True, solution=tuple(x))
