"""Reading order: paragraphs and statements of a book as they follow each other in its files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mingzhang.model.book import Book
from mingzhang.model.place import Place

_CELL = re.compile(r"[A-Z]+(\d+)")

Key = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph or a statement: its index in the book, its anchor, where it begins."""

    is_statement: bool
    index: int
    key: Key
    place: Place

    @property
    def anchor(self) -> str:
        return f"{'statement' if self.is_statement else 'paragraph'}-{self.index}"


@dataclass(frozen=True)
class Order:
    """The reading order of ``book``."""

    book: Book

    @cached_property
    def _files(self) -> dict[str, int]:
        return {d.source: n for n, d in enumerate(self.book.documents)}

    @cached_property
    def _sheets(self) -> dict[str, int]:
        names = (b.place.sheet for d in self.book.documents for b in d.blocks)
        return {name: n for n, name in enumerate(dict.fromkeys(n for n in names if n))}

    def key(self, place: Place) -> Key:
        """Comparable position of a place: file, page or sheet, line or height on the page."""
        down = 0.0
        cell = _CELL.fullmatch(place.cell or "")
        if place.line is not None:
            down = float(place.line)
        elif place.box is not None:
            down = place.box[1]
        elif cell is not None:
            down = float(cell.group(1))
        file = self._files.get(place.source, len(self._files))
        return file, self._sheets.get(place.sheet or "", 0), place.page or 0, down

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Paragraphs in their order, each statement before the first paragraph that follows it."""
        return tuple(self._merged())

    def _merged(self) -> Iterator[Item]:
        waiting = sorted(
            (Item(True, n, self.key(s.place), s.place) for n, s in enumerate(self.book.statements)),
            key=lambda item: item.key,
        )
        for n, paragraph in enumerate(self.book.paragraphs):
            key = self.key(paragraph.runs[0].place)
            while waiting and waiting[0].key < key:
                yield waiting.pop(0)
            yield Item(False, n, key, paragraph.runs[0].place)
        yield from waiting

    def anchor(self, place: Place) -> str | None:
        """The anchor of the last thing that begins at or above ``place``; None outside the book."""
        if place.source not in self._files:
            return None
        key, found = self.key(place), None
        for item in self.items:
            if item.key <= key and item.key[0] == key[0]:
                found = item.anchor
        return found
