"""Views: the function view, the economic view and the items of one budget tell of the same money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.catalog.normal import plain
from mingzhang.catalog.pairs import Pair, Term, pairs
from mingzhang.model.book import Book
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation

_EMPTY = {"function": "", "economic": "", "nature": "", "item": "", "fund": ""}


# 机关事业单位… and 行政事业单位… are names of accounts, not of units
_INSTITUTION = re.compile(r"(?<!机关)(?<!行政)事业(?:单位|编制|人员)")


def conditions(book: Book) -> frozenset[str]:
    """What is known of the department: "administrative" if all its units are organs 行政单位.

    Only said where the text counts 行政编制 or 行政单位 and, outside the glossary, never speaks of
    institutions 事业单位.
    """
    glossary = {
        i for s in book.sections if "名词解释" in s.title for i in range(s.first, s.last + 1)
    }
    words = "".join(plain(p.text) for i, p in enumerate(book.paragraphs) if i not in glossary)
    organs = "行政编制" in words or "行政单位" in words
    return (
        frozenset({"administrative"}) if organs and not _INSTITUTION.search(words) else frozenset()
    )


def paired(book: Book, stated: frozenset[Quantity]) -> Iterator[Relation]:
    """The account pairs whose sides are both printed in this book; none of them certain."""
    known = conditions(book)
    settings = {
        (q.year, q.stage, q.entity, q.fund)
        for q in stated
        if q.economic and q.flow == "expenditure" and not q.item
    }
    split = any(q.economic and q.nature in ("personnel", "public") for q in stated)
    for pair in pairs():
        if pair.when and pair.when not in known:
            continue
        if split and any(t.coordinates.get("nature") in ("personnel", "public") for t in pair.left):
            continue  # the book itself says which accounts are personnel and which running costs
        for year, stage, entity, fund in sorted(settings, key=str):
            if not pair.holds(year):
                continue
            found = _relation(pair, Setting(year, stage, entity, fund), stated)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True)
class Setting:
    """The year, stage, unit and fund at which a pair is tried."""

    year: int | None
    stage: str
    entity: str
    fund: str

    def quantity(self, coordinates: Mapping[str, str]) -> Quantity:
        """The quantity of one term; items carry no fund (decision 2)."""
        fund = "" if coordinates.get("item") else self.fund
        return Quantity(
            year=self.year,
            stage=self.stage,
            entity=self.entity,
            flow="expenditure",
            **{**_EMPTY, "fund": fund, **coordinates},
        )


def _relation(pair: Pair, setting: Setting, stated: frozenset[Quantity]) -> Relation | None:
    left = _terms(pair.left, setting, stated)
    right = _terms(pair.right, setting, stated)
    if left is None or right is None:
        return None
    terms = tuple((q, 1) for q in left) + tuple((q, -1) for q in right)
    return Relation(terms, Reason("pair", (("zh", pair.zh), ("en", pair.en))), certain=False)


def _terms(
    terms: Sequence[Term], setting: Setting, stated: frozenset[Quantity]
) -> list[Quantity] | None:
    out = []
    for term in terms:
        quantity = setting.quantity(term.coordinates)
        if quantity not in stated and not quantity.economic and not quantity.item and quantity.fund:
            quantity = quantity.with_(fund="")  # prose speaks of 人员支出 without naming a fund
        if quantity in stated:
            out.append(quantity)
        elif not term.optional:
            return None
    return out or None
