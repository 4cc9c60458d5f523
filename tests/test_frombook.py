"""From book to ledger and back: every printed figure of the tables again, in its own or another layout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import mingzhang as mz
from goldbooks import paths
from mingzhang.check import check
from mingzhang.compile.amounts import Amounts
from mingzhang.compiling import compile_ledger
from mingzhang.frombook import Recovered, recover
from mingzhang.frombook.recover import CHOSEN, DETERMINED
from mingzhang.ledger import read_ledger
from mingzhang.model.book import Book
from mingzhang.model.ledger import Ledger
from mingzhang.model.quantity import Quantity
from random_ledger import Size, make_ledger

EXAMPLE = Path(__file__).parents[1] / "examples" / "ledger-shenzhen-2023"
# book -> how many table figures are not printed again as they are, each known (bench/figures.json)
BOOKS = {
    "sz-petitions-2023": 0,
    "js-congress-2017": 0,
    "js-congress-2018": 0,
    "js-congress-2019": 0,
    "js-court-2017": 0,
    "js-partyoffice-2017": 0,
    "js-partyoffice-2018": 0,
    "js-partyoffice-2019": 0,
    "sh-finance-2025": 0,
    "sh-welfare-2024": 0,
    "sh-putuo-finance-2024-final": 0,
}
Stated = dict[tuple[str, Quantity], set[str]]


def stated(book: Book) -> Stated:
    """What the tables of a book print, as text, by kind of statement and quantity."""
    out: Stated = {}
    for figure in book.figures:
        if figure.statement is None or not figure.is_money or figure.quantity is None:
            continue
        key = book.statements[figure.statement].kind, named_alike(figure.quantity)
        out.setdefault(key, set()).add(plain(figure.text))
    return out


def named_alike(quantity: Quantity) -> Quantity:
    """Without what a book and its copy may call differently (a project by its short name)."""
    return quantity.with_(project="", part="", local="")


def plain(text: str) -> str:
    """A number without thousands commas and without the zeros behind its point."""
    text = text.replace(",", "").strip()
    return text.rstrip("0").rstrip(".") if "." in text else text


def missing(book: Book, again: Book) -> Iterator[str]:
    """Figures of the tables of ``book`` that ``again`` does not print; a zero may be a blank."""
    mine = stated(again)
    for (kind, quantity), texts in stated(book).items():
        for text in texts - mine.get((kind, quantity), set()):
            if text not in ("0", "-", ""):
                yield f"{kind} {quantity.key}: {text} not {mine.get((kind, quantity))}"


@cache
def recovered(name: str) -> tuple[Book, Recovered]:
    book = mz.read(*paths(name))
    return book, recover(book)


@pytest.mark.parametrize("name", BOOKS)
def test_a_shared_book_is_compiled_again_as_printed(name: str) -> None:
    book, found = recovered(name)
    assert found.broken == () or all(not one.table for one in found.broken)
    compiled = compile_ledger(found.ledger)
    assert compiled.edition is not None and compiled.book is not None
    assert len(list(missing(book, compiled.book))) == BOOKS[name]


def test_the_example_prints_the_403_table_figures_of_the_2023_book() -> None:
    """By kind and quantity: nothing missing, nothing else."""
    book = mz.read(*paths("sz-petitions-2023"))
    ledger = read_ledger(EXAMPLE)[0]
    compiled = compile_ledger(ledger)
    assert compiled.ok and compiled.book is not None
    assert list(missing(book, compiled.book)) == []
    figures = [f for f in book.figures if f.statement is not None and f.is_money and f.quantity]
    assert len(figures) == 403
    report = check(compiled.book)
    assert [f.message for f in report.findings if f.severity == "error"] == []


def test_a_book_moves_to_another_layout() -> None:
    """Shenzhen's book in the statements of Shanghai: another year's layout, the same money."""
    book, _ = recovered("sz-petitions-2023")
    moved = recover(book, "shanghai-budget").ledger
    assert moved.layout == "shanghai-budget"
    compiled = compile_ledger(replace(moved, rounding="additive"))
    assert compiled.edition is not None and compiled.book is not None
    assert {f.kind for f in compiled.faults if f.severity == "error"} <= {"no-reason"}
    assert check(compiled.book).verdict == "consistent"
    spent = Quantity(year=2023, flow="expenditure")
    kinds = {t.kind for t in compiled.edition.statements}
    assert {"summary", "income", "expenditure", "fiscal_summary"} <= kinds
    whole = next(f for f in book.figures if f.quantity == spent and f.statement is not None)
    assert abs(Amounts.from_ledger(moved).of(spent) - whole.printed.fen) <= whole.printed.step_fen


# ---------------------------------------------------------------- what is determined

LAYOUTS = ("shenzhen", "jiangsu-2018", "shanghai-budget", "shanghai-final")


def small(seed: int, layout: str) -> Ledger:
    made = make_ledger(seed, layout, Size(1, 2, 1, 3, 1), rounding="independent")
    return replace(made, entities=made.entities[:1])


@pytest.mark.parametrize("seed", range(4))
def test_a_random_book_comes_back(seed: int) -> None:
    """Ledger → book → ledger → book: the same tables."""
    made = small(seed, LAYOUTS[seed % len(LAYOUTS)])
    first = compile_ledger(made)
    assert first.book is not None
    back = recover(first.book)
    second = compile_ledger(back.ledger)
    assert second.book is not None
    assert list(missing(first.book, second.book)) == []
    assert list(missing(second.book, first.book)) == []
    notes = {line.note for line in back.ledger.lines if line.flow == "expenditure"}
    assert notes <= {DETERMINED, CHOSEN}


def test_what_is_called_determined_is_determined() -> None:
    """A line noted as fixed by the book is, to within what is printed, the amount of the ledger that
    the book was made from; so it is in every other ledger behind the same book."""
    checked = 0
    for layout, seed in product(LAYOUTS, range(3)):
        made = small(seed + 10, layout)
        first = compile_ledger(made)
        assert first.book is not None
        back = recover(first.book).ledger
        true, step = (
            Amounts.from_ledger(made),
            max(f.printed.step_fen for f in first.book.figures if f.is_money),
        )
        for line in back.lines:
            if line.note != DETERMINED or line.flow != "expenditure" or line.items:
                continue
            names = ("function", "economic", "fund", "nature", "project", "part", "procurement")
            where = {name: getattr(line, name) for name in names if getattr(line, name)}
            quantity = Quantity(year=made.year, stage=made.stage, flow="expenditure", **where)
            checked += 1
            gap = true.of(quantity) - line.amounts.get((0, made.stage), 0)
            assert abs(gap) <= step, quantity.key
    assert checked


def test_a_book_without_year_or_amounts_is_refused() -> None:
    book = compile_ledger(small(1, "shenzhen")).book
    assert book is not None
    with pytest.raises(ValueError, match="year"):
        recover(replace(book, year=None))
    with pytest.raises(ValueError, match="amounts"):
        recover(replace(book, figures=()))
