"""The judges: every claim of this package, checked again without floating point.

Nothing here knows how a claim was found. Only whole numbers and fractions; read it on its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from mingzhang.prove.system import System

if TYPE_CHECKING:
    from mingzhang.prove.location import Location

Exact = int | Fraction


def verify_solution(system: System, freed: Collection[int], x: Sequence[Exact]) -> bool:
    """True if ``x`` obeys every row of ``system`` but those of the witnesses in ``freed``."""
    if len(x) != system.n or any(isinstance(v, float) for v in x):
        return False
    if any(x[j] < 0 for j in system.nonnegative):
        return False
    for terms, low, high, witness in system.rows:
        if witness is not None and witness in freed:
            continue
        if len(terms) == 1:
            j, a = terms[0]
            value = x[j] if a == 1 else a * x[j]
        else:
            value = 0
            for j, a in terms:
                value += a * x[j]
        if (low is not None and value < low) or (high is not None and value > high):
            return False
    return True


def verify_conflict(system: System, rows: Sequence[int], multipliers: Sequence[Exact]) -> bool:
    """True if these rows alone cannot all hold (Farkas).

    A positive multiplier uses its row's low side, a negative one the high side, so that
    ``sum(m * row) >= K``. The sum is a contradiction if it leaves no variable but nonnegative
    ones with coefficients that are not positive (so it is at most 0), while K is above 0.
    """
    if len(rows) != len(multipliers) or any(isinstance(m, float) for m in multipliers):
        return False
    at_least: Exact = 0
    left: dict[int, Exact] = {}
    for place, m in zip(rows, multipliers, strict=True):
        if not 0 <= place < len(system.rows):
            return False
        row = system.rows[place]
        side = row.low if m > 0 else row.high
        if m == 0 or side is None:
            return False
        at_least += m * side
        for j, a in row.terms:
            left[j] = left.get(j, 0) + m * a
    unexplained = any(g > 0 or (g < 0 and j not in system.nonnegative) for j, g in left.items())
    return at_least > 0 and not unexplained


def verify_bound(
    system: System,
    freed: Collection[int],
    form: Mapping[int, int],
    rows: Sequence[int],
    multipliers: Sequence[Exact],
    bound: Exact,
) -> bool:
    """True if the rows prove ``sum(form[j] * x[j]) >= bound`` without the freed witnesses.

    The same sum of rows as in ``verify_conflict``: what it leaves over from ``form`` must be
    nonnegative variables with coefficients that are not negative.
    """
    at_least: Exact = 0
    rest: dict[int, Exact] = dict(form)
    for place, m in zip(rows, multipliers, strict=True):
        row = system.rows[place]
        side = row.low if m > 0 else row.high
        if m == 0 or side is None or (row.witness is not None and row.witness in freed):
            return False
        at_least += m * side
        for j, a in row.terms:
            rest[j] = rest.get(j, 0) - m * a
    unexplained = any(g < 0 or (g > 0 and j not in system.nonnegative) for j, g in rest.items())
    return at_least >= bound and not unexplained


def hitting_sets(
    sets: Iterable[Collection[int]], weights: Mapping[int, int], budget: int
) -> set[frozenset[int]]:
    """All choices of elements within ``budget`` that meet every one of ``sets``, by plain branching.

    Weights default to 1. Supersets of a choice may be missing.
    """
    found: set[frozenset[int]] = set()

    def branch(left: list[frozenset[int]], chosen: frozenset[int], rest: int) -> None:
        if not left:
            found.add(chosen)
            return
        for w in min(left, key=len):
            if weights.get(w, 1) <= rest:
                branch([s for s in left if w not in s], chosen | {w}, rest - weights.get(w, 1))

    branch([frozenset(s) for s in sets], frozenset(), budget)
    return found


def verify_location(system: System, location: Location) -> bool:
    """True if every certified cluster of ``location`` is what it says it is.

    Each alternative must leave, with the stand-ins of the other clusters, a system that a given
    exact solution obeys. Each conflict must be a contradiction of rows of its own
    witnesses. And no choice of witnesses may meet all conflicts that is lighter than the
    alternatives, or as light and not among them (unless the list was capped).
    """
    for cluster in location.clusters:
        if not cluster.certified:
            continue
        others = {
            w for c in location.clusters if c is not cluster for w in c.stand_in(location.fixed)
        }
        for alternative, proof in zip(cluster.alternatives, cluster.proofs, strict=True):
            if not verify_solution(system, others | set(alternative), location.solution(proof)):
                return False
        for conflict in cluster.conflicts:
            named = {system.rows[place].witness for place in conflict.rows} - {None}
            if named != set(conflict.witnesses):
                return False
            if not verify_conflict(system, conflict.rows, conflict.multipliers):
                return False
        sets = [set(c.witnesses) - location.fixed for c in cluster.conflicts]
        budget = cluster.weight - 1 if cluster.capped else cluster.weight
        light = hitting_sets(sets, location.weights, budget)
        if light != (set() if cluster.capped else {frozenset(a) for a in cluster.alternatives}):
            return False
    return True
