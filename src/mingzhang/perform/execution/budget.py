"""Budget 预算指标: what each project and account has, at the start and after adjustments, in 分."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mingzhang.model.execution import BASIC, Adjustment, Payment
from mingzhang.model.ledger import Ledger

INITIAL = (0, "budget")
ADJUSTED = (0, "adjusted")


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the budget 预算指标: project ("" basic expenditure), accounts, fund."""

    project: str
    function: str
    economic: str
    fund: str

    @property
    def codes(self) -> str:
        """The accounts for a sentence: "2010308 30227"."""
        return " ".join(c for c in (self.function, self.economic) if c)


def initial(ledger: Ledger, measure: tuple[int, str] = INITIAL) -> dict[Account, int]:
    """The budgeted expenditure 本年支出 by account; entities are added up."""
    out: dict[Account, int] = {}
    for line in ledger.lines:
        if line.flow == "expenditure" and measure in line.amounts:
            key = Account(line.project, line.function, line.economic, line.fund)
            out[key] = out.get(key, 0) + line.amounts[measure]
    return out


def paid_from(payment: Payment) -> Account:
    """The account of a payment."""
    return Account(payment.project, payment.function, payment.economic, payment.fund)


def project_of(name: str) -> str:
    """The project of an adjustment's end; "" for basic expenditure."""
    return "" if name == BASIC else name


def leaves(change: Adjustment) -> Account | None:
    """The account that an adjustment takes from; None if it takes from none."""
    if not change.source:
        return None
    function = change.from_function or change.function
    economic = change.from_economic or change.economic
    return Account(project_of(change.source), function, economic, change.fund)


def reaches(change: Adjustment) -> Account | None:
    """The account that an adjustment adds to; None if it adds to none."""
    if not change.target:
        return None
    return Account(project_of(change.target), change.function, change.economic, change.fund)


def moves(changes: Iterable[Adjustment]) -> Iterator[tuple[Account, int]]:
    """Each account that adjustments touch, with what it gains (a loss is negative)."""
    for change in changes:
        source, target = leaves(change), reaches(change)
        if source is not None:
            yield source, -change.amount
        if target is not None:
            yield target, change.amount
