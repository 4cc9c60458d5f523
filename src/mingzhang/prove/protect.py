"""Disclosure 披露审计: what a withheld amount can be narrowed down to, and what else must be withheld.

Every amount not published is an unknown; every published figure says in which interval its amount
lies; and readers can add. ``exposures`` audits the protected amounts, ``withholding`` finds the
cheapest further figures to withhold (complementary suppression, Fischetti and Salazar 2001) by
implicit hitting sets: the sums that expose an amount need all their figures, so one must go.
Where the arithmetic leaves a doubt, readers are taken to know more, not less.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from mingzhang.model.money import Interval
from mingzhang.prove.bounds import Form
from mingzhang.prove.certify import verify_bound, verify_solution
from mingzhang.prove.derive import Attacker, Derivation, End
from mingzhang.prove.exact import Exact
from mingzhang.prove.hitting import lightest_hitting_sets
from mingzhang.prove.system import System

_PATIENCE = 12
"""Figures withheld one after another for one candidate, before whole sums are."""


@dataclass(frozen=True, slots=True)
class Protected:
    """An amount (a variable, or a sum of them) that must not be known too closely.

    The interval that readers can derive has to be at least ``width`` 分 wide, and at least
    ``share`` of the true amount.
    """

    form: Form
    width: int = 1
    share: Fraction = Fraction(0)

    @property
    def terms(self) -> dict[int, int]:
        """The sum as coefficients by variable."""
        if isinstance(self.form, int):
            return {self.form: 1}
        return {j: a for j, a in self.form.items() if a}

    def needs(self, amounts: Sequence[Exact]) -> int:
        """How wide the interval must be, given the true amounts."""
        true = sum((Fraction(a) * amounts[j] for j, a in self.terms.items()), Fraction(0))
        return max(self.width, ceil(self.share * abs(true)))


@dataclass(frozen=True, slots=True)
class Exposure:
    """What readers can work out about one protected amount.

    derived   whole numbers between which it is proved to lie (None: no bound on that side)
    attained  whole numbers between which it may lie for sure, all rows obeyed (other amounts may
              need fractions of a 分 for that); where there is no bound, as far as was looked
    needs     how wide it must be
    low, high the sums of published rows that prove the two ends (``high`` bounds the negative)
    """

    protected: Protected
    derived: Interval
    attained: Interval
    needs: int
    low: Derivation | None
    high: Derivation | None

    @property
    def width(self) -> int:
        """How wide the interval is for sure."""
        low, high = self.attained
        return (high or 0) - (low or 0)

    @property
    def safe(self) -> bool:
        """True if it is wide enough for sure."""
        return self.width >= self.needs

    @property
    def exposed(self) -> bool:
        """True if it is proved to be too narrow. Neither safe nor exposed: the solver is in doubt."""
        low, high = self.derived
        return low is not None and high is not None and high - low < self.needs

    @property
    def witnesses(self) -> frozenset[int]:
        """The published figures that give it away: as long as all of them are, it is exposed."""
        return frozenset(w for d in (self.low, self.high) if d is not None for w in d.witnesses)


@dataclass(frozen=True, slots=True)
class ProtectLimits:
    """How much work may be done before the answer need not be the cheapest; no clock is involved.

    audits  how often candidates are put to the audit before the search settles for what it has,
            and how often it then tries to do without a figure
    visits  how many sets the searches for candidates look at
    """

    audits: int = 40
    visits: int = 50_000


@dataclass(frozen=True, slots=True)
class Withholding:
    """Further figures to withhold so that every protected amount is safe.

    ``cheapest``: ``sets`` prove that nothing lighter does (each holds figures of which one must
    go); else the work limit came first, and a lighter answer may exist.
    ``exposures`` are those after withholding.
    """

    witnesses: tuple[int, ...]
    weight: int
    cheapest: bool
    exposures: tuple[Exposure, ...]
    sets: tuple[frozenset[int], ...] = ()


class Unprotectable(ValueError):
    """What may not be withheld gives a protected amount away by itself (see ``exposure``)."""

    def __init__(self, exposure: Exposure) -> None:
        super().__init__(
            f"what stays published shows {exposure.protected.form} to within {exposure.width}, "
            f"{exposure.needs} are needed"
        )
        self.exposure = exposure


def exposures(
    system: System,
    amounts: Sequence[Exact],
    protected: Sequence[Protected],
    without: Collection[int] = (),
) -> tuple[Exposure, ...]:
    """What readers can derive about each protected amount, the witnesses in ``without`` withheld.

    ``amounts`` are the true ones. Raises ValueError if they do not obey what is published.
    """
    if not verify_solution(system, without, amounts):
        raise ValueError("the true amounts do not obey what is published")
    attacker = Attacker(system, amounts, without)
    return tuple(_exposure(attacker, one) for one in protected)


def _exposure(attacker: Attacker, protected: Protected) -> Exposure:
    terms = protected.terms
    needs = protected.needs(attacker.amounts)
    low = attacker.least(terms, needs)
    high = attacker.least({j: -a for j, a in terms.items()}, needs)
    derived = Interval(_inward(low), None if high.derived is None else floor(-high.derived.bound))
    # amounts are whole: a fraction at the end of what was shown is not for sure
    attained = Interval(ceil(low.attained), floor(-high.attained))
    return Exposure(protected, derived, attained, needs, low.derived, high.derived)


def _inward(end: End) -> int | None:
    return None if end.derived is None else ceil(end.derived.bound)


def verify_exposure(system: System, exposure: Exposure, without: Collection[int] = ()) -> bool:
    """True if the published rows prove the derived interval; whole numbers and fractions only."""
    ends = (exposure.derived.low, exposure.low, 1), (exposure.derived.high, exposure.high, -1)
    for value, proof, sign in ends:
        if value is None or proof is None:
            if value is not None or proof is not None:
                return False
            continue
        form = {j: sign * a for j, a in exposure.protected.terms.items()}
        if (
            dict(proof.form) != form
            or sign * value < proof.bound
            or sign * value >= proof.bound + 1
        ):
            return False
        if not verify_bound(system, without, form, proof.rows, proof.multipliers, proof.bound):
            return False
        named = {system.rows[place].witness for place in proof.rows} - {None}
        if named != proof.witnesses:
            return False
    return True


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
    """Sets of figures of which one must go, collected until the lightest choice is safe."""

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
        self.sets: set[frozenset[int]] = set()
        self.sure = True
        self.audits = 0

    def run(self, limits: ProtectLimits) -> Withholding:
        best: frozenset[int] | None = None
        visits = limits.visits
        while True:
            hitting = lightest_hitting_sets(self.sets, self.weights, 1, visits)
            visits -= hitting.visits
            if not hitting.choices:
                break
            if best is not None and self._weigh(best) == hitting.weight:
                return self._answer(best, self.sure)
            lightest = hitting.choices[0]
            found = self._widened(lightest)
            if found == lightest:
                return self._answer(found, self.sure)
            if best is None or self._weigh(found) < self._weigh(best):
                best = found
            if self.audits >= limits.audits or visits <= 0:
                break
        return self._answer(self._spared(best or self._widened(frozenset()), limits.audits), False)

    def _audit(self, chosen: frozenset[int], among: Collection[Protected]) -> list[Protected]:
        """Those ``among`` the protected that are not safe without ``chosen``; their sets are noted."""
        self.audits += 1
        attacker = self.attacker.freeing(chosen)
        unsafe = []
        for one in among:
            exposure = _exposure(attacker, one)
            if not exposure.safe:
                culprits = exposure.witnesses - self.fixed
                if not culprits:
                    raise Unprotectable(exposure)
                self.sure = self.sure and exposure.exposed
                self.sets.add(culprits)
                unsafe.append(one)
        return unsafe

    def _widened(self, chosen: frozenset[int]) -> frozenset[int]:
        """``chosen`` and what else it takes, each time what meets most sets for its weight; if that
        takes too long, everything that gives an amount away.
        """
        unsafe = self._audit(chosen, self.protected)
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
            unsafe = self._audit(chosen, unsafe)
        return chosen

    def _spared(self, chosen: frozenset[int], limit: int) -> frozenset[int]:
        """``chosen`` without what can be published again, tried dearest first, within the limit."""
        last = self.audits + limit
        for w in sorted(chosen, key=lambda w: (-self._weigh((w,)), w)):
            if self.audits < last and not self._audit(chosen - {w}, self.protected):
                chosen -= {w}
        return chosen

    def _weigh(self, chosen: Collection[int]) -> int:
        return sum(self.weights.get(w, 1) for w in chosen)

    def _answer(self, chosen: frozenset[int], cheapest: bool) -> Withholding:
        sets = tuple(sorted(self.sets, key=lambda s: (len(s), sorted(s))))
        attacker = self.attacker.freeing(chosen)
        found = tuple(_exposure(attacker, one) for one in self.protected)
        return Withholding(tuple(sorted(chosen)), self._weigh(chosen), cheapest, found, sets)
