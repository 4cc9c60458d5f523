"""Reconstruct: what a book implies for the statements that it announces but does not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.catalog.codes import economics, functions
from mingzhang.catalog.dimensions import name, values
from mingzhang.catalog.layouts import Absent, absent_layout
from mingzhang.check import doubtful, scale_of
from mingzhang.judge.weigh import Scale
from mingzhang.model.book import Announced, Book
from mingzhang.model.money import Interval, Unit
from mingzhang.model.quantity import Quantity
from mingzhang.prove import bounds


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One cell: its quantity and the amounts (分) that the book leaves for it.

    ``text`` is what would be printed, where only one printable value is left; else "".
    """

    quantity: Quantity
    interval: Interval
    text: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class RebuiltStatement:
    """A statement that the contents list names and the body lacks, as far as the rest implies it.

    ``verified`` is False where the layout of the statement itself is not known from a published
    book (REFERENCE.md B1 for Shenzhen's tables 2, 4 and 5): then rows and columns are ours.
    """

    title: str
    kind: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Rebuilt, ...]], ...]
    verified: bool


def reconstruct(book: Book, prior: Sequence[Book] = ()) -> tuple[RebuiltStatement, ...]:
    """Every announced and missing statement of ``book``, rebuilt from all the others.

    Figures that contradict each other are left aside; nothing is rebuilt from a book whose
    contradictions could not be located.
    """
    shown = {s.kind for s in book.statements}
    missing = [a for a in book.contents if a.is_statement and a.kind and a.kind not in shown]
    if not missing:
        return ()
    scale = scale_of(book, prior)
    aside = doubtful(scale)
    if aside is None:
        return ()
    out = []
    for announced in missing:
        layout = absent_layout(announced.kind)
        if layout is not None:
            out.append(_rebuild(book, scale, aside, announced, layout))
    return tuple(out)


def _rebuild(
    book: Book, scale: Scale, aside: frozenset[int], announced: Announced, layout: Absent
) -> RebuiltStatement:
    unit, decimals = _unit(book)
    rows = []
    for label, coordinates in _rows(book, scale, layout):
        cells = []
        for column in layout.columns:
            quantity = Quantity(
                year=book.year, stage=book.stage, **{**layout.coordinates, **coordinates, **column}
            )
            cells.append(_cell(scale, aside, quantity, unit, decimals))
        if any(c.interval != Interval(None, None) for c in cells):
            rows.append((label, tuple(cells)))
    return RebuiltStatement(
        announced.title, announced.kind, unit.value, layout.titles, tuple(rows), layout.verified
    )


def _unit(book: Book) -> tuple[Unit, int]:
    """The unit and decimals that most of the book's table figures are printed in."""
    seen: dict[tuple[Unit, int], int] = {}
    for figure in book.figures:
        if not figure.in_prose and figure.is_money:
            key = (figure.printed.unit, figure.printed.decimals)
            seen[key] = seen.get(key, 0) + 1
    return max(seen, key=lambda k: seen[k]) if seen else (Unit.WAN, 2)


def _rows(book: Book, scale: Scale, layout: Absent) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of the statement: its total, then the lines the book knows of."""
    yield layout.total, dict(layout.total_coordinates)
    if layout.rows in ("function", "economic"):
        table = functions() if layout.rows == "function" else economics()
        for code, label in _codes(book, layout.rows):
            names = table.get(code, ())
            shown = label or (names[0].name if names else "")
            yield f"{code} {shown}".strip(), {layout.rows: code}
    elif layout.rows == "projects":
        seen = dict.fromkeys(
            q.project for q in scale.quantities if q.project and not q.part and not q.procurement
        )
        for project in seen:
            yield project, {"project": project}
    else:
        printed = {q.fund for q in scale.quantities if q.flow == "income" and q.fund}
        for value in values().values():
            if value.dimension == "fund" and value.id in printed:
                yield name("fund", value.id), {"fund": value.id}
        for flow in ("carry_in",):
            yield name("flow", flow), {"flow": flow}


def _codes(book: Book, scheme: str) -> list[tuple[str, str]]:
    """(code, name) of every account of that scheme that the book prints, in order of codes."""
    found: dict[str, str] = {}
    for statement in book.statements:
        for head in statement.heads:
            code = str(head.coordinates.get(scheme, ""))
            if code:
                found.setdefault(code, head.label.strip())
    return sorted(found.items())


def _cell(
    scale: Scale, aside: frozenset[int], quantity: Quantity, unit: Unit, decimals: int
) -> Rebuilt:
    variable = scale.index.get(quantity)
    if variable is None:
        return Rebuilt(quantity, Interval(None, None), "", None, None)
    interval = bounds(scale.system, variable, without=aside)
    step = max(1, unit.fen // 10**decimals)
    low, high = interval
    text = ""
    if low is not None and high is not None:
        # both half-way ends are kept in every interval; the next value itself is not reached
        inset = 1 if high > low and step > 1 else 0
        first, last = _printed(low + inset, step), _printed(high - inset, step)
        if first == last:
            text = f"{Decimal(first) / unit.fen:,.{decimals}f}"
    return Rebuilt(
        quantity,
        interval,
        text,
        None if low is None else Decimal(low) / unit.fen,
        None if high is None else Decimal(high) / unit.fen,
    )


def _printed(fen: int, step: int) -> int:
    """Rounded half up to the printed grid."""
    sign = -1 if fen < 0 else 1
    return sign * ((abs(fen) + step // 2) // step * step)
