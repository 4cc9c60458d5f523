"""The glossary 名词解释 of a book: where it is, and which terms it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.catalog.normal import bare, plain
from mingzhang.model.book import Book, Section
from mingzhang.model.place import Place
from mingzhang.rules.prose import body, line_of

_TERM = re.compile(r"([\u4e00-\u9fff()、/]{2,30}?)(?::|是指|指(?=[\u4e00-\u9fff]))")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and where its explanation begins."""

    words: str
    place: Place


def glossary(book: Book) -> Section | None:
    """The last section called 名词解释; None if the book has none."""
    found = [s for s in book.sections if "名词解释" in plain(s.title)]
    return found[-1] if found else None


def texts(book: Book, section: Section) -> tuple[str, str]:
    """(the words of the glossary, all other words of the text), in normal form."""
    inside: list[str] = []
    outside: list[str] = []
    for index, paragraph in body(book):
        half = inside if section.first <= index <= section.last else outside
        half.append(plain(paragraph.text))
    return "".join(inside), "".join(outside)


def terms(book: Book, section: Section) -> Iterator[Term]:
    """The terms that the glossary explains: the words before 指 or a colon at a paragraph's head."""
    for index, paragraph in body(book):
        if not section.first < index <= section.last:
            continue
        line = line_of(paragraph)
        said = bare(line.words[:60])
        found = _TERM.match(said)
        start = line.words.find(found[1]) if found else -1
        if found and start >= 0:
            yield Term(found[1], line.place(start, start + len(found[1])))
