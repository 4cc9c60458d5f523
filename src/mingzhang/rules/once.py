"""Work that several rules share, done once per book."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from mingzhang.model.book import Book

T = TypeVar("T")


class _Same:
    """A book as a key: the very object, for books are too large (and hold mappings) to be hashed."""

    __slots__ = ("book",)

    def __init__(self, book: Book) -> None:
        self.book = book

    def __hash__(self) -> int:
        return id(self.book)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.book is other.book


def per_book(look: Callable[[Book], T]) -> Callable[[Book], T]:
    """``look`` remembered for the last few books (books are immutable, so the answer stays right)."""

    @lru_cache(maxsize=4)
    def remembered(same: _Same) -> T:
        return look(same.book)

    @wraps(look)
    def wrapper(book: Book) -> T:
        return remembered(_Same(book))

    return wrapper
