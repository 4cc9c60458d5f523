"""Numbers in prose: amounts of money, percentages and counts, and amounts that are missing.

Years, dates, list numbers, document numbers and telephone numbers are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from mingzhang.model.money import Printed, Unit, parse_number
from mingzhang.read.narrative.words import either, table

MONEY, PERCENT, COUNT = "money", "percent", "count"

_NUMBER = r"(?<![\d.])[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MONEY = r"(?P<money>亿元|万元|千元|(?<![百千万])元|亿(?!元)|万(?=[,。;、()]|用于|$))"
_DIGIT = re.compile(r"\d")
_OWN = 2  # letters of a name that are no number
_UNITS = {
    "亿元": Unit.YI,
    "亿": Unit.YI,
    "万元": Unit.WAN,
    "万": Unit.WAN,
    "千元": Unit.THOUSAND,
    "元": Unit.YUAN,
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit at ``start:end`` of the compact text; ``digits`` is where the unit begins.

    ``word`` is the unit or counting word. ``limit`` says why it states nothing: threshold, target,
    rate; "" if it states something.
    """

    start: int
    digits: int
    end: int
    kind: str
    printed: Printed
    word: str
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something a template left in the text: ``what`` is template-leftover or amount-missing."""

    what: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    raw = table()
    counting = either(raw["counting"]["words"])
    barred = either(raw["counting"]["not_before"])
    return re.compile(
        rf"(?P<digits>{_NUMBER})余?(?:{_MONEY}|(?P<percent>个百分点|[%‰])"
        rf"|(?P<count>{counting})(?!{barred}))"
    )


@cache
def _bare_zero() -> re.Pattern[str]:
    # "支出预算为0；": an amount of nothing needs no unit; （基数为0，不可比） states no amount
    return re.compile(r"(?<!基数为)(?<=[为是计])(?P<digits>0(?:\.0+)?)(?=[,。;、)]|$)")


@cache
def _limits() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    raw = table()["limits"]
    return (
        re.compile(rf"(?:{either(raw['before'])})(?:在)?$"),
        re.compile(rf"(?:{either(raw['after'])})"),
        re.compile(rf"(?:{either(raw['aims'])})$"),
        re.compile(rf"(?:{either(raw['rates'])})[^,。;:、]{{0,6}}$"),
    )


def names_with_digits(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of the names that hold digits (码头改造（3期）), longest first; None if none does.

    A name must have something else than its numbers, or every such number would be the name.
    """
    wanted = {n for n in names if _DIGIT.search(n) and len(_pattern().sub("", n)) >= _OWN}
    if not wanted:
        return None
    return re.compile("|".join(re.escape(n) for n in sorted(wanted, key=len, reverse=True)))


def numbers(text: str, names: re.Pattern[str] | None = None) -> list[Number]:
    """All figures of a compact text, in order; numbers inside ``names`` are no figures."""
    found = [_read(text, m) for m in _pattern().finditer(text)]
    out = [n for n in found if n is not None]
    if names is not None:
        named = [m.span() for m in names.finditer(text)]
        out = [n for n in out if not any(a <= n.start and n.end <= b for a, b in named)]
    taken = {n.start for n in out}
    for m in _bare_zero().finditer(text):
        if m.start() not in taken:
            printed = _printed(m["digits"], _unit_near(out, m.start()))
            if printed is not None:
                out.append(Number(m.start(), m.end(), m.end(), MONEY, printed, ""))
    return sorted(out, key=lambda n: n.start)


def _unit_near(found: list[Number], position: int) -> Unit:
    money = [n for n in found if n.kind == MONEY]
    if not money:
        return Unit.WAN
    return min(money, key=lambda n: abs(n.start - position)).printed.unit


def _printed(text: str, unit: Unit) -> Printed | None:
    parsed = parse_number(text)
    return None if parsed is None else Printed(text, parsed[0], unit, parsed[1])


def _read(text: str, match: re.Match[str]) -> Number | None:
    start, digits, end = match.start(), match.end("digits"), match.end()
    if text[start] in "+-" and start > 0 and text[start - 1] in "0123456789年":
        start += 1  # a range (3-5人), not a sign
    before = text[max(0, start - 12) : start]
    if match["count"] and (before.endswith(("第", "二", "三"))):
        return None
    kind = MONEY if match["money"] else PERCENT if match["percent"] else COUNT
    unit = (
        _UNITS[match["money"]]
        if match["money"]
        else Unit.PERCENT
        if match["percent"]
        else Unit.COUNT
    )
    word = match["money"] or match["percent"] or match["count"]
    printed = _printed(text[start:digits], unit)
    if printed is None:
        return None
    return Number(start, digits, end, kind, printed, word, _limit(text, before, end, kind))


def _limit(text: str, before: str, end: int, kind: str) -> str:
    named, above, aim, rate = _limits()
    if above.match(text, end) or (kind == MONEY and named.search(before)):
        return "threshold"
    if kind != MONEY and aim.search(before):
        return "target"
    if kind == MONEY and (rate.search(before) or text[end : end + 1] == "/"):
        return "rate"
    return ""


_FILLED = r"[XxＸ×*＊_□○]"
_FILLING = re.compile(_FILLED)
_PLACEHOLDER = re.compile(
    rf"(?:[Xx]{{2,}}|×{{2,}}|_{{2,}}|□+|\*{{2,}}|{_FILLED}+(?=万元|亿元|元|%|个|名|人|辆))"
)
_MISSING = re.compile(
    r"(?<=支出|预算|收入|经费|金额|总额|总计|合计|共计|增加|减少|增长|下降|资金|安排|决算)(?:万元|亿元)"
    r"|(?<=[费为数率])(?:万元|亿元)|(?<=增长|增加|减少|下降|降低|上升)%|(?<=[占的])%"
)


def leftovers(
    text: str, alternative: re.Pattern[str], template: re.Pattern[str]
) -> Iterator[Leftover]:
    """Placeholders, both directions left standing, form instructions, and missing amounts."""
    patterns = [_PLACEHOLDER] if _FILLING.search(text) else []
    if "(" in text or "/" in text:
        patterns += [alternative, template]
    for pattern in patterns:
        for m in pattern.finditer(text):
            yield Leftover("template-leftover", m.start(), m.end())
    for m in _MISSING.finditer(text):
        yield Leftover("amount-missing", m.start(), m.end())
