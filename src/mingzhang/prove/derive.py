"""What a reader can work out: both ends of an amount's interval, each with the sum that proves it.

Two answers are given for each end. The *derived* one is proved: published rows, multiplied and
added up, say so. The *attained* one is shown: exact amounts that obey every published row reach it.
Where the solver was exact, and it nearly always is, the two are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from mingzhang.prove.bounds import Prober, exact_duals
from mingzhang.prove.exact import Exact
from mingzhang.prove.matrix import NONNEGATIVE, View
from mingzhang.prove.point import Trial
from mingzhang.prove.repair import exact_moves
from mingzhang.prove.system import Row, System


@dataclass(frozen=True, slots=True)
class Derivation:
    """Rows (places in the system), multiplied and added up, prove ``form`` to be at least ``bound``.

    A positive multiplier uses its row's low side, a negative one the high side, as in
    ``certify.verify_bound``. ``witnesses`` are the published figures among them: withhold one, and
    this way to the bound is closed.
    """

    form: Mapping[int, int]
    bound: Exact
    rows: tuple[int, ...]
    multipliers: tuple[Exact, ...]
    witnesses: frozenset[int]

    @property
    def equation(self) -> tuple[int, tuple[int, ...]]:
        """In whole numbers: so many times the form is at least the rows times these multipliers."""
        factor = lcm(*(m.denominator for m in self.multipliers))
        return factor, tuple(int(m * factor) for m in self.multipliers)


@dataclass(frozen=True, slots=True)
class End:
    """How low a form can be: ``derived`` at least so much (None: no bound), ``attained`` for sure.

    ``unbounded``: it can be lower than ``attained``, without end as far as was looked.
    """

    derived: Derivation | None
    attained: Exact
    unbounded: bool = False


class Attacker:
    """A reader who knows all rows but those of the witnesses in ``without``.

    ``amounts`` are the true ones: they have to obey these rows.
    """

    def __init__(
        self, system: System, amounts: Sequence[Exact], without: Collection[int] = ()
    ) -> None:
        self.system = system
        self.amounts = amounts
        self.without = frozenset(without)
        self.prober = Prober(system, without, amounts)

    def freeing(self, witnesses: Collection[int]) -> Attacker:
        """The same reader without further figures."""
        return Attacker(self.system, self.amounts, self.without.union(witnesses))

    def least(self, form: Mapping[int, int], enough: int) -> End:
        """The lower end of a form; where there is none, amounts that are ``enough`` below the true.

        For the upper end turn the form's signs round.
        """
        true = _value(form, self.amounts)
        found, attained, unbounded = _probe(self.prober, form, true)
        if unbounded:
            # only as far as it matters: a box around the form gives the solver a vertex
            box = Row(tuple(form.items()), _floor(true) - enough, None)
            boxed = System(self.system.n, (*self.system.rows, box), self.system.nonnegative)
            prober = Prober(boxed, self.without, self.amounts)
            attained = min(attained, _probe(prober, form, true)[1])
        return End(found, attained, unbounded)


def _probe(
    prober: Prober, form: Mapping[int, int], true: Exact
) -> tuple[Derivation | None, Exact, bool]:
    """The best proof that a form is not lower, the lowest value shown, and whether it is open."""
    goal = dict(form)
    view = prober.view
    best = derivation(view, goal, {})
    around, proposal = prober.proposal(goal)
    if proposal is None:
        return best, true, False
    if proposal.status != "optimal":
        return best, true, best is None
    target = around.objective(proposal, goal)
    for multipliers in exact_duals(around, proposal, goal):
        found = derivation(view, goal, multipliers)
        if found is not None and (best is None or found.bound > best.bound):
            best = found
        if best is not None and best.bound > target - 1e-3:
            break
    moved = exact_moves(around, proposal, set())
    stands = moved.inside(moved.x) and not moved.broken(moved.activity)
    return best, min(true, _reached(moved, goal)) if stands else true, best is None


def _reached(trial: Trial, form: Mapping[int, int]) -> Exact:
    return sum(a * trial.value(j) for j, a in form.items())


def _value(form: Mapping[int, int], amounts: Sequence[Exact]) -> Exact:
    return sum(a * amounts[j] for j, a in form.items())


def _floor(value: Exact) -> int:
    return value.__floor__()


def derivation(
    view: View, form: Mapping[int, int], multipliers: Mapping[int, Exact]
) -> Derivation | None:
    """What these multipliers of long rows prove ``form`` to be at least, with what is left of it
    bounded by rows of single variables; None: nothing.
    """
    matrix = view.matrix
    bound: Exact = 0
    rest: dict[int, Exact] = dict(form)
    rows: list[int] = []
    sizes: list[Exact] = []
    witnesses: set[int | None] = set()
    for i, m in multipliers.items():
        if m:
            side = view.low(i) if m > 0 else view.high(i)
            if side is None:
                return None
            bound += m * side
            rows.append(matrix.origin[i])
            sizes.append(m)
            witnesses.add(matrix.witness[i])
            for j, a in matrix.terms[i]:
                rest[j] = rest.get(j, 0) - m * a
    left = [(d, view.lows(j) if d > 0 else view.highs(j)) for j, d in rest.items() if d]
    if not all(offers for _, offers in left):
        return None
    for d, offers in left:
        # of the bounds that are as tight, one that needs no further figure
        best = offers[0]
        for offer in offers:
            if offer.value == best.value and offer.witness in witnesses | {None}:
                best = offer
                break
        bound += d * best.value
        witnesses.add(best.witness)
        if best.row != NONNEGATIVE:
            rows.append(best.row)
            sizes.append(d * best.sign)
    named = frozenset(w for w in witnesses if w is not None)
    return Derivation(dict(form), bound, tuple(rows), tuple(sizes), named)
