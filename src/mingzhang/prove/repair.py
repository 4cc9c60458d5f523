"""Repair: from a point that breaks some rows to one that keeps all, or the proof that none does.

Only the neighbourhood of the broken rows moves. If that cannot mend them, the solver's dual ray
says which further variables could help: they join in. If none could, the ray is a proof for the
whole system. Either answer is worked out again in exact numbers before it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from mingzhang.prove.conflict import Contradiction, crossings, irreducible
from mingzhang.prove.exact import CONSTANT, Exact, eliminate, kernel, substitute, whole
from mingzhang.prove.matrix import Floats, View
from mingzhang.prove.neighbourhood import Neighbourhood
from mingzhang.prove.point import Point, Trial
from mingzhang.prove.solver import Proposal, Solver

_ROUNDS = 40
_PATIENCE = 3
"""Rounds in which what helps joins in, from the second with all that is near it; then everything."""
_FEW = 16
"""With more broken rows than this, everything may move from the first."""
_SETBACKS = 8
"""How often the unit may be changed because the solver's answer did not stand up."""
_COARSER = 1000.0
_NOISE = 1e-9
"""Entries of a ray smaller than this, next to its largest, are the solver's noise."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What came of it. ``moves`` are new exact values of some variables if it could be mended,
    ``contradiction`` the proof if it cannot be. With neither, nothing is certified and
    ``feasible`` is only the solver's opinion (None: it has none).
    """

    feasible: bool | None
    moves: Mapping[int, Exact] = field(default_factory=dict)
    contradiction: Contradiction | None = None
    certified: bool = True


def repair(
    solver: Solver, view: View, point: Point, variables: Iterable[int], rows: Iterable[int]
) -> Repair:
    """Mend ``point`` so that it obeys ``view``.

    Outside ``variables`` and the long ``rows`` the point obeys the view already.
    """
    variables, rows = list(variables), list(rows)
    crossed = next(crossings(view, variables, rows), None)
    if crossed is not None:
        return Repair(False, contradiction=crossed)
    trial = Trial(view, point)
    trial.pull(variables)
    suspects = trial.activity.keys() | set(rows)
    active: dict[int, None] = {}
    unit: float | None = None
    opinion: bool | None = None
    setbacks = 0
    for round_ in range(_ROUNDS):
        broken = trial.broken(suspects)
        if not broken:
            return Repair(True, trial.x)
        if setbacks > _SETBACKS:
            break
        if not active:
            for i in broken:
                alone = Contradiction(view.matrix, ((i, -1 if trial.excess(i) > 0 else 1),))
                if alone.gap(view) is not None:
                    return Repair(False, contradiction=alone)
            active = _near(view, broken)
        around = Neighbourhood(trial, active, unit)
        proposal = solver.solve(around.problem())
        if proposal.status == "infeasible" and proposal.dual is not None:
            ray, left = _oriented(around, proposal.dual)
            helpful = [j for j, d in left.items() if j not in active and _has_room(trial, j, d)]
            if helpful:
                active = _wider(view, active, helpful, round_)
                continue
            found = _exact_ray(around, ray, left)
            if found is not None:
                return Repair(False, contradiction=found)
            opinion = False
        if proposal.status != "optimal":
            # numbers too far apart for the solver: a coarser unit first, what it hides later
            setbacks += 1
            unit = _COARSER * around.unit
            continue
        opinion = True
        mended = exact_moves(around, proposal, suspects)
        suspects |= mended.activity.keys()
        wrong = mended.broken(suspects)
        if wrong:
            # the solver's tolerance hid something: look again from here, in finer units
            setbacks += 1
            unit = max(1e-6, *(abs(float(mended.excess(i))) for i in wrong))
            active.update((j, None) for i in wrong for j, _ in view.matrix.terms[i])
        trial = mended
    return Repair(opinion, certified=False)


def _near(view: View, broken: list[int]) -> dict[int, None]:
    """The variables of the broken rows; all variables if these are a good part of them."""
    terms = view.matrix.terms
    near = {j: None for i in broken for j, _ in terms[i]}
    if len(broken) <= _FEW and 4 * len(near) < view.matrix.n:
        return near
    return dict.fromkeys(range(view.matrix.n))


def _wider(view: View, active: dict[int, None], helpful: list[int], round_: int) -> dict[int, None]:
    """``active`` with what could help; more and more of what is around it as rounds go by."""
    matrix = view.matrix
    if round_ >= _PATIENCE:
        return dict.fromkeys(range(matrix.n))
    wider = active | dict.fromkeys(helpful)
    if round_:
        for j in helpful:
            for i, _ in matrix.columns[j]:
                wider.update((k, None) for k, _ in matrix.terms[i])
    return wider


def _has_room(trial: Trial, j: int, d: float) -> bool:
    """True if the variable can still go up (d > 0) or down (d < 0)."""
    bound = trial.view.hi(j) if d > 0 else trial.view.lo(j)
    return d != 0 and (bound is None or bound != trial.value(j))


def _oriented(around: Neighbourhood, dual: Floats) -> tuple[Floats, dict[int, float]]:
    """The ray with the sign that makes it a contradiction, and what it adds up to; no noise."""
    dual = np.where(np.abs(dual) > _NOISE * np.abs(dual).max(initial=0.0), dual, 0.0)
    left = around.combination(dual)
    largest = max((abs(d) for d in left.values()), default=0.0)
    biggest = max(largest, float(np.abs(dual).max(initial=0.0)))
    left = {j: d for j, d in left.items() if abs(d) > _NOISE * biggest}
    if _float_gap(around, dual, left) < _float_gap(around, -dual, {j: -d for j, d in left.items()}):
        return -dual, {j: -d for j, d in left.items()}
    return dual, left


def _float_gap(around: Neighbourhood, dual: Floats, left: dict[int, float]) -> float:
    used = dual != 0
    sides = np.where(dual > 0, around.row_low, around.row_high)[used]
    gap = float(np.dot(sides, dual[used]))
    rooms = around.room.tolist()
    for k, j in enumerate(around.up.tolist()):
        if left.get(j, 0.0) > 0:
            gap -= left[j] * rooms[k]
    for k, j in enumerate(around.down.tolist(), len(around.up)):
        if left.get(j, 0.0) < 0:
            gap += left[j] * rooms[k]
    return gap if gap == gap else -np.inf


def _exact_ray(around: Neighbourhood, ray: Floats, left: dict[int, float]) -> Contradiction | None:
    """The ray in whole numbers, if in these it is a contradiction."""
    view = around.trial.view
    multipliers = around.multipliers(ray)
    smallest = min(abs(v) for v in multipliers.values())
    largest = max(abs(v) for v in multipliers.values())
    for base, denominator in ((smallest, 1), (smallest, 1000), (largest, 10**6)):
        guess = {
            i: Fraction(v / base).limit_denominator(denominator) for i, v in multipliers.items()
        }
        found = Contradiction(view.matrix, tuple(whole(guess).items()))
        if found.gap(view) is not None:
            return irreducible(found, view)
    # solve for it: the variables that cancel in floats have to cancel exactly
    balanced: dict[int, dict[int, int]] = {}
    for i in multipliers:
        for j, a in view.matrix.terms[i]:
            if j not in left:
                balanced.setdefault(j, {})[i] = a
    for way in kernel(balanced.values(), multipliers):
        for sign in (1, -1):
            found = Contradiction(view.matrix, tuple((i, sign * m) for i, m in way.items()))
            if found.gap(view) is not None:
                return irreducible(found, view)
    return None


def exact_moves(around: Neighbourhood, proposal: Proposal, suspects: set[int]) -> Trial:
    """The proposal as an exact point: rounded, else solved from the basis.

    A vertex of a book's system is nearly always whole; what is not, is solved from the rows that
    the basis holds tight, first for the variables that look fractional, then for all it moves.
    """
    trial = around.trial
    steps = around.moves(proposal)
    rounded, fractional = _snapped(trial, steps)
    if not fractional and not rounded.broken(suspects | rounded.activity.keys()):
        return rounded
    open_, tight = around.basis(proposal)
    for unknown in (fractional, open_):
        solved = _solved(rounded, unknown, tight)
        if solved is not None:
            touched = suspects | solved.activity.keys()
            if solved.inside(unknown) and not solved.broken(touched):
                return solved
    return rounded


def _snapped(trial: Trial, steps: Mapping[int, float]) -> tuple[Trial, set[int]]:
    """``trial`` with whole steps taken (onto bounds that are near), and what did not look whole."""
    snapped = _copy(trial)
    fractional: set[int] = set()
    for j, step in steps.items():
        start = trial.value(j)
        target = start + round(step) if isinstance(start, int) else round(float(start) + step)
        low, high = trial.view.lo(j), trial.view.hi(j)
        if high is not None and target >= high:
            target = high
        elif low is not None and target <= low:
            target = low
        elif abs(step) < 1e-3:
            continue
        elif abs(float(target - start) - step) > 1e-3:
            fractional.add(j)
        snapped.move(j, target)
    return snapped, fractional


def _solved(rounded: Trial, unknown: set[int], tight: list[tuple[int, Exact]]) -> Trial | None:
    """``rounded`` with the unknown variables solved from the tight rows; None if that fails."""
    equations: list[dict[int, Exact]] = []
    terms = rounded.view.matrix.terms
    for i, side in tight:
        row = {j: a for j, a in terms[i] if j in unknown}
        if row:
            known = sum(a * rounded.value(j) for j, a in terms[i] if j not in unknown)
            equations.append({**row, CONSTANT: known - side})
    pivots = eliminate(equations)
    if pivots is None:
        return None
    solved = _copy(rounded)
    values = substitute(pivots, {j: rounded.value(j) for j in unknown})
    for j in unknown:
        solved.move(j, values[j])
    return solved


def _copy(trial: Trial) -> Trial:
    copy = Trial(trial.view, trial.point)
    copy.x = dict(trial.x)
    copy.activity = dict(trial.activity)
    return copy
