"""What the prose of a book claims, by hand (tests/corpus/claims), against what was read of it.

A claim is right when its figure was read with text and unit, its subject (every coordinate), its
kind, the direction and the baseline of a change, what a percentage is of, and what it is part of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from goldbooks import CORPUS, rows
from goldprose import _key_of_figure, _key_of_row, _sign
from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation
from mingzhang.relate import relate

CLAIMS = CORPUS / "claims"
WITH_CLAIMS = tuple(sorted(p.stem for p in CLAIMS.glob("*.toml")))

_EXACT = ("fund", "function", "economic", "nature", "procurement", "reserved", "item")
_SPENT = frozenset({"", "uses", "expenditure"})
_NAMES = ("project", "part", "item")
_ONE_TIME = {"change", "growth"}
_NO_AMOUNT = {"threshold", "target", "rate", "basis"}

Wanted = Mapping[str, Any]


@dataclass(frozen=True)
class ComparedClaims:
    """``right`` of ``claims``; ``wrong`` says of each other one what was read instead."""

    claims: int
    right: int
    wrong: tuple[str, ...]


@cache
def gold(name: str) -> dict[str, Any]:
    """The list of a book, as TOML has it."""
    with (CLAIMS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def compare_claims(book: Book, name: str, listed: Wanted | None = None) -> ComparedClaims:
    """Every claim of the hand-made list against the figures in prose, in reading order."""
    listed = listed or gold(name)
    lines = {r.place.line for p in book.paragraphs for r in p.runs}
    wanted = [
        {**claim, **{k: str(passage[k]) for k in ("page", "line") if k in passage}}
        for passage in listed["passage"]
        if "line" not in passage or passage["line"] in lines
        for claim in passage["figures"]
    ]
    wanted = [w for w in wanted if w["unit"] != "分"]
    for claim in wanted:
        if "line" in claim:
            claim["col"] = "?"
    mine = [f for f in book.figures if f.in_prose]
    keys = [_told(w) for w in wanted], [_found(f) for f in mine]
    reading = _Reading(book, listed)
    right, wrong = 0, []
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag != "equal":
            wrong += [f"{w['text']} {w['unit']}: not read" for w in wanted[a:b]]
            wrong += [f"{f.id} {f.text} {f.unit} {f.label}: not there" for f in mine[c:d]]
            continue
        for claim, figure in zip(wanted[a:b], mine[c:d], strict=True):
            faults = list(reading.faults(claim, figure))
            right += not faults
            wrong += [f"{figure.id} {figure.text} {figure.label}: {x}" for x in faults[:1]]
    return ComparedClaims(len(wanted), right, tuple(wrong))


def _told(claim: dict[str, str]) -> tuple[str, ...]:
    where, value, unit = _key_of_row(claim)
    return (where.partition(":")[0], value, unit)


def _found(figure: Figure) -> tuple[str, ...]:
    where, value, unit = _key_of_figure(figure)
    return (where.partition(":")[0], value, unit)


def by_hand(book: Book, name: str) -> dict[str, str]:
    """Figure id -> yes, weak or no: whether narrative.tsv says that something in the book checks it.

    Empty for a book without narrative.tsv.
    """
    if not (CORPUS / name / "narrative.tsv").is_file():
        return {}
    listed = [r for r in rows(name, "narrative.tsv") if r["unit"] != "分"]
    mine = [f for f in book.figures if f.in_prose]
    keys = [_key_of_row(r) for r in listed], [_key_of_figure(f) for f in mine]
    return {
        figure.id: row["checkable"]
        for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
        if tag == "equal"
        for row, figure in zip(listed[a:b], mine[c:d], strict=True)
    }


class _Reading:
    """One book as read, ready to be asked what a figure of it was taken for."""

    def __init__(self, book: Book, listed: Wanted) -> None:
        self.book = book
        self.year: int = listed["year"]
        self.stage: str = listed["stage"]
        self.same: Mapping[str, list[str]] = listed.get("same", {})
        self.ratios = {c.figure: c for c in book.claims if isinstance(c, Ratio)}
        self.relations: dict[Quantity, list[Relation]] = {}
        for relation in relate(book).relations:
            for quantity, _ in relation.terms:
                self.relations.setdefault(quantity, []).append(relation)

    def faults(self, claim: Wanted, figure: Figure) -> Iterator[str]:
        """Everything that was read otherwise than the list says."""
        kind = claim["kind"]
        if kind in _NO_AMOUNT:
            if figure.unread != kind:
                yield f"{kind} taken for {figure.quantity and figure.quantity.key}"
            return
        if kind == "reason":
            if figure.quantity is not None:
                yield f"taken for {figure.quantity.key}"
            return
        if kind in ("growth", "share", "execution"):
            yield from self._percentage(claim, figure)
            return
        quantity = figure.quantity
        if quantity is None:
            if kind == "count" and "part_of" not in claim:
                return  # a count of what no account knows: its subject is its label
            yield f"not understood ({figure.unread})"
        elif kind == "count":
            if not _named(quantity, claim["is"]["count"], figure.label):
                yield f"counts {quantity.key}"
        elif kind == "level" and "#" not in quantity.part and quantity.versus:
            if not claim.get("reason"):
                yield f"taken for a change ({quantity.key})"
        elif kind == "change" and not quantity.versus:
            yield f"taken for a level ({quantity.key})"
        else:
            yield from self._subject(claim["is"], quantity.level())
            yield from self._movement(claim, quantity, figure)
        whole = claim.get("part_of")
        if quantity is not None and whole and not self._is_part(quantity, whole):
            yield f"not taken for a part of {whole} ({quantity.key})"

    def _percentage(self, claim: Wanted, figure: Figure) -> Iterator[str]:
        ratio = self.ratios.get(figure.id)
        if ratio is None:
            yield f"not understood ({figure.unread})"
        elif ratio.kind != claim["kind"]:
            yield f"taken for {ratio.kind}"
        else:
            yield from self._subject(claim["is"], ratio.numerator.level())
            if ratio.kind == "growth":
                yield from self._movement(claim, ratio.numerator, figure)
                if ratio.denominator != ratio.numerator.base():
                    yield f"percentage of {ratio.denominator.key}"
            else:
                for fault in self._subject(claim["of"], ratio.denominator):
                    yield f"of: {fault}"

    def _movement(self, claim: Wanted, quantity: Quantity, figure: Figure) -> Iterator[str]:
        if claim["kind"] not in _ONE_TIME:
            return
        year, _, stage = claim.get("versus", "").partition(":")
        told, _, told_stage = quantity.versus.partition(":")
        if (year and year != told) or (stage and stage != told_stage):
            yield f"against {quantity.versus}, not {claim['versus']}"
        sign = _sign(figure, self.book, self.ratios)
        if claim.get("sign", sign) != sign:
            yield f"direction {sign}, not {claim['sign']}"

    def _subject(self, wanted: Wanted, found: Quantity) -> Iterator[str]:
        """Every coordinate that differs; one that the list leaves out is the whole over it."""
        if int(wanted.get("year", self.year)) != found.year:
            yield f"year {found.year}"
        if wanted.get("stage", self.stage) != found.stage:
            yield f"stage {found.stage}"
        if "name" in wanted:
            called = found.part or found.project
            if not any(word in called for word in wanted["name"].split("|")):
                yield f"{found.key}, not {wanted['name']}"
            for what in set(_EXACT) & set(wanted):
                if not self._equal(what, wanted[what], getattr(found, what)):
                    yield f"{what} {getattr(found, what)!r} ({found.key})"
            return
        flows = {"income", "sources", *_SPENT} if wanted.get("both") else _SPENT
        if found.flow not in (wanted["flow"].split("/") if "flow" in wanted else flows):
            yield f"flow {found.flow} ({found.key})"
        for what in _EXACT:
            if not self._equal(what, wanted.get(what, ""), getattr(found, what)):
                yield f"{what} {getattr(found, what)!r} ({found.key})"
        if found.project or found.part:
            yield f"a part ({found.key})"

    def _equal(self, what: str, wanted: str, found: str) -> bool:
        group = self.same.get(what, ())
        return wanted == found or (wanted in group and found in group)

    def _is_part(self, quantity: Quantity, whole: Wanted) -> bool:
        """True if some relation adds ``quantity``, or one that is its equal, to such a whole."""
        for relation in self._near(quantity):
            signs = dict(relation.terms)
            mine = next((signs[q] for q in signs if self._alike(q, quantity)), 0)
            for other, sign in signs.items():
                if self._alike(other, quantity):
                    continue
                if sign * mine < 0 and self._is(other, whole):
                    return True
        return False

    def _near(self, quantity: Quantity) -> Iterable[Relation]:
        return (r for q, rs in self.relations.items() if self._alike(q, quantity) for r in rs)

    def _alike(self, a: Quantity, b: Quantity) -> bool:
        """Equal but for what this book's own words make one amount, and the two sides' totals."""
        if a.flow != b.flow and not {a.flow, b.flow} <= _SPENT:
            return False
        if not self._equal("fund", a.fund, b.fund):
            return False
        return a._replace(flow="", fund="") == b._replace(flow="", fund="")

    def _is(self, quantity: Quantity, wanted: Wanted) -> bool:
        if "count" in wanted:
            return quantity.measure == "count" and _named(quantity, wanted["count"])
        at = {"year": quantity.year, "stage": quantity.stage}
        return quantity.measure == "money" and not [*self._subject({**wanted, **at}, quantity)]


def _named(quantity: Quantity, words: str, label: str = "") -> bool:
    """True if one of the words (split by |) stands in what the quantity is called."""
    said = " ".join([*(getattr(quantity, n) for n in _NAMES), label])
    return any(word in said for word in words.split("|"))
