"""Looking at the statements of a book: which one a line of the contents list announces, which are empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingzhang.catalog.normal import plain
from mingzhang.catalog.statements import short_title
from mingzhang.model.book import Announced, Book, RowHead, Statement
from mingzhang.model.document import Cell
from mingzhang.model.figure import Figure
from mingzhang.model.money import parse_number
from mingzhang.model.place import Place
from mingzhang.rules.once import per_book

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_NOTHING = re.compile(r"[-—–－─/\s]*")


@dataclass(frozen=True, slots=True)
class Matching:
    """Which statement (index) each announced one (index into Book.contents) is.

    ``missing`` are announced and not met, ``extra`` are met and not announced.
    """

    pairs: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    extra: tuple[int, ...]


def ordinal(text: str) -> int | None:
    """The number in "(十二)", "表 12", "公开03表", "三、"; None if there is none."""
    words = plain(text)
    found = re.search(r"\d+", words)
    if found:
        return int(found.group())
    found = re.search(r"[一二三四五六七八九十]+", words)
    if not found:
        return None
    tens, ten, units = found.group().partition("十")
    if not ten:
        return _DIGITS[tens] if len(tens) == 1 else None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0)


def alike(a: str, b: str) -> float:
    """0 … 1: how much two titles or names share."""
    if a == b:
        return 1.0
    if a and b and (a in b or b in a):
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@per_book
def match(book: Book) -> Matching:
    """Pair announced statements with those of the body: same title, else same kind, else much alike."""
    waiting = [i for i, a in enumerate(book.contents) if a.is_statement]
    free = list(range(len(book.statements)))
    pairs: list[tuple[int, int]] = []

    def take(fits: Sequence[tuple[int, int]]) -> None:
        for i, s in fits:
            if i in waiting and s in free:
                waiting.remove(i)
                free.remove(s)
                pairs.append((i, s))

    contents, statements = book.contents, book.statements
    titles = {s: short_title(statements[s].title) for s in free}
    heads = {i: short_title(contents[i].title) for i in waiting}
    take([(i, s) for i in waiting for s in free if heads[i] and heads[i] == titles[s]])
    take(
        [
            (i, s)
            for i in waiting
            for s in free
            if _same_kind(contents[i], statements[s]) and _same_number(contents[i], statements[s])
        ]
    )
    take([(i, s) for i in waiting for s in free if _same_kind(contents[i], statements[s])])
    take(
        sorted(
            (
                (i, s)
                for i in waiting
                for s in free
                if titles[s]
                and not (contents[i].kind and statements[s].kind)
                and alike(heads[i], titles[s]) >= 0.8
            ),
            key=lambda pair: -alike(heads[pair[0]], titles[pair[1]]),
        )
    )
    return Matching(tuple(sorted(pairs)), tuple(waiting), tuple(free))


def _same_kind(announced: Announced, statement: Statement) -> bool:
    return bool(announced.kind) and announced.kind == statement.kind


def _same_number(announced: Announced, statement: Statement) -> bool:
    mine = ordinal(statement.number)
    return mine is not None and mine == ordinal(announced.number)


def amount_columns(statement: Statement) -> tuple[int, ...]:
    """Positions of the columns that hold amounts."""
    return tuple(i for i, c in enumerate(statement.columns) if c.role == "amount")


def is_understood(statement: Statement) -> bool:
    """True if every column was recognised: only then an empty table is surely empty."""
    return bool(amount_columns(statement)) and all(c.role != "unknown" for c in statement.columns)


def is_empty(statement: Statement) -> bool:
    """True for a recognised statement whose amount cells are all blank, dashes or zero."""
    if not statement.kind or not is_understood(statement):
        return False
    for row in statement.rows:
        for column in amount_columns(statement):
            text = row[column] if column < len(row) else ""
            number = parse_number(text)
            if number is None and not _NOTHING.fullmatch(text):
                return False
            if number is not None and number[0] != 0:
                return False
    return True


def figures_of(book: Book, index: int) -> tuple[Figure, ...]:
    """The figures printed in one statement."""
    return tuple(f for f in book.figures if f.statement == index)


def row_place(book: Book, index: int, row: int, text: str) -> Place:
    """The place of a label in a row of a statement, as exactly as the documents tell."""
    statement = book.statements[index]
    near = next((f.place for f in book.figures if f.statement == index and f.row == row), None)
    if near is None:
        near = next((b.place for b in statement.blanks if b.row == row), None)
    if near is None:
        return statement.place.quoting(text)
    words = plain(text)
    for cell in _cells_beside(book, near):
        if plain(cell.text) == words:
            return cell.place
    return near.quoting(text)


def _cells_beside(book: Book, place: Place) -> Iterator[Cell]:
    """Cells printed on the same line (or at the same height of the page)."""
    for document in book.documents:
        if document.source != place.source:
            continue
        for grid in document.grids():
            for cell in grid.cells:
                other = cell.place
                if other.page != place.page or other.line != place.line:
                    continue
                if other.sheet != place.sheet:
                    continue
                if (
                    place.box is not None
                    and other.box is not None
                    and (other.box[3] <= place.box[1] or place.box[3] <= other.box[1])
                ):
                    continue
                yield cell


def codes_in(book: Book) -> Iterator[tuple[int, RowHead]]:
    """(statement index, head) of every row with an account code 科目编码."""
    for index, statement in enumerate(book.statements):
        for head in statement.heads:
            if head.kind == "code" and head.code:
                yield index, head
