"""Succession 科目沿革: which accounts took over from which, and which amounts changed their meaning.

Data: codes/successions.csv and definitions.toml. What is known from memory alone may join two books
leniently and be noted; it never makes one of them wrong (REFERENCE.md part D).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.source import rows, table
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Succession:
    """From ``year`` on the money of the codes ``old`` is told under the codes ``new``.

    One to one is a renumbering, several to one a merger 合并, one to several a split 拆分.
    ``whole`` is True where the two sides hold the same money: then their sums are equal. Where only
    some of it moved, or other money joined it, nothing follows for the amounts.
    """

    scheme: str
    year: int
    old: tuple[str, ...]
    new: tuple[str, ...]
    whole: bool
    confidence: str
    source: str
    note: str

    @property
    def seen(self) -> bool:
        """Known from published books, not from memory."""
        return self.confidence.startswith("A-")


@dataclass(frozen=True, slots=True)
class Definition:
    """A changed definition 口径变动: the amounts meant do not compare across ``since``."""

    id: str
    since: int
    families: tuple[str, ...]
    coordinates: Mapping[str, str]
    zh: str
    en: str
    confidence: str
    source: str

    def means(self, quantity: Quantity, family: str) -> bool:
        """True if it speaks of this quantity in books of that layout family."""
        return (not self.families or family in self.families) and all(
            getattr(quantity, key) == value for key, value in self.coordinates.items()
        )


@cache
def successions() -> tuple[Succession, ...]:
    """Every succession of the catalog, in the order of its years."""
    found = [
        Succession(
            row["scheme"],
            int(row["year"]),
            tuple(row["old"].split("+")),
            tuple(row["new"].split("+")),
            row["how"] == "all",
            row["confidence"],
            row["source"],
            row["note"],
        )
        for row in rows("codes/successions.csv")
    ]
    return tuple(sorted(found, key=lambda s: (s.year, s.scheme, s.old)))


def succession(code: str, from_year: int, to_year: int, scheme: str) -> tuple[Succession, ...]:
    """What became of ``code`` between a book of ``from_year`` and one of ``to_year``.

    The code may be one of the earlier or of the later book. ``scheme`` is "function" 功能分类 or
    "economic" 部门经济分类. () means: as far as is known it went on as it was.
    """
    return tuple(
        s
        for s in successions()
        if s.scheme == scheme and from_year < s.year <= to_year and code in (*s.old, *s.new)
    )


@cache
def definitions() -> tuple[Definition, ...]:
    """Every changed definition of the catalog."""
    return tuple(
        Definition(
            d["id"],
            d["since"],
            tuple(d["families"]),
            d["coordinates"],
            d["zh"],
            d["en"],
            d["confidence"],
            d["source"],
        )
        for d in table("definitions.toml")["definition"]
    )


def redefined(
    quantity: Quantity, from_year: int, to_year: int, family: str = ""
) -> Definition | None:
    """The definition that changed between two years for this quantity; None if none is known.

    Only what books say or show counts: a definition known from memory separates nothing.
    """
    seen = (d for d in definitions() if d.confidence.startswith("A-"))
    return next(
        (d for d in seen if from_year < d.since <= to_year and d.means(quantity, family)), None
    )
