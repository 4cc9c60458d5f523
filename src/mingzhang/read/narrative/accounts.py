"""Account paths: "一般公共服务支出（类）财政事务（款）行政运行（项）" and bare account names → codes.

The book's own names come first (``Lexicon``), then the catalog. What stands above a name in the
sentence, the item or the heading tells apart names that many accounts share (行政运行).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingzhang.catalog.codes import codes_named
from mingzhang.catalog.normal import bare
from mingzhang.read.lexicon import Lexicon

_LEVEL = re.compile(r"\((类|款|项|目)\)")
_CODED = re.compile(r"^(\d{3}(?:\d\d){0,2})(?=\D)")
_DIGITS = {"function": {"类": 3, "款": 5, "项": 7}, "economic": {"类": 3, "款": 5}}
_ALIKE = 0.8  # a misspelt name among its siblings: 一般行政事务管理 for 一般行政管理事务


@dataclass(frozen=True, slots=True)
class Account:
    """Codes a path may mean, likeliest first, and the words after its last name."""

    scheme: str
    codes: tuple[str, ...]
    rest: str
    words: str


def has_levels(text: str) -> bool:
    """True if the words say 类, 款 or 项 in brackets."""
    return bool(_LEVEL.search(text))


def variants(name: str) -> Iterator[str]:
    """Forms of a name that books use for one account: with and without 支出."""
    plain = bare(name)
    yield plain
    if plain.endswith("支出"):
        yield plain.removesuffix("支出")
    else:
        yield plain + "支出"


def named(
    lexicon: Lexicon, scheme: str, name: str, within: str = "", digits: int = 0
) -> tuple[str, ...]:
    """Codes called ``name`` below ``within``, of that length where any is; () if none."""
    own: Mapping[str, tuple[str, ...]]
    own = lexicon.functions if scheme == "function" else lexicon.economics
    for source in (own, None):
        for form in variants(name):
            codes = own.get(form, ()) if source is not None else codes_named(scheme, form)
            below = tuple(c for c in codes if c.startswith(within) and len(c) > len(within))
            exact = tuple(c for c in below if len(c) == digits)
            if exact or below:
                return exact or below
    return ()


def misspelt(lexicon: Lexicon, scheme: str, name: str, within: str) -> tuple[str, ...]:
    """The one sibling below ``within`` in this book whose name is nearly ``name``; () if unsure."""
    if len(within) < 3 or len(name) < 4:
        return ()
    own = lexicon.functions if scheme == "function" else lexicon.economics
    scored: list[tuple[float, str]] = []
    for known, codes in own.items():
        for code in codes:
            if code.startswith(within) and len(code) == len(within) + 2:
                same = 1.0 if sorted(known) == sorted(name) else 0.0
                scored.append((same or SequenceMatcher(None, known, name).ratio(), code))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < _ALIKE:
        return ()
    if len(scored) > 1 and scored[1][0] > scored[0][0] - 0.1:
        return ()
    return (scored[0][1],)


def read_path(text: str, lexicon: Lexicon, within: str = "") -> Account | None:
    """The account of a path with level words; None if its last name is not known.

    ``within`` is the account that the heading or item above names ("" for none).
    """
    pieces: list[tuple[str, str]] = []
    position = 0
    for match in _LEVEL.finditer(text):
        pieces.append((text[position : match.start()], match[1]))
        position = match.end()
    if not pieces:
        return None
    rest = text[position:]
    for scheme in ("function", "economic"):
        codes = _follow(pieces, lexicon, scheme, within if within[:1] == "2" else "")
        if codes:
            return Account(scheme, codes, rest, text[:position])
    return None


def _follow(
    pieces: list[tuple[str, str]], lexicon: Lexicon, scheme: str, within: str
) -> tuple[str, ...]:
    current = within
    found: tuple[str, ...] = ()
    for number, (name, level) in enumerate(pieces):
        digits = _DIGITS[scheme].get(level, 0)
        coded = _CODED.match(name)
        if coded and len(coded[1]) in (3, 5, 7):
            found = (coded[1],)
        else:
            found = _one(name, lexicon, scheme, current, digits, first=number == 0)
        if not found:
            if number == len(pieces) - 1:
                return ()
            continue
        current = found[0] if len(found) == 1 else current
    return found


def _one(
    name: str, lexicon: Lexicon, scheme: str, within: str, digits: int, first: bool
) -> tuple[str, ...]:
    """Codes of one piece; a piece may hold two names (人大事务行政运行) or words before the name."""
    scopes = dict.fromkeys((within, within[:3], "") if first else (within, within[:3]))
    for scope in scopes:
        codes = named(lexicon, scheme, name, scope, digits)
        if codes:
            return codes
        for cut in range(2, len(name) - 1):
            below = named(lexicon, scheme, name[cut:], scope, digits)
            upper = named(lexicon, scheme, name[:cut], scope)
            for parent in upper:
                inner = tuple(c for c in below if c.startswith(parent) and len(c) > len(parent))
                if inner:
                    return inner
            if below and first and len(set(below)) == 1 and len(name) - cut >= 4:
                return below
    return misspelt(lexicon, scheme, name, within)
