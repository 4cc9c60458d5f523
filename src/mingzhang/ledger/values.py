"""Values: what a cell's text means (amounts in 分, choices, codes, years), and how it is written.

Reading a value either gives it or raises Bad with the fault to report. Writing is canonical: what
was written reads back as the same value, and is written the same again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from mingzhang.catalog.dimensions import name as name_of
from mingzhang.catalog.dimensions import values as dimension_values
from mingzhang.catalog.ledger import LANGUAGES, meant, offered, say, subjects, words
from mingzhang.catalog.normal import plain
from mingzhang.ledger.accounts import (
    codes_called,
    labelled,
    nearest,
    row_of,
    same_name,
    split_code,
)
from mingzhang.model.money import parse_number

# 15 digits are what Excel keeps of a number: more could not go through a workbook unharmed
MOST_FEN = 10**15 - 1
_SIMPLE = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")
_UNIT = re.compile(r"(.*?)(元|千元|万元|亿元|万|亿)$")
_FACTORS = {"元": 1, "千元": 1000, "万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8}
_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)日?")  # a time may follow
_EPOCH = date(1899, 12, 30)  # of the day numbers of worksheets


class Bad(ValueError):
    """A text that is no value: the kind of fault and what its sentence needs."""

    def __init__(self, kind: str, **params: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.params = params


ADJUSTED = "尾差调整:"  # a fact of this name moves one printed figure by one unit (Ledger.adjusted)


def amount(text: str) -> int | None:
    """An amount 金额 in 元 as 分; None for a blank or a dash. Raises Bad."""
    found = _SIMPLE.fullmatch(text)
    if found:
        sign, whole, cents = found.groups()
        fen = int(whole) * 100 + (int(cents.ljust(2, "0")) if cents else 0)
        return -fen if sign else fen
    if plain(text) in words("blank"):
        return None
    number = parse_number(text.lstrip("¥￥").removesuffix("元")) if "%" not in text else None
    if number is None:
        raise Bad("text-amount", text=text, hints=_unit_hint(text))
    value = number[0] * 100
    if abs(value) > MOST_FEN:
        raise Bad("too-many-digits", text=text)
    if value != value.to_integral_value():
        near = amount_text(int(value.to_integral_value()))
        raise Bad("too-fine", text=text, suggestion=near, suggestions=(near,))
    return int(value)


def _unit_hint(text: str) -> Mapping[str, str]:
    found = _UNIT.fullmatch(plain(text))
    number = parse_number(found[1]) if found else None
    if found is None or number is None:
        return dict.fromkeys(LANGUAGES, "")
    value = number[0] * _FACTORS[found[2]]
    written = f"{value.quantize(Decimal('0.01'))}" if abs(value) < MOST_FEN else ""
    return {lang: say("unit-inside", lang, value=written) if written else "" for lang in LANGUAGES}


def amount_text(fen: int | None) -> str:
    """An amount in 元 with two decimals: 123450 -> "1234.50"."""
    if fen is None:
        return ""
    whole, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{cents:02}"


def choice(dimension: str, text: str) -> str:
    """The id of a dimension's value from its id or any of its labels. Raises Bad."""
    key = meant(dimension).get(plain(text).casefold())
    if key is None:
        known = meant(dimension)
        close = get_close_matches(plain(text).casefold(), known, 3, 0.5)
        ids = dict.fromkeys(known[word] for word in close)
        names = tuple(name_of(dimension, k) for k in ids if k in offered(dimension))
        hints = None if names else _choices_hint(dimension)
        raise Bad("not-a-choice", text=text, nearest=names, hints=hints)
    if key not in offered(dimension):
        finer = _finer(dimension, key)
        names = tuple(name_of(dimension, k) for k in finer)
        raise Bad("coarse", text=text, suggestion=say("or", "zh").join(names), suggestions=names)
    return key


def _choices_hint(dimension: str) -> Mapping[str, str]:
    return {
        lang: say(
            "choices",
            lang,
            list=say("or", lang).join(name_of(dimension, k, lang) for k in offered(dimension)),
        )
        for lang in LANGUAGES
    }


def _finer(dimension: str, key: str) -> tuple[str, ...]:
    """The values that may be chosen within a coarse one; all of them if there is none within."""
    within = [
        k
        for k in offered(dimension)
        if key in _ancestors(dimension, k)
    ]  # fmt: skip
    return tuple(within) or offered(dimension)


def _ancestors(dimension: str, key: str) -> Iterable[str]:
    node = dimension_values().get((dimension, key))
    while node is not None and node.within:
        yield node.within
        node = dimension_values().get((dimension, node.within))


def choice_text(dimension: str, key: str) -> str:
    """The Chinese name of a value, or its id where that name means another value."""
    if not key:
        return ""
    written = name_of(dimension, key)
    return written if meant(dimension).get(plain(written).casefold()) == key else key


def yes(text: str) -> bool:
    """是 or 否. Raises Bad."""
    typed = plain(text).casefold()
    if typed in words("yes"):
        return True
    if typed in words("no") or typed in words("blank"):
        return False
    raise Bad("not-yes-or-no", text=text, suggestions=("是", "否"))


def yes_text(value: bool) -> str:
    """是 or 否."""
    return words("yes" if value else "no")[0]


def count(text: str) -> int:
    """A whole number. Raises Bad."""
    number = parse_number(text) if "%" not in text else None
    if number is None or number[0] != number[0].to_integral_value() or abs(number[0]) > MOST_FEN:
        raise Bad("not-a-count", text=text)
    return int(number[0])


def number(text: str) -> Decimal:
    """A decimal number. Raises Bad."""
    try:
        found = parse_number(text) if "%" not in text else None
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        found = None
    if found is None or len(found[0].as_tuple().digits) > 15:
        raise Bad("not-a-number", text=text)
    return found[0]


def number_text(value: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    if value == value.to_integral_value():
        return str(int(value))
    return format(value.normalize(), "f")


def year(text: str) -> int:
    """A year of four digits. Raises Bad."""
    typed = plain(text).removesuffix("度").removesuffix("年")
    if not re.fullmatch(r"(?:19|20|21)\d\d", typed):
        raise Bad("not-a-year", text=text)
    return int(typed)


def day(text: str) -> date:
    """A date: 2026-02-10, 2026年2月10日, 20260210, or a worksheet's day number. Raises Bad."""
    typed = plain(text)
    try:
        found = _DATE.match(typed)
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if re.fullmatch(r"(?:19|20)\d{6}", typed):
            return date(int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    except ValueError:
        raise Bad("not-a-date", text=text) from None
    if re.fullmatch(r"[2-9]\d{4}", typed):  # 1954 to 2173
        return _EPOCH + timedelta(days=int(typed))
    raise Bad("not-a-date", text=text)


def among(name: str, text: str) -> str:
    """One of a list of words of the catalog. Raises Bad."""
    typed = plain(text).casefold()
    if typed not in words(name):
        raise Bad("not-a-choice", text=text, nearest=words(name))
    return typed


def direction(text: str) -> str:
    """正向 up, 反向 down. Raises Bad."""
    typed = plain(text).casefold()
    for way in ("up", "down"):
        if typed in words(way):
            return way
    raise Bad("not-a-choice", text=text, nearest=(words("up")[0], words("down")[0]))


def items(text: str) -> frozenset[str]:
    """归入: "机关运行经费 不含公务接待费" -> {"running_cost", "-reception"}. Raises Bad."""
    found = set()
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        out = next((mark for mark in words("left_out") if word.startswith(mark)), "")
        plus = next((mark for mark in words("counted_in") if word.startswith(mark)), "")
        key = choice("item", word[len(out or plus) :])
        found.add(f"-{key}" if out else key)
    return frozenset(found)


def items_text(found: frozenset[str]) -> str:
    """The items of a line as words, those left out last."""
    order = offered("item")

    def rank(item: str) -> tuple[bool, int, str]:
        key = item.lstrip("+-")
        return item.startswith("-"), order.index(key) if key in order else len(order), key

    mark = words("left_out")[0]
    return " ".join(
        (mark if item.startswith("-") else "") + choice_text("item", item.lstrip("+-"))
        for item in sorted(found, key=rank)
    )


@lru_cache(maxsize=65536)
def code(scheme: str, text: str, of_year: int | None) -> tuple[str, Bad | None]:
    """The code in a text, and what to say of it (a fault that does not keep the code out).

    Raises Bad where no code can be found. Whether the code is right is not asked here.
    """
    typed, name = split_code(text)
    shown = of_year or ""
    if not typed:
        found = codes_called(name, scheme, of_year)
        if len(found) != 1:
            near = tuple(labelled(c, scheme, of_year) for c in found[:3])
            near = near or nearest(text, scheme, of_year)
            raise Bad("not-a-code", text=text, year=shown, nearest=near)
        label = labelled(found[0], scheme, of_year)
        return found[0], Bad("code-by-name", text=text, suggestion=label, suggestions=(label,))
    row = row_of(typed, scheme, of_year)
    if name and row is not None and not same_name(name, typed, scheme):
        near = tuple(
            dict.fromkeys((labelled(typed, scheme, of_year), *nearest(name, scheme, of_year)))
        )
        return typed, Bad(
            "name-differs", text=name, code=typed, year=shown, suggestion=row.name, suggestions=near
        )  # fmt: skip
    return typed, None


def subject(text: str) -> str:
    """The subject of a reason: "公务接待费" -> "reception", "2010308 信访事务" -> "2010308"; else as typed."""
    found = subjects().get(plain(text).casefold())
    typed = split_code(text)[0]
    return found or (typed if row_of(typed, "function", None) is not None else text)


def subject_text(found: str, of_year: int | None) -> str:
    """A subject as people write it, or itself where that would mean another."""
    shown = name_of("item", found)
    if shown == found:
        shown = name_of("nature", found)
    if shown == found and found.isdecimal():
        shown = labelled(found, "function", of_year)
    return shown if subject(shown) == found else found
