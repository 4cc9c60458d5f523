"""Layouts: how statements are laid out, from layouts.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@cache
def _layouts() -> Mapping[str, Absent]:
    raw = tomllib.loads(files("mingzhang.catalog").joinpath("layouts.toml").read_text("utf-8"))
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
        for kind, a in raw["absent"].items()
    }


def absent_layout(kind: str) -> Absent | None:
    """The layout for rebuilding a statement of that kind; None if the catalog has none."""
    return _layouts().get(kind)
