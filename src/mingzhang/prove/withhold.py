"""Withholding: the cheapest further figures to keep back so that what is withheld stays so.

This is complementary suppression (Fischetti and Salazar 2001). ``leeway`` proposes figures, the
audit of ``protect`` decides; then figures that can be published again are, one by one. How far the
answer may be from the cheapest is asked by implicit hitting sets: the sums that expose an amount
need all their figures, so of each such set one must go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.prove.certify import verify_solution
from mingzhang.prove.derive import Attacker
from mingzhang.prove.exact import Exact
from mingzhang.prove.hitting import lightest_hitting_sets
from mingzhang.prove.leeway import Leeway
from mingzhang.prove.protect import Exposure, Protected, exposure
from mingzhang.prove.system import System

_PASSES = 3
"""How often each amount is given its way again, now that the others have theirs."""
_PATIENCE = 12
"""Figures withheld one after another to mend a proposal, before whole sums are."""
_ROWS = 400
"""An audit of a system of more rows than this counts for more: its work grows with their square."""


@dataclass(frozen=True, slots=True)
class ProtectLimits:
    """How much work may be done before the answer need not be the cheapest; no clock is involved.

    audits  how many amounts are put to the audit: two thirds of it to try to do without figures,
            the rest to prove that nothing is cheaper
    visits  how many sets the searches for candidates look at
    """

    audits: int = 180
    visits: int = 50_000


@dataclass(frozen=True, slots=True)
class Withholding:
    """Further figures to withhold so that every protected amount is safe.

    ``cheapest``: ``sets`` prove that nothing lighter does (each holds figures of which one must
    go); else the work limit came first, and a lighter answer may exist, but none below ``least``.
    ``exposures`` are those after withholding.
    """

    witnesses: tuple[int, ...]
    weight: int
    cheapest: bool
    exposures: tuple[Exposure, ...]
    sets: tuple[frozenset[int], ...] = ()
    least: int = 0


class Unprotectable(ValueError):
    """What may not be withheld gives a protected amount away by itself (see ``exposure``)."""

    def __init__(self, found: Exposure) -> None:
        super().__init__(
            f"what stays published shows {found.protected.form} to within {found.width}, "
            f"{found.needs} are needed"
        )
        self.exposure = found


def withholding(
    system: System,
    amounts: Sequence[Exact],
    protected: Sequence[Protected],
    weights: Mapping[int, int] | None = None,
    fixed: Collection[int] = (),
    limits: ProtectLimits | None = None,
) -> Withholding:
    """The lightest set of witnesses to withhold so that every protected amount is safe.

    ``weights`` (at least 1, 1 unless told) say what a figure is worth to readers; witnesses in
    ``fixed`` stay published (last year's book). Raises Unprotectable if nothing helps, ValueError
    if the amounts do not obey what is published or a weight is below 1.
    """
    weights = dict(weights or {})
    if any(weight < 1 for weight in weights.values()):
        raise ValueError("a weight is at least 1")
    if not verify_solution(system, (), amounts):
        raise ValueError("the true amounts do not obey what is published")
    return _Search(system, amounts, tuple(protected), weights, frozenset(fixed)).run(
        limits or ProtectLimits()
    )


class _Search:
    """Sets of figures of which one must go, collected on the way to a choice that is safe.

    Only ``leaks`` are looked at after the first audit: withholding takes nothing from what was shown
    for the others.
    """

    def __init__(
        self,
        system: System,
        amounts: Sequence[Exact],
        protected: tuple[Protected, ...],
        weights: Mapping[int, int],
        fixed: frozenset[int],
    ) -> None:
        self.attacker = Attacker(system, amounts)
        self.protected = protected
        self.weights = weights
        self.fixed = fixed
        self.price = 1 + len(system.rows) ** 2 // _ROWS**2
        self.sets: set[frozenset[int]] = set()
        self.sure = True
        self.spent = 0
        found = self._exposed(frozenset(), protected)
        self.leaks = tuple(one.protected for one in found)
        self.first = found

    def run(self, limits: ProtectLimits) -> Withholding:
        best = self._widened(self._proposed())
        self.spent = 0
        best = self._spared(best, 2 * limits.audits // 3)
        least, visits = 0, limits.visits
        while self.spent < limits.audits and visits > 0:
            hitting = lightest_hitting_sets(self.sets, self.weights, 1, visits)
            visits -= hitting.visits
            if not hitting.choices:
                break
            least = hitting.weight
            if least >= self._weigh(best):
                return self._answer(best, least)
            if not self._exposed(hitting.choices[0], self.leaks):
                return self._answer(hitting.choices[0], least)
        return self._answer(best, least)

    def _proposed(self) -> frozenset[int]:
        """What each leak needs opened, those that need most first; then each again beside the others."""
        leeway = Leeway(self.attacker.system, self.attacker.amounts, self.fixed)
        order = sorted(self.first, key=lambda found: -found.needs)
        opened: list[frozenset[int]] = [frozenset()] * len(order)
        for _ in range(_PASSES):
            before = list(opened)
            for k, leak in enumerate(order):
                others = frozenset[int]().union(*opened[:k], *opened[k + 1 :])
                ways = [w for w in self._ways(leeway, leak, others) if w is not None]
                lightest = min(ways, key=lambda w: self._weigh(w - others), default=opened[k])
                if not opened[k] or self._weigh(lightest - others) < self._weigh(
                    opened[k] - others
                ):
                    opened[k] = lightest
            if opened == before or len(order) == 1:
                break
        return frozenset[int]().union(*opened)

    def _ways(
        self, leeway: Leeway, leak: Exposure, free: frozenset[int]
    ) -> Iterator[frozenset[int] | None]:
        """What gives way if the amount can be higher than it is, lower, or has two values so far apart;
        or if one end of what is known stays and the other moves."""
        up = leak.protected.terms
        down = {j: -a for j, a in up.items()}
        true = sum(a * self.attacker.amounts[j] for j, a in up.items())
        low, high = leak.attained
        assert low is not None and high is not None
        needs = leak.needs + 1
        yield leeway.opened(up, needs, self.weights, free)
        yield leeway.opened(down, needs, self.weights, free)
        yield leeway.opened(up, low + needs - true, self.weights, free)
        yield leeway.opened(down, true - high + needs, self.weights, free)
        yield leeway.opened(up, needs, self.weights, free, apart=True)

    def _exposed(self, chosen: frozenset[int], among: Collection[Protected]) -> list[Exposure]:
        """Those ``among`` the protected that are not safe without ``chosen``; their sets are noted."""
        attacker = self.attacker.freeing(chosen)
        unsafe = []
        for one in among:
            self.spent += self.price
            found = exposure(attacker, one)
            if not found.safe:
                culprits = found.witnesses - self.fixed
                if not culprits:
                    raise Unprotectable(found)
                self.sure = self.sure and found.exposed
                self.sets.add(culprits)
                unsafe.append(found)
        return unsafe

    def _widened(self, chosen: frozenset[int]) -> frozenset[int]:
        """``chosen`` and what else it takes, each time what meets most sets for its weight; if that
        takes too long, everything that gives an amount away.
        """
        unsafe = self._exposed(chosen, self.leaks)
        steps = 0
        while unsafe:
            steps += 1
            if steps > _PATIENCE:
                chosen = chosen.union(*(s for s in self.sets if chosen.isdisjoint(s)))
            unmet = [s for s in self.sets if chosen.isdisjoint(s)]
            while unmet:
                meets: dict[int, int] = {}
                for w in (w for s in unmet for w in s):
                    meets[w] = meets.get(w, 0) + 1
                chosen |= {min(meets, key=lambda w: (Fraction(self._weigh((w,)), meets[w]), w))}
                unmet = [s for s in unmet if chosen.isdisjoint(s)]
            unsafe = self._exposed(chosen, [found.protected for found in unsafe])
        return chosen

    def _spared(self, chosen: frozenset[int], limit: int) -> frozenset[int]:
        """``chosen`` without what can be published again, tried dearest first, within the limit."""
        for w in sorted(chosen, key=lambda w: (-self._weigh((w,)), w)):
            if self.spent >= limit:
                break
            less = chosen - {w}
            if all(not less.isdisjoint(s) for s in self.sets) and self._holds(less):
                chosen = less
        return chosen

    def _holds(self, chosen: frozenset[int]) -> bool:
        """True if every leak is safe; the first that is not ends the audit."""
        return not any(self._exposed(chosen, (one,)) for one in self.leaks)

    def _weigh(self, chosen: Collection[int]) -> int:
        return sum(self.weights.get(w, 1) for w in chosen)

    def _answer(self, chosen: frozenset[int], least: int) -> Withholding:
        sets = tuple(sorted(self.sets, key=lambda s: (len(s), sorted(s))))
        attacker = self.attacker.freeing(chosen)
        found = tuple(exposure(attacker, one) for one in self.protected)
        weight = self._weigh(chosen)
        cheapest = self.sure and least == weight
        return Withholding(tuple(sorted(chosen)), weight, cheapest, found, sets, least)
