"""Rounding a book as a whole: its readings as cells, rows and links of one controlled rounding.

The relations are those that a checker of the book would use, so a book is additive by the very sums
it will be checked by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.compile.amounts import Amounts
from mingzhang.compile.printing import Key, round_half_up
from mingzhang.compile.seen import Where, where
from mingzhang.compiling.keys import keys_of
from mingzhang.model.book import Blank, Book
from mingzhang.model.edition import Edition
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation
from mingzhang.prove.printing import Cell, Link, Printing, Unprintable
from mingzhang.prove.round import controlled_rounding
from mingzhang.prove.system import Row
from mingzhang.relate import relate

_NOTHING = Quantity(local="nothing")
"""What a relation leaves out: printed as zero, whatever it is."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What controlled rounding did: how many figures do not print as they would by themselves, and
    the largest distance of a printed figure from its exact amount, in its own printed unit."""

    figures: int
    moved: int
    largest: Fraction
    optimality: str


def rounded(
    readings: Sequence[tuple[Edition, Book]],
    amounts: Amounts,
    before: Mapping[Key, int] | None = None,
) -> tuple[Mapping[Key, int], Moves, bool]:
    """Printed values (分) for every figure, so that all relations of these readings of the book hold
    in print; and whether the last reading had a relation that its own figures do not keep.

    ``before`` are the values that the last reading was printed with. Raises
    prove.printing.Unprintable if there are no such values.
    """
    try:
        return _rounded(readings, amounts, before or {}, True)
    except Unprintable:
        return _rounded(readings, amounts, before or {}, False)


def _rounded(
    readings: Sequence[tuple[Edition, Book]],
    amounts: Amounts,
    before: Mapping[Key, int],
    nearly: bool,
) -> tuple[Mapping[Key, int], Moves, bool]:
    cells: dict[Key, int] = {}
    values: list[int] = []
    rows: dict[Row, None] = {}
    links: dict[Link, None] = {}
    broken = False
    for edition, book in readings:
        mine = dict(keys_of(edition))
        for key in mine.values():
            if key not in cells:
                cells[key] = len(cells)
                values.append(amounts.of(key[0]))
        of_read = _by_quantity(book, mine)
        finest = {q: min(keys, key=lambda k: k[1]) for q, keys in of_read.items()}
        printed = {
            cells[key]: before.get(key, round_half_up(values[cells[key]], key[1]))
            for key in mine.values()
        }
        broken = False
        for relation in relate(book).relations:
            row = _row(relation, finest, cells, values, amounts, nearly)
            if row is not None:
                rows[row] = None
                broken = broken or not _keeps(row, printed)
        links.update(dict.fromkeys(_links(cells, values, of_read)))
    printing = Printing(
        tuple(
            Cell(value, step, _weight(quantity), 0 if quantity is _NOTHING else None)
            for (quantity, step), value in zip(cells, values, strict=True)
        ),
        tuple(rows),
        tuple(links),
    )
    answer = controlled_rounding(printing)
    chosen = {key: answer.printed[i] for key, i in cells.items()}
    moves = Moves(len(cells), len(answer.moved), answer.largest, answer.optimality)
    return chosen, moves, broken


def _by_quantity(book: Book, mine: Mapping[Where, Key]) -> dict[Quantity, set[Key]]:
    """What the reader calls a quantity → the keys of the figures and blanks that print it."""
    out: dict[Quantity, set[Key]] = {}
    printed: list[Figure | Blank] = [*book.figures]
    printed += [blank for statement in book.statements for blank in statement.blanks]
    for seen in printed:
        key = mine.get(where(seen.place))
        if key is not None and seen.quantity is not None:
            out.setdefault(seen.quantity, set()).add(key)
    return out


def _keeps(row: Row, printed: Mapping[int, int]) -> bool:
    """True if these printed values obey the row (or do not tell)."""
    if any(c not in printed for c, _ in row.terms):
        return True
    total = sum(a * printed[c] for c, a in row.terms)
    return (row.low is None or total >= row.low) and (row.high is None or total <= row.high)


def _row(
    relation: Relation,
    finest: Mapping[Quantity, Key],
    cells: dict[Key, int],
    values: list[int],
    amounts: Amounts,
    nearly: bool,
) -> Row | None:
    """A relation as a row over cells; None where it need not hold in print.

    Percentages state nothing to the last digit; figures of different printed units cannot add up
    in print; what the exact amounts do not obey (a pair that only usually holds) is not demanded.
    ``nearly``: unless it is by less than one printed unit, as when a sentence adds up changes and
    leaves out one that prints as 持平; that one, and what else is missing, prints as nothing.
    """
    if relation.figure is not None or any(q.measure != "money" for q, _ in relation.terms):
        return None
    steps = {finest[q][1] for q, _ in relation.terms if q in finest}
    if len(steps) != 1:
        return None
    step = steps.pop()
    keys = [finest.get(q, (q, step)) for q, _ in relation.terms]
    total = sum(
        a * (values[cells[k]] if k in cells else amounts.of(k[0]))
        for k, (_, a) in zip(keys, relation.terms, strict=True)
    )
    below = 0 if relation.low is None else relation.low - total
    above = 0 if relation.high is None else total - relation.high
    off = max(below, above, 0)
    if off and (not nearly or off >= step):
        return None
    named = [*zip(keys, (a for _, a in relation.terms), strict=True)]
    if off:
        named.append(((_NOTHING, step), 1))
    for key, _ in named:
        if key not in cells:
            cells[key] = len(cells)
            values.append(amounts.of(key[0]) if key[0] is not _NOTHING else 0)
    terms: dict[int, int] = {}
    for key, a in named:
        terms[cells[key]] = terms.get(cells[key], 0) + a
    return Row(tuple((c, a) for c, a in terms.items() if a), relation.low, relation.high)


def _weight(quantity: Quantity) -> int:
    """Totals are dearer to move than details: fewer coordinates, more weight."""
    named = sum(bool(v) for v in quantity[3:-2]) - (quantity.stage != "budget")
    return max(1, 8 - 2 * named)


def _links(
    cells: Mapping[Key, int], values: Sequence[int], of_read: Mapping[Quantity, set[Key]]
) -> Iterator[Link]:
    """One quantity printed at several precisions: each coarser figure is the finest one, rounded.

    What is only read as one (a misread figure) and has another amount is not tied.
    """

    def same(one: Key, other: Key) -> bool:
        return values[cells[one]] == values[cells[other]]

    by_quantity: dict[Quantity, set[Key]] = {}
    for key in cells:
        by_quantity.setdefault(key[0], set()).add(key)
    seen: set[tuple[Key, Key]] = set()
    for keys in (*by_quantity.values(), *of_read.values()):
        fine, *coarser = sorted(keys, key=lambda k: (k[1], k[0].order))
        for key in coarser:
            if (key, fine) not in seen and key[1] % fine[1] == 0 and same(key, fine):
                seen.add((key, fine))
                yield Link(cells[key], cells[fine], None if key[1] > fine[1] else 0)
