"""The benchmarks' own pieces: slips that are slips, documents printed anew, tables written."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from bench.mutation import planned
from bench.report import rewritten
from bench.reprint import reprinted
from bench.slips import GROSS, KINDS, neighbours, slips

import mingzhang as mz
from makebook import Style, make_book
from makeledger import Size
from mingzhang.model.money import parse_number
from mingzhang.read.recognise import recognise


@pytest.fixture(scope="module")
def book() -> mz.Book:
    return mz.read_text(make_book(2, Style(decimals=2), Size(2, 3, 2)).text)


def test_every_slip_is_gross_and_a_number(book: mz.Book) -> None:
    near = neighbours(book)
    kinds = set()
    for figure in book.figures:
        for slip in slips(figure, near[figure.id], random.Random(0)):
            found = parse_number(slip.text)
            assert found is not None, slip
            unit = Decimal(1).scaleb(-figure.printed.decimals)
            assert abs(found[0] - figure.value) >= GROSS * unit, slip
            kinds.add(slip.kind)
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("1,234.50", "swapped", {"2,134.50", "1,324.50", "1,243.50", "1,235.40", "1,234.05"}),
        ("1,234.50", "tenfold", {"12,345.00"}),
        ("1,234.50", "tenth", {"123.45"}),
        ("1,234.50", "sign", {"-1,234.50"}),
        ("36", "doubled", {"336", "366"}),
        ("36", "lost", {"6", "3"}),
    ],
)
def test_what_a_slip_prints(book: mz.Book, text: str, kind: str, expected: set[str]) -> None:
    figure = book.figures[0].printing(text)
    found = {s.text for s in slips(figure, (), random.Random(0)) if s.kind == kind}
    # one text may come about in two ways, then the first counts: ÷10 of 36 is also a digit lost
    assert found and found <= expected


def test_the_plan_keeps_to_its_sample_and_seed(book: mz.Book) -> None:
    plan = planned(book, ("table",), 2, 7)
    assert plan == planned(book, ("table",), 2, 7) != planned(book, ("table",), 2, 8)
    counts = [sum(s.figure == f.id for s in plan) for f in book.figures]
    assert max(counts) == 2
    assert not any(book.figure(s.figure).in_prose for s in plan)


def test_a_number_is_printed_anew_where_it_stands(book: mz.Book) -> None:
    rng = random.Random(3)
    for figure in rng.sample(list(book.figures), 25):
        documents = reprinted(book, figure, "8765.43")
        assert documents is not None
        again = recognise(documents)
        assert again.figure(figure.id).text.strip() == "8765.43"
        others = [(f.id, f.text) for f in again.figures if f.id != figure.id]
        assert others == [(f.id, f.text) for f in book.figures if f.id != figure.id]


def test_the_readme_gets_its_tables_between_the_marks() -> None:
    page = "a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nz\n"
    counts = {
        "slips": 200, "slips_checkable": 200, "caught": 199, "identifiable": 150, "first": 150,
        "ties": 49, "listed": 49, "wrong": 0, "crashed": 0,
    }  # fmt: skip
    found = {"mutation": {"results": {"one": {"scopes": {"table": counts}}}}}
    for lang in ("en", "zh"):
        made = rewritten(page, found, lang)
        assert made.startswith("a\n<!-- bench:begin -->\n") and made.endswith("end -->\nz\n")
        assert "| one | 200 | 99.50 % | – | 75.37 % | 100 % | 100 % | 0 | 0 |" in made
        assert rewritten(made, found, lang) == made
    with pytest.raises(ValueError, match="not one"):
        rewritten("no marks", found, "en")
