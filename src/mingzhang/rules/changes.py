"""Words of change 增减用语: what they say, and which way the words of a reason point."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.book import Book
from mingzhang.model.claim import Direction
from mingzhang.rules.wording import words


def directions(book: Book) -> Iterator[Direction]:
    """Every claim of the book about more, less or the same."""
    return (c for c in book.claims if isinstance(c, Direction))


def speaks_of(reason: str, measures: bool = True) -> frozenset[int]:
    """+1 and/or -1: which way the words of a reason point; names that hold such words do not count.

    Without ``measures``, words of thrift or effort (压减, 节约) do not count either.
    """
    said = reason
    for word in (*words("no_change_names"), *(() if measures else words("measures"))):
        said = said.replace(word, "")
    more = {1} if any(w in said for w in words("up")) else set()
    less = {-1} if any(w in said for w in words("down")) else set()
    return frozenset(more | less)
