"""The three-year series: every year-on-year statement proved or reported, or a reason why not."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from bench.years import SERIES, Statement, statements, unaccounted

import mingzhang as mz
from goldbooks import paths

# What nothing could hold, by hand: percentages of nothing (0 %), amounts inside a reason, and
# 机关运行经费 of 2018 against 2017, of which the books say themselves that they do not compare.
REASONS = {
    "js-congress-2018": {"zero-base": 6, "definition": 1},
    "js-congress-2019": {"zero-base": 5, "within": 8},
    "js-partyoffice-2018": {"definition": 1},
    "js-partyoffice-2019": {},
}
REPORTED = {
    "js-congress-2018": {"1312.56%"},  # 1,557.29 of 128.43 is 1,212.56 %
    "js-congress-2019": set[str](),
    "js-partyoffice-2018": set[str](),
    "js-partyoffice-2019": {"30%"},  # 878.93 of 3,015.16 is 29.15 %
}
AT_LEAST = {  # statements of the prose, counted in the books
    "js-congress-2018": 60,
    "js-congress-2019": 80,
    "js-partyoffice-2018": 45,
    "js-partyoffice-2019": 48,
}


@cache
def found(name: str) -> tuple[Statement, ...]:
    (prior,) = (before for book, before in SERIES if book == name)
    return statements(mz.read(*paths(name)), [mz.read(*paths(prior))])


@pytest.mark.parametrize("name", [book for book, _ in SERIES])
def test_every_statement_about_last_year_is_proved_or_reported_or_explained(name: str) -> None:
    assert len(found(name)) >= AT_LEAST[name]
    assert unaccounted(found(name)) == []
    why = Counter(s.outcome for s in found(name) if s.outcome not in ("proved", "reported"))
    # prose is understood better from time to time: then fewer remain, never others
    assert set(why) <= set(REASONS[name])
    assert all(why[k] <= n for k, n in REASONS[name].items()), why


@pytest.mark.parametrize("name", [book for book, _ in SERIES])
def test_what_is_reported_is_what_is_wrong(name: str) -> None:
    reported = [s for s in found(name) if s.outcome == "reported"]
    assert {s.text for s in reported if s.sort == "percent"} == REPORTED[name]
    assert len(reported) <= 2 * len(REPORTED[name])


@pytest.mark.parametrize("name", [book for book, _ in SERIES])
def test_a_slip_in_last_years_amount_shows_beside_last_years_book(name: str) -> None:
    """One amount of change in each book, altered by a tenth, among those told to be proved."""
    (before,) = (p for book, p in SERIES if book == name)
    prior = mz.read(*paths(before))
    book = mz.read(*paths(name))
    report = mz.check(book, prior=[prior])
    known = {f.fingerprint for f in report.findings}
    proved = set(report.coverage.unlinked) | set(report.coverage.unproved)
    changes = [
        f
        for f in book.figures
        if f.in_prose
        and f.is_money
        and f.value >= 50
        and f.quantity is not None
        and f.quantity.versus
        and not f.quantity.local
        and f.id not in proved
    ]
    for figure in changes[:: max(1, len(changes) // 2)][:2]:
        altered = book.with_figure(figure.id, f"{figure.value * 11 / 10:.2f}")
        new = [
            f
            for f in mz.check(altered, prior=[prior]).findings
            if f.severity != "note" and f.fingerprint not in known
        ]
        assert any(figure.id in f.figures for f in new), figure.label
