"""Forms 表样: the layouts that a book can be compiled for, ours and those of one's own catalog.

Data: forms/<family>.toml and forms/<family>/<part>.md; what they mean is in ``formdata``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from mingzhang.catalog import source
from mingzhang.catalog.formdata import (
    Coordinates,
    Form,
    FormBlock,
    FormColumn,
    FormRow,
    Layout,
    Part,
    ProseForm,
    read_layout,
)

__all__ = [
    "Coordinates",
    "Form",
    "FormBlock",
    "FormColumn",
    "FormRow",
    "Layout",
    "Part",
    "ProseForm",
    "at_one_precision",
    "layout",
    "layouts",
    "shown_values",
]


def layouts() -> tuple[str, ...]:
    """The ids of the families that a book can be compiled for. Raises CatalogRefused."""
    return tuple(sorted(source.forms()))


def shown_values(chosen: Layout, name: str) -> frozenset[str]:
    """The values of one coordinate (flow, fund, nature) that the statements of a layout tell apart."""
    found: set[str] = set()

    def rows(listed: tuple[FormRow, ...]) -> None:
        for row in listed:
            found.add(str(row.at.get(name, "")))
            rows(row.rows)

    for form in chosen.forms:
        found.add(str(form.at.get(name, "")))
        for block in form.blocks:
            found.update(str(column.at.get(name, "")) for column in block.columns)
            rows(block.rows)
            rows(block.foot)
    return frozenset(found - {""})


def at_one_precision(chosen: Layout) -> Layout:
    """The layout with every figure of the main unit at the finest precision that it uses anywhere.

    A book in which everything adds up can print one amount in one way only (docs/decisions/0005).
    """
    main = chosen.forms[0].unit
    finest = max(f.decimals for f in chosen.forms if f.unit is main)
    if chosen.prose.unit is main:
        finest = max(finest, chosen.prose.decimals, *chosen.prose.items.values(), 0)
    forms = tuple(
        replace(f, decimals=finest, trim=False) if f.unit is main else f for f in chosen.forms
    )
    prose = chosen.prose
    if prose.unit is main:
        prose = replace(prose, decimals=finest, items={}, trim=False)
    return replace(chosen, forms=forms, prose=prose)


@cache
def layout(family: str) -> Layout:
    """The declared layout of a family. Raises KeyError if the catalog has no forms for it."""
    return read_layout(family, source.forms()[family], source.form_text)
