"""Movements: compared with what (比2022年预算), and which way (增加, 下降, 持平)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mingzhang.read.narrative.words import either, table


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a change is measured against, as said: ``year`` (None: not said), ``last`` for 上年.

    ``stage`` is "" where the words do not say one. ``start:end`` are offsets in the clause.
    """

    start: int
    end: int
    year: int | None
    last: bool
    stage: str


@dataclass(frozen=True, slots=True)
class Move:
    """A direction word: sign +1, -1 or 0 (持平), at ``start:end`` of the clause.

    ``reached`` is True for 增加到 (the number is the new level). ``open`` is True where a template's
    two directions stand side by side (增加（减少）). ``about`` is what stands between word and number.
    """

    start: int
    end: int
    sign: int
    word: str
    reached: bool = False
    open: bool = False
    about: str = ""


@cache
def _baseline() -> re.Pattern[str]:
    raw = table()["baseline"]
    stages = "|".join(
        f"(?P<{key}>{either(raw[key])})" for key in ("adjusted", "final", "budget", "plain")
    )
    return re.compile(
        rf"(?:{either(raw['open'])}|(?P<joining>{either(raw['joining'])}))(?:(?P<last>{either(raw['last'])})|(?P<same>{either(raw['same'])})"
        rf"|(?P<year>(?:19|20)\d\d)(?:年度?)?)?(?:的|同期)?(?:{stages})?(?:的)?(?P<tail>{either(raw['tail'])})?"
    )


@cache
def _yearly() -> re.Pattern[str]:
    return re.compile(either(table()["baseline"]["yearly"]))


def baseline(text: str) -> Baseline | None:
    """The first baseline in ``text`` that says a year or a stage; None if there is none."""
    for match in _baseline().finditer(text):
        stage = next((s for s in ("adjusted", "final", "budget") if match[s]), "")
        if not (match["last"] or match["same"] or match["year"] or stage):
            continue
        dated = match["last"] or match["same"] or match["year"]
        if match["joining"] and not (dated or match["tail"] or _flats().match(text, match.end())):
            continue
        year = int(match["year"]) if match["year"] else None
        return Baseline(match.start(), match.end(), year, bool(match["last"]), stage)
    match2 = _yearly().search(text)
    if match2:
        return Baseline(match2.start(), match2.end(), None, True, "")
    return None


@cache
def _moves() -> re.Pattern[str]:
    raw = table()["change"]
    up, down = either(raw["up"]), either(raw["down"])
    return re.compile(
        rf"(?P<word>(?P<up>{up})|(?P<down>{down}))"
        rf"(?P<other>额?[(/](?:{up}|{down}|{either(raw['flat'])})\)?)?"
        rf"(?P<between>(?:{either(raw['between'])})*)(?P<reached>到|至)?"
    )


@cache
def _flats() -> re.Pattern[str]:
    return re.compile(either(table()["change"]["flat"]))


@cache
def _comparisons() -> re.Pattern[str]:
    raw = table()["change"]
    more, less, equal = either(raw["more"]), either(raw["less"]), either(raw["equal"])
    return re.compile(
        rf"(?P<word>(?P<more>{more})|(?P<less>{less})|(?P<equal>{equal}))(?P<other>\((?:{more}|{less})\))?"
        rf"(?P<base>(?:上年度?|(?:19|20)\d\d年度?)?(?:年初|调整后?)?(?:预算|决算|执行)?数?)"
    )


def move(text: str) -> Move | None:
    """The last direction word of ``text``; None if there is none."""
    found = None
    for match in _moves().finditer(text):
        found = match
    if found is None:
        return None
    return Move(
        found.start(),
        found.end(),
        1 if found["up"] else -1,
        found["word"],
        bool(found["reached"]),
        bool(found["other"]),
        text[found.end() :],
    )


def flat(text: str) -> Move | None:
    """持平, 一致, 无变化 …; None if the clause says no such thing."""
    match = _flats().search(text)
    if match is None or "口径" in text[: match.start()]:
        return None
    return Move(match.start(), match.end(), 0, match.group(), about=text[match.end() :])


def comparison(text: str) -> tuple[Move, Baseline] | None:
    """决算数小于预算数: the direction and what it is measured against; None if not said."""
    match = _comparisons().search(text)
    if match is None or not match["base"]:
        return None
    sign = 1 if match["more"] else -1 if match["less"] else 0
    said = match["base"]
    year = re.match(r"(?:19|20)\d\d", said)
    stage = "final" if "决算" in said or "执行" in said else "budget"
    if "调整" in said:
        stage = "adjusted"
    base = Baseline(
        match.start("base"),
        match.end("base"),
        int(year.group()) if year else None,
        said.startswith("上年"),
        stage,
    )
    move_ = Move(match.start(), match.end("word"), sign, match["word"], open=bool(match["other"]))
    return move_, base
