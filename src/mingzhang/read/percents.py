"""Percents 增减百分比栏: which change over which amount a column of percentages shows.

Beside a change (增减额 | 增减%) it is that change over what it is measured against; beside two years
alone (上年预算数 | 本年预算数 | 增减%) it is the later less the earlier, over the earlier. A column that
most of its own lines do not bear out means something else, and is left alone; so is a line whose
base is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.model.book import Blank, Column
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity

Cells = Mapping[tuple[int, int], tuple[Quantity, Decimal]]


def growths(
    fields: Sequence[Column], figures: Sequence[Figure], blanks: Sequence[Blank]
) -> tuple[tuple[Figure, ...], tuple[Ratio, ...]]:
    """The figures of one statement, percentages with what they state, and the ratios they claim."""
    columns = [i for i, c in enumerate(fields) if c.role == "percent"]
    if not columns:
        return tuple(figures), ()
    cells = _cells(figures, blanks)
    claims: dict[str, Ratio] = {}
    for column in columns:
        beside = _beside(fields, column)
        found = {}
        for figure in figures:
            if figure.column == column and figure.row is not None and figure.is_percent:
                found[figure.id] = (figure, _change(cells, figure.row, beside))
        told = {i: pair for i, (_, pair) in found.items() if pair is not None}
        borne = sum(_bears(found[i][0], change, base) for i, (_, change, base) in told.items())
        if told and 2 * borne >= len(told):
            for key, (quantity, _, _) in told.items():
                base_quantity = quantity.base()
                assert base_quantity is not None
                claims[key] = Ratio(key, "growth", quantity, base_quantity)
    stating = tuple(
        replace(f, quantity=claims[f.id].numerator.with_(measure="percent"), unread="")
        if f.id in claims
        else f
        for f in figures
    )
    return stating, tuple(claims.values())


def _cells(figures: Sequence[Figure], blanks: Sequence[Blank]) -> Cells:
    """What each amount cell states, in 分; an empty one is nothing."""
    out: dict[tuple[int, int], tuple[Quantity, Decimal]] = {
        (b.row, b.column): (b.quantity, Decimal(0)) for b in blanks
    }
    for f in figures:
        if f.is_money and f.quantity is not None and f.row is not None and f.column is not None:
            out[f.row, f.column] = (f.quantity, Decimal(f.printed.fen))
    return out


def _beside(fields: Sequence[Column], column: int) -> tuple[int, ...]:
    """The amounts that a percentage may be of: the changes of its own group or the one just before
    it; where its side shows no change, the amounts of the side."""
    here = fields[column]
    mine = [
        i
        for i, c in enumerate(fields)
        if c.side == here.side and c.role == "amount" and i != column
    ]
    changes = [i for i in mine if fields[i].coordinates.get("versus")]
    if not changes:
        return tuple(mine)
    group = [i for i in changes if len(here) > 1 and fields[i].header[:-1] == here.header[:-1]]
    near = [i for i in changes if i == column - 1]
    return tuple(group or near) if len(group or near) == 1 else ()


def _change(
    cells: Cells, row: int, beside: Sequence[int]
) -> tuple[Quantity, Decimal, Decimal] | None:
    """(the change, its amount, the amount of its base) in a row; None if the row does not tell."""
    here = {i: cells[row, i] for i in beside if (row, i) in cells}
    if len(here) == 1 and len(beside) == 1:
        ((quantity, change),) = here.values()
        stated = {q: value for (r, _), (q, value) in cells.items() if r == row}
        base = quantity.base()
        if base is None:
            return None
        if base in stated:
            below = stated[base]
        elif quantity.level() in stated:
            below = stated[quantity.level()] - change
        else:
            return None
        return (quantity, change, below) if below > 0 else None
    if len(here) != 2 or len(beside) != 2:
        return None
    (early, before), (late, now) = sorted(here.values(), key=lambda c: c[0].year or 0)
    if early.year is None or late.year != early.year + 1 or before <= 0:
        return None
    if early.with_(year=0, stage="") != late.with_(year=0, stage=""):
        return None
    return late.with_(versus=f"{early.year}:{early.stage}"), now - before, before


def _bears(figure: Figure, change: Decimal, base: Decimal) -> bool:
    """The printed percentage is about that change over that base."""
    step = Decimal(1).scaleb(-figure.printed.decimals)
    return abs(change * 100 / base - figure.value) <= max(2 * step, abs(figure.value) / 100)
