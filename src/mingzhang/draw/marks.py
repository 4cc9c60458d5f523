"""Book → marks: cells, statements with their kinds, rows and columns, paragraphs, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mingzhang.catalog.naming import short_name
from mingzhang.draw.ink import Box, Color, Frame, Label, Mark, fitted, width_of
from mingzhang.model.book import Book, Column, Statement
from mingzhang.model.document import Document, Grid
from mingzhang.model.figure import Figure

LINKED: Color = (0.05, 0.55, 0.25)
ALONE: Color = (0.90, 0.55, 0.0)
UNREAD: Color = (0.85, 0.05, 0.15)
STATES: Mapping[str, Color] = {"linked": LINKED, "alone": ALONE, "unread": UNREAD}
CELL: Color = (0.65, 0.75, 0.95)
MERGED: Color = (0.72, 0.45, 0.88)
TABLE: Color = (0.75, 0.10, 0.45)
PROSE: Color = (0.60, 0.80, 0.85)
HEADING: Color = (0.95, 0.60, 0.20)
TAG: Color = (0.15, 0.30, 0.75)

SIZE, LEAST = 4.2, 2.2  # points: labels inside cells are set as large as fits between these
TALL = 9.0  # points: a figure in a lower cell has one label, not two


def marks(
    book: Book, document: Document, states: Mapping[str, str], lang: str
) -> dict[int, list[Mark]]:
    """By page of ``document``: what to draw.

    ``states`` tells of figure ids whether something ties them to others ("linked") or not
    ("alone"); a figure that is not in it is linked if it was understood.
    """
    out: dict[int, list[Mark]] = {}
    mine = [f for f in book.figures if f.place.source == document.source]
    for page, mark in (
        *_grids(document),
        *_prose(document),
        *_statements(book, document, mine),
        *_figures(book, document, mine, states, lang),
    ):
        out.setdefault(page, []).append(mark)
    return out


def _grids(document: Document) -> Iterator[tuple[int, Mark]]:
    for grid in document.grids():
        for cell in grid.cells:
            if cell.place.box is not None and cell.place.page is not None:
                merged = cell.rowspan > 1 or cell.colspan > 1
                x0, y0, x1, y1 = cell.place.box
                inner = (x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8)
                yield cell.place.page, Frame(inner, MERGED if merged else CELL, 0.4)


def _prose(document: Document) -> Iterator[tuple[int, Mark]]:
    for number, paragraph in enumerate(document.paragraphs()):
        color = HEADING if paragraph.level else PROSE
        for k, run in enumerate(paragraph.runs):
            if run.place.box is not None and run.place.page is not None:
                yield run.place.page, Frame(run.place.box, color, 0.4)
                if k == 0:
                    x0, _, _, y1 = run.place.box
                    text = f"{'#' * paragraph.level}{number}"
                    x = max(1.0, x0 - width_of(text, SIZE) - 2)
                    yield run.place.page, Label(x, y1 - 3, text, SIZE, color)


def _statements(
    book: Book, document: Document, figures: Sequence[Figure]
) -> Iterator[tuple[int, Mark]]:
    """Frames of tables with the kind of the statement, its columns and its rows."""
    counts = Counter(f.statement for f in book.figures)
    done: set[int] = set()
    for grid in document.grids():
        page, box = grid.place.page, grid.place.box
        if page is None or box is None:
            continue
        index = _owner(book, document, figures, grid)
        yield page, Frame(box, TABLE if index is not None else UNREAD, 1.2)
        if index is None:
            yield page, Label(box[0] + 1, box[3] + 6, "?", 6.0, UNREAD, paper=True)
            continue
        statement = book.statements[index]
        said = f"s{index} {statement.kind or '?'} · {statement.number} {statement.title}"
        size = f"{statement.unit} · {len(statement.rows)}×{len(statement.columns)}"
        text = f"{said} · {size} · {counts[index]}"
        yield page, Label(box[0] + 1, box[3] + 6.5, text, 5.5, TABLE, paper=True)
        if index not in done:
            done.add(index)
            yield from ((page, mark) for mark in _column_tags(statement, grid))
        yield from ((page, mark) for mark in _row_tags(statement, grid, index, figures))


def _owner(book: Book, document: Document, figures: Sequence[Figure], grid: Grid) -> int | None:
    """The statement that a grid is part of: the one whose figures and blanks stand in it."""
    page, box = grid.place.page, grid.place.box
    assert page is not None and box is not None
    votes = Counter(
        f.statement
        for f in figures
        if f.statement is not None and f.place.page == page and _in(f.place.box, box)
    )
    for index, statement in enumerate(book.statements):
        blanks = [b.place for b in statement.blanks if b.place.source == document.source]
        votes[index] += sum(p.page == page and _in(p.box, box) for p in blanks)
        heading = statement.place
        if heading.source == document.source and page in statement.pages:
            votes[index] += heading.page == page and _in(heading.box, box)
    best = max(votes, key=lambda k: votes[k], default=None)
    if best is not None and votes[best]:
        return best
    here = [
        k
        for k, s in enumerate(book.statements)
        if s.place.source == document.source and page in s.pages
    ]
    return here[0] if len(here) == 1 else None


def _in(inner: Box | None, outer: Box) -> bool:
    if inner is None:
        return False
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _column_tags(statement: Statement, grid: Grid) -> Iterator[Mark]:
    """Above each column: its role and coordinates."""
    assert grid.place.box is not None
    edges = {
        c.column: c.place.box for c in grid.cells if c.colspan == 1 and c.place.box is not None
    }
    for position, column in enumerate(statement.columns):
        box = edges.get(position)
        if box is not None:
            color = UNREAD if column.role == "unknown" else TAG
            label = fitted(
                box[0] + 1, grid.place.box[1] - 1.5, box[2] - box[0] - 2, _meaning(column),
                SIZE, LEAST, color,
            )  # fmt: skip
            if label is not None:
                yield label


def _meaning(column: Column) -> str:
    said = ",".join(str(v) for v in column.coordinates.values())
    return f"{column.role}:{said}" if said else column.role


def _row_tags(
    statement: Statement, grid: Grid, index: int, figures: Sequence[Figure]
) -> Iterator[Mark]:
    """Left of each row with a figure or a blank: the kind of row, and its code."""
    assert grid.place.box is not None
    left, _, right, _ = grid.place.box
    boxes = {
        f.row: f.place.box
        for f in figures
        if f.statement == index and f.place.page == grid.place.page
    } | {b.row: b.place.box for b in statement.blanks if b.place.page == grid.place.page}
    for head in statement.heads:
        box = boxes.get(head.row)
        if box is None or not _in(box, grid.place.box):
            continue
        text = f"{head.kind} {head.code}".strip()
        color = UNREAD if head.kind == "unknown" else TAG
        y = (box[1] + box[3]) / 2 + SIZE / 3
        if head.side == 0:
            yield Label(max(1.0, left - width_of(text, SIZE) - 2), y, text, SIZE, color)
        else:
            yield Label(right + 2, y, text, SIZE, color)


def _figures(
    book: Book,
    document: Document,
    figures: Sequence[Figure],
    states: Mapping[str, str],
    lang: str,
) -> Iterator[tuple[int, Mark]]:
    prose = sorted((f for f in figures if f.in_prose and f.place.box), key=_reading_order)
    rights = _room(prose, document)
    for figure in figures:
        page, box = figure.place.page, figure.place.box
        if page is None or box is None:
            continue
        state = "unread" if figure.quantity is None else states.get(figure.id, "linked")
        color = STATES[state]
        means = short_name(figure.quantity, lang) if figure.quantity else f"? {figure.unread}"
        if figure.in_prose:
            yield page, Frame((box[0] - 0.5, box[1] - 0.5, box[2] + 0.5, box[3] + 0.5), color, 0.9)
            label = fitted(box[0], box[1] - 1, rights[figure.id] - box[0], means, 5.0, LEAST, color)
            if label is not None:
                yield page, label
        else:
            yield from ((page, m) for m in _table_figure(figure, box, color, means))


def _table_figure(figure: Figure, box: Box, color: Color, means: str) -> Iterator[Mark]:
    """A frame; at the head of the cell its row and header path, at the foot its quantity."""
    x0, y0, x1, y1 = box
    yield Frame((x0 + 1, y0 + 1, x1 - 1, y1 - 1), color, 0.9)
    size = min(SIZE, max(LEAST, (y1 - y0) / 6))
    head = fitted(x0 + 2, y0 + 1.5 + size, x1 - x0 - 4, figure.label, size, LEAST, TAG)
    foot = fitted(x0 + 2, y1 - 1.8, x1 - x0 - 4, means, size, LEAST, color)
    if head is not None and y1 - y0 >= TALL:
        yield head
    if foot is not None:
        yield foot


def _reading_order(figure: Figure) -> tuple[int, int, int]:
    return figure.place.page or 0, figure.paragraph or 0, figure.start or 0


def _room(prose: Sequence[Figure], document: Document) -> dict[str, float]:
    """How far to the right the label of a figure in prose may reach: to the next one's."""
    out: dict[str, float] = {}
    for k, figure in enumerate(prose):
        assert figure.place.box is not None and figure.place.page is not None
        page = figure.place.page
        width = document.page_sizes[page - 1][0] if page <= len(document.page_sizes) else 595.0
        right = width - 20
        following = prose[k + 1] if k + 1 < len(prose) else None
        if following is not None and following.place.page == page:
            box = following.place.box
            assert box is not None
            if abs(box[1] - figure.place.box[1]) < 6 and box[0] > figure.place.box[0]:
                right = box[0] - 2
        out[figure.id] = right
    return out
