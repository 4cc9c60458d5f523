"""Number formats 数字格式: a stored number → the text that a spreadsheet shows for it.

Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31; built-in formats as Chinese Excel shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

from mingzhang.read.xlsx.dates import shown_date

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
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>E[+-])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a format: its tokens (kind, text) and when it applies."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    @property
    def is_date(self) -> bool:
        return self.has("date", "elapsed")


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
    sections = _sections(code if len(code) <= _LONGEST else GENERAL)
    section, value = _chosen(sections, value)
    if section is None:
        return general(value)
    if section.is_date:
        return shown_date(section.tokens, value, epoch_1904)
    return _number(section, value).strip()


def shown_text(text: str, code: str) -> str:
    """The text that a cell with a string and the format ``code`` shows."""
    if code in (GENERAL, "@") or len(code) > _LONGEST or not (";" in code or "@" in code):
        return text
    sections = _sections(code)
    last = sections[-1]
    if len(sections) < 4 and not last.has("text"):
        return text
    return "".join(text if k == "text" else v for k, v in last.tokens if k in ("text", "literal"))


def general(value: Decimal) -> str:
    """A number as the General 常规 format shows it in a column wide enough."""
    whole = len(str(abs(int(value))))
    places = max(0, _LARGEST - 1 - whole)
    if value and abs(value) < Decimal("1e-9"):
        return f"{value:.5E}"
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    return _plain(rounded)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    out: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for kind, text in _tokens(code):
        if kind == "end":
            out.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "condition":
            found = _CONDITION.match(text)
            assert found
            condition = found[1], Decimal(found[2])
        else:
            tokens.append((kind, text))
    return tuple(out[:4])


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
    yield "end", ""


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, Decimal]:
    """The section for ``value``, and what it is to show (without the sign it shows itself)."""
    numeric = sections[:3]
    if len(sections) > 1 and sections[-1].has("text"):
        numeric = sections[: len(sections) - 1][:3]
    if any(s.condition for s in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, value):
                negative_only = section.condition and section.condition[0] in ("<", "<=")
                return section, abs(value) if negative_only and value < 0 else value
        return None, value
    if not numeric or numeric[0].has("text"):
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
    if section.has("general"):
        shown = general(abs(value))
        body = "".join(
            shown if k == "general" else t for k, t in tokens if k in ("general", "literal")
        )
        return "-" + body if value < 0 else body
    if not section.has("digit"):
        return "".join(text for kind, text in tokens if kind in ("literal", "percent"))
    if section.has("exponent") or ("literal", "/") in tokens:
        return _scientific(section, value) if section.has("exponent") else general(value)
    point = next((i for i, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    last = max((i for i in range(point) if tokens[i][0] == "digit"), default=-1)
    end = max(
        (i for i, (kind, _) in enumerate(tokens) if kind == "digit" and i > point), default=point
    )
    thousands = [*tokens[last + 1 : point], *tokens[end:]]  # each comma after the digits: by 1,000
    scale = sum(kind == "comma" for kind, _ in thousands)
    places = min(_MOST_PLACES, sum(kind == "digit" for kind, _ in tokens[point:]))
    value = value.scaleb(2 * sum(k == "percent" for k, _ in tokens) - 3 * scale, _WIDE)
    rounded = abs(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE)
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = any(kind == "comma" for kind, _ in tokens[: max(last, 0)])
    body = _whole(tokens[:point], whole.lstrip("0"), grouped) + _fraction(tokens[point:], fraction)
    return "-" + body if value < 0 and rounded else body


def _whole(tokens: tuple[tuple[str, str], ...], digits: str, grouped: bool) -> str:
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


def _fraction(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
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
