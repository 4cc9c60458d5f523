"""Relations inside one statement: every whole that it lists equals the parts that it lists.

They come from recognised structure only. Where a row or column that nobody understood stands
among the parts, the sum is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingzhang.model.book import Book, Statement
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Reason, Relation
from mingzhang.relate.lattice import DIMENSIONS, full_partition, wholes


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the statement a quantity stands, and whether its row or its column is marked 其中."""

    row: int
    column: int
    row_of_which: bool
    column_of_which: bool

    def of_which(self, whole: Spot) -> bool:
        """True if, seen from the cell of the whole, the mark says that other parts may be missing."""
        return (self.row_of_which and self.row != whole.row) or (
            self.column_of_which and self.column != whole.column
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """The quantities one statement lists. ``printed`` have a figure, the others a blank cell."""

    index: int
    statement: Statement
    where: dict[Quantity, Spot]
    printed: frozenset[Quantity]
    strange_rows: tuple[int, ...]
    strange_columns: tuple[int, ...]


def listings(book: Book) -> tuple[Listing, ...]:
    """What each statement of the book lists."""
    out = []
    by_statement: dict[int, list[tuple[Quantity, int, int, bool]]] = {}
    for figure in book.figures:
        if figure.statement is None or figure.quantity is None or not figure.is_money:
            continue
        assert figure.row is not None and figure.column is not None
        by_statement.setdefault(figure.statement, []).append(
            (figure.quantity, figure.row, figure.column, True)
        )
    for index, statement in enumerate(book.statements):
        cells = list(by_statement.get(index, ()))
        cells += [(b.quantity, b.row, b.column, False) for b in statement.blanks]
        marked = {(h.row, h.side) for h in statement.heads if h.of_which}
        where: dict[Quantity, Spot] = {}
        printed = set()
        for quantity, row, column, is_printed in cells:
            field = statement.columns[column]
            if quantity not in where or is_printed:
                where[quantity] = Spot(row, column, (row, field.side) in marked, field.of_which)
            if is_printed:
                printed.add(quantity)
        strange_rows = tuple(
            h.row for h in statement.heads if h.kind == "unknown" and _has_figure(statement, h.row)
        )
        strange_columns = tuple(
            i
            for i, c in enumerate(statement.columns)
            if c.role == "unknown" and any(col == i for _, col in statement.cells)
        )
        out.append(
            Listing(index, statement, where, frozenset(printed), strange_rows, strange_columns)
        )
    return tuple(out)


def leaf_blanks(found: Iterable[Listing]) -> Iterator[Observation]:
    """Empty cells that mean zero: those of lines that are no total of others in their statement."""
    for listing in found:
        if not listing.statement.blanks:
            continue
        totals = {
            whole
            for quantity in listing.where
            for dimension in DIMENSIONS
            for whole, _ in wholes(quantity, dimension)
        }
        for blank in listing.statement.blanks:
            if blank.quantity not in totals and blank.quantity not in listing.printed:
                yield Observation(blank.id, blank.quantity)


def _has_figure(statement: Statement, row: int) -> bool:
    return any(r == row for r, _ in statement.cells)


def sums(listing: Listing) -> Iterator[Relation]:
    """whole = Σ listed parts, and part ≤ whole for 其中, along every dimension."""
    parts: dict[tuple[Quantity, str], list[Quantity]] = {}
    subsets: dict[tuple[Quantity, str], list[Quantity]] = {}
    for quantity in listing.where:
        for dimension in DIMENSIONS:
            for whole, exact in wholes(quantity, dimension):
                if whole in listing.where:
                    group = parts if exact else subsets
                    group.setdefault((whole, dimension), []).append(quantity)
                    break
    _close_flows(parts)
    for (whole, dimension), listed in parts.items():
        if not _understood(listing, whole, listed):
            continue
        marked = [q for q in listed if listing.where[q].of_which(listing.where[whole])]
        if marked and not _all_parts(dimension, whole, listed):
            yield from (_at_most(listing, q, whole) for q in listed)
        elif any(q in listing.printed for q in (whole, *listed)):
            yield _sum(listing, whole, listed)
    for (whole, _), listed in subsets.items():
        for quantity in listed:
            if quantity in listing.printed or whole in listing.printed:
                yield _at_most(listing, quantity, whole)


_MAIN = {"sources": "income", "uses": "expenditure"}


def _close_flows(parts: dict[tuple[Quantity, str], list[Quantity]]) -> None:
    """收入总计 = 本年收入 + 上年结转 …; where the year's own flow is only listed by its parts, those
    stand for it. Without either, the whole is not asked for."""
    for whole, dimension in [key for key in parts if key[1] == "flow"]:
        beside = parts[whole, "flow"]
        main = _MAIN.get(whole.flow)
        if main is None or any(q.flow == main for q in beside):
            continue
        del parts[whole, dimension]
        for other, listed in parts.items():
            if other[0] == whole and all(q.flow == main for q in listed):
                listed.extend(beside)


def _all_parts(dimension: str, whole: Quantity, listed: Sequence[Quantity]) -> bool:
    if dimension in ("function", "economic", "entity"):
        return False
    return full_partition(
        dimension, str(getattr(whole, dimension)), {str(getattr(q, dimension)) for q in listed}
    )


def _understood(listing: Listing, whole: Quantity, listed: Sequence[Quantity]) -> bool:
    """No row or column that nobody understood stands among the cells of this sum."""
    cells = [listing.where[q] for q in (whole, *listed)]
    rows = [c.row for c in cells]
    columns = [c.column for c in cells]
    if min(rows) != max(rows) and any(
        min(rows) - 1 <= r <= max(rows) + 1 for r in listing.strange_rows
    ):
        return False
    return not (
        min(columns) != max(columns)
        and any(min(columns) - 1 <= c <= max(columns) + 1 for c in listing.strange_columns)
    )


def _sum(listing: Listing, whole: Quantity, listed: Sequence[Quantity]) -> Relation:
    cells = [listing.where[q] for q in listed]
    across = len({c.row for c in cells} | {listing.where[whole].row}) == 1
    kind = "row-sum" if across else "column-sum"
    terms = ((whole, 1), *((q, -1) for q in listed))
    return Relation(terms, _reason(kind, listing))


def _at_most(listing: Listing, part: Quantity, whole: Quantity) -> Relation:
    return Relation(((whole, 1), (part, -1)), _reason("of-which", listing), 0, None)


def _reason(kind: str, listing: Listing) -> Reason:
    statement = listing.statement
    title = statement.title or f"#{listing.index + 1}"
    number = f"{statement.number} " if statement.number else ""
    return Reason(kind, (("statement", f"{number}{title}"),), (statement.place,))


def balance(listing: Listing) -> Iterator[Relation]:
    """收入总计 = 支出总计 (and 本年收入 = 本年支出 only where nothing is carried over: not asked)."""
    for quantity in listing.where:
        if quantity.flow != "sources":
            continue
        other = quantity.with_(flow="uses")
        if other in listing.where:
            yield Relation(((quantity, 1), (other, -1)), _reason("balance", listing))
