"""Right by construction: books printed from random ledgers are read whole and never blamed;
one gross slip in a table is caught, with the altered figure among the suspects."""

from __future__ import annotations

import random
from functools import cache

import pytest
from bench.proving import Prover
from bench.slips import Slip, neighbours, slips

import mingzhang as mz
from makebook import MadeBook, Style, make_book
from makeledger import Size

SEEDS = range(16)


@cache
def made(seed: int) -> MadeBook:
    """A random book in a random style; every unit, precision and way of rounding comes up."""
    rng = random.Random(f"style {seed}")
    prose_unit = rng.choice(("", "", "万元"))
    style = Style(
        unit=rng.choice(("元", "千元", "万元", "万元", "亿元")),
        decimals=rng.randint(0, 4),
        cut=seed % 2 == 1,
        worked_out=rng.random() < 0.5,
        percent_decimals=rng.randint(0, 2),
        drop_zeros=rng.random() < 0.3,
        commas=rng.random() < 0.7,
        prose_unit=prose_unit,
        prose_decimals=rng.randint(0, 2),
        page=rng.choice((0, 20)),
    )
    size = Size(rng.randint(1, 5), rng.randint(2, 8), rng.randint(1, 5))
    return make_book(seed, style, size, rng.random() < 0.5, rng.random() < 0.4)


@cache
def read(seed: int) -> mz.Book:
    return mz.read_text(made(seed).text)


@cache
def checked(seed: int) -> mz.Report:
    return mz.check(read(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_printed_figure_is_read(seed: int) -> None:
    found = {(f.place.line, f.place.column): f for f in read(seed).figures}
    for printed in made(seed).figures:
        figure = found.pop((printed.line, printed.column), None)
        assert figure is not None, printed
        assert (figure.value, figure.unit) == (printed.value, printed.unit), printed
        assert figure.in_prose == printed.in_prose
        assert figure.quantity is not None or figure.is_percent, printed
    assert not [f.label for f in found.values() if f.is_money], "read where nothing is printed"


@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_book_is_never_blamed(seed: int) -> None:
    report = checked(seed)
    assert report.verdict == "consistent"
    assert [f.message for f in report.findings if f.severity == "error"] == []
    proof = [f for f in report.findings if f.rule.startswith("MZ00") and f.severity != "note"]
    assert [f.message for f in proof] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_one_gross_slip_in_a_table_is_caught_and_listed(seed: int) -> None:
    book = read(seed)
    bench = Prover(book)
    for slip in _chosen(seed, 6):
        found = bench.altered(slip.figure, slip.text).findings
        suspects = {s.figure for f in found if f.severity != "note" for s in f.suspects}
        assert found, f"not caught: {book.figure(slip.figure)} → {slip.text}"
        assert slip.figure in suspects, f"not listed: {book.figure(slip.figure)} → {slip.text}"


def _chosen(seed: int, number: int) -> list[Slip]:
    """Gross slips of figures in tables that the report says are proved."""
    rng = random.Random(seed)
    book, loose = read(seed), checked(seed).coverage
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


def test_the_same_seed_makes_the_same_book() -> None:
    assert make_book(5).text == make_book(5).text != make_book(6).text


def test_the_shortcut_of_the_benchmark_finds_what_check_finds() -> None:
    """bench/proving.py reuses relations; the findings must be those of mingzhang.check."""
    book = mz.read_text(make_book(7, Style(decimals=2), Size(2, 3, 2)).text)
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
