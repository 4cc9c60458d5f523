"""The audit: what follows from what is published, and what else to withhold.

Every published figure says in which interval a sum of lines lies; the proof derives from all of them
together what each withheld amount can be. Where that is too narrow, the proof is also asked for the
cheapest further figures to keep back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mingzhang.compile.amounts import Amounts
from mingzhang.disclosure.public import Public
from mingzhang.disclosure.secret import Secret, sealed, secrets_of
from mingzhang.model.book import Book
from mingzhang.model.edition import Edition
from mingzhang.model.ledger import Ledger
from mingzhang.prove.protect import Exposure, Protected, exposures
from mingzhang.prove.withhold import Unprotectable, withholding


@dataclass(frozen=True, slots=True)
class Audit:
    """What readers can derive for each withheld amount, and what would cure it.

    ``intervals``: secret → (low, high, needed width) in 分, None where there is no bound. ``leaks``:
    the secrets left too narrow; ``signed``: those of them that someone answers for. ``cure``:
    quantities (as keys) to withhold besides, so that all are wide enough; None if nothing helps.
    """

    secrets: tuple[Secret, ...]
    intervals: Mapping[str, tuple[int | None, int | None, int]]
    leaks: tuple[str, ...]
    signed: tuple[str, ...]
    cure: tuple[str, ...] | None

    @property
    def safe(self) -> bool:
        """True if every withheld amount is wide enough or answered for."""
        return set(self.leaks) <= set(self.signed)


def audit(
    ledger: Ledger, edition: Edition, book: Book | None = None, prior: Sequence[Book] = ()
) -> Audit:
    """The audit of one edition (``book``: the same as read, for its percentages) with books of
    earlier years that readers have."""
    ledger = sealed(ledger)
    whole = replace(ledger, protection=replace(ledger.protection, totals="included"))
    amounts = Amounts.from_ledger(whole)
    secrets = tuple(secrets_of(amounts))
    if not secrets:
        return Audit((), {}, (), (), ())
    public = Public(ledger, amounts, edition, book, prior)
    protected = [_protected(public, s, ledger) for s in secrets]
    found = exposures(public.system, public.sums.values, protected)
    intervals = {s.id: _interval(e) for s, e in zip(secrets, found, strict=True)}
    leaks = tuple(s.id for s, e in zip(secrets, found, strict=True) if not e.safe)
    answered = {who for who, why in ledger.protection.signed.items() if why.strip()}
    signed = tuple(
        s.id for s in secrets if s.id in leaks and not answered.isdisjoint({s.id, s.project})
    )
    # what is wide enough stays so whatever else is withheld
    narrow = [one for one, e in zip(protected, found, strict=True) if not e.safe]
    return Audit(secrets, intervals, leaks, signed, _cure(public, narrow) if leaks else ())


def _protected(public: Public, secret: Secret, ledger: Ledger) -> Protected:
    rule = ledger.protection
    form = {
        public.sums.variables[i, secret.measure]: 1
        for i in secret.atoms
        if (i, secret.measure) in public.sums.variables
    }
    share = Fraction(str(rule.width_share))
    return Protected(form, max(1, rule.width_fen), share)


def _interval(exposure: Exposure) -> tuple[int | None, int | None, int]:
    return exposure.derived.low, exposure.derived.high, exposure.needs


def _cure(public: Public, protected: Sequence[Protected]) -> tuple[str, ...] | None:
    try:
        answer = withholding(
            public.system, public.sums.values, protected, public.weights, public.fixed
        )
    except Unprotectable:
        return None
    return tuple(sorted({public.keys[w] for w in answer.witnesses}))
