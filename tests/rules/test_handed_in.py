"""Dates that are handed in instead of read: Budget Law art. 14, twenty days after the approval."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mingzhang.model.finding import Finding
from mingzhang.read import read_text_book
from mingzhang.rules import ALL, run
from mingzhang.rules.mz109_published_late import given

BASE = (Path(__file__).parent / "base.txt").read_text("utf-8")
APPROVED = date(2024, 2, 9)


def told(days: int) -> tuple[Finding, ...]:
    book = read_text_book(BASE, "base.txt")
    rule = given(APPROVED, APPROVED + timedelta(days=days))
    return run(book, [rule if r.id == rule.id else r for r in ALL])


@pytest.mark.parametrize("days", [0, 1, 19, 20])
def test_within_twenty_days_is_right(days: int) -> None:
    assert told(days) == ()


def test_over_the_end_of_february() -> None:
    """9 February + 21 days in a leap year is 1 March."""
    (found,) = told(21)
    assert (found.rule, found.severity) == ("MZ109", "warning")
    assert "2024-03-01" in found.message and "隔了 21 日" in found.message
    assert found.places[0].excerpt.endswith("2024 年云川市档案馆部门预算")


def test_published_before_it_was_approved_is_a_note() -> None:
    (found,) = told(-1)
    assert found.severity == "note" and "2024-02-08" in found.message


def test_the_fingerprint_does_not_depend_on_the_dates() -> None:
    assert told(30)[0].fingerprint == told(45)[0].fingerprint
