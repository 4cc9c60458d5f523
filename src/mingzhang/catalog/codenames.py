"""Names of account codes as a book of a given year prints them."""

from __future__ import annotations

from functools import cache

from mingzhang.catalog.codes import Code, economics, functions
from mingzhang.catalog.source import rows as catalog_rows


@cache
def code_name(scheme: str, code: str, year: int | None) -> str:
    """The name of a function or economic code in ``year``; "" if the catalog has none.

    A name seen in a book of those years is preferred to one known otherwise.
    """
    if scheme == "function" and len(code) == 3:
        for family_code, name in _classes(year):
            if family_code == code:
                return name
    table = functions() if scheme == "function" else economics()
    known = [row for row in table.get(code, ()) if not row.error]
    known.sort(key=lambda row: (not row.holds(year), not row.confirmed))
    return known[0].name if known else ""


@cache
def classes(year: int | None) -> tuple[str, ...]:
    """The 类 of 支出功能分类 that a complete list of that year shows, in order."""
    return tuple(code for code, _ in _classes(year))


@cache
def listed(scheme: str, under: tuple[str, ...], year: int | None) -> tuple[str, ...]:
    """All confirmed 款 (and their 类) of an economic or function scheme under these prefixes."""
    table = functions() if scheme == "function" else economics()
    return tuple(
        sorted(
            code
            for code, found in table.items()
            if code.startswith(under)
            and len(code) in (3, 5)
            and any(row.confirmed and row.holds(year) for row in found)
        )
    )


@cache
def _classes(year: int | None) -> tuple[tuple[str, str], ...]:
    """(code, name) as the lists of the last year not after ``year`` have them, in printed order."""
    lists: dict[int, dict[str, tuple[int, str]]] = {}
    for row in catalog_rows("codes/function_class_names_by_year.csv"):
        entry = (int(row["seq"]), row["name_as_printed"])
        lists.setdefault(int(row["year_family"][:4]), {}).setdefault(row["code(assigned)"], entry)
    known = [first for first in sorted(lists) if year is None or first <= year] or [min(lists)]
    found = lists[known[-1]]
    return tuple((code, found[code][1]) for code in sorted(found, key=lambda c: found[c][0]))


def row_of(scheme: str, code: str, year: int | None) -> Code | None:
    """The catalog's row for a code in a year, the surest first; None if it has none."""
    table = functions() if scheme == "function" else economics()
    known = [row for row in table.get(code, ()) if not row.error]
    known.sort(key=lambda row: (not row.holds(year), not row.confirmed))
    return known[0] if known else None
