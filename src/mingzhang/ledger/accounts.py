"""Accounts 科目: codes as people type them, their names in a year, and the nearest right ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache

from mingzhang.catalog.codes import Code, economics, functions
from mingzhang.catalog.normal import bare, plain, without_level_words
from mingzhang.catalog.succession import successions

# digits of the level at which lines are kept: 项 of the function, 款 of the economic classifications
LEAF = {"function": 7, "economic": 5, "gov_economic": 5}
_FIRST = {"function": "2", "economic": "3", "gov_economic": "5"}
_CODED = re.compile(r"(\d{3,9})(.*)")
_MOST = 3


@cache
def scheme(name: str) -> Mapping[str, tuple[Code, ...]]:
    """The rows of a scheme: function, economic (部门) or gov_economic (政府)."""
    if name == "function":
        return functions()
    return {code: rows for code, rows in economics().items() if code[0] == _FIRST[name]}


def other_scheme(code: str, name: str) -> str:
    """The scheme that knows ``code`` if ``name`` does not; "" if none does."""
    if code in scheme(name):
        return ""
    return next((other for other in LEAF if other != name and code in scheme(other)), "")


@lru_cache(maxsize=4096)
def row_of(code: str, name: str, year: int | None) -> Code | None:
    """The row of a code that holds in ``year``, else any; None for an unknown code."""
    found = [row for row in scheme(name).get(code, ()) if not row.error]
    held = [row for row in found if row.holds(year)]
    best = sorted(held or found, key=lambda row: not row.confirmed)
    return best[0] if best else None


@lru_cache(maxsize=4096)
def labelled(code: str, name: str, year: int | None) -> str:
    """A code with its name in that year: "2010308 信访事务"; the code alone if it is unknown."""
    row = row_of(code, name, year)
    return code if row is None else f"{code} {row.name}"


@cache
def known_in(name: str, year: int | None) -> bool:
    """True if the catalog knows the scheme as it was in that year: most of its accounts hold.

    Of the economic classifications before 2018 it has only what is needed to read old books.
    """
    rows = [row for found in scheme(name).values() for row in found if not row.error]
    return sum(row.holds(year) for row in rows) * 2 > len(rows)


@cache
def leaves(name: str, year: int | None) -> Mapping[str, str]:
    """Code -> name of every account at the level where lines are kept, in that year.

    Those of all years where the catalog does not know that year.
    """
    out = {}
    when = year if known_in(name, year) else None
    for code, rows in sorted(scheme(name).items()):
        if len(code) == LEAF[name] and any(r.holds(when) and not r.error for r in rows):
            row = row_of(code, name, year)
            if row is not None:
                out[code] = row.name
    return out


@lru_cache(maxsize=4096)
def split_code(text: str) -> tuple[str, str]:
    """("2010308", "信访事务") of a code typed with or without its name; ("", text) for words."""
    typed = plain(text)
    found = _CODED.fullmatch(typed)
    if not found:
        return "", typed
    return found[1], found[2].strip("-—_:：.、·,，()[]")


@cache
def _named(name: str, year: int | None) -> Mapping[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for code, words in leaves(name, year).items():
        out.setdefault(bare(words), []).append(code)
    return {words: tuple(codes) for words, codes in out.items()}


def codes_called(words: str, name: str, year: int | None) -> tuple[str, ...]:
    """The codes of a name (level words and brackets aside) among that year's accounts."""
    return _named(name, year).get(bare(without_level_words(words)), ())


def same_name(typed: str, code: str, name: str) -> bool:
    """True if ``typed`` is a name that some year or book gives the code (its beginning suffices)."""
    words = bare(without_level_words(typed))
    names = [bare(row.name) for row in scheme(name).get(code, ())]
    return any(words == own or (len(words) > 3 and own.startswith(words)) for own in names)


@lru_cache(maxsize=1024)
def nearest(text: str, name: str, year: int | None) -> tuple[str, ...]:
    """Up to three accounts of that year nearest to what was typed, likeliest first, with names.

    By name where words were typed, and by the fewest slips of a digit otherwise: what became of an
    account of another year, one digit wrong, two swapped, one lost or one too many.
    """
    code, words = split_code(text)
    table = leaves(name, year)
    found: list[str] = []
    if words:
        found += codes_called(words, name, year)
        for close in get_close_matches(bare(words), _named(name, year), _MOST, 0.6):
            found += _named(name, year)[close]
    if code:
        found += _followed(code, name, year)
        found += _slips(code, name, year)
    unique = [c for c in dict.fromkeys(found) if c in table and c != code]
    return tuple(labelled(c, name, year) for c in unique[:_MOST])


def _followed(code: str, name: str, year: int | None) -> list[str]:
    """What an account of an earlier year became."""
    out: list[str] = []
    for step in successions():
        if step.scheme == name and code in step.old and (year is None or step.year <= year):
            out += step.new
    return out


def _slips(code: str, name: str, year: int | None) -> list[str]:
    """Accounts one slip away, those that agree longest from the left last: the tail slips oftenest."""
    table = leaves(name, year)
    digits = "0123456789"
    one = {code[:i] + d + code[i + 1 :] for i in range(len(code)) for d in digits}
    one |= {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(len(code) - 1)}
    one |= {code[:i] + code[i + 1 :] for i in range(len(code))}
    one |= {code[:i] + d + code[i:] for i in range(len(code) + 1) for d in digits}
    if len(code) < LEAF[name]:
        one |= {leaf for leaf in table if leaf.startswith(code)}
    else:
        one.add(code[: LEAF[name]])
    close = [leaf for leaf in one if leaf in table]

    def shared(leaf: str) -> int:
        return next(
            (i for i, (a, b) in enumerate(zip(leaf, code, strict=False)) if a != b), len(code)
        )

    return sorted(close, key=lambda leaf: (-shared(leaf), leaf))
