"""Number formats 数字格式: a stored number → the text that a spreadsheet shows for it.

Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31; built-in formats as Chinese Excel shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from mingzhang.read.xlsx.dates import Tokens, shown_date

GENERAL = "General"
_ACCOUNT = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"{1}_ ;_ @_ '
_BUILT_IN: dict[str, tuple[int, ...]] = {
    GENERAL: (0,),
    "0": (1,),
    "0.00": (2,),
    "#,##0": (3,),
    "#,##0.00": (4,),
    "@": (49,),
    "0%": (9,),
    "0.00%": (10,),
    "0.00E+00": (11,),
    "# ?/?": (12,),
    "# ??/??": (13,),
    "¥#,##0;¥-#,##0": (5, 6),
    "¥#,##0.00;¥-#,##0.00": (7, 8),
    "##0.0E+0": (48,),
    "#,##0;-#,##0": (37, 38),
    "#,##0.00;-#,##0.00": (39, 40),
    _ACCOUNT.format("", ""): (41, 42),
    _ACCOUNT.format(".00", "??"): (43, 44),
    "yyyy/m/d": (14,),
    "d-mmm-yy": (15,),
    "d-mmm": (16,),
    "mmm-yy": (17,),
    "m-d-yy": (30,),
    'yyyy"年"m"月"': (27, 36, 50, 52, 57),
    'm"月"d"日"': (28, 29, 51, 53, 54, 58),
    'yyyy"年"m"月"d"日"': (31,),
    "yyyy/m/d h:mm": (22,),
    "h:mm AM/PM": (18,),
    "h:mm:ss AM/PM": (19,),
    "h:mm": (20,),
    "h:mm:ss": (21,),
    "mm:ss": (45,),
    'h"时"mm"分"': (32, 34, 55),
    'h"时"mm"分"ss"秒"': (33, 35, 56),
    "[h]:mm:ss": (46,),
    "mm:ss.0": (47,),
}
BUILT_IN = {number: code for code, numbers in _BUILT_IN.items() for number in numbers}
_SPREADSHEET = Context(prec=15, rounding=ROUND_HALF_EVEN)  # digits a spreadsheet keeps
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
_LARGEST = 11  # characters that the General format spends on a fraction
_LONGEST = 255  # characters a format may have
_FARTHEST = 40  # powers of ten beyond which no budget goes; such a number is shown as stored
_MOST_PLACES = 30
_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(_MOST_PLACES + 1))
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_FIXED = re.compile(r"(?:#,##)?0(?:\.0+)?")
_KINDS = {"date": "date", "elapsed": "date", "general": "general", "exponent": "scientific"}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format, and how it shows a number.

    ``kind``: date, general, words (no digits at all), scientific, fraction, pattern, or fixed: a
    pattern whose digits stand in one piece between the two ``affixes``. ``shift`` is the power of
    ten by which % and trailing commas scale, ``point`` the index of the decimal point.
    """

    tokens: Tokens
    condition: tuple[str, Decimal] | None
    kind: str
    point: int = 0
    places: int = 0
    shift: int = 0
    grouped: bool = False
    affixes: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: its sections for numbers, and the tokens of the one for text (None: as it is)."""

    numeric: tuple[_Section, ...]
    text: Tokens | None
    has_conditions: bool


def shown_number(stored: str, code: str, *, epoch_1904: bool = False) -> str:
    """The text that a cell with the number ``stored`` and the format ``code`` shows.

    As in a spreadsheet the number is first taken to 15 significant digits, then rounded half away
    from zero to the decimals of the format. Returns ``stored`` itself where it is no number, and
    "" where the format hides it.
    """
    try:
        value = _SPREADSHEET.create_decimal(stored.strip())
    except InvalidOperation:
        return stored
    if not value.is_finite() or abs(value.adjusted()) > _FARTHEST:
        return stored
    section, value = _chosen(_format(code), value)
    if section is None:
        return general(value)
    if section.kind == "date":
        return shown_date(section.tokens, value, epoch_1904)
    return _number(section, value).strip()


def shown_text(text: str, code: str) -> str:
    """The text that a cell with a string and the format ``code`` shows."""
    tokens = _format(code).text
    if tokens is None:
        return text
    return "".join(text if k == "text" else v for k, v in tokens if k in ("text", "literal"))


def general(value: Decimal) -> str:
    """A number as the General 常规 format shows it in a column wide enough."""
    if value and abs(value) < Decimal("1e-9"):
        return f"{value:.5E}"
    places = max(0, _LARGEST - 1 - len(str(abs(int(value)))))
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=1024)
def _format(code: str) -> _Format:
    parts: list[list[tuple[str, str]]] = [[]]
    for kind, text in _tokens(code if len(code) <= _LONGEST else GENERAL):
        if kind == "end":
            parts.append([])
        else:
            parts[-1].append((kind, text))
    parts = parts[:4]
    has_text = len(parts) == 4 or any(kind == "text" for kind, _ in parts[-1])
    numeric = tuple(_section(part) for part in (parts[:-1] if has_text else parts))
    text_part = tuple(parts[-1]) if has_text else None
    return _Format(numeric, text_part, any(s.condition for s in numeric))


def _section(part: list[tuple[str, str]]) -> _Section:
    found = [_CONDITION.match(text) for kind, text in part if kind == "condition"]
    condition = (found[-1][1], Decimal(found[-1][2])) if found and found[-1] else None
    tokens = tuple(t for t in part if t[0] != "condition")
    kinds = [kind for kind, _ in tokens]
    for sign, kind in _KINDS.items():
        if sign in kinds:
            return _Section(tokens, condition, kind)
    digits = [i for i, kind in enumerate(kinds) if kind == "digit"]
    if not digits or ("literal", "/") in tokens:
        return _Section(tokens, condition, "fraction" if digits else "words")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole = [i for i in digits if i < point]
    last = whole[-1] if whole else 0
    # a comma after the digits, before the point or at the end, divides by 1,000; between them it groups
    scaling = kinds[last:point].count("comma") + kinds[max(digits[-1], point) :].count("comma")
    pattern = _Section(
        tokens,
        condition,
        "pattern",
        point,
        min(_MOST_PLACES, len(digits) - len(whole)),
        2 * kinds.count("percent") - 3 * scaling,
        "comma" in kinds[:last],
    )
    body = (text if kind != "literal" else "x" for kind, text in tokens[digits[0] : digits[-1] + 1])
    if not _FIXED.fullmatch("".join(body)):
        return pattern
    outside = tokens[: digits[0]], tokens[digits[-1] + 1 :]
    left, right = ("".join(t for k, t in side if k in ("literal", "percent")) for side in outside)
    return replace(pattern, kind="fixed", affixes=(left, right))


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "other" and text == ";":
            yield "end", ""
        elif kind in ("quoted", "escaped", "other"):
            yield "literal", text
        elif kind == "space":
            yield "literal", " "
        elif kind == "bracket":
            if _CONDITION.match(text):
                yield "condition", text
            elif text.startswith("$"):  # [$¥-804]: a currency sign, a locale
                yield "literal", text[1:].partition("-")[0]
            elif re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
                yield "elapsed", text.lower()
        elif kind in ("date", "noon"):
            yield kind, text.lower()
        elif kind != "fill":
            yield kind, text


def _chosen(form: _Format, value: Decimal) -> tuple[_Section | None, Decimal]:
    """The section for ``value``, and what it is to show (without the sign it shows itself)."""
    numeric = form.numeric
    if form.has_conditions:
        for section in numeric:
            if section.condition is None or _holds(section.condition, value):
                for_negatives = section.condition and section.condition[0] in ("<", "<=")
                return section, abs(value) if for_negatives else value
        return None, value
    if not numeric:
        return None, value
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[sign]


def _number(section: _Section, value: Decimal) -> str:
    tokens = section.tokens
    sign = "-" if value < 0 else ""
    if section.kind == "fraction":
        return general(value)
    if section.kind == "scientific":
        return _scientific(section, value)
    if section.kind in ("general", "words"):
        shown = general(abs(value))
        kept = ("general", "literal", "percent")
        body = "".join(shown if k == "general" else t for k, t in tokens if k in kept)
        return body if section.kind == "words" else sign + body
    if section.shift:
        value = value.scaleb(section.shift, _WIDE)
    rounded = abs(value).quantize(_QUANTA[section.places], ROUND_HALF_UP, _WIDE)
    sign = sign if rounded else ""
    if section.kind == "fixed":
        left, right = section.affixes
        return (
            f"{sign}{left}{rounded:,f}{right}"
            if section.grouped
            else f"{sign}{left}{rounded:f}{right}"
        )
    whole, _, fraction = f"{rounded:f}".partition(".")
    before, after = tokens[: section.point], tokens[section.point :]
    return sign + _whole(before, whole.lstrip("0"), section.grouped) + _fraction(after, fraction)


def _whole(tokens: Tokens, digits: str, grouped: bool) -> str:
    """The part before the point: digits poured into the placeholders from the right."""
    out: list[str] = []
    used = 0
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]

    def pour(digit: str) -> None:
        nonlocal used
        if grouped and used and used % 3 == 0 and digit != " ":
            out.append(",")
        out.append(digit)
        used += 1

    for i in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[i]
        if kind in ("literal", "percent"):
            out.append(text[::-1])
        elif kind == "digit":
            if digits:
                pour(digits[-1])
                digits = digits[:-1]
            elif text != "#":
                pour("0" if text == "0" else " ")
            while places and i == places[0] and digits:
                pour(digits[-1])
                digits = digits[:-1]
    return "".join(out)[::-1]


def _fraction(tokens: Tokens, digits: str) -> str:
    """The part from the point on; optional zeros at the end are left out, and a bare point."""
    spare = [text for kind, text in tokens if kind == "digit"]
    keep = len(digits)
    while keep and digits[keep - 1] == "0" and keep <= len(spare) and spare[keep - 1] != "0":
        keep -= 1
    out: list[str] = []
    used = 0
    for kind, text in tokens:
        if kind == "digit":
            out.append(digits[used] if used < keep else "")
            used += 1
        elif kind == "point" and keep:
            out.append(".")
        elif kind in ("literal", "percent"):
            out.append(text)
    return "".join(out)


def _scientific(section: _Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    mantissa = kinds[: kinds.index("exponent")]
    places = mantissa[mantissa.index("point") :].count("digit") if "point" in mantissa else 0
    number, _, power = (
        f"{value:.{places}E}".partition("E") if value else (f"{0:.{places}f}", "", "+0")
    )
    return f"{number}E{power[0]}{power[1:]:0>2}"
