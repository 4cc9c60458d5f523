"""Baseline 比较口径: where a book says in words with which stage of another year it compares.

与上年相比 may mean last year's budget 年初预算, its adjusted budget or its final account; 比上年预算 says
which. Only what is said holds two books to each other; the rest is taken to mean the like stage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from mingzhang.catalog.normal import plain
from mingzhang.catalog.source import table
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity

_STAGES = ("adjusted", "final", "budget")
_SENTENCE = re.compile(r"[。;；]")
_YEARLY = re.compile(r"年初|初预算")


def said(book: Book) -> frozenset[Quantity]:
    """The quantities of other years and stages whose stage the book puts into words."""
    figures = {f.id: f for f in book.figures}
    out = set()
    for quantity, figure in (*_stated(book.figures), *_divided(book, figures)):
        if (quantity.year, quantity.stage) != (book.year, book.stage) and _says(
            book, figure, quantity.stage
        ):
            out.add(quantity)
    return frozenset(out)


def _stated(figures: Iterable[Figure]) -> list[tuple[Quantity, Figure]]:
    return [
        (f.quantity.base() or f.quantity, f)
        for f in figures
        if f.quantity is not None and f.quantity.measure == "money"
    ]


def _divided(book: Book, figures: Mapping[str, Figure]) -> list[tuple[Quantity, Figure]]:
    return [(c.denominator, figures[c.figure]) for c in book.claims if isinstance(c, Ratio)]


def _says(book: Book, figure: Figure, stage: str) -> bool:
    if figure.paragraph is None or figure.start is None:
        words = plain(figure.label)
        if book.stage == stage and figure.statement is not None:
            words += plain(book.statements[figure.statement].title)
        return _names(words, stage, book.stage)
    text = plain(book.paragraphs[figure.paragraph].text[: figure.start])
    sentence = _SENTENCE.split(text)[-1]
    if book.stage == "final" and stage == "budget":
        return bool(_YEARLY.search(sentence))
    found = list(_compared().finditer(sentence))
    return bool(found) and found[-1]["stage"] is not None


def _names(words: str, stage: str, own: str) -> bool:
    if own == "final" and stage == "budget":
        return bool(_YEARLY.search(words))  # 预算数 in a final account may be the adjusted one
    word = {"budget": "预算", "final": "决算", "adjusted": "调整"}.get(stage)
    return word is not None and word in words


@cache
def _compared() -> re.Pattern[str]:
    raw = table("narrative.toml")["baseline"]

    def either(key: str) -> str:
        return "|".join(re.escape(plain(w)) for w in sorted(raw[key], key=len, reverse=True))

    stages = "|".join(either(key) for key in _STAGES)
    return re.compile(
        rf"(?:{either('open')}|{either('joining')})"
        rf"(?:{either('last')}|{either('same')}|(?:19|20)\d\d年?度?)?的?(?P<stage>{stages})?"
    )
