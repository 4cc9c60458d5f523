"""Dimensions 分类维度: the trees of values that coordinates of a quantity are taken from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.normal import bare
from mingzhang.catalog.source import table


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension; ``within`` is its parent, ``how`` part or subset.

    ``alone``: (beside, instead): it means ``instead`` in a header where ``beside`` does not stand.
    """

    dimension: str
    id: str
    zh: str
    en: str
    within: str
    how: str
    labels: tuple[str, ...]
    alone: tuple[str, str] | None = None


@cache
def values() -> Mapping[tuple[str, str], Value]:
    """(dimension, id) -> value, for all of dimensions.toml."""
    out: dict[tuple[str, str], Value] = {}
    for dimension, nodes in table("dimensions.toml").items():
        for key, node in nodes.items():
            out[dimension, key] = Value(
                dimension,
                key,
                node["zh"],
                node["en"],
                node["within"],
                node["how"],
                tuple(bare(label) for label in node["labels"]),
                (node["alone"]["without"], node["alone"]["means"]) if "alone" in node else None,
            )
    return out


@cache
def _labels() -> Mapping[str, tuple[Value, ...]]:
    out: dict[str, list[Value]] = {}
    for value in values().values():
        for label in value.labels:
            out.setdefault(label, []).append(value)
    return {label: tuple(found) for label, found in out.items()}


def meanings(label: str) -> tuple[Value, ...]:
    """Every dimension value a header or row label can mean (whole label only); () if unknown."""
    return _labels().get(bare(label), ())


def ancestors(dimension: str, value: str) -> tuple[str, ...]:
    """From the parent of ``value`` up to the whole (""), nearest first."""
    out: list[str] = []
    node = values().get((dimension, value))
    while node is not None:
        out.append(node.within)
        node = values().get((dimension, node.within)) if node.within else None
    return tuple(out)


def name(dimension: str, value: str, lang: str = "zh") -> str:
    """What to call a value; the id itself if the catalog has no such value."""
    found = values().get((dimension, value))
    return value if found is None else getattr(found, lang)
