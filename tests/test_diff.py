"""Two books or drafts, figure by figure; expectations are worked out by hand from examples/clean."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import mingzhang as mz
from goldbooks import paths
from mingzhang.diff import diff, own
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.money import Unit, parse_printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.review.difference import STATES, Diff, Line, diff_csv, diff_record, shown

CLEAN = (Path(__file__).parents[1] / "examples" / "clean" / "budget.txt").read_text("utf-8")
BOOK = mz.read_text(CLEAN, "clean.txt")


def altered(*changes: tuple[str, str], text: str = CLEAN) -> Book:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return mz.read_text(text, "draft.txt")


def next_year(text: str = CLEAN) -> str:
    """The same book with every year one later: next year's book in which nothing changed."""
    return re.sub(r"20(\d\d)(?=\D)", lambda m: f"20{int(m.group(1)) + 1}", text)


def differing(found: Diff) -> list[Line]:
    return [line for line in found.lines if line.state != "same"]


def test_a_book_does_not_differ_from_itself() -> None:
    found = diff(BOOK, BOOK)
    assert differing(found) == []
    ids = [i for line in found.lines if line.after for i in line.after.figures]
    assert set(ids) >= {f.id for f in BOOK.figures}  # no figure is left out
    assert len(ids) == len(set(ids))


def test_a_figure_that_only_one_place_changed_is_a_line_of_its_own() -> None:
    """1,043 stands in several tables; the draft changes one row of one of them."""
    row = "\t2010302\t一般行政管理事务\t1,043\t0\t1,043\t818"
    found = diff(BOOK, altered((row, row.replace("0\t1,043", "0\t1,403"))))
    (line,) = differing(found)
    assert (line.state, line.difference, line.percent) == (
        "changed", Decimal(360), Decimal("34.52"),
    )  # fmt: skip
    assert line.before is not None
    assert line.after is not None
    assert (line.before.text, line.after.text) == ("1,043", "1,403")
    assert line.quantity is not None
    assert line.quantity.function == "2010302"
    assert "项目支出" in line.names["zh"]


def test_a_row_that_only_one_book_has() -> None:
    (row,) = re.findall(r"^.*\t租赁费\t.*\n", CLEAN, re.MULTILINE)
    text = CLEAN.replace(row, "")
    draft = mz.read_text(text, "draft.txt")
    assert {line.state for line in differing(diff(BOOK, draft))} == {"only-before"}
    back = differing(diff(draft, BOOK))
    assert {line.state for line in back} == {"only-after"}
    assert all(line.before is None and line.difference is None for line in back)
    assert "73" in {line.after.text for line in back if line.after}


def test_words_give_the_sign() -> None:
    """减少 0.3 and 增加 0.3 print the same figure and say the opposite."""
    sentence = re.search(r"公务接待费.{0,40}?减少\s*0\.3", CLEAN)
    assert sentence is not None
    turned = sentence.group().replace("减少", "增加")
    lines = differing(diff(BOOK, altered((sentence.group(), turned))))
    (line,) = [x for x in lines if x.quantity and x.quantity.item == "reception"]
    assert line.difference == Decimal("0.6")
    assert (shown(line.before, "zh"), shown(line.after, "zh")) == ("-0.3", "0.3")


def test_next_years_book_compares_line_by_line() -> None:
    later = mz.read_text(next_year(), "later.txt")
    assert (BOOK.year, later.year) == (2024, 2025)
    found = diff(BOOK, later)
    assert [(x.state, x.names["zh"]) for x in differing(found)] == []
    changed = diff(BOOK, mz.read_text(next_year(CLEAN).replace("386", "390"), "later.txt"))
    grown = [x for x in differing(changed) if x.quantity and x.quantity.function == "2210203"]
    assert grown
    assert {x.difference for x in grown} == {Decimal(4)}
    assert {x.quantity.year for x in grown if x.quantity} == {2025}
    assert "2025" not in grown[0].names["zh"]


def test_years_and_stages_count_from_the_books_own() -> None:
    later = mz.read_text(next_year(), "later.txt")
    for one, other in zip(BOOK.figures, later.figures, strict=True):
        if one.quantity and other.quantity and not one.quantity.local:
            assert own(one.quantity, BOOK) == own(other.quantity, later)


# ------------------------------------------------------------------ what explains a change
def moved(*changes: tuple[str, str], more: int) -> Line:
    """The line of 支出总计 after its parts and itself were changed wherever they are printed."""
    found = diff(BOOK, _with(changes))
    (line,) = [
        x
        for x in differing(found)
        if x.quantity
        and x.quantity.flow == "uses"
        and not x.quantity.versus
        and x.quantity.key == BOOK_TOTAL
    ]
    assert line.difference == more
    return line


BOOK_TOTAL = "year=2024 flow=uses"


def _with(changes: tuple[tuple[str, str], ...]) -> Book:
    """Every figure in 万元 that states an altered quantity, altered: {key: new text}."""
    wanted = dict(changes)
    book = BOOK
    for figure in BOOK.figures:
        if figure.quantity is not None and figure.quantity.key in wanted:
            book = book.with_figure(figure.id, wanted[figure.quantity.key])
    return book


def keys(function: str, value: str) -> list[tuple[str, str]]:
    """Everything that the tables say of one code in total, for ``_with``."""
    total = next(
        f.value
        for f in BOOK.figures
        if f.quantity and f.quantity.function == function and f.quantity.flow == "expenditure"
    )
    return [
        (f.quantity.key, value)
        for f in BOOK.figures
        if f.quantity
        and f.quantity.function == function
        and f.value == total
        and not (f.quantity.versus or f.quantity.procurement or f.quantity.nature)
    ]


def test_the_parts_that_moved_most_explain_a_total() -> None:
    """201 +100, 221 +30, 208 −20 make +110 of 4,196; the other 类 stand still."""
    changes = [
        *keys("201", "2,834"),
        *keys("2010301", "1,791"),
        *keys("20103", "2,834"),
        *keys("221", "638"),
        *keys("208", "723"),
    ]
    totals = {
        (f.quantity.key, "4,306")
        for f in BOOK.figures
        if f.quantity
        and f.value == 4196
        and f.is_money
        and f.quantity.flow in ("uses", "expenditure")
    }
    line = moved(*changes, *totals, more=110)
    assert [m.quantity.function for m in line.because] == ["201", "221", "208"]
    assert [m.difference for m in line.because] == [100, 30, -20]
    assert [m.share for m in line.because] == [Decimal("90.9"), Decimal("27.3"), Decimal("-18.2")]
    first = line.because[0]
    assert [m.quantity.function for m in first.because] == ["2010301"]
    assert first.because[0].difference == 100
    assert first.because[0].because == ()


def test_parts_that_leave_most_of_a_change_open_explain_nothing() -> None:
    total = {
        (f.quantity.key, "4,306")
        for f in BOOK.figures
        if f.quantity
        and f.value == 4196
        and f.is_money
        and f.quantity.flow in ("uses", "expenditure")
    }
    assert moved(*total, *keys("208", "753"), more=110).because == ()


def small(*amounts: tuple[str, str]) -> Book:
    """A book of nothing but figures in 万元: (flow, text)."""
    place = Place("ab" * 32, "small.txt", "x", line=1, column=1)
    figures = []
    for n, (flow, text) in enumerate(amounts):
        printed = parse_printed(text, Unit.WAN)
        assert printed is not None
        figures.append(Figure(f"f{n}", printed, place, flow, Quantity(2024, flow)))
    return Book("", "", 2024, "budget", "", (), (), (), (), (), tuple(figures))


def test_what_is_only_within_a_whole_explains_nothing() -> None:
    """动用上年结转 is within 上年结转 (其中): it adds up to nothing; 上年结转 is part of 收入总计."""
    before = small(("sources", "900"), ("carry_in", "100"), ("carry_in_used", "50"))
    after = small(("sources", "1,000"), ("carry_in", "200"), ("carry_in_used", "150"))
    total, carried, used = diff(before, after).lines
    assert [m.quantity.flow for m in total.because] == ["carry_in"]
    assert carried.difference == 100
    assert carried.because == ()
    assert used.because == ()


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("2,632", "2,632.4", "same"),  # one amount prints as both
        ("2,632", "2,633.4", "changed"),
        ("2,632", "2,633", "changed"),  # printed alike: a unit is a change
        ("2,632.00", "2632", "same"),
    ],
)
def test_slack_is_the_printed_interval(before: str, after: str, state: str) -> None:
    (line,) = diff(small(("uses", before)), small(("uses", after))).lines
    assert line.state == state


def test_units_are_converted() -> None:
    one = small(("uses", "2,632.5"))
    figure = one.figures[0]
    printed = parse_printed("26330000", Unit.YUAN)
    assert printed is not None
    other = replace(one, figures=(replace(figure, printed=printed),))
    (line,) = diff(one, other).lines
    assert (line.state, line.difference) == ("changed", Decimal(5000))
    assert line.percent == Decimal("0.02")


# ------------------------------------------------------------------ as data
SLIPS = diff(BOOK, altered(("386", "222")))


def test_as_plain_data() -> None:
    record = diff_record(SLIPS, "en")
    json.dumps(record)
    assert record["schema"] == "mingzhang-diff-1"
    assert sum(record["counts"].values()) == len(record["lines"]) == len(SLIPS.lines)
    (line, *_) = [x for x in record["lines"] if x["state"] == "changed"]
    assert (line["before"]["value"], line["after"]["value"]) == ("386", "222")
    assert line["difference"] == "-164"
    assert line["percent"] == "-42.49"
    assert line["after"]["place"]["file"] == "draft.txt"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_as_csv(lang: str) -> None:
    rows = list(csv.reader(io.StringIO(diff_csv(SLIPS, lang))))
    assert len(rows) == 1 + len(differing(SLIPS))
    assert len(list(csv.reader(io.StringIO(diff_csv(SLIPS, lang, same=True))))) == 1 + len(
        SLIPS.lines
    )
    assert rows[1][2:6] == ["386", "222", "万元", "-164"]


def test_words_of_a_book_never_become_a_formula() -> None:
    line = replace(SLIPS.lines[0], names={"zh": "=1+1", "en": "@x"}, state="changed")
    text = diff_csv(replace(SLIPS, lines=(line,)), "zh")
    assert "'=1+1" in text


@settings(max_examples=25, deadline=None)
@given(st.integers(0, len(BOOK.figures) - 1), st.integers(1, 99_999))
def test_any_altered_figure_shows(index: int, value: int) -> None:
    """Whatever figure a draft alters, it is among those that differ."""
    figure = BOOK.figures[index]
    assume(abs(abs(figure.value) - value) > 1)  # more than another rounding, or a sign
    draft = BOOK.with_figure(figure.id, str(value))
    lines = differing(diff(BOOK, draft))
    named = {i for x in lines for side in (x.before, x.after) if side for i in side.figures}
    assert figure.id in named


def test_states_are_counted() -> None:
    assert sum(SLIPS.count(s) for s in STATES) == len(SLIPS.lines)


# ------------------------------------------------------------------ published books
def test_a_published_series() -> None:
    """The reserve of a provincial assembly grew from 128.43 to 1,685.72; so its book says."""
    a, b = (mz.read(*paths(f"js-congress-{year}")) for year in (2017, 2018))
    found = diff(a, b)
    (total,) = [
        x for x in found.lines if x.quantity and x.quantity.key == "year=2018 flow=expenditure"
    ]
    assert total.difference == Decimal("2248.37")
    assert total.percent == Decimal("16.47")
    assert [(m.quantity.function, m.difference) for m in total.because] == [
        ("201", Decimal("2177.95")),
        ("221", Decimal("610.15")),
        ("208", Decimal("-539.73")),
    ]
    (reserve,) = [
        x
        for x in found.lines
        if x.quantity and x.quantity.key == "year=2018 flow=expenditure nature=reserve"
    ]
    assert reserve.difference == Decimal("1557.29")
