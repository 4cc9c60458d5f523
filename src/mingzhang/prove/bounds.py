"""Bounds: between what values a quantity must lie, given the rest.

This serves repair (what should the wrong figure be?), reconstruction (what did the missing table
say?) and the disclosure audit (what can an outsider work out?). The interval is an outer one: the
solver proposes multipliers of rows, and the bound that these rows prove is added up exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from math import ceil, floor

import numpy as np

from mingzhang.model.money import Interval
from mingzhang.prove.conflict import Conflict
from mingzhang.prove.exact import CONSTANT, Exact, eliminate, simplest, substitute
from mingzhang.prove.feasible import settle
from mingzhang.prove.location import Location
from mingzhang.prove.matrix import View
from mingzhang.prove.neighbourhood import Neighbourhood
from mingzhang.prove.point import Point, Trial
from mingzhang.prove.solver import Proposal, Solver
from mingzhang.prove.system import System

_NOISE = 1e-9
_COARSEST = 1e12
_DENOMINATORS = (1, 1000, 10**6)

Form = int | Mapping[int, int]
"""A variable, or a sum of variables with integer coefficients."""


class Infeasible(ValueError):
    """There is nothing to bound: the rest of the system contradicts itself (see ``conflict``)."""

    def __init__(self, conflict: Conflict | None) -> None:
        super().__init__("the rest of the system is not feasible")
        self.conflict = conflict


def bounds(
    system: System, form: Form, without: Collection[int] = (), known: Sequence[Exact] | None = None
) -> Interval:
    """The outer interval of integers for ``form``, without the witnesses in ``without``.

    ``known`` is a solution of that rest, if one is at hand. Raises Infeasible if there is none.
    """
    return all_bounds(system, (form,), without, known)[0]


def all_bounds(
    system: System,
    forms: Iterable[Form],
    without: Collection[int] = (),
    known: Sequence[Exact] | None = None,
) -> tuple[Interval, ...]:
    """``bounds`` of many forms; finds a solution to start from only once."""
    prober = Prober(system, without, known)
    return tuple(prober.interval(form) for form in forms)


class Prober:
    """A view and a point that obeys it, from which the extremes of forms are sought.

    The linear program is loaded once; each further form only changes where it leads.
    """

    def __init__(
        self,
        system: System,
        without: Collection[int] = (),
        known: Sequence[Exact] | None = None,
    ) -> None:
        self.view = View(system.matrix, without)
        self.solver = Solver()
        self.point = self._point(system) if known is None else Point(system.matrix, list(known))
        self._loaded: Neighbourhood | None = None

    def _point(self, system: System) -> Point:
        point, answer = settle(self.solver, self.view)
        if answer.contradiction is not None:
            raise Infeasible(answer.contradiction.conflict(self.view))
        if not (answer.feasible and answer.certified):
            raise Infeasible(None)
        return Trial(self.view, point).moved(answer.moves)

    def without(self, freed: Collection[int]) -> Prober:
        """The same with more witnesses freed; the point still does."""
        other = copy(self)
        other.view = self.view.freeing(freed)
        other._loaded = None
        return other

    def interval(self, form: Form) -> Interval:
        """The outer interval of ``form``."""
        goal = {form: 1} if isinstance(form, int) else {j: a for j, a in form.items() if a}
        low = self._least(goal)
        high = self._least({j: -a for j, a in goal.items()})
        return Interval(None if low is None else ceil(low), None if high is None else floor(-high))

    def proposal(self, goal: dict[int, int]) -> tuple[Neighbourhood, Proposal | None]:
        """Where the solver says the goal is least; None if nothing can move."""
        if self._loaded is not None:
            proposal = self.solver.resolve(self._loaded.towards(goal))
            if proposal.status != "unknown":
                return self._loaded, proposal
        unit: float | None = None
        while True:
            trial = Trial(self.view, self.point)
            around = Neighbourhood(trial, range(self.view.matrix.n), unit)
            if not len(around.room):
                return around, None
            proposal = self.solver.solve(around.problem(around.towards(goal)), primal=True)
            self._loaded = around
            if proposal.status != "unknown" or around.unit > _COARSEST:
                return around, proposal
            unit = 1000.0 * around.unit

    def _least(self, goal: dict[int, int]) -> Exact | None:
        """A number that ``goal`` is never below, the greatest there is as a rule; None: no bound."""
        plain = proved_least(self.view, goal, {})
        around, proposal = self.proposal(goal)
        if proposal is None or proposal.status != "optimal":
            return plain
        best = _exact_least(around, proposal, goal)
        return plain if best is None or (plain is not None and plain > best) else best


def proved_least(
    view: View, goal: Mapping[int, int], multipliers: Mapping[int, Exact]
) -> Exact | None:
    """What these multipliers of long rows prove ``goal`` to be at least, exactly; None: nothing.

    A positive multiplier uses the row's low side, a negative one its high side; what the rows leave
    of the goal is bounded by the variables' own bounds.
    """
    total: Exact = 0
    rest: dict[int, Exact] = dict(goal)
    for i, m in multipliers.items():
        if m:
            side = view.low(i) if m > 0 else view.high(i)
            if side is None:
                return None
            total += m * side
            for j, a in view.matrix.terms[i]:
                rest[j] = rest.get(j, 0) - m * a
    for j, d in rest.items():
        if d:
            bound = view.lo(j) if d > 0 else view.hi(j)
            if bound is None:
                return None
            total += d * bound
    return total


def exact_duals(
    around: Neighbourhood, proposal: Proposal, goal: Mapping[int, int]
) -> Iterator[dict[int, Exact]]:
    """Exact versions of the solver's multipliers of long rows: rounded, else solved from the basis."""
    dual = proposal.dual if proposal.dual is not None else np.zeros(len(around.rows))
    dual = np.where(np.abs(dual) > _NOISE * np.abs(dual).max(initial=0.0), dual, 0.0)
    floats = around.multipliers(dual)
    for denominator in _DENOMINATORS:
        yield {i: simplest(Fraction(v).limit_denominator(denominator)) for i, v in floats.items()}
    open_, tight = around.basis(proposal)
    equations: dict[int, dict[int, Exact]] = {
        j: {CONSTANT: -goal[j]} if goal.get(j) else {} for j in open_
    }
    for i, _ in tight:
        for j, a in around.trial.view.matrix.terms[i]:
            if j in equations:
                equations[j][i] = a
    pivots = eliminate(equations.values())
    if pivots is not None:
        yield substitute(pivots, {})


def _exact_least(around: Neighbourhood, proposal: Proposal, goal: dict[int, int]) -> Exact | None:
    """The best bound that exact versions of the solver's multipliers prove."""
    target = around.objective(proposal, goal)
    best: Exact | None = None
    for multipliers in exact_duals(around, proposal, goal):
        value = proved_least(around.trial.view, goal, multipliers)
        if value is not None and (best is None or value > best):
            best = value
        if best is not None and best > target - 0.5:
            break
    return best


def repairs(
    system: System, location: Location
) -> tuple[tuple[dict[int, tuple[tuple[int, Interval], ...]], ...], ...]:
    """What the figures should be: by cluster and alternative, by freed witness, each of its rows
    with the interval that the rest leaves for it (the other clusters' stand-ins freed).
    """
    rows: dict[int, list[int]] = {}
    for place, row in enumerate(system.rows):
        if row.witness is not None:
            rows.setdefault(row.witness, []).append(place)
    result = []
    for cluster in location.clusters:
        others = {
            w for c in location.clusters if c is not cluster for w in c.stand_in(location.fixed)
        }
        answers = []
        for alternative, proof in zip(cluster.alternatives, cluster.proofs, strict=False):
            prober = Prober(system, others.union(alternative), location.solution(proof))
            answers.append(
                {
                    w: tuple(
                        (place, prober.interval(dict(system.rows[place].terms)))
                        for place in rows.get(w, ())
                    )
                    for w in alternative
                }
            )
        result.append(tuple(answers))
    return tuple(result)
