"""Budget, adjusted budget, payments, pace: worked by hand, and sums that always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.catalog import performance_year as catalog
from mingzhang.model.execution import BASIC, Adjustment, Execution
from mingzhang.model.ledger import Project
from mingzhang.perform.execution import money_risk, pace, public, state
from mingzhang.perform.execution.risk import percent
from smallyear import PLACE, YEAR, execution, ledger, line, paid

AUGUST = date(YEAR, 8, 31)


def change(month: int, kind: str, yuan: int, source: str = "", target: str = "") -> Adjustment:
    return Adjustment(date(YEAR, month, 1), kind, yuan * 100, PLACE, source, target)


def test_by_hand() -> None:
    """大厅 30,000 + 3,000 from 网络 in May; 10,000 more for 网络 in October does not count in August."""
    found = state(
        ledger(),
        replace(
            execution(paid(1, 5_000), paid(8, 6_000), paid(9, 7_000), paid(2, 4_000, "", "30201")),
            adjustments=(
                change(5, "reallocation", 3_000, "网络", "大厅"),
                change(6, "supplement", 600, target=BASIC),
                change(10, "supplement", 10_000, target="网络"),
            ),
        ),
        AUGUST,
    )
    hall, net = found.project("大厅"), found.project("网络")
    assert (hall.budget, hall.adjusted, hall.paid) == (3_000_000, 3_300_000, 1_100_000)
    assert (net.budget, net.adjusted, net.paid) == (1_800_000, 1_500_000, 0)
    assert (found.basic.budget, found.basic.adjusted, found.basic.paid) == (
        1_200_000,
        1_260_000,
        400_000,
    )
    assert (found.whole.budget, found.whole.adjusted, found.whole.paid) == (
        6_000_000,
        6_060_000,
        1_500_000,
    )
    assert hall.rate == Fraction(1, 3)
    assert found.pace == Fraction(2, 3)
    assert hall.deviation == Fraction(1, 3) - Fraction(2, 3)
    assert hall.months == (500_000, 0, 0, 0, 0, 0, 0, 600_000, 0, 0, 0, 0)
    assert [f.name for f in found.funds] == ["general"]
    with pytest.raises(KeyError):
        found.project("没有")


def test_pace() -> None:
    """A twelfth a month, as finance bureaus reckon: 50 % at mid-year, 66.7 % at the end of August."""
    assert pace(date(2023, 1, 1)) == Fraction(1, 12 * 31)
    assert pace(date(2024, 2, 29)) == pace(date(2023, 2, 28)) == Fraction(1, 6)
    assert pace(date(2024, 2, 28)) == Fraction(1, 12) + Fraction(28, 12 * 29)
    assert pace(date(2023, 6, 30)) == Fraction(1, 2)
    assert pace(date(2023, 8, 31)) == Fraction(2, 3)
    assert pace(date(2023, 12, 31)) == 1
    with pytest.raises(ValueError, match="2022"):
        state(ledger(), execution(), date(2022, 8, 31))


DAYS = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))
WHERE = st.sampled_from([("大厅", "30227"), ("大厅", "30201"), ("网络", "30213"), ("", "30201")])
PAYMENTS = st.lists(
    st.builds(
        lambda day, where, yuan: replace(paid(1, yuan, *where), when=day),
        DAYS,
        WHERE,
        st.integers(-50, 5_000),
    ),
    max_size=30,
)
ENDS = st.sampled_from(["", BASIC, "大厅", "网络"])
CHANGES = st.lists(
    st.builds(
        lambda day, yuan, source, target: Adjustment(
            day, "revision", yuan * 100, PLACE, source, target
        ),
        DAYS,
        st.integers(0, 3_000),
        ENDS,
        ENDS,
    ),
    max_size=10,
)


@settings(max_examples=60, deadline=None)
@given(PAYMENTS, CHANGES, DAYS)
def test_the_whole_is_its_parts(
    payments: list[object], changes: list[Adjustment], day: date
) -> None:
    run = Execution(YEAR, day, tuple(payments), tuple(changes))  # type: ignore[arg-type]
    found = state(ledger(), run, day)
    for field in ("budget", "adjusted", "paid"):
        whole = getattr(found.whole, field)
        assert whole == getattr(found.basic, field) + getattr(found.together, field)
        assert getattr(found.together, field) == sum(getattr(p, field) for p in found.projects)
        assert whole == sum(getattr(f, field) for f in found.funds)
    assert found.whole.paid == sum(p.amount for p in run.payments if p.when <= day)
    assert sum(found.whole.months) == found.whole.paid
    assert found.whole.budget == 6_000_000
    outside = [c for c in changes if c.when <= day and bool(c.source) != bool(c.target)]
    moved = sum(c.amount if c.target else -c.amount for c in outside)
    assert found.whole.adjusted == 6_000_000 + moved
    assert 0 < found.pace <= 1


@pytest.mark.parametrize(
    ("yuan", "month", "level", "keys"),
    [
        (20_000, 8, "normal", []),  # 66.7 %
        (16_900, 8, "attention", ["behind"]),  # 56.3 %: 10.2 points behind
        (13_900, 8, "warning", ["behind"]),
        (25_000, 8, "attention", ["ahead"]),
        (31_000, 8, "warning", ["overspent"]),
        (28_000, 12, "attention", ["year"]),  # 93.3 %
        (20_000, 12, "warning", ["year"]),
    ],
)
def test_classes_of_money(yuan: int, month: int, level: str, keys: list[str]) -> None:
    """One payment in February: no forecast (nothing in the last six months), only rate and pace."""
    day = date(YEAR, month, 31)
    found = state(ledger(), execution(paid(1, yuan)), day).project("大厅")
    risk = money_risk(found)
    assert (risk.level, [r.key for r in risk.reasons]) == (level, keys)
    assert "{" not in risk.said("zh") + risk.said("en")


def test_levels_are_those_of_the_catalog() -> None:
    assert [catalog.level_name(level) for level in catalog.LEVELS] == ["正常", "关注", "预警"]
    assert (percent(Fraction(2, 3)), percent(Fraction(-1, 3000))) == ("66.7%", "0.0%")
    assert percent(Fraction(-1, 8)) == "-12.5%"


def test_what_is_withheld_leaves_every_sum() -> None:
    """A secret project and a secret line of a project in sight: neither shows in any total."""
    secret = Project("绝密", PLACE, withheld=True)
    books = ledger(
        line("绝密", "30213", 9_000), line("", "30299", 700, withheld=True), projects=(secret,)
    )
    run = replace(
        execution(paid(1, 1_000), paid(1, 5_000, "绝密", "30213"), paid(1, 70, "", "30299")),
        adjustments=(change(2, "reallocation", 400, "绝密", "大厅"),),
    )
    all_of_it = state(books, run, AUGUST)
    seen = state(*public(books, run), AUGUST)
    assert all_of_it.whole.budget == 6_970_000 and all_of_it.whole.paid == 607_000
    assert seen.whole.budget == 6_000_000 and seen.whole.paid == 100_000
    assert seen.whole.adjusted == 6_040_000
    assert [p.name for p in seen.projects] == ["大厅", "网络"]
    moved = replace(change(2, "supplement", 90, target=BASIC), function="2010308", economic="30299")
    run = replace(run, adjustments=(moved,))
    assert state(books, run, AUGUST).basic.adjusted == 1_279_000
    assert state(*public(books, run), AUGUST).basic.adjusted == 1_200_000
    open_books = ledger()
    assert public(open_books, run)[0] is open_books
