"""Layouts 版式: which statements a family of books has, and how they are laid out (layouts.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from mingzhang.catalog.source import table
from mingzhang.catalog.statements import short_title


@dataclass(frozen=True, slots=True)
class Absent:
    """How to lay out a statement that has to be rebuilt: its rows, columns and fixed coordinates."""

    rows: str
    total: str
    total_coordinates: Mapping[str, str]
    coordinates: Mapping[str, str]
    titles: tuple[str, ...]
    columns: tuple[Mapping[str, str], ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A layout family: its statements as (kind, short title), in order."""

    id: str
    zh: str
    en: str
    stage: str
    statements: tuple[tuple[str, str], ...]


@cache
def families() -> Mapping[str, Family]:
    """All layout families by id."""
    return {
        key: Family(key, f["zh"], f["en"], f["stage"], tuple((k, t) for k, t in f["statements"]))
        for key, f in table("layouts.toml")["family"].items()
    }


def family_of(printed: Sequence[tuple[str, str]], stage: str) -> str:
    """The family of a book that prints these (kind, title) in this order; "" if none fits.

    At least half of a family's statements have to be there under their own titles.
    """
    best: tuple[float, float, str] = (0.0, 0.0, "")
    for family in families().values():
        if family.stage != stage:
            continue
        places = [_place(family, kind, short_title(title)) for kind, title in printed]
        found = [p for p in places if p is not None]
        share = len(set(found)) / len(family.statements)
        ordered = sum(a < b for a, b in pairwise(found)) / max(1, len(found) - 1)
        if share >= 0.5:
            best = max(best, (share, ordered, family.id))
    return best[2]


def _place(family: Family, kind: str, title: str) -> int | None:
    """Which statement of the family this is: the same kind, and the family's title at its end."""
    plain_title = title.partition("(")[0] if "(按" not in title else title
    for index, (wanted, name) in enumerate(family.statements):
        if kind == wanted and (plain_title.endswith(name) or name.endswith(plain_title)):
            return index
    return None


@cache
def _layouts() -> Mapping[str, Absent]:
    return {
        kind: Absent(
            a["rows"],
            a["total"],
            a.get("total_coordinates", {}),
            a["coordinates"],
            tuple(c["title"] for c in a["columns"]),
            tuple(c["coordinates"] for c in a["columns"]),
            a["verified"],
        )
        for kind, a in table("layouts.toml")["absent"].items()
    }


def absent_layout(kind: str) -> Absent | None:
    """The layout for rebuilding a statement of that kind; None if the catalog has none."""
    return _layouts().get(kind)
