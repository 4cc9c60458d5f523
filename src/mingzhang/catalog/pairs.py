"""Account pairs 科目对应: two views of the same money, from pairs.toml, each with its reliability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.source import table


@dataclass(frozen=True, slots=True)
class Term:
    """Coordinates of one term; an optional one counts as zero where a book does not print it."""

    coordinates: Mapping[str, str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """left = right; ``when`` names a condition that must be known to hold ("" for none)."""

    id: str
    zh: str
    en: str
    reliability: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    when: str
    first: int | None
    last: int | None

    def holds(self, year: int | None) -> bool:
        """True if the pair is valid in ``year`` (an unknown year is within)."""
        return year is None or (
            (self.first is None or self.first <= year) and (self.last is None or year <= self.last)
        )


def _term(raw: Mapping[str, object]) -> Term:
    coordinates = {k: str(v) for k, v in raw.items() if k != "optional"}
    return Term(coordinates, bool(raw.get("optional", False)))


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of the catalog."""
    return tuple(
        Pair(
            p["id"],
            p["zh"],
            p["en"],
            p["reliability"],
            tuple(_term(t) for t in p["left"]),
            tuple(_term(t) for t in p["right"]),
            p.get("when", ""),
            p.get("first"),
            p.get("last"),
        )
        for p in table("pairs.toml")["pair"]
    )
