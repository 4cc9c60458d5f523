"""Kinds of statement 报表种类 and the words of their headers, from statements.toml, headers.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog.normal import bare, plain
from mingzhang.catalog.source import table

_HEAD = re.compile(r"^(?:本级|部门|预算单位|单位|市本级|综合预算(?=.)|\d{4}年度?)+")
# How tables are numbered: 表7, 附表3-1, 公开表一, 部门公开表2, 公开01表, 财决公开01表, 附件2. Digits and 汉字 do not
# mix, and the 一 of 一般 is no number: 表7一般公共… is number 7, 附表3-42024年… is 3-4.
_DIGITS = r"\d{1,3}?(?:[-－.]\d{1,2}?){0,2}(?=(?:19|20)\d\d年|[^\d\-－.]|[-－.](?!\d)|$)"
_NUMERALS = r"(?:[二三四五六七八九十]|一(?!般)){1,3}"
NUMBER = (
    rf"(?:附|(?:部门|单位|预算|决算|公开){{0,3}})表[-—]?(?:{_DIGITS}|{_NUMERALS})"
    r"|(?:部门|单位|财决|预算|决算|预决算|批复){0,2}(?:公开)?\d{2}(?:-\d{1,2})?表"
    r"|公开\d{1,2}表"
)
_NUMBER = re.compile(rf"^(?:{NUMBER}|附件\d*(?:-\d{{1,2}})?)[-、.:：]?")
_DRAFT = re.compile(r"(?:[(]?(?:草案|公开|按规定公开)[)]?|[(]续表?\S{0,2}[)])$")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of statement: see statements.toml for the fields."""

    id: str
    zh: str
    title: tuple[re.Pattern[str], ...]
    rows: str
    coordinates: Mapping[str, str]
    neutral: tuple[str, ...]
    means: Mapping[str, str]


@cache
def kinds() -> Mapping[str, Kind]:
    """id -> kind, in the order in which titles are tried."""
    return {
        k["id"]: Kind(
            k["id"],
            k["zh"],
            tuple(re.compile(p) for p in k["title"]),
            k["rows"],
            k["coordinates"],
            tuple(k.get("neutral", ())),
            {bare(label): value for label, value in k.get("means", {}).items()},
        )
        for k in table("statements.toml")["kind"]
    }


def short_title(title: str) -> str:
    """A title in normal form without its number, year, 部门/单位 and remarks like （草案）."""
    out = bare(_NUMBER.sub("", plain(title)))
    out = _DRAFT.sub("", out)
    before = None
    while before != out:
        before = out
        out = bare(_HEAD.sub("", out))
    return out


@cache
def kind_of(title: str) -> Kind | None:
    """The kind a statement title names; None if no pattern fits the whole of it."""
    short = short_title(title)
    for kind in kinds().values():
        if any(pattern.fullmatch(short) for pattern in kind.title):
            return kind
    # a department's own name may stand before the words (深圳市某局部门收支总表)
    tail = re.split(r"部门|单位", short)[-1]
    if tail != short and tail:
        for kind in kinds().values():
            if any(pattern.fullmatch(tail) for pattern in kind.title):
                return kind
    return None


@cache
def header_words() -> Mapping[str, frozenset[str]]:
    """Role -> the words (normal form) that give a column that role."""
    return {
        role: frozenset(bare(w) for w in words) for role, words in table("headers.toml").items()
    }
