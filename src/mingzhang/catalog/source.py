"""Source 目录数据的来源: the one door to the files of the catalog.

Every reader of catalog data comes through here. ``MINGZHANG_CATALOG`` names a folder of a city's or
department's own (catalog.overlay); what it adds is merged in. It is read at the first question and
never again, so that one process, and every child that inherits the variable, sees one catalog.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from mingzhang._version import __version__
from mingzhang.catalog.merge import Row, Table, merged_rows, merged_table
from mingzhang.catalog.overlay import Overlay, hinting, opened
from mingzhang.catalog.ownforms import keep_forms
from mingzhang.catalog.promises import keep
from mingzhang.catalog.refused import CatalogRefused

VARIABLE = "MINGZHANG_CATALOG"
_SEALED = ("refusals.toml",)


@cache
def table(name: str) -> Mapping[str, Any]:
    """A TOML file of the catalog ("layouts.toml"), with the overlay's file of that name merged in.

    Raises CatalogRefused if there is an overlay and it cannot be used.
    """
    overlay = _overlay()
    return overlay.tables[name] if overlay and name in overlay.tables else _own_table(name)


def rows(name: str) -> tuple[Row, ...]:
    """The rows of a CSV file of the catalog ("codes/revenue.csv"), then those of the overlay.

    Raises CatalogRefused if there is an overlay and it cannot be used.
    """
    overlay = _overlay()
    return overlay.rows[name] if overlay and name in overlay.rows else _own_rows(name)


@cache
def forms() -> Mapping[str, Table]:
    """Family -> its form (forms/<family>.toml), ours and those of the overlay. Raises CatalogRefused."""
    overlay = _overlay()
    return {**_own_forms(), **(overlay.forms if overlay else {})}


def form_text(family: str, part: str) -> str:
    """The Markdown of a part of a form; "tables" has none: it says where the statements stand.

    Raises KeyError if there is none.
    """
    if part == "tables":
        return ""
    name = f"forms/{family}/{part}.md"
    overlay = _overlay()
    return overlay.texts[name] if overlay and name in overlay.texts else _own_texts()[name]


def used() -> Mapping[str, str]:
    """name, version and sha256 of the overlay in use; {} without one. Raises CatalogRefused."""
    overlay = _overlay()
    if overlay is None:
        return {}
    return {"name": overlay.name, "version": overlay.version, "sha256": overlay.sha256}


def merged(folder: Path) -> Overlay:
    """The overlay in ``folder``, its tables and rows merged into ours. Raises CatalogRefused."""
    overlay = opened(folder, _names())
    try:
        tables = {
            name: merged_table(_own_table(name), added, overlay.where(name))
            for name, added in overlay.tables.items()
        }
        lines = {
            name: merged_rows(_own_rows(name), added, overlay.where(name))
            for name, added in overlay.rows.items()
        }
        keep(
            {n: _own_table(n) for n in _names() if n.endswith(".toml")},
            overlay.tables,
            overlay.folder,
        )
        keep_forms(overlay, _own_forms(), _own_texts(), _merged_for_forms(tables))
    except CatalogRefused as error:
        raise hinting(error, overlay, __version__) from error
    return overlay.holding(tables, lines)


def _merged_for_forms(tables: Mapping[str, Table]) -> Mapping[str, Table]:
    """What forms refer to, with the overlay's additions."""
    return {n: tables.get(n) or _own_table(n) for n in ("layouts.toml", "dimensions.toml")}


@cache
def _overlay() -> Overlay | None:
    folder = os.environ.get(VARIABLE, "")
    return merged(Path(folder)) if folder else None


def _own_table(name: str) -> Table:
    return tomllib.loads(files("mingzhang.catalog").joinpath(name).read_text("utf-8"))


def _own_rows(name: str) -> tuple[Row, ...]:
    text = files("mingzhang.catalog").joinpath(*name.split("/")).read_text("utf-8-sig")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def _own_forms() -> Mapping[str, Table]:
    room = files("mingzhang.catalog").joinpath("forms")
    found = {p.name: p for p in room.iterdir() if p.name.endswith(".toml")}
    return {n[:-5]: tomllib.loads(p.read_text("utf-8")) for n, p in sorted(found.items())}


@cache
def _own_texts() -> Mapping[str, str]:
    room = files("mingzhang.catalog").joinpath("forms")
    return {
        f"forms/{folder.name}/{p.name}": p.read_text("utf-8")
        for folder in room.iterdir()
        if folder.is_dir()
        for p in folder.iterdir()
        if p.name.endswith(".md")
    }


@cache
def _names() -> tuple[str, ...]:
    """The files that can be added to."""
    room = files("mingzhang.catalog")
    tables = sorted(
        p.name for p in room.iterdir() if p.name.endswith(".toml") and p.name not in _SEALED
    )
    codes = sorted(p.name for p in room.joinpath("codes").iterdir() if p.name.endswith(".csv"))
    return (*tables, *(f"codes/{name}" for name in codes))
