"""Merging 合并: a file of ours and one of a city's own. It adds; what is ours stays as it is.

The rules are those of docs/decisions/0004-own-catalog.md, and there are no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mingzhang.catalog.normal import bare
from mingzhang.catalog.refused import refused

Table = Mapping[str, Any]
Row = Mapping[str, str]

_SHAPES: Sequence[tuple[type, str, str]] = (
    (dict, "表（[…] 或 {…}）", "a table ([…] or {…})"),
    (list, "列表（[…]）", "a list ([…])"),
    (str, "引号里的文字", "text in quotes"),
    (bool, "true 或 false", "true or false"),
    (int, "整数", "a whole number"),
)


def merged_table(ours: Table, theirs: Table, where: str) -> dict[str, Any]:
    """A TOML file of ours with that of an overlay (``where`` names it) merged in.

    Raises CatalogRefused for anything but an addition.
    """
    strange = next((key for key in theirs if key not in ours), None)
    if strange is not None:
        raise refused("top", where=where, key=strange, known=_listed(ours))
    return _into(ours, theirs, where, ())


def merged_rows(ours: Sequence[Row], theirs: Sequence[Row], where: str) -> tuple[Row, ...]:
    """The rows of a CSV file of ours, then those of an overlay; columns left out are empty.

    Raises CatalogRefused for a column that ours has not, and for a code that has another name in
    the same years.
    """
    columns = tuple(ours[0])
    strange = next((c for row in theirs for c in row if c not in columns), None)
    if strange is not None:
        raise refused("columns", where=where, strange=strange, known=_listed(columns))
    added = tuple({c: (row.get(c) or "").strip() for c in columns} for row in theirs)
    if {"code", "name"} <= set(columns):
        _codes(ours, added, where)
    return (*ours, *added)


def is_record(table: Table) -> bool:
    """True for a table that describes one thing (it has single values, or says zh and en): its
    fields are fixed. Any other maps names to things, and can take a new one."""
    texts = [v for v in table.values() if isinstance(v, str)]
    if len(texts) == len(table):
        return "zh" in table
    return any(not isinstance(v, dict | list) for v in table.values())


def _into(ours: Table, theirs: Table, where: str, path: tuple[str, ...]) -> dict[str, Any]:
    out = dict(ours)
    for key, value in theirs.items():
        here = (*path, key)
        if key in ours:
            out[key] = _added(ours[key], value, where, here, is_record(ours))
        elif is_record(ours):
            raise refused("ours", where=where, key=".".join(here))
        else:
            alike(list(ours.values()), value, where, here)
            out[key] = value
    return out


def _added(mine: Any, value: Any, where: str, path: tuple[str, ...], in_record: bool) -> Any:
    key = ".".join(path)
    if isinstance(mine, list):
        if not isinstance(value, list):
            raise _misshapen(list, where, key)
        if all(isinstance(v, str) for v in mine):
            if not all(isinstance(v, str) for v in value):
                raise _misshapen(str, where, f"{key}[]")
            return [*mine, *(v for v in dict.fromkeys(value) if v not in mine)]
        if not in_record and all(isinstance(v, dict) and "id" in v for v in mine):
            return [*_entries(mine, value, where, key), *mine]
    if isinstance(mine, dict) and not in_record:
        if not isinstance(value, dict):
            raise _misshapen(dict, where, key)
        return _into(mine, value, where, path)
    raise refused("ours", where=where, key=key)


def _entries(ours: Sequence[Table], theirs: Sequence[Any], where: str, key: str) -> list[Table]:
    """Entries with an id of their own, told apart from ours and from each other."""
    taken = {entry["id"] for entry in ours}
    for entry in theirs:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise refused("no-id", where=where, key=key)
        named = f"{key}.{entry['id']}"
        if entry["id"] in taken:
            raise refused("id-taken", where=where, key=named)
        taken.add(entry["id"])
        alike(ours, entry, where, (named,))
    return list(theirs)


def alike(
    siblings: Sequence[Any], value: Any, where: str, path: tuple[str, ...], whole: bool = True
) -> None:
    """A new thing has the shape and the fields of those that are there. Raises CatalogRefused.

    ``whole``: it also needs every field that they all have.
    """
    key = ".".join(path)
    shapes = {type(s) for s in siblings}
    if len(shapes) != 1:
        return
    (shape,) = shapes
    if type(value) is not shape:
        raise _misshapen(shape, where, key)
    if shape is list:
        for held in value:
            alike([v for s in siblings for v in s], held, where, (f"{key}[]",), whole)
    if shape is not dict:
        return
    if any(is_record(s) for s in siblings):
        missing = whole and [
            k for k in siblings[0] if all(k in s for s in siblings) and k not in value
        ]
        if missing:
            raise refused("lacks", where=where, key=key, missing=_listed(missing))
        known = dict.fromkeys(k for s in siblings for k in s)
        strange = next((k for k in value if k not in known), None)
        if strange is not None:
            raise refused("strange", where=where, key=key, strange=strange, known=_listed(known))
        for field, held in value.items():
            alike([s[field] for s in siblings if field in s], held, where, (*path, field), whole)
    else:
        for name, held in value.items():
            alike([v for s in siblings for v in s.values()], held, where, (*path, name), whole)


def _codes(ours: Sequence[Row], theirs: Sequence[Row], where: str) -> None:
    """A code has one name in a year, whoever says so."""
    known: dict[str, list[Row]] = {}
    for row in ours:
        known.setdefault(row["code"], []).append(row)
    for line, row in enumerate(theirs, 2):  # line 1 has the names of the columns
        if not row["code"] or not row["name"]:
            raise refused("no-code", where=where, line=line)
        now = [r for r in known.get(row["code"], ()) if _meet(r, row)]
        if now and bare(row["name"]) not in {bare(r["name"]) for r in now}:
            raise refused(
                "code-taken", where=where, code=row["code"], name=now[0]["name"], other=row["name"]
            )
        known.setdefault(row["code"], []).append(row)


def _meet(a: Row, b: Row) -> bool:
    """True if two rows are valid in one year; an open end reaches all years."""
    return _year(a, "valid_from", 0) <= _year(b, "valid_to", 9999) and (
        _year(b, "valid_from", 0) <= _year(a, "valid_to", 9999)
    )


def _year(row: Row, column: str, otherwise: int) -> int:
    text = (row.get(column) or "").strip()
    return int(text) if text.isdigit() else otherwise


def _misshapen(shape: type, where: str, key: str) -> Exception:
    zh, en = next((zh, en) for known, zh, en in _SHAPES if known is shape)
    return refused("shape", where=where, key=key, wanted=zh, wanted_en=en)


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
