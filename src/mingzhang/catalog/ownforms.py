"""Forms of one's own 自己的表样: what is asked of them before anything is compiled.

A form belongs to a family of layouts.toml and lays out its statements; it has the fields that ours
have, its coordinates are values that there are, and every part has its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingzhang.catalog.formdata import read_layout
from mingzhang.catalog.merge import Table, alike
from mingzhang.catalog.overlay import Overlay
from mingzhang.catalog.refused import refused

_LAYOUTS, _DIMENSIONS = "layouts.toml", "dimensions.toml"


def keep_forms(
    overlay: Overlay,
    ours: Mapping[str, Table],
    our_texts: Mapping[str, str],
    merged: Mapping[str, Table],
) -> None:
    """Nothing, if the overlay's forms can be used. ``merged`` are the layouts and dimensions with its
    additions. Raises CatalogRefused."""
    texts = {**our_texts, **overlay.texts}

    def text(family: str, part: str) -> str:
        return texts.get(f"forms/{family}/{part}.md", "")

    for family, raw in overlay.forms.items():
        where = overlay.where(f"forms/{family}.toml")
        if family in ours:
            raise refused("id-taken", where=where, key=family)
        declared = merged[_LAYOUTS]["family"].get(family)
        if declared is None:
            raise refused("form-family", where=where, family=family)
        alike(list(ours.values()), raw, where, (family,), whole=False)
        _coordinates(raw, merged[_DIMENSIONS], where)
        try:
            _texts(family, raw, texts, where)
            made = read_layout(family, raw, text)
        except KeyError as error:
            raise refused("lacks", where=where, key=family, missing=error.args[0]) from error
        except (TypeError, ValueError, AttributeError) as error:
            raise refused("form-broken", where=where, detail=f"{error}") from error
        wanted = sorted(kind for kind, _ in declared["statements"])
        found = sorted(form.kind for form in made.forms)
        if (made.stage, found) != (declared["stage"], wanted):
            raise refused(
                "form-kinds", where=where, family=family,
                wanted="、".join([declared["stage"], *wanted]), found="、".join([made.stage, *found]),
            )  # fmt: skip
    for name in overlay.texts:
        if name in our_texts:
            raise refused("id-taken", where=overlay.where(name), key=name)


def _texts(family: str, raw: Table, texts: Mapping[str, str], where: str) -> None:
    for part in raw["part"]:
        name = f"forms/{part.get('from', family)}/{part['id']}.md"
        if part["id"] != "tables" and name not in texts:
            raise refused("form-text", where=where, part=part["id"], file=name)


def _coordinates(raw: Table, dimensions: Table, where: str) -> None:
    """Every value of a dimension that a row or column stands for is one that there is."""
    for path, at in _ats(raw, ()):
        for dimension, value in at.items():
            known = dimensions.get(dimension)
            if known is not None and value not in known:
                raise refused(
                    "unknown-value", where=where, key=".".join((*path, dimension)), value=value,
                    known="、".join(known),
                )  # fmt: skip


def _ats(node: Any, path: Sequence[str]) -> Iterator[tuple[Sequence[str], Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "at" and isinstance(value, Mapping):
                yield (*path, key), value
            else:
                yield from _ats(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            yield from _ats(value, path)
