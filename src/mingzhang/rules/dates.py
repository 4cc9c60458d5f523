"""Dates 日期 that a book prints of itself: when it was approved 批复 and when it was published 公开."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingzhang.model.book import Book
from mingzhang.model.place import Place
from mingzhang.rules.prose import Line, lines, sentences
from mingzhang.rules.years import years_in

_DAY = r"(20\d{2})(?:年|-|/|\.)(\d{1,2})(?:月|-|/|\.)(\d{1,2})(?:日|(?!\d))"
_NO_DATE = r"(?:(?!20\d{2}(?:年\d{1,2}月|-\d|/\d|\.\d))[^。;;])"
_BUDGET = r"(?:部门|单位|年度|年)(?:收支)?(?:预算|决算)"
_APPROVED = (
    re.compile(rf"{_DAY}{_NO_DATE}{{0,24}}?批复{_NO_DATE}{{0,24}}?{_BUDGET}"),
    re.compile(rf"(?:预算|决算)批复(?:日期|时间)(?:为|是|:)?{_DAY}"),
)
_PUBLISHED = (
    re.compile(rf"(?:公开|公布|发布)(?:日期|时间)(?:为|是|:)?{_DAY}"),
    re.compile(rf"于{_DAY}(?:在|通过|由)?{_NO_DATE}{{0,24}}?(?:向社会公开|予以公开|公开本)"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and where it is printed."""

    day: date
    place: Place


def approvals(book: Book) -> tuple[Dated, ...]:
    """When the finance department approved this budget or account, as far as the text says so."""
    return tuple(_found(book, _APPROVED))


def publications(book: Book) -> tuple[Dated, ...]:
    """When this book was published, as far as the text says so."""
    return tuple(_found(book, _PUBLISHED))


def _found(book: Book, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Dated]:
    for line in lines(book):
        for start, end in sentences(line.words):
            for pattern in patterns:
                for found in pattern.finditer(line.words, start, end):
                    if _of_this(book, found):
                        yield from _dated(line, found)


def _of_this(book: Book, found: re.Match[str]) -> bool:
    """False where the words are about another year's book, or about an account in a budget."""
    said = found[0].replace(found[1], "", 1)
    named = set(years_in(said))
    other = "预算" if book.stage == "final" else "决算"
    own = "决算" if book.stage == "final" else "预算"
    return not (named and book.year not in named) and not (other in said and own not in said)


def _dated(line: Line, found: re.Match[str]) -> Iterator[Dated]:
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:  # 2 月 30 日: misprinted, so nothing follows from it
        return
    yield Dated(day, line.place(*found.span()))
