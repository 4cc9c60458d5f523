"""Names of accounts 科目名称 as the rules compare them: what a code may be called, and in which year.

The catalog says how each row is known; only rows seen in a published book or official page may blame.
Source: catalog/codes (REFERENCE.md part D).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mingzhang.catalog import source
from mingzhang.catalog.codes import Code, codes_named, economics, functions
from mingzhang.catalog.normal import bare, without_level_words
from mingzhang.rules.wording import table

_TAILS = (re.compile(r"支出$"), re.compile(r"(?:费用|经费|费)$"))

# how a name's core may end in the classification
ENDINGS = ("", "支出", "费", "费用", "经费", "费支出")


def scheme_of(code: str) -> str:
    """function (2xx …), economic (3xx, 5xx …), "" for what is no expenditure code."""
    if re.fullmatch(r"2\d{2}(?:\d\d){0,2}", code):
        return "function"
    if re.fullmatch(r"[35]\d{2}(?:\d\d)?", code):
        return "economic"
    return ""


@cache
def core(name: str) -> str:
    """A name without level words, 支出/费/费用 at its end and punctuation between its words."""
    words = re.sub(r"[、,，。·]", "", without_level_words(bare(name)))
    for tail in _TAILS:
        words = tail.sub("", words)
    return words


def rows(code: str) -> tuple[Code, ...]:
    """What the catalog knows of a code."""
    found = (functions() if scheme_of(code) == "function" else economics()).get(code, ())
    return tuple(row for row in found if not row.error)


@cache
def _seen_variants() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in source.rows("codes/name_variants_seen.csv"):
        out.setdefault(row["code"], set()).add(core(row["name_in_book"]))
    for row in source.rows("codes/function_class_names_by_year.csv"):
        out.setdefault(row["code(assigned)"], set()).add(core(row["name_as_printed"]))
    for old in superseded():
        out.setdefault(old["code"], set()).add(core(old["old"]))
    return {code: frozenset(names) for code, names in out.items()}


@cache
def _years_seen() -> Mapping[str, tuple[int, int]]:
    """Function code -> first and last year in which its catalog name was seen printed."""
    out = {}
    for row in source.rows("codes/expenditure_function.csv"):
        years = [int(y) for y in row["years_seen"].split(";") if y.strip().isdigit()]
        if years:
            out[row["code"]] = (min(years), max(years))
    return out


def superseded() -> tuple[Mapping[str, str], ...]:
    """Names that were replaced: code, old, new, and the first year in which the new one was seen."""
    return tuple(table("superseded")["names"])


def accepted(code: str) -> frozenset[str]:
    """Every name (core form) that some edition or book has for the code."""
    return frozenset(core(row.name) for row in rows(code)) | _seen_variants().get(code, frozenset())


def confirmed(code: str, year: int | None) -> tuple[Code, ...]:
    """Rows seen in print and valid in ``year``: for a row without validity, in a year between or
    next to those in which it was seen. () where nobody may be blamed."""
    if year is None:
        return ()
    out = []
    for row in rows(code):
        if not row.confirmed or not row.holds(year):
            continue
        if row.first is None and row.last is None:
            first, last = _years_seen().get(code, (year, year))
            if not first - 1 <= year <= last + 1:
                continue
        out.append(row)
    return tuple(out)


def others_named(code: str, name: str, year: int | None) -> tuple[Code, ...]:
    """Confirmed rows of the same classification that have ``name`` under another code."""
    scheme = scheme_of(code)
    wanted = core(name)
    found: dict[str, Code] = {}
    for spelling in (bare(name), *(wanted + tail for tail in ENDINGS)):
        for other in codes_named(scheme, spelling):
            if other[0] == code[0] and other != code:
                found.update((other, row) for row in confirmed(other, year))
    return tuple(found[key] for key in sorted(found))
