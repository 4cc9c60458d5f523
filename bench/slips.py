"""Slips of the hand, made on purpose: every way in which one printed number gets typed wrongly."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.money import parse_number

KINDS = ("digit", "swapped", "tenfold", "tenth", "lost", "doubled", "sign", "neighbour")
GROSS = 5
"""A slip counts if it moves the figure by at least this many units of its last printed digit."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One figure, and the text that a slip of ``kind`` prints in its place."""

    figure: str
    kind: str
    text: str


def slips(figure: Figure, beside: Sequence[Figure], rng: random.Random) -> tuple[Slip, ...]:
    """Every gross slip of ``figure``, each printed text once; ``beside`` are its neighbours.

    Where one digit is typed wrongly, ``rng`` says which digit stands there instead.
    """
    step = Decimal(1).scaleb(-figure.printed.decimals)
    out: dict[str, Slip] = {}
    for kind, text in _texts(figure, beside, rng):
        found = parse_number(text)
        if found is not None and abs(found[0] - figure.value) >= GROSS * step:
            out.setdefault(str(found[0]), Slip(figure.id, kind, text))
    return tuple(out.values())


def neighbours(book: Book) -> dict[str, tuple[Figure, ...]]:
    """The figures of one unit that stand next to each figure: cells around it, or its paragraph."""
    cells = {(f.statement, f.row, f.column): f for f in book.figures if not f.in_prose}
    prose: dict[int | None, list[Figure]] = {}
    for figure in book.figures:
        if figure.in_prose:
            prose.setdefault(figure.paragraph, []).append(figure)
    out = {}
    for figure in book.figures:
        if figure.in_prose:
            mine = prose[figure.paragraph]
            here = mine.index(figure)
            near: list[Figure | None] = [*mine[max(0, here - 1) : here], *mine[here + 1 : here + 2]]
        else:
            assert figure.row is not None and figure.column is not None
            r, c = figure.row, figure.column
            places = ((r, c - 1), (r, c + 1), (r - 1, c), (r + 1, c))
            near = [cells.get((figure.statement, *p)) for p in places]
        out[figure.id] = tuple(n for n in near if n is not None and n.unit == figure.unit)
    return out


def _texts(
    figure: Figure, beside: Sequence[Figure], rng: random.Random
) -> Iterator[tuple[str, str]]:
    places = figure.printed.decimals
    digits = str(int(abs(figure.value).scaleb(places))).rjust(places + 1, "0")
    minus = "-" if figure.value < 0 else ""
    comma = "," in figure.text or "，" in figure.text

    def printed(changed: str, decimals: int = places) -> str:
        """Digits as a number in the manner of the figure."""
        whole, part = changed[: len(changed) - decimals], changed[len(changed) - decimals :]
        shown = f"{int(whole or '0'):,}" if comma else str(int(whole or "0"))
        return minus + shown + (f".{part}" if decimals else "")

    for i, old in enumerate(digits):
        last = i == len(digits) - 1
        far = [d for d in "0123456789" if abs(int(d) - int(old)) >= (GROSS if last else 1)]
        if far:
            yield "digit", printed(digits[:i] + rng.choice(far) + digits[i + 1 :])
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield "swapped", printed(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
    yield "tenfold", printed(digits + "0")
    if len(digits) > 1:
        yield "tenth", printed(digits[:-1].rjust(places + 1, "0"))
    for i in range(len(digits)):
        if len(digits) > 1:
            yield "lost", printed((digits[:i] + digits[i + 1 :]).rjust(places + 1, "0"))
    for i in range(len(digits)):
        yield "doubled", printed(digits[: i + 1] + digits[i:])
    if figure.value:
        yield "sign", figure.text.strip().lstrip("-") if minus else "-" + figure.text.strip()
    for other in beside:
        yield "neighbour", other.text.strip()
