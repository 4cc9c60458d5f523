"""Paging 页码: on which page each block of a DOCX begins, reckoned from its own styles.

Word, WPS and LibreOffice break pages themselves, each a little differently; what is printed in the
contents until they renew it is reckoned here: lines of exact height, rows of known height, widths of
signs after ``markup.measured``. All measures are twips (a twentieth of a point).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingzhang.model.edition import Block, Contents, Edition, Heading, Prose, Table
from mingzhang.publish.docx.arrange import begins_page, pages_of, table_room
from mingzhang.publish.docx.markup import Page, lines_of
from mingzhang.publish.docx.table import heights

_ORPHANS = 2  # the fewest lines of a paragraph alone on a page (widowControl)


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style: space above and below, height of a line, em, indents of first and all lines."""

    above: int
    below: int
    line: int
    em: int
    first: int = 0
    left: int = 0


# as styles.py has them
_HEADINGS = {
    1: _Look(240, 360, 640, 440),
    2: _Look(360, 200, 600, 360),
    3: _Look(120, 60, 560, 320, 640),
    4: _Look(0, 0, 560, 320, 640),
}
_BODY, _FLUSH = _Look(0, 0, 560, 320, 640), _Look(0, 0, 560, 320)
_TOC_HEADING = _Look(0, 300, 640, 360)
_TOC = {1: _Look(160, 0, 480, 280), 2: _Look(0, 0, 460, 280, left=560)}
_CAPTION, _LINE = _Look(120, 120, 530, 360), _Look(0, 60, 320, 210)
_NOTE, _END = _Look(60, 0, 320, 210), _Look(0, 0, 20, 2)
_NUMBER = 800  # the dots and the number of a page behind a line of the contents


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is set as one: lines or rows, each whole; ``again`` are header rows of every page.

    ``keeps``: it stays with what follows. ``whole``: it is never broken over two pages.
    """

    above: int
    below: int
    lines: tuple[int, ...]
    again: int = 0
    keeps: bool = False
    whole: bool = False
    rows: bool = False


def page_numbers(edition: Edition) -> Mapping[int, int]:
    """Index of a block in the body -> the page on which it begins, as the footer counts it from 1."""
    pages = pages_of(edition.body)
    flow = _Flow()
    before: Block | None = None
    for index, block in enumerate(edition.body):
        page = pages[index]
        turned = bool(index) and page is not pages[index - 1]
        if index == 0:
            flow.turn(page)
        elif turned or begins_page(before, block):
            flow.settle()
            flow.new_page(page)
        flow.add(index, tuple(_pieces(edition, block, index, page)))
        before = block
    flow.settle()
    return flow.begun


class _Flow:
    """A page being filled. ``begun`` is where each block began."""

    def __init__(self) -> None:
        self.begun: dict[int, int] = {}
        self._number = 1
        self._height = 0
        self._used = 0
        self._waiting: list[tuple[int, _Piece]] = []  # kept with what follows

    def turn(self, page: Page) -> None:
        """Set the size of the page that is being filled."""
        self._height = page.text_height

    def new_page(self, page: Page) -> None:
        """Begin a page."""
        self._number += 1
        self._used = 0
        self._height = page.text_height

    def add(self, index: int, pieces: tuple[_Piece, ...]) -> None:
        """Set a block."""
        for piece in pieces:
            self._waiting.append((index, piece))
            if not piece.keeps:
                self.settle()

    def settle(self) -> None:
        """Set what waits: pieces that keep together, the last of which may be broken."""
        if not self._waiting:
            return
        *kept, (last_index, last) = self._waiting
        self._waiting = []
        least = sum(p.above + sum(p.lines) + p.below for _, p in kept) + last.above + _least(last)
        if self._used and self._used + least > self._height and least <= self._height:
            self._break()
        for index, piece in kept:
            self._set(index, piece)
        self._set(last_index, last)

    def _set(self, index: int, piece: _Piece) -> None:
        self._used += piece.above
        self.begun.setdefault(index, self._number)
        lines = list(piece.lines)
        while lines:
            taken = self._taken(lines, piece)
            if not taken and self._used > piece.again:
                self._break(piece.again)
                continue
            taken = taken or 1
            self._used += sum(lines[:taken])
            lines = lines[taken:]
            if lines:
                self._break(piece.again)
        self._used += piece.below

    def _taken(self, lines: list[int], piece: _Piece) -> int:
        """How many of the lines go on this page."""
        room, count = self._height - self._used, 0
        for height in lines:
            if height > room:
                break
            room -= height
            count += 1
        if piece.rows or count == len(lines):
            return count
        if piece.whole:
            return 0
        count = min(count, len(lines) - _ORPHANS)
        return count if count >= _ORPHANS or len(lines) < len(piece.lines) else 0

    def _break(self, again: int = 0) -> None:
        self._number += 1
        self._used = again


def _least(piece: _Piece) -> int:
    """What of a piece must stand on the page where it begins."""
    count = len(piece.lines)
    if piece.whole or (not piece.rows and count < 2 * _ORPHANS):
        return sum(piece.lines)
    return sum(piece.lines[: 1 if piece.rows else _ORPHANS])


def _pieces(edition: Edition, block: Block, index: int, page: Page) -> Iterator[_Piece]:
    width = page.text_width
    if isinstance(block, Heading):
        look = _HEADINGS[min(max(block.level, 1), 4)]
        yield _paragraph(look, block.text, width, keeps=True, whole=True)
    elif isinstance(block, Prose):
        yield _paragraph(_BODY if block.indent else _FLUSH, block.text, width)
    elif isinstance(block, Contents):
        yield _paragraph(_TOC_HEADING, block.title, width)
        for level, text in edition.contents():
            yield _paragraph(_TOC[level], text, width - _NUMBER)
        yield _paragraph(_END, "", width)
    else:
        yield from _statement(edition, block, index, page)


def _statement(edition: Edition, table: Table, index: int, page: Page) -> Iterator[_Piece]:
    if table.title:  # its type is made small enough for one line
        yield _Piece(_CAPTION.above, _CAPTION.below, (_CAPTION.line,), keeps=True, whole=True)
        yield _Piece(_LINE.above, _LINE.below, (_LINE.line,), keeps=True, whole=True)
    rows = heights(table, page.text_width, table_room(edition.body, index, page))
    head = sum(rows[: table.depth])
    first = (sum(rows[: table.depth + 1]), *rows[table.depth + 1 :])
    again = 0 if table.headed_again else head
    yield _Piece(0, 0, first if any(first) else (), again=again, rows=True)
    for note in table.notes:
        yield _paragraph(_NOTE, note, page.text_width)
    if not table.notes:
        yield _paragraph(_END, "", page.text_width)


def _paragraph(
    look: _Look, text: str, width: int, *, keeps: bool = False, whole: bool = False
) -> _Piece:
    count = lines_of(text, look.em, width - look.left, look.first)
    return _Piece(look.above, look.below, (look.line,) * count, keeps=keeps, whole=whole)
