"""Check 执行检查: payments and adjustments against the budget, in the order in which they happened.

Source: 《预算法》 art. 13 (no payment without a budget), arts 63, 72 (no change of use without 调剂).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from mingzhang.catalog import performance_year as catalog
from mingzhang.ledger.accounts import labelled
from mingzhang.ledger.fault import Fault, in_order
from mingzhang.model.execution import Adjustment, Execution, Payment
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place
from mingzhang.perform.execution.budget import (
    ADJUSTED,
    Account,
    initial,
    leaves,
    moves,
    paid_from,
    reaches,
)
from mingzhang.perform.telling import both, fault, where, yuan

_MOST_NAMED = 3  # accounts offered instead of one without a budget


def counted(ledger: Ledger, execution: Execution) -> tuple[Execution, tuple[Fault, ...]]:
    """The execution without what cannot count, and every fault, by file and row.

    Left out are adjustments with a wrong direction and those that take more than was left on their
    day. Overspending is a fault and counts: the money is gone. What lies after ``as_of`` is kept
    and not judged: it does not count yet.
    """
    books = _Books(ledger)
    kept: list[Adjustment] = [a for a in execution.adjustments if a.when > execution.as_of]
    faults: list[Fault] = []
    for event in _by_day(execution):
        if isinstance(event, Adjustment):
            found = [*_of_adjustment(event), *books.blocked(event)]
            faults += found
            if not any(f.kind in ("direction", "more-than-there-is") for f in found):
                books.move(event)
                kept.append(event)
        else:
            faults += books.pay(event)
    order = {id(change): n for n, change in enumerate(execution.adjustments)}
    kept.sort(key=lambda change: order[id(change)])
    result = replace(execution, adjustments=tuple(kept))
    faults += [*_twice(execution), *_late(execution), *_against_ledger(ledger, result)]
    return result, in_order(faults)


def _by_day(execution: Execution) -> list[Payment | Adjustment]:
    """What counts by day; of one day the adjustments first, since they make payments possible."""
    events: list[Payment | Adjustment] = [*execution.adjustments, *execution.payments]
    counting = (event for event in events if event.when <= execution.as_of)
    return sorted(counting, key=lambda e: (e.when, isinstance(e, Payment)))


@dataclass(slots=True)
class _Books:
    """What each project and account has and has paid, as the year goes on."""

    ledger: Ledger
    budget: dict[Account, int] = field(default_factory=dict)
    projects: dict[str, int] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)  # came to a project without an account
    paid: dict[Account, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    told: set[object] = field(default_factory=set)

    def __post_init__(self) -> None:
        for account, amount in initial(self.ledger).items():
            self._add(account, amount)

    def _add(self, account: Account, amount: int) -> None:
        self.projects[account.project] = self.projects.get(account.project, 0) + amount
        if account.economic:
            self.budget[account] = self.budget.get(account, 0) + amount
        else:
            self.open[account.project] = self.open.get(account.project, 0) + max(amount, 0)

    def move(self, change: Adjustment) -> None:
        """Carry out an adjustment."""
        for account, amount in moves((change,)):
            self._add(account, amount)

    def blocked(self, change: Adjustment) -> Iterator[Fault]:
        """The fault of an adjustment that takes more than is left that day."""
        source = leaves(change)
        if source is None:
            return
        left = self.projects.get(source.project, 0) - self.spent.get(source.project, 0)
        said = where(source.project)
        if source.function and source.economic:
            line = self.budget.get(source, 0) + self.open.get(source.project, 0)
            line -= self.paid.get(source, 0)
            if line < left:
                left = line
                codes = labelled(source.economic, "economic", self.ledger.year)
                said = {key: f"{text} {codes}" for key, text in said.items()}
        if change.amount > left:
            yield fault(
                "more-than-there-is",
                change.place,
                amount=yuan(change.amount),
                left=yuan(max(left, 0)),
                **said,
            )

    def pay(self, payment: Payment) -> Iterator[Fault]:
        """Pay, and say what is wrong with it."""
        account, name = paid_from(payment), payment.project
        self.spent[name] = self.spent.get(name, 0) + payment.amount
        yield from self._codes(account, payment.place)
        spent, budget = self.spent[name], self.projects.get(name, 0)
        if spent < 0 and ("back", name) not in self.told:
            self.told.add(("back", name))
            yield fault("refund-exceeds", payment.place, amount=yuan(-spent), **where(name))
        if spent > budget and name not in self.told:
            self.told.add(name)
            yield self._over("overspent-project", payment.place, name, spent, budget)
        if account not in self.budget:
            return
        self.paid[account] = self.paid.get(account, 0) + payment.amount
        limit = self.budget[account] + self.open.get(name, 0)
        if self.paid[account] > limit and account not in self.told and name not in self.told:
            self.told.add(account)
            codes = labelled(account.economic, "economic", self.ledger.year)
            yield self._over(
                "overspent-line", payment.place, name, self.paid[account], limit, codes=codes
            )

    def _over(
        self, kind: str, place: Place, name: str, paid: int, budget: int, **more: str
    ) -> Fault:
        amounts = {"paid": yuan(paid), "budget": yuan(budget), "over": yuan(paid - budget)}
        return fault(kind, place, **amounts, **where(name), **more)

    def _codes(self, account: Account, place: Place) -> Iterator[Fault]:
        """A payment under accounts for which the project has no budget, or under none."""
        if not account.function or not account.economic:
            missing = "economic" if account.function else "function"
            column = catalog.columns("payments")[missing]
            yield fault("no-codes", place, column.zh, name=column.zh, name_en=column.en)
            return
        if account in self.budget or ("line", account) in self.told:
            return
        self.told.add(("line", account))
        own = [a for a in self.budget if a.project == account.project]
        own.sort(key=lambda a: (a.function != account.function, a.fund != account.fund, a.codes))
        near = (f"{a.function} {labelled(a.economic, 'economic', self.ledger.year)}" for a in own)
        yield fault(
            "no-line",
            place,
            nearest=tuple(near)[:_MOST_NAMED],
            codes=account.codes,
            **where(account.project),
        )


def _of_adjustment(change: Adjustment) -> Iterator[Fault]:
    """What is wrong with an adjustment by itself."""
    kind = catalog.kind_name(change.kind)
    wanted = _direction(change)
    if wanted:
        words = both("wanted", "wanted", wanted)
        yield fault("direction", change.place, what=kind, **words)
    amount = yuan(change.amount)
    if not change.reason:
        heading = catalog.columns("adjustments")["reason"].zh
        yield fault("no-reason", change.place, heading, what=kind, amount=amount)
    if not change.document:
        heading = catalog.columns("adjustments")["document"].zh
        yield fault("no-document", change.place, heading, what=kind, amount=amount)


def _direction(change: Adjustment) -> str:
    """What the direction of an adjustment should be; "" if it is right."""
    source, target = leaves(change), reaches(change)
    if change.kind == "supplement":
        return "to" if source is not None or target is None else ""
    if change.kind == "cut":
        return "from" if target is not None or source is None else ""
    if change.kind == "reallocation":
        return "both" if source is None or target is None or source == target else ""
    return "either" if source is None and target is None else ""


def _twice(execution: Execution) -> Iterator[Fault]:
    """Two rows of one voucher that say the same, or that are of two days.

    A voucher may have several lines of one day. What comes back may bear the number of what it
    takes back.
    """
    seen: dict[tuple[object, ...], int] = {}
    first: dict[tuple[str, str], Payment] = {}
    for payment in execution.payments:
        if not payment.document or payment.when > execution.as_of:
            continue
        key = (payment.when, payment.amount, payment.entity, paid_from(payment), payment.document)
        if key in seen:
            yield fault("paid-twice", payment.place, earlier=seen[key])
            continue
        seen[key] = payment.place.line or 0
        if payment.amount < 0:
            continue
        other = first.setdefault((payment.entity, payment.document), payment)
        if other.when != payment.when:
            yield fault(
                "voucher-twice",
                payment.place,
                catalog.columns("payments")["document"].zh,
                text=payment.document,
                earlier=other.place.line or 0,
            )


def _late(execution: Execution) -> Iterator[Fault]:
    """How many rows lie after the day that is asked about."""
    for rows in (execution.payments, execution.adjustments):
        late = [row for row in rows if row.when > execution.as_of]
        if late:
            place = replace(late[0].place, line=None, column=None, excerpt="")
            yield fault("after-date", place, count=len(late), date=execution.as_of.isoformat())


def _against_ledger(ledger: Ledger, execution: Execution) -> Iterator[Fault]:
    """The ledger's own adjusted budget, where it tells one for the whole year."""
    told: dict[str, int] = {}
    for account, amount in initial(ledger, ADJUSTED).items():
        told[account.project] = told.get(account.project, 0) + amount
    if not told or execution.as_of < date(ledger.year, 12, 31):
        return
    sums: dict[str, int] = {}
    for account, amount in (*initial(ledger).items(), *moves(execution.adjustments)):
        sums[account.project] = sums.get(account.project, 0) + amount
    for name, amount in told.items():
        if amount != sums.get(name, 0):
            yield fault(
                "adjusted-differs",
                ledger.source,
                ledger=yuan(amount),
                sum=yuan(sums.get(name, 0)),
                **where(name),
            )
