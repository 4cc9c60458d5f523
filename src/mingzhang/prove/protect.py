"""Disclosure 披露审计: what readers can narrow a withheld amount down to.

Every amount not published is an unknown; every published figure says in which interval its amount
lies; and readers can add. Where the arithmetic leaves a doubt, they are taken to know more, not
less. What else to withhold is asked in ``withhold``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from mingzhang.model.money import Interval
from mingzhang.prove.bounds import Form
from mingzhang.prove.certify import verify_bound, verify_solution
from mingzhang.prove.derive import Attacker, Derivation, End
from mingzhang.prove.exact import Exact
from mingzhang.prove.system import System


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
    return tuple(exposure(attacker, one) for one in protected)


def exposure(attacker: Attacker, protected: Protected) -> Exposure:
    """What this reader can derive about one protected amount."""
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


def verify_exposure(system: System, found: Exposure, without: Collection[int] = ()) -> bool:
    """True if the published rows prove the derived interval; whole numbers and fractions only."""
    ends = (found.derived.low, found.low, 1), (found.derived.high, found.high, -1)
    for value, proof, sign in ends:
        if value is None or proof is None:
            if value is not None or proof is not None:
                return False
            continue
        form = {j: sign * a for j, a in found.protected.terms.items()}
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
