"""Lattice: which quantity is the whole that another is a part of, along each dimension."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalog.dimensions import ancestors, values
from mingzhang.model.quantity import Quantity

DIMENSIONS = (
    "function",
    "economic",
    "nature",
    "fund",
    "flow",
    "procurement",
    "reserved",
    "item",
    "entity",
)


def wholes(q: Quantity, dimension: str) -> Iterator[tuple[Quantity, bool]]:
    """The wholes of ``q`` along one dimension, nearest first.

    With each: True if the parts of that whole add up to it, False if they are only ≤ (其中).
    When the dimension is used up, the flow goes on (本年支出 is part of 支出总计).
    """
    value = str(getattr(q, dimension))
    if not value:
        return
    exact = True
    last = q
    if dimension == "nature" and q.project:
        last = q = q.with_(project="")  # a project is the finest level of 项目支出
        yield last, True
    if dimension == "procurement":
        # a procurement line within its part within its project within its kind
        while q.part:
            last = q = q.with_(part=q.part.rpartition("▸")[0])
            yield last, True
        if q.project:
            last = q = q.with_(project="")
            yield last, True
    for up, part in _up(dimension, value):
        exact = exact and part
        last = q.with_(**{dimension: up})
        yield last, exact
    if dimension in ("nature", "function", "economic", "fund") and _plain(last):
        for up, part in _up("flow", q.flow):
            if up:
                yield last.with_(flow=up), exact and part


def _plain(q: Quantity) -> bool:
    """Nothing but flow (and perhaps fund, or the account of one line) is left."""
    return not (q.nature or q.project or q.item or q.procurement)


def _up(dimension: str, value: str) -> Iterator[tuple[str, bool]]:
    if dimension in ("function", "economic"):
        for length in (5, 3):
            if len(value) > length:
                yield value[:length], True
        yield "", True
    elif dimension == "entity":
        yield "", True
    else:
        current = value
        for up in ancestors(dimension, value):
            if dimension == "flow" and not up:
                return  # nothing holds income and expenditure together
            yield up, values()[dimension, current].how == "part"
            current = up


def full_partition(dimension: str, whole: str, parts: set[str]) -> bool:
    """True if ``parts`` are all the parts that the catalog knows of ``whole``."""
    known = {
        v.id
        for v in values().values()
        if v.dimension == dimension and v.within == whole and v.how == "part"
    }
    return bool(known) and known <= parts
