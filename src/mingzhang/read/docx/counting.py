"""Counting: a number as the numbering formats 编号格式 of a word processor print it.

Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def chinese(value: int) -> str:
    """一, 十, 十一, 二十, 一百零一 … up to 9,999; beyond, digits."""
    if not 0 <= value <= 9999:
        return str(value)
    if value == 0:
        return "零"
    out = ""
    digits = str(value)
    for i, digit in enumerate(digits):
        place = len(digits) - 1 - i
        if digit != "0":
            out += _DIGITS[int(digit)] + _PLACES[place]
        elif not out.endswith("零"):
            out += "零"
    out = out.rstrip("零")
    return out.removeprefix("一") if out.startswith("一十") else out


def _formal(value: int) -> str:
    text = chinese(value)
    return ("一" + text if text.startswith("十") else text).translate(_FORMAL)


def _row(first: str, last: str) -> Callable[[int], str]:
    """Numbers that are single characters, one after the other; beyond, plain digits."""
    start, count = ord(first), ord(last) - ord(first) + 1
    return lambda value: chr(start + value - 1) if 1 <= value <= count else str(value)


def _cycle(characters: str) -> Callable[[int], str]:
    count = len(characters)
    return lambda value: characters[value - 1] if 1 <= value <= count else str(value)


def _letters(value: int) -> str:
    """a … z, aa, bb …, as a word processor goes on."""
    if not 1 <= value <= 26 * 30:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 1 <= value <= 3999:
        return str(value)
    out = ""
    for worth, text in _ROMAN:
        count, value = divmod(value, worth)
        out += text * count
    return out


def _full_width(value: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(value))


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _row("㊀", "㊉"),
    "decimalEnclosedCircle": _row("①", "⑳"),
    "decimalEnclosedCircleChinese": _row("①", "⑳"),
    "decimalEnclosedParen": _row("⑴", "⒇"),
    "decimalEnclosedFullstop": _row("⒈", "⒛"),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "none": lambda value: "",
}


def counted(value: int, number_format: str) -> str:
    """``value`` in a numbering format; plain digits in one that is not known."""
    return _FORMATS.get(number_format, str)(value)
