"""The code lists 代码表 of the package, and the links of its tables to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingzhang.catalog.dimensions import name
from mingzhang.model.edition import CodeName, Edition
from mingzhang.publish.data.coordinates import SCHEME_TITLES, SCHEMES
from mingzhang.publish.data.resource import Field, Link, Resource


def code_lists(edition: Edition, tables: Sequence[Resource]) -> list[Resource]:
    """One list for each scheme, with every code that any table uses."""
    lists: dict[str, dict[str, CodeName]] = {}
    for code in edition.codes:
        lists.setdefault(code.scheme, {})[code.code] = code
    for scheme, used in _used(tables):
        known = lists.setdefault(scheme, {})
        if used not in known:
            known[used] = CodeName(scheme, used, _named(scheme, used))
    fields = (
        Field("code", "string", "编码", True),
        Field("name", "string", "名称", True),
        Field("parent", "string", "上级编码"),
    )
    return [
        Resource(
            f"codes-{scheme}",
            f"代码表：{SCHEME_TITLES.get(scheme, scheme)}",
            fields,
            tuple(
                (c.code, c.name, c.parent if c.parent in found else "")
                for _, c in sorted(found.items())
            ),
            ("code",),
            (Link("parent", "", "code"),),
        )
        for scheme, found in sorted(lists.items())
    ]


def _used(tables: Sequence[Resource]) -> Iterator[tuple[str, str]]:
    """(scheme, code) of every coded cell."""
    for table in tables:
        for at, column in enumerate(table.fields):
            if column.name in SCHEMES:
                yield from ((SCHEMES[column.name], str(row[at])) for row in table.rows if row[at])


def _named(scheme: str, code: str) -> str:
    """The name of a value of a dimension; the code itself if the catalog has none."""
    try:
        return name(scheme, code)
    except KeyError:
        return code


def linked(table: Resource, codes: Sequence[Resource]) -> Resource:
    """The resource with links from its coded columns to the lists that there are."""
    known = {resource.name for resource in codes}
    found = tuple(
        Link(f.name, f"codes-{SCHEMES[f.name]}", "code")
        for f in table.fields
        if f.name in SCHEMES and f"codes-{SCHEMES[f.name]}" in known
    )
    return replace(table, links=table.links + found)
