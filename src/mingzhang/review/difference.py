"""Difference: two books or drafts figure by figure, as nouns, as plain data and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingzhang.model.book import Book
from mingzhang.model.finding import place_record
from mingzhang.model.money import Unit
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.review.words import word

SCHEMA = "mingzhang-diff-1"
STATES = ("changed", "only-before", "only-after", "same")
_COLUMNS = (
    "state", "line", "before", "after", "unit", "difference", "percent", "because",
    "before-where", "after-where", "before-figures", "after-figures", "quantity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """What one book prints: one of its figures, and the ids of all that say the same.

    A blank cell says zero and has no text. Where the words say 减少, ``value`` is negative.
    """

    text: str
    value: Decimal
    unit: Unit
    decimals: int
    place: Place
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """A part of a changed whole: by how much it moved (in the unit of the line), and its own parts.

    ``share`` is its part in the change of the whole, in percent: over 100 or negative where parts
    moved against one another.
    """

    names: Mapping[str, str]
    quantity: Quantity
    difference: Decimal
    share: Decimal
    because: tuple[Mover, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that either book states. ``quantity`` as the later book (else the earlier) has it.

    ``names`` say by language what it is about. ``difference`` is in the unit of ``after``;
    ``percent`` is of ``before``, None from zero and for percentages. ``because``: the parts that
    moved most, where a sum explains the change.
    """

    state: str
    names: Mapping[str, str]
    quantity: Quantity | None
    before: Side | None
    after: Side | None
    difference: Decimal | None = None
    percent: Decimal | None = None
    because: tuple[Mover, ...] = ()


@dataclass(frozen=True, slots=True)
class Diff:
    """Two books figure by figure, in the order of the second; what only the first has comes last."""

    a: Book
    b: Book
    lines: tuple[Line, ...]

    def count(self, state: str) -> int:
        """How many lines are in that state."""
        return sum(line.state == state for line in self.lines)


def signed(value: Decimal | None) -> str:
    """A change with its sign: +480.00; "" for none."""
    return "" if value is None else f"{value:+,f}"


def movers_text(because: tuple[Mover, ...], lang: str) -> str:
    """The parts that moved most, in one line."""
    joint = word("diff", "joint", lang)
    return joint.join(f"{m.names[lang]} {signed(m.difference)}" for m in because)


def shown(side: Side | None, lang: str) -> str:
    """What a book prints there, white space aside; （空白） for a blank cell, "" for nothing.

    A minus that stands in words (减少 12) is put before the number.
    """
    if side is None:
        return ""
    text = " ".join(side.text.split()) or word("diff", "blank", lang)
    return f"-{text}" if side.value < 0 and text[0] not in "-−–—－﹣(（" else text


def diff_record(diff: Diff, lang: str = "zh") -> dict[str, Any]:
    """The whole difference as plain data; numbers are texts, so that none is rounded."""
    return {
        "schema": SCHEMA,
        "before": _book(diff.a),
        "after": _book(diff.b),
        "counts": {state: diff.count(state) for state in STATES},
        "lines": [_line(line, lang) for line in diff.lines],
    }


def _book(book: Book) -> dict[str, Any]:
    return {
        "title": book.title,
        "entity": book.entity,
        "year": book.year,
        "stage": book.stage,
        "files": [{"name": d.name, "sha256": d.source} for d in book.documents],
    }


def _line(line: Line, lang: str) -> dict[str, Any]:
    return {
        "state": line.state,
        "name": line.names[lang],
        "quantity": line.quantity.key if line.quantity else None,
        "before": _side(line.before),
        "after": _side(line.after),
        "difference": _number(line.difference),
        "percent": _number(line.percent),
        "because": [_mover(m, lang) for m in line.because],
    }


def _mover(mover: Mover, lang: str) -> dict[str, Any]:
    return {
        "name": mover.names[lang],
        "quantity": mover.quantity.key,
        "difference": _number(mover.difference),
        "share": _number(mover.share),
        "because": [_mover(m, lang) for m in mover.because],
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "text": side.text,
        "value": _number(side.value),
        "unit": side.unit.value,
        "place": place_record(side.place),
        "figures": list(side.figures),
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def diff_csv(diff: Diff, lang: str = "zh", same: bool = False) -> str:
    """What differs (with ``same``: every line) as CSV; texts cannot become formulas in Excel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(word("diff", c, lang) for c in _COLUMNS)
    for line in diff.lines:
        if same or line.state != "same":
            writer.writerow(_inert(cell) for cell in _cells(line, lang))
    return out.getvalue()


def _cells(line: Line, lang: str) -> Iterator[str]:
    side = line.after or line.before
    assert side is not None
    yield word("diff", line.state, lang)
    yield line.names[lang]
    yield _number(line.before.value) or "" if line.before else ""
    yield _number(line.after.value) or "" if line.after else ""
    yield side.unit.value
    yield _number(line.difference) or ""
    yield _number(line.percent) or ""
    yield movers_text(line.because, lang)
    for one in (line.before, line.after):
        yield where(one.place) if one else ""
    for one in (line.before, line.after):
        yield " ".join(one.figures) if one else ""
    yield line.quantity.key if line.quantity else ""


def where(place: Place) -> str:
    """A place in a few characters: page, sheet and cell, or line and column."""
    if place.page is not None:
        return f"p.{place.page}"
    if place.cell is not None:
        return f"{place.sheet or ''}!{place.cell}"
    return f"{place.line}:{place.column}"


def _inert(cell: str) -> str:
    """Words of a book that a spreadsheet would run as a formula, made text; numbers stay numbers."""
    if cell[:1] not in ("=", "+", "-", "@", "\t", "\r"):
        return cell
    return cell if cell[1:].replace(".", "", 1).isdigit() else f"'{cell}"
