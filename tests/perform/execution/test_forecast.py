"""The forecast: by hand, its bounds, that a payment more never lowers it, and how often it holds."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.perform.execution import forecast, pace
from mingzhang.perform.execution.forecast import EVEN, weights

AUGUST = date(2023, 8, 31)


def test_even_months_by_hand() -> None:
    """100 a month for eight months: 1,200 by the year's end, and nothing varies."""
    found = forecast([100] * 8 + [0] * 4, 2_000, AUGUST)
    assert (found.low, found.central, found.high) == (1_200, 1_200, 1_200)
    assert (found.months, found.seasonal) == (6, False)


def test_spread_by_hand() -> None:
    """Months 80 and 120 in turn: rate 100, variance of a month 2400/5 = 480; four months are ahead.

    Standard error: sqrt(480·4·(1 + 4/6)) = 56.57; Student's t with 5 degrees at 80 %: 1.476 → 83.
    """
    found = forecast([80, 120] * 4 + [0] * 4, 5_000, AUGUST)
    assert found.central == 800 + 400
    assert (found.low, found.high) == (1_200 - 83, 1_200 + 83)


def test_last_years_pattern() -> None:
    """Last year a third was paid in December: what is left weighs more than its months."""
    pattern = weights([2] * 11 + [11])
    found = forecast([100] * 8 + [0] * 4, 5_000, AUGUST, pattern)
    # 16 of 33 parts were paid with 800: a part is 50; 17 parts are left
    assert (found.central, found.seasonal) == (800 + 850, True)


def test_part_of_a_month() -> None:
    """On 15 June five whole months count, and half of June is over."""
    found = forecast([60] * 5 + [10] + [0] * 6, 5_000, date(2023, 6, 15))
    assert found.central == 310 + 60 * Fraction(13, 2)


def test_nothing_to_go_by() -> None:
    for months, day in (([0] * 12, AUGUST), ([100] * 2 + [0] * 10, date(2023, 2, 28))):
        found = forecast(months, 500, day)
        assert found.central is None
        assert (found.low, found.high) == (sum(months), 500)
    with pytest.raises(ValueError, match="12"):
        forecast([1] * 11, 5, AUGUST)
    assert weights([0] * 12) == EVEN


MONTHS = st.lists(st.integers(-200, 10_000), min_size=12, max_size=12)
PATTERN = st.lists(st.integers(0, 50), min_size=12, max_size=12).map(weights)
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def until(months: list[int], day: date) -> list[int]:
    return [m if n <= day.month else 0 for n, m in enumerate(months, 1)]


@settings(max_examples=150, deadline=None)
@given(MONTHS, st.integers(0, 120_000), DAYS, PATTERN)
def test_bounds(months: list[int], budget: int, day: date, pattern: tuple[Fraction, ...]) -> None:
    given_months = until(months, day)
    paid = sum(given_months)
    found = forecast(given_months, budget, day, pattern)
    assert paid <= found.low <= found.high <= max(paid, budget)
    if found.central is not None:
        assert found.low <= found.central <= found.high
    if day == date(2023, 12, 31):
        assert found.low == found.central == found.high == paid


@settings(max_examples=150, deadline=None)
@given(MONTHS, st.integers(0, 11), st.integers(1, 500), DAYS, PATTERN)
def test_a_payment_more_never_lowers_it(
    months: list[int], at: int, more: int, day: date, pattern: tuple[Fraction, ...]
) -> None:
    before = until(months, day)
    after = until([m + more * (n == at) for n, m in enumerate(months)], day)
    one, two = forecast(before, 90_000, day, pattern), forecast(after, 90_000, day, pattern)
    if one.central is not None and two.central is not None:
        assert two.central >= one.central


BUDGET = 12 * 28 * 29 * 30 * 31  # a twelfth of it can be shared out to the days of any month


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 1000), st.dates(date(2023, 3, 31), date(2024, 12, 31)))
def test_payments_in_step_with_the_year_come_to_the_budget(times: int, day: date) -> None:
    """A twelfth of the budget a month, and of the last month its days' share: nothing is uncertain."""
    budget = BUDGET * times
    paid = int(budget * pace(day))
    months = [budget // 12] * (day.month - 1) + [paid - budget // 12 * (day.month - 1)]
    found = forecast(months + [0] * (12 - day.month), budget, day)
    if found.central is None:  # January and February: too few months
        assert day.month < 3 or (day.month == 3 and day.day < 31)
        assert (found.low, found.high) == (paid, budget)
    else:
        assert found.low == found.central == found.high == found.uncapped == budget


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=12, max_size=12), st.integers(3, 12))
def test_payments_in_step_with_last_year_come_to_the_budget(parts: list[int], month: int) -> None:
    """What is paid as last year's months were, only more of it, ends as last year did."""
    budget = 7 * sum(parts)
    months = [7 * part if n < month else 0 for n, part in enumerate(parts)]
    found = forecast(months, budget, date(2023, month, monthrange(2023, month)[1]), weights(parts))
    assert found.low == found.central == found.high == budget


def test_the_interval_is_narrower_with_every_two_months() -> None:
    """Months of 80 and 120 in turn, forecast in April, June … December."""
    wide = []
    for month in (4, 6, 8, 10, 12):
        months = [80, 120] * (month // 2) + [0] * (12 - month)
        found = forecast(months, 10**6, date(2023, month, monthrange(2023, month)[1]))
        assert found.low <= 1_200 <= found.high
        wide.append(found.high - found.low)
    assert wide == sorted(wide, reverse=True) and len(set(wide)) == 5 and wide[-1] == 0


def test_it_holds_about_as_often_as_it_says() -> None:
    """Independent months of a normal spread: 80 % of the intervals should hold what came."""
    chance = random.Random(5)
    held = 0
    for _ in range(400):
        year = [round(chance.gauss(10_000, 1_500)) for _ in range(12)]
        found = forecast(until(year, AUGUST), 10**9, AUGUST)
        held += found.low <= sum(year) <= found.high
    assert 0.74 <= held / 400 <= 0.86
