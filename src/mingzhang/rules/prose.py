"""Looking at the text of a book: what stands outside the contents list, and what a place quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Announced, Book
from mingzhang.model.document import Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.rules.once import per_book

Spot = tuple[str, int | None, int | None, tuple[float, float, float, float] | None]


def spot(place: Place) -> Spot:
    """Where a place is, whatever it quotes."""
    return place.source, place.page, place.line, place.box


@per_book
def contents(book: Book) -> tuple[Announced, ...]:
    """The contents list 目录, up to where a part (第一部分) comes a second time: that is the body."""
    seen: set[str] = set()
    for position, entry in enumerate(book.contents):
        if entry.number.startswith("第"):
            if entry.number in seen:
                return book.contents[:position]
            seen.add(entry.number)
    return book.contents


@per_book
def body(book: Book) -> tuple[tuple[int, Paragraph], ...]:
    """(index, paragraph) of every paragraph that is not a line of the contents list 目录."""
    announced = {spot(a.place) for a in contents(book)}
    return tuple(
        (i, p) for i, p in enumerate(book.paragraphs) if p.runs and spot(p.place) not in announced
    )


@per_book
def body_words(book: Book) -> str:
    """All of the body's text in normal form, run together, so that line ends hide nothing."""
    return "".join(plain(p.text) for _, p in body(book))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph without white space and quotation marks, and the way back to what was printed.

    Commas, brackets and colons are half-width in ``words`` (catalog.normal.plain).
    """

    paragraph: Paragraph
    words: str
    back: tuple[int, ...]  # position in words -> position in the paragraph's text

    def place(self, start: int, end: int) -> Place:
        """The place of ``words[start:end]``, quoting it as printed."""
        first = self.back[start]
        last = self.back[end - 1] + 1 if end > start else first
        return self.paragraph.at(first, last)


def line_of(paragraph: Paragraph) -> Line:
    """The paragraph as a ``Line``."""
    words: list[str] = []
    back: list[int] = []
    for position, char in enumerate(paragraph.text):
        piece = plain(char)
        words.append(piece)
        back.extend([position] * len(piece))
    return Line(paragraph, "".join(words), tuple(back))


@per_book
def lines(book: Book) -> tuple[Line, ...]:
    """Every paragraph of the body as a ``Line``."""
    return tuple(line_of(p) for _, p in body(book))


def context(book: Book, place: Place, before: int = 18, after: int = 6) -> str:
    """Some words around a place, so that a short excerpt can be understood; "" if it is not met."""
    words, here = _met(book, place)
    return words[max(0, here - before) : here + len(place.excerpt) + after].strip()


def told(book: Book, place: Place, after: int = 6) -> str:
    """As ``context`` for people to read: from where a clause begins."""
    words, here = _met(book, place)
    end = here + len(place.excerpt)
    return (clause_before(words, here) + words[here : end + after]).strip() if words else ""


def _met(book: Book, place: Place) -> tuple[str, int]:
    """The paragraph in which a place is, and the position at which it begins; ("", 0) if in none."""
    for paragraph in book.paragraphs:
        offset = 0
        for run in paragraph.runs:
            position = _within(run, place)
            if position is not None:
                return paragraph.text, offset + position
            offset += len(run.text)
    return "", 0


def clause_before(words: str, at: int, room: int = 36) -> str:
    """What stands before ``at``, from where a clause begins and not from mid-word: the longest such
    piece of at most ``room`` characters; where even the last clause is longer, its end after “…”."""
    begins = [m.end() for m in re.finditer(r"[。;；,，:：!！?？]", words[:at])]
    near = next((b for b in (0, *begins) if at - b <= room and words[b:at].strip()), None)
    if near is not None or not words[:at].strip():
        return words[near or 0 : at]
    return "…" + words[max(0, at - room) : at]


def _within(run: Run, place: Place) -> int | None:
    """The position in a run at which a place begins; None if the place is not in it."""
    other = run.place
    if (other.source, other.page, other.line) != (place.source, place.page, place.line):
        return None
    if place.column is not None and other.column is not None:
        position = place.column - other.column
        return position if 0 <= position < len(run.text) else None
    if place.box is None or other.box is None or run.edges is None:
        return None
    if place.box[3] <= other.box[1] or other.box[3] <= place.box[1]:
        return None
    return next((i for i, x in enumerate(run.edges[:-1]) if x >= place.box[0] - 0.1), None)


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence: up to 。 ; ! or the end, the mark included."""
    start = 0
    for found in re.finditer(r"[。;；!?！？]", words):
        yield start, found.end()
        start = found.end()
    if start < len(words):
        yield start, len(words)


def sentence_at(words: str, position: int) -> str:
    """The sentence of ``words`` that holds ``position``."""
    for start, end in sentences(words):
        if start <= position < end:
            return words[start:end]
    return ""


def without_numbers(text: str) -> str:
    """Words for a fingerprint: those that stay when a new draft has other amounts."""
    return re.sub(r"[\d.,%\s-]+", "", text)


def starred(text: str, limit: int = 40) -> str:
    """Text short enough to stand in a message."""
    shown = re.sub(r"\s+", "", text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
