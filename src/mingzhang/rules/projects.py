"""Projects 项目 as a book names them, each with the amount beside the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.catalog.normal import bare, plain, project_key
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place
from mingzhang.rules.statements import row_place


@dataclass(frozen=True, slots=True)
class Named:
    """A project's name as printed in one place, with its amount in 分. ``where`` is the statement's
    index, -1 for the text."""

    name: str
    printed: str
    amount: int
    text: str
    where: int
    place: Place
    figures: tuple[str, ...]


def named_projects(book: Book) -> Iterator[Named]:
    """Every project named beside an amount, in tables and in the text."""
    by_row: dict[tuple[int, int], list[Figure]] = {}
    for figure in book.figures:
        if figure.statement is not None and figure.row is not None and figure.is_money:
            by_row.setdefault((figure.statement, figure.row), []).append(figure)
    for index, statement in enumerate(book.statements):
        for head in statement.heads:
            if head.kind != "project" or not bare(head.label):
                continue
            figures = by_row.get((index, head.row), [])
            if figures and figures[0].printed.fen:
                place = row_place(book, index, head.row, head.label)
                yield _named(head.label, figures[0], index, place, figures)
    known = {project_key(h.label) for s in book.statements for h in s.heads if h.kind == "project"}
    yield from _in_text(book, known)


def _in_text(book: Book, known: set[str]) -> Iterator[Named]:
    """Projects of the text that no table has: a sentence's words around a name are not its name."""
    for figure in book.figures:
        quantity = figure.quantity
        if figure.paragraph is None or quantity is None or not figure.is_money:
            continue
        if not quantity.project or quantity.part or quantity.versus or quantity.year != book.year:
            continue
        if quantity.project in known:
            continue
        said = plain(book.paragraphs[figure.paragraph].text)
        if quantity.project in said and figure.printed.fen:
            yield _named(quantity.project, figure, -1, figure.place, [figure])


def _named(label: str, figure: Figure, where: int, place: Place, figures: list[Figure]) -> Named:
    return Named(
        bare(label),
        label.strip(),
        figure.printed.fen,
        f"{figure.text.strip()}{figure.unit}",
        where,
        place,
        tuple(f.id for f in figures),
    )
