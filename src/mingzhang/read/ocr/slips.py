"""Slips of reading that the shape of a number betrays: mostly a comma taken for a point."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\d[\d.,，．。]*\d")
_SIGN = str.maketrans({"，": ",", "．": ".", "。": "."})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def uses_grouping(texts: list[str]) -> bool:
    """True if numbers on a page are printed with thousands commas."""
    return any(_GROUPED.fullmatch(m[0]) for text in texts for m in _TOKEN.finditer(text))


def mended(text: str, grouping: bool) -> str:
    """``text`` (of the same length) with separators inside numbers put right where that is plain.

    "1.234.56" and "1,234,56" can only be 1,234.56; "11.281.624" can only be 11,281,624; where the
    page groups thousands (``grouping``), "538.440" is 538,440: amounts print no three decimals.
    """
    return _TOKEN.sub(lambda match: _number(match[0], grouping), text)


def _number(token: str, grouping: bool) -> str:
    parts = re.split(r"[.,，．。]", token)
    if len(parts) < 2 or not all(parts):
        return token
    plain = token.translate(_SIGN)
    middle, last = parts[1:-1], parts[-1]
    grouped = len(parts[0]) <= 3 and all(len(p) == 3 for p in middle)
    if not grouped:
        return token
    if len(parts) == 2:
        if len(last) == 3 and "." in plain and grouping and parts[0] != "0":
            return ",".join(parts)
        return plain
    if len(last) == 3:
        return ",".join(parts)
    if len(last) <= 2:
        return ",".join(parts[:-1]) + "." + last
    return token
