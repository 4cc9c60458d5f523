"""Numbers in a target: Arabic with thousands commas, Chinese numerals 中文数字 up to 亿, 百分之 ….

Text is in the normal form of catalog.normal.plain.
"""

from __future__ import annotations

import re
from decimal import Decimal

ARABIC = r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+"
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TIMES = {"十": 10, "百": 100, "千": 1000}
_TENTHS = re.compile(r"([一二两三四五六七八九十]|\d)成([一二三四五六七八九半])?")
_PERCENT = re.compile(rf"百分之({CHINESE}|\d+(?:\.\d+)?)(?:点({CHINESE}))?")


def arabic(text: str) -> Decimal:
    """The value of a number that ARABIC matched."""
    return Decimal(text.replace(",", ""))


def chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral: 十二, 两百, 一千零五, 二〇二三; None if it is not one."""
    if not re.fullmatch(CHINESE, text):
        return None
    if all(c in _DIGIT for c in text):  # digit by digit, as years are written
        return Decimal("".join(str(_DIGIT[c]) for c in text))
    if re.search(r"[百千万亿][一二两三四五六七八九]$", text):
        return None  # 一千五 is said for 1500, and written for 1005
    total = section = 0
    digit: int | None = None
    last = 0  # the last multiplier met inside a section: they have to fall
    for char in text:
        if char in _DIGIT:
            if digit not in (None, 0):
                return None
            digit = _DIGIT[char]
        elif char in _TIMES:
            times = _TIMES[char]
            if last and times >= last:
                return None
            section += (1 if digit is None else digit) * times
            digit, last = None, times
        else:
            section += digit or 0
            if not section:
                return None
            total = (total + section) * 10_000 if char == "万" else (total + section) * 100_000_000
            section, digit, last = 0, None, 0
    return Decimal(total + section + (digit or 0))


def percents(text: str) -> str | None:
    """``text`` as one percentage if it is 百分之 … ("百分之九十五" -> "95%"); None if it is not."""
    found = _PERCENT.fullmatch(text)
    if found is None:
        return None
    whole, after = found.groups()
    value = Decimal(whole) if whole[0].isdigit() else chinese(whole)
    if value is None:
        return None
    if after is None:
        return f"{value:f}%"
    if any(c not in _DIGIT for c in after):
        return None
    return f"{value:f}.{''.join(str(_DIGIT[c]) for c in after)}%"


def tenths(text: str) -> str | None:
    """``text`` as one percentage if it is so many tenths ("八成" -> "80%", "九成五" -> "95%")."""
    found = _TENTHS.fullmatch(text)
    if found is None:
        return None
    whole = Decimal(found[1]) if found[1].isdigit() else chinese(found[1])
    if not whole:
        return None
    after = {"半": 5}.get(found[2] or "", _DIGIT.get(found[2] or "", 0))
    return f"{whole * 10 + after:f}%"
