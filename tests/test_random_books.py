"""Right by construction: books printed from random ledgers are read whole and never blamed;
one gross slip in a table is caught, with the altered figure among the suspects."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makebook import MadeBook, Style, make_book
from makeledger import Size

import mingzhang as mz
from bench.proving import Prover
from bench.slips import Slip, neighbours, slips

_SLOW = settings(
    deadline=None, max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck)
)

styles = st.builds(
    Style,
    unit=st.sampled_from(("元", "千元", "万元", "亿元")),
    decimals=st.integers(0, 4),
    cut=st.booleans(),
    worked_out=st.booleans(),
    percent_decimals=st.integers(0, 2),
    drop_zeros=st.booleans(),
    commas=st.booleans(),
    prose_unit=st.sampled_from(("", "", "万元")),
    prose_decimals=st.integers(0, 2),
    page=st.sampled_from((0, 20)),
)
sizes = st.builds(
    Size, functions=st.integers(1, 6), economics=st.integers(2, 10), projects=st.integers(1, 6)
)
books = st.builds(
    make_book, st.integers(0, 10**6), styles, sizes, several_funds=st.booleans(), carried=st.booleans()
)  # fmt: skip


@_SLOW
@given(books)
def test_every_printed_figure_is_read(made: MadeBook) -> None:
    book = mz.read_text(made.text)
    read = {(f.place.line, f.place.column): f for f in book.figures}
    for printed in made.figures:
        figure = read.pop((printed.line, printed.column), None)
        assert figure is not None, printed
        assert (figure.value, figure.unit) == (printed.value, printed.unit), printed
        assert figure.in_prose == printed.in_prose
        assert figure.quantity is not None or figure.is_percent, printed
    assert not [f.label for f in read.values() if f.is_money], "read where nothing is printed"


@_SLOW
@given(books)
def test_a_right_book_is_never_blamed(made: MadeBook) -> None:
    report = mz.check(mz.read_text(made.text))
    assert report.verdict == "consistent"
    assert [f.message for f in report.findings if f.severity == "error"] == []
    proof = [f for f in report.findings if f.rule.startswith("MZ00") and f.severity != "note"]
    assert [f.message for f in proof] == []


@_SLOW
@given(books, st.integers(0, 10**6))
def test_one_gross_slip_in_a_table_is_caught_and_listed(made: MadeBook, seed: int) -> None:
    book = mz.read_text(made.text)
    bench = Prover(book)
    for slip in _chosen(book, seed, 3):
        found = bench.altered(slip.figure, slip.text).findings
        suspects = {s.figure for f in found if f.severity != "note" for s in f.suspects}
        assert found, f"not caught: {book.figure(slip.figure)} → {slip.text}"
        assert slip.figure in suspects, f"not listed: {book.figure(slip.figure)} → {slip.text}"


def _chosen(book: mz.Book, seed: int, number: int) -> list[Slip]:
    """Gross slips of figures in tables that the report says are proved."""
    rng = random.Random(seed)
    loose = mz.check(book).coverage
    near = neighbours(book)
    able = [
        f
        for f in book.figures
        if not f.in_prose and f.is_money and f.id not in {**loose.unproved, **loose.unlinked}
    ]
    out = []
    for figure in rng.sample(able, number):
        found = slips(figure, near[figure.id], rng)
        if found:
            out.append(rng.choice(found))
    return out


@cache
def _one() -> mz.Book:
    return mz.read_text(make_book(7, Style(decimals=2), Size(2, 3, 2)).text)


def test_the_same_seed_makes_the_same_book() -> None:
    assert make_book(5).text == make_book(5).text != make_book(6).text


@pytest.mark.parametrize("rounded", [True, False])
def test_a_sum_off_by_more_than_rounding_is_not_hidden_by_the_generator(rounded: bool) -> None:
    """The generator's own figures add up within half a unit each, and not better than that."""
    made = make_book(3, Style(decimals=0, cut=not rounded))
    own = {f.about: f.value for f in made.figures if not f.in_prose}
    leaves = [v for k, v in own.items() if k.startswith("economic 301") and k.endswith("支出总计")]
    whole = next(
        v for k, v in own.items() if k.startswith("economic 301 ") and k.endswith("支出总计")
    )
    assert abs(whole - (sum(leaves) - whole)) <= len(leaves) / 2 + 0.5 * (1 + (not rounded) * 9)


def test_the_shortcut_of_the_benchmark_finds_what_check_finds() -> None:
    """bench/proving.py reuses relations; the findings must be those of mingzhang.check."""
    book = _one()
    bench = Prover(book)
    rng = random.Random(1)
    near = neighbours(book)
    for figure in rng.sample([f for f in book.figures if f.is_money or f.is_percent], 6):
        for slip in slips(figure, near[figure.id], rng)[:1]:
            whole = mz.check(book.with_figure(slip.figure, slip.text))
            want = [f for f in whole.findings if f.rule.startswith("MZ00")]
            mine = bench.altered(slip.figure, slip.text).findings
            assert sorted(f.fingerprint for f in want) == sorted(f.fingerprint for f in mine)
            assert {f.suspects for f in want} == {f.suspects for f in mine}
