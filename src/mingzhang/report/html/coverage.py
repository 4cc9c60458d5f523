"""Coverage: the book on one sheet, every figure a small square in the colour of its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.model.figure import Figure
from mingzhang.report.html.figures import anchor, href
from mingzhang.report.html.markup import Html, tag
from mingzhang.report.view import View

WIDE, HIGH, SKIP = 13, 6, 1  # a square, and the gap beside it
ACROSS = 30  # figures of the prose on one line


def state_map(view: View, index: int) -> Html | None:
    """The figures of a statement where they stand in it, those of the prose (-1) in reading order;
    each leads to its place. None where there are none."""
    squares = list(_in_prose(view) if index < 0 else _in_statement(view, index))
    if not squares:
        return None
    width = max(column for _, column, _ in squares) + 1
    height = max(row for row, _, _ in squares) + 1
    drawn = [_square(view, row, column, figure) for row, column, figure in squares]
    name = view.statement_name(index)
    return tag(
        "svg",
        drawn,
        class_="map",
        width=width * (WIDE + SKIP),
        height=height * (HIGH + SKIP),
        viewBox=f"0 0 {width * (WIDE + SKIP)} {height * (HIGH + SKIP)}",
        role="group",
        aria_label=view.words("coverage", "map_of", title=name),
    )


def _in_statement(view: View, index: int) -> Iterator[tuple[int, int, Figure]]:
    """(row, column, figure), with the rows and columns that hold no figure left out."""
    mine = [
        f for f in view.figures.values()
        if f.statement == index and f.row is not None and f.column is not None
    ]  # fmt: skip
    rows, columns = _ranks([f.row for f in mine]), _ranks([f.column for f in mine])
    for figure in mine:
        assert figure.row is not None and figure.column is not None
        yield rows[figure.row], columns[figure.column], figure


def _ranks(given: Sequence[int | None]) -> dict[int, int]:
    return {value: rank for rank, value in enumerate(sorted({v for v in given if v is not None}))}


def _in_prose(view: View) -> Iterator[tuple[int, int, Figure]]:
    mine = [f for f in view.figures.values() if f.statement is None]
    mine.sort(key=lambda f: (f.paragraph or 0, f.start or 0))
    for position, figure in enumerate(mine):
        yield position // ACROSS, position % ACROSS, figure


def _square(view: View, row: int, column: int, figure: Figure) -> Html:
    state = view.state(figure.id)
    title = tag("title", f"{figure.text} {figure.label} · {view.words('state', state)}")
    square = tag(
        "rect",
        title,
        x=column * (WIDE + SKIP),
        y=row * (HIGH + SKIP),
        width=WIDE,
        height=HIGH,
        class_=state,
    )
    return tag("a", square, href=href(anchor(figure.id)), tabindex=-1)
