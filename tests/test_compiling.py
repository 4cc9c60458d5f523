"""Compiling: a random ledger becomes a right book, whatever the layout and the rounding."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from mingzhang.check import check
from mingzhang.compile.amounts import Amounts
from mingzhang.compiling import Compiled, compile_ledger
from mingzhang.model.edition import Edition, Prose, Table
from mingzhang.model.goal import Goal
from mingzhang.model.ledger import Ledger, Line
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from random_ledger import YEARS, Size, make_ledger

LAYOUTS = tuple(YEARS)
ROUNDINGS = ("additive", "independent")


def right_ledger(seed: int) -> Ledger:
    """One entity or several, government funds, money carried over where the layout has a row for it."""
    lots = random.Random(seed)
    layout = LAYOUTS[seed % len(LAYOUTS)]
    size = Size(
        *(lots.randint(least, most) for least, most in ((1, 3), (0, 4), (0, 3), (0, 6), (1, 3)))
    )
    made = make_ledger(
        seed,
        layout,
        size,
        before=lots.random() < 0.8,
        carried=lots.random() < 0.5 and layout != "shanghai-budget",
        incomes=lots.random() < 0.3,
        rounding=lots.choice(ROUNDINGS),
    )
    # goals without targets or with two targets are slips of the officer that rules rightly find
    return replace(made, goals=tuple(_hit(goal) for goal in made.goals))


def _hit(goal: Goal) -> Goal:
    lines = (
        replace(x, level3=f"{x.level3}{n}", target=x.target or "≥3")
        for n, x in enumerate(goal.lines)
    )
    return replace(goal, lines=tuple(lines))


Printed = tuple[str, Quantity, int, int]  # kind of statement ("" in prose), quantity, 分, step


def printed(edition: Edition) -> Iterator[Printed]:
    """Every money figure of an edition; a change in words gets its sign from them."""
    for block in edition.body:
        if isinstance(block, Table):
            assert block.unit is not None
            step = block.unit.fen // 10**block.decimals
            for _, _, cell in block.figures():
                assert cell.quantity is not None and cell.fen is not None
                yield block.kind, cell.quantity, cell.fen, max(1, step)
        elif isinstance(block, Prose):
            before = ""
            for span in block.spans:
                if (
                    span.quantity is not None
                    and span.unit is not None
                    and span.unit is not Unit.PERCENT
                ):
                    digits = len(span.text.partition(".")[2])
                    fen = int(Decimal(span.text.replace(",", "")) * span.unit.fen)
                    sign = -1 if before.endswith("减少") else 1
                    yield "", span.quantity, sign * fen, span.unit.fen // 10**digits
                before = span.text


def half_up(fen: int, step: int) -> int:
    size = (2 * abs(fen) + step) // (2 * step) * step
    return size if fen >= 0 else -size


def wrong_rounding(compiled: Compiled, ledger: Ledger) -> list[str]:
    """Figures further from their amounts than their rounding allows."""
    assert compiled.edition is not None
    amounts = Amounts.from_ledger(ledger)
    found = []
    for kind, quantity, fen, step in printed(compiled.edition):
        exact = amounts.of(quantity)
        if ledger.rounding == "additive":
            if abs(fen - exact) >= step:
                found.append(f"{kind} {quantity.key}: {exact} printed {fen}")
        elif not kind and step > 1 and fen and half_up(exact, step) != fen:
            found.append(f"prose {quantity.key}: {exact} printed {fen}")
        elif kind and half_up(exact, step) != fen:
            found.append(f"{kind} {quantity.key}: {exact} printed {fen}")
    return found


def sums_off(edition: Edition) -> list[str]:
    """Sums of tables that do not hold in what is printed."""
    found = []
    for table in edition.tables:
        for one in table.sums:
            cells = [table.rows[r].cells[c].fen for r, c in (one.total, *one.parts)]
            assert None not in cells
            total, *parts = (fen or 0 for fen in cells)
            if total != sum(s * p for s, p in zip(one.signs, parts, strict=True)):
                found.append(f"{table.title} {one}")
    return found


def loud(compiled: Compiled) -> list[str]:
    """Findings above note, and in an additive book notes of rounding."""
    assert compiled.book is not None
    report = check(compiled.book)
    return [
        f"{f.rule} {f.severity} {f.message} {f.equation}"
        for f in report.findings
        if f.severity != "note" or (f.rule == "MZ010" and compiled.moves is not None)
    ]


def sound(ledger: Ledger) -> Compiled:
    """The compiled book, all of whose promises hold."""
    compiled = compile_ledger(ledger)
    assert compiled.edition is not None and compiled.book is not None
    assert [f.message() for f in compiled.faults] == []
    assert check(compiled.book).verdict == "consistent"
    assert wrong_rounding(compiled, ledger) == []
    assert loud(compiled) == []
    if ledger.rounding == "additive":
        assert sums_off(compiled.edition) == []
        assert compiled.moves is not None and compiled.moves.largest < Fraction(1)
    return compiled


@settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_right_ledger_gives_a_right_book(seed: int) -> None:
    ledger = right_ledger(seed)
    if "no-place" in {f.kind for f in compile_ledger(ledger).faults}:
        return  # a fund that this layout has no row for
    compiled = sound(ledger)
    read = {f.printed.fen for f in compiled.book.figures if f.is_money}  # type: ignore[union-attr]
    assert compiled.edition is not None
    # a zero prints nothing in many layouts; all else is read back
    assert {abs(fen) for _, _, fen, _ in printed(compiled.edition) if fen} <= {abs(x) for x in read}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_every_layout_and_rounding(layout: str, rounding: str) -> None:
    """Several entities, three funds, money carried over; odd 分 everywhere."""
    carried = layout != "shanghai-budget"
    ledger = make_ledger(99, layout, Size(3, 4, 2, 5, 3), carried=carried, rounding=rounding)
    compiled = sound(ledger)
    if rounding == "additive":
        assert compiled.moves is not None and compiled.moves.figures > 100


def test_the_same_ledger_gives_the_same_edition() -> None:
    for rounding in ROUNDINGS:
        ledger = make_ledger(5, "shenzhen", Size(2, 3, 2, 4, 2), rounding=rounding)
        one, two = compile_ledger(ledger), compile_ledger(replace(ledger))
        assert one.edition == two.edition
        assert one.edition is not None and len(one.edition.digest) == 64
        other = replace(ledger, lines=tuple(reversed(ledger.lines)))
        mirrored = compile_ledger(other)
        assert mirrored.edition is not None
        rows = [t.rows for t in one.edition.tables if t.kind not in ("procurement", "project")]
        again = [
            t.rows for t in mirrored.edition.tables if t.kind not in ("procurement", "project")
        ]
        assert rows == again  # the order of lines says nothing


def test_additive_prints_one_amount_in_one_way() -> None:
    """The same quantity in table and sentence is the same number (docs: one precision)."""
    compiled = compile_ledger(make_ledger(12, "jiangsu-2018", Size(2, 3, 1, 5, 2)))
    assert compiled.edition is not None
    by: dict[Quantity, set[int]] = {}
    for _, quantity, fen, _ in printed(compiled.edition):
        by.setdefault(quantity, set()).add(fen)
    assert {q.key: fens for q, fens in by.items() if len(fens) > 1} == {}


def test_a_sentence_that_leaves_out_what_did_not_change_still_adds_up() -> None:
    """Seed 7: four functions changed and a fifth by 31 分, which prints as 持平; the four add up."""
    sound(make_ledger(7, "jiangsu-2018", incomes=True))


@pytest.mark.parametrize("flow", ["carry_in", "carry_out"])
def test_money_without_a_place_stops_the_book(flow: str) -> None:
    ledger = make_ledger(3, "shanghai-budget")
    more = Line({(0, "budget"): 5_000_000}, ledger.source, flow=flow)
    compiled = compile_ledger(replace(ledger, lines=(*ledger.lines, more)))
    assert not compiled.ok
    assert "no-place" in {f.kind for f in compiled.faults}


def test_an_unknown_layout_is_told_and_names_the_others() -> None:
    compiled = compile_ledger(replace(make_ledger(1), layout="atlantis"))
    assert compiled.edition is None and not compiled.ok
    (fault,) = compiled.faults
    assert fault.kind == "unknown-layout" and "shenzhen" in fault.message("en")


def test_a_hundred_projects_and_functions_have_their_ordinals() -> None:
    """一百零一: more than 99 of anything is no crash."""
    ledger = make_ledger(1, "shenzhen", Size(1, 1, 0, 1, 1), rounding="independent")
    one = next(x for x in ledger.lines if x.nature == "project")
    project = next(p for p in ledger.projects)
    lines = tuple(replace(one, project=f"{project.name}{n}号") for n in range(120))
    projects = tuple(replace(project, name=f"{project.name}{n}号") for n in range(120))
    compiled = compile_ledger(
        replace(ledger, lines=(*ledger.lines, *lines), projects=(*ledger.projects, *projects))
    )
    assert compiled.edition is not None
    assert not [f for f in compiled.faults if f.severity == "error"]


def test_figures_moved_by_hand_move_by_one_unit_at_most() -> None:
    """尾差调整 is honoured in the table it names, by one unit; more is not rounding."""
    ledger = make_ledger(4, "shenzhen", rounding="independent")
    plain = compile_ledger(ledger).edition
    assert plain is not None
    kind, quantity, fen, step = next(p for p in printed(plain) if p[0] == "summary" and p[2])
    for by, expected in ((step, fen + step), (2 * step, fen), (step // 2, fen)):
        moved = replace(ledger, adjusted={f"{kind} {quantity.key}": fen + by})
        edition = compile_ledger(moved).edition
        assert edition is not None
        got = {f for k, q, f, _ in printed(edition) if (k, q) == (kind, quantity)}
        assert got == {expected}
