"""Empty statements 空表: what they would be about, and whether the book says that there is nothing."""

from __future__ import annotations

import re

from mingzhang.catalog.dimensions import ancestors
from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Statement
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.rules.prose import Line, lines, sentences
from mingzhang.rules.wording import table, words

_ZERO = re.compile(r"(?<![\d.,])0(?:\.0+)?(?:元|万元|。|,|;|$)")


def subject_words(statement: Statement) -> tuple[str, ...]:
    """Words by which the text speaks of what this kind of statement shows; () for kinds that are
    never lawfully empty (a 收支总表)."""
    found: tuple[str, ...] = tuple(table("empty_subjects").get(statement.kind, ()))
    return found


def explained_in_text(book: Book, statement: Statement) -> bool:
    """True if a sentence of the book's text says that there is none of it, or 0 元 of it."""
    subjects = subject_words(statement)
    return any(_says_nothing(line, subjects) for line in lines(book))


def _says_nothing(line: Line, subjects: tuple[str, ...]) -> bool:
    for start, end in sentences(line.words):
        said = line.words[start:end]
        if not any(s in said for s in subjects):
            continue
        if any(w in said for w in words("nothing")) or _ZERO.search(said):
            return True
    return False


def money_in_text(book: Book, statement: Statement) -> tuple[Figure, ...]:
    """Amounts other than zero that the text states for what an empty statement would show."""
    out = []
    for figure in book.figures:
        quantity = figure.quantity
        if not figure.in_prose or not figure.is_money or quantity is None or not figure.value:
            continue
        if quantity.year != book.year or quantity.versus:
            continue
        if _is_about(quantity, statement.kind):
            out.append(figure)
    return tuple(out)


def _is_about(quantity: Quantity, kind: str) -> bool:
    if kind == "sangong":
        return quantity.item == "sangong" or "sangong" in ancestors("item", quantity.item)
    if kind == "procurement":
        return bool(quantity.procurement)
    if kind == "running_cost":
        return quantity.item == "running_cost"
    return kind in ("govfund", "soe") and quantity.fund == kind and quantity.flow != "income"


def funds_named(text: str) -> frozenset[str]:
    """The funds (ids of dimensions.toml) that a remark names."""
    said = plain(text)
    return frozenset(
        fund for fund, names in table("fund_words").items() if any(name in said for name in names)
    )
