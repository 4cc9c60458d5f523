"""State 执行情况: 年初预算数, 调整后预算数, 执行数, 执行率 and pace of a day, for all and for each project.

Amounts are exact sums in 分; shares are exact fractions.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mingzhang.model.execution import Execution
from mingzhang.model.ledger import Ledger
from mingzhang.perform.execution.budget import Account, initial, moves, paid_from
from mingzhang.perform.execution.forecast import EVEN, Forecast, forecast, weights

KINDS = ("whole", "basic", "projects", "project", "fund")


@dataclass(frozen=True, slots=True)
class Standing:
    """Budget and payments of one thing on one day.

    ``kind`` is one of KINDS (projects: all of them together); ``name`` the project, the id of the
    fund, or "". ``budget`` 年初预算数, ``adjusted`` 调整后预算数 of the day, ``paid`` 执行数 up to the
    day; ``months`` the payments by month (those after the day are 0), in 分. ``pace`` 序时进度.
    """

    kind: str
    name: str
    budget: int
    adjusted: int
    paid: int
    months: tuple[int, ...]
    pace: Fraction
    forecast: Forecast

    @property
    def rate(self) -> Fraction | None:
        """执行率: paid over the adjusted budget; None without a budget."""
        return Fraction(self.paid, self.adjusted) if self.adjusted > 0 else None

    @property
    def deviation(self) -> Fraction | None:
        """The rate less the pace (0.05: five percentage points ahead); None without a budget."""
        return None if self.rate is None else self.rate - self.pace


@dataclass(frozen=True, slots=True)
class State:
    """All standings on one day: the department, basic expenditure, projects (in their order), funds."""

    year: int
    as_of: date
    pace: Fraction
    whole: Standing
    basic: Standing
    together: Standing  # all projects
    projects: tuple[Standing, ...]
    funds: tuple[Standing, ...]

    def project(self, name: str) -> Standing:
        """The standing of a project. Raises KeyError."""
        for standing in self.projects:
            if standing.name == name:
                return standing
        raise KeyError(name)


def pace(as_of: date) -> Fraction:
    """Time-proportional pace 序时进度: a twelfth for each month that is over, and of the month of
    ``as_of`` the share of its days, ``as_of`` included.

    So finance bureaus reckon it 【记】 (50 % at the end of June, 66.7 % at the end of August), and so
    the forecast weighs months where no last year is given.
    """
    days = monthrange(as_of.year, as_of.month)[1]
    return Fraction((as_of.month - 1) * days + as_of.day, 12 * days)


def state(
    ledger: Ledger, execution: Execution, as_of: date, before: Execution | None = None
) -> State:
    """How budget and payments stand on a day of the ledger's year.

    ``execution`` as read by ``read_execution``; ``before`` last year's, for the pattern of the
    forecast. Raises ValueError for a day of another year.
    """
    if as_of.year != ledger.year:
        raise ValueError(f"{as_of} is not in {ledger.year}")
    books = _books(ledger, execution, as_of)
    patterns = _patterns(before)
    names = dict.fromkeys([p.name for p in ledger.projects])
    names.update(dict.fromkeys(a.project for a in books if a.project))
    funds = dict.fromkeys(a.fund for a in books)

    def standing(kind: str, name: str, accounts: Iterable[Account], pattern: str) -> Standing:
        return _standing(kind, name, [books[a] for a in accounts], as_of, patterns[pattern])

    return State(
        ledger.year,
        as_of,
        pace(as_of),
        standing("whole", "", books, "whole"),
        standing("basic", "", (a for a in books if not a.project), "basic"),
        standing("projects", "", (a for a in books if a.project), "projects"),
        tuple(
            standing("project", name, (a for a in books if a.project == name), "projects")
            for name in names
        ),
        tuple(standing("fund", f, (a for a in books if a.fund == f), "whole") for f in funds),
    )


@dataclass(slots=True)
class _Sums:
    budget: int
    adjusted: int
    months: list[int]


def _books(ledger: Ledger, execution: Execution, as_of: date) -> dict[Account, _Sums]:
    """Per account: 年初预算, 调整后预算, payments by month, up to the day."""
    out: dict[Account, _Sums] = {}

    def at(account: Account) -> _Sums:
        return out.setdefault(account, _Sums(0, 0, [0] * 12))

    for account, amount in initial(ledger).items():
        at(account).budget += amount
        at(account).adjusted += amount
    for account, amount in moves(c for c in execution.adjustments if c.when <= as_of):
        at(account).adjusted += amount
    for payment in execution.payments:
        if payment.when <= as_of:
            at(paid_from(payment)).months[payment.when.month - 1] += payment.amount
    return out


def _standing(
    kind: str, name: str, sums: list[_Sums], as_of: date, pattern: tuple[Fraction, ...]
) -> Standing:
    months = tuple(sum(s.months[m] for s in sums) for m in range(12))
    adjusted = sum(s.adjusted for s in sums)
    return Standing(
        kind,
        name,
        sum(s.budget for s in sums),
        adjusted,
        sum(months),
        months,
        pace(as_of),
        forecast(months, adjusted, as_of, pattern),
    )


def _patterns(before: Execution | None) -> dict[str, tuple[Fraction, ...]]:
    """The weights of the months, of last year's payments: in all, basic, and of all projects."""
    if before is None:
        return dict.fromkeys(("whole", "basic", "projects"), EVEN)
    sums = {key: [0] * 12 for key in ("whole", "basic", "projects")}
    for payment in before.payments:
        for key in ("whole", "projects" if payment.project else "basic"):
            sums[key][payment.when.month - 1] += payment.amount
    return {key: weights(months) for key, months in sums.items()}
