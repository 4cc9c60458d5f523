"""A statement as an HTML table: header paths as spanning headers, cells exactly as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingzhang.model.book import Column, Statement
from mingzhang.model.figure import Figure
from mingzhang.report.html.figures import anchor, href, in_place
from mingzhang.report.html.markup import Html, Part, tag
from mingzhang.report.view import View

_NUMERIC = frozenset(("amount", "percent", "count"))
_LONGEST = 16  # characters of a number; what is longer in a column of numbers is words


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One header cell: its text and how many columns and rows it spans."""

    text: str
    colspan: int
    rowspan: int


def header_rows(columns: Sequence[Column]) -> list[list[HeaderCell]]:
    """Header paths as rows of cells; neighbours with the same path so far share a cell."""
    levels = max((len(column.header) for column in columns), default=0)
    rows: list[list[HeaderCell]] = []
    for level in range(levels):
        row: list[HeaderCell] = []
        start = 0
        while start < len(columns):
            end = _same_until(columns, start, level)
            path = columns[start].header
            if level < len(path):
                last = level == len(path) - 1
                row.append(HeaderCell(path[level], end - start, levels - level if last else 1))
            elif not path and level == 0:
                row.append(HeaderCell("", 1, levels))
            start = end
        rows.append(row)
    return rows


def _same_until(columns: Sequence[Column], start: int, level: int) -> int:
    """The first column after ``start`` that does not share its header cell at ``level``."""
    first = columns[start]
    end = start + 1
    if level >= len(first.header) - 1:
        return end
    while (
        end < len(columns)
        and columns[end].side == first.side
        and len(columns[end].header) - 1 > level
        and columns[end].header[: level + 1] == first.header[: level + 1]
    ):
        end += 1
    return end


def _head(columns: Sequence[Column]) -> Html | None:
    rows = header_rows(columns)
    if not rows:
        return None
    drawn = []
    for row in rows:
        cells: list[Part] = []
        for cell in row:
            spans = {
                "colspan": cell.colspan if cell.colspan > 1 else None,
                "rowspan": cell.rowspan if cell.rowspan > 1 else None,
            }
            if cell.text.strip():
                scope = "colgroup" if cell.colspan > 1 else "col"
                cells.append(tag("th", cell.text, scope=scope, **spans))
            else:
                cells.append(tag("td", **spans))
        drawn.append(tag("tr", cells))
    return tag("thead", drawn)


def label_columns(columns: Sequence[Column]) -> frozenset[int]:
    """The column of each side that names its rows: its first name column, else its first text."""
    chosen: dict[int, int] = {}
    for roles in (("name",), ("entity", "text", "code", "none", "unknown")):
        sides = dict(chosen)
        for number, column in enumerate(columns):
            if column.role in roles and column.side not in sides:
                sides[column.side] = number
        chosen = sides
    return frozenset(chosen.values())


def table(view: View, index: int, statement: Statement) -> Html:
    """The statement with every figure a link, in a box of its own that scrolls on a small screen.

    The keyboard reaches what scrolls by the figures; where there are none, the box itself is a stop.
    """
    title = view.words("page", "table_of", title=view.statement_name(index))
    caption = tag("caption", title, class_="unseen")
    figures = _ids(view, index)
    drawn = tag("table", caption, _head(statement.columns), _body(view, statement, figures))
    if figures:
        return tag("div", drawn, class_="wide")
    return tag("div", drawn, class_="wide", tabindex=0, role="group", aria_label=title)


def _ids(view: View, index: int) -> Mapping[tuple[int, int], Figure]:
    """(row, column) -> figure of one statement."""
    found: dict[tuple[int, int], Figure] = {}
    for position, figure_id in view.report.book.statements[index].cells.items():
        if figure_id in view.figures:
            found[position] = view.figures[figure_id]
    return found


def _body(view: View, statement: Statement, figures: Mapping[tuple[int, int], Figure]) -> Html:
    columns = statement.columns
    blanks = {(b.row, b.column): b.id for b in statement.blanks}
    labels = label_columns(columns)
    totals = {head.row for head in statement.heads if head.kind == "total"}
    starts = {n for n, c in enumerate(columns) if n and c.side != columns[n - 1].side}
    rows = []
    for r, row in enumerate(statement.rows):
        cells: list[Part] = []
        for c, text in enumerate(row):
            role = columns[c].role if c < len(columns) else ""
            figure = figures.get((r, c))
            shown: Part = text if figure is None else _marked(view, figure, text)
            classes = " ".join(
                name
                for name, holds in (
                    ("n", figure is not None or (role in _NUMERIC and len(text) <= _LONGEST)),
                    ("side", c in starts),
                )
                if holds
            )
            blank = blanks.get((r, c))
            element = anchor(blank) if blank is not None and figure is None else None
            if element is not None and view.state(blank or "") == "suspect":
                hint = view.words("state", "suspect")
                shown = tag("a", "□", class_="f suspect", href=href(element), title=hint)
            if c in labels and text.strip() and figure is None:
                cells.append(tag("th", shown, scope="row", class_=classes or None))
            else:
                cells.append(tag("td", shown, class_=classes or None, id=element))
        rows.append(tag("tr", cells, class_="total" if r in totals else None))
    return tag("tbody", rows)


def _marked(view: View, figure: Figure, text: str) -> Part:
    """The cell text with the figure's own part of it as the link."""
    before, found, after = text.partition(figure.text)
    if not found or not figure.text:
        return in_place(view, figure, text)
    return [before, in_place(view, figure, found), after]
