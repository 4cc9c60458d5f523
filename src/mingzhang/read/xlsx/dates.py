"""Date formats 日期格式: a serial number of days → the date that a spreadsheet shows for it.

Source: ECMA-376 part 1, 18.8.31 (date and time codes) and 18.17.4 (date bases).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

Tokens = tuple[tuple[str, str], ...]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = "一二三四五六日"


def shown_date(tokens: Tokens, value: Decimal, epoch_1904: bool) -> str:
    """The serial number ``value`` as a date, by the tokens (kind, text) of its format.

    Returns "" for what a spreadsheet cannot show as a date (it fills the cell with ####). Day 60 of
    the 1900 system never was: Lotus took 1900 for a leap year, and Excel followed.
    """
    days = float(value)
    if not 0 <= days < 2958466:  # 9999-12-31
        return ""
    epoch = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if days >= 60 else 31)
    subsecond = any(kind == "digit" for kind, _ in tokens)  # ss.0: its fraction is left out
    seconds = round(days * 86400, 3) if subsecond else round(days * 86400)
    try:
        when = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return ""
    noon = any(kind == "noon" for kind, _ in tokens)
    out: list[str] = []
    for i, (kind, text) in enumerate(tokens):
        if kind == "elapsed":
            out.append(str(int(seconds // {"h": 3600, "m": 60, "s": 1}[text[0]])))
        elif kind == "noon":
            out.append(("上午", "下午")[when.hour >= 12] if "/下" in text else f"{when:%p}")
        elif kind == "date":
            minutes = text[0] == "m" and _is_minutes(tokens, i)
            out.append(_date_part(when, "n" * len(text) if minutes else text, noon))
        elif kind in ("literal", "comma", "percent") or (kind == "point" and not subsecond):
            out.append(text)
    return "".join(out).strip()


def _is_minutes(tokens: Tokens, i: int) -> bool:
    """m is minutes after hours or before seconds, months elsewhere."""
    before = [t for k, t in tokens[:i] if k in ("date", "elapsed")]
    after = [t for k, t in tokens[i + 1 :] if k in ("date", "elapsed")]
    return bool(before and before[-1][0] == "h") or bool(after and after[0][0] == "s")


def _date_part(when: datetime, text: str, noon: bool) -> str:
    letter, count = text[0], len(text)
    if letter in "ye":
        return f"{when.year:04}" if count > 2 or letter == "e" else f"{when.year % 100:02}"
    if letter == "m" and count > 2:
        return _MONTHS[when.month - 1]
    if letter == "a" or (letter == "d" and count > 2):
        return ("星期" if count > 3 else "周") + _DAYS[when.weekday()]
    hour = (when.hour % 12 or 12) if noon else when.hour
    values = {"m": when.month, "d": when.day, "h": hour, "n": when.minute, "s": when.second}
    number = values.get(letter)
    return "" if number is None else f"{number:0{min(count, 2)}}"
