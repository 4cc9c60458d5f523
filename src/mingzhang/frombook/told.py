"""What a book tells of a ledger: its figures as sums of lines that nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mingzhang.catalog.codenames import code_name
from mingzhang.model.book import Book
from mingzhang.model.claim import Direction
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Told:
    """One printed amount: ``fen`` printed to ``step`` (both 分), of which quantity; in a table or not."""

    quantity: Quantity
    fen: int
    step: int
    table: bool


def told(book: Book) -> tuple[Told, ...]:
    """Every money figure that states a known quantity, and every blank, which states zero."""
    names = _project_names(book)
    return (*_told(book, names), *_unchanged(book, names))


def _told(book: Book, names: Mapping[str, str]) -> Iterator[Told]:
    for figure in book.figures:
        quantity = figure.quantity
        if quantity is None or not figure.is_money or quantity.measure != "money":
            continue
        if quantity.local or (quantity.part and not quantity.project):
            continue
        fen = figure.printed.fen
        if quantity.versus and figure.in_prose:
            fen = _signed(book, figure.id, fen)
        step = figure.printed.step_fen
        yield Told(_ours(quantity, names), fen, step, not figure.in_prose)
    for statement in book.statements:
        for blank in statement.blanks:
            if not blank.quantity.local and blank.quantity.measure == "money":
                yield Told(_ours(blank.quantity, names), 0, blank.step_fen, True)


def _unchanged(book: Book, names: Mapping[str, str]) -> Iterator[Told]:
    """持平: a change of nothing, told in words."""
    for claim in book.claims:
        if isinstance(claim, Direction) and not claim.sign:
            quantity = claim.quantity
            if quantity.versus and quantity.measure == "money" and not quantity.local:
                yield Told(_ours(quantity, names), 0, _WORDS, False)


_WORDS = 10_000  # 分: what is told in words is told to 0.01 万元


def _signed(book: Book, figure: str, fen: int) -> int:
    """A change in prose is printed without its sign: the word before it has it."""
    for claim in book.claims:
        if isinstance(claim, Direction) and claim.figure == figure:
            return fen * (-1 if claim.sign < 0 else 1)
    return fen


def _ours(quantity: Quantity, names: Mapping[str, str]) -> Quantity:
    """The reader's quantity as the ledger's lines would have it: full project names, 采购 keys."""
    if quantity.procurement and quantity.project:
        project = f"▸{quantity.project}"
        part = f"▸{quantity.part}" if quantity.part else ""
        return quantity.with_(project=project, part=part, nature="")
    return quantity.with_(project=names.get(quantity.project, quantity.project))


def _project_names(book: Book) -> dict[str, str]:
    """The reader's short project names → the names as the book's tables print them."""
    quantities = {f.id: f.quantity for f in book.figures}
    out: dict[str, str] = {}
    for task in book.tasks:
        for figure in task.figures:
            quantity = quantities.get(figure)
            if quantity is not None and quantity.project:
                out.setdefault(quantity.project, task.name.strip())
    return out


def printed_names(book: Book, year: int | None) -> dict[str, str]:
    """Codes whose names the book prints otherwise than the catalog does, with the book's names."""
    out: dict[str, str] = {}
    for statement in book.statements:
        for head in statement.heads:
            if head.code and head.kind == "code" and head.label.strip():
                scheme = "function" if head.coordinates.get("function") else "economic"
                name = head.label.strip()
                numbered = name.partition("、")[2]
                name = numbered if numbered and len(head.code) == 3 else name
                if name != code_name(scheme, head.code, year):
                    out.setdefault(head.code, name)
    return out


def with_zero(found: tuple[Told, ...]) -> tuple[Told, ...]:
    """One saying for each quantity and precision: the first, finest first, tables before prose."""
    best: dict[tuple[Quantity, int], Told] = {}
    for one in sorted(found, key=lambda t: (t.step, not t.table)):
        best.setdefault((one.quantity, one.step), one)
    return tuple(replace(t) for t in best.values())
