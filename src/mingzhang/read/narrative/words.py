"""Vocabulary of the narrative grammar, loaded once from catalog/narrative.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from mingzhang.catalog import source
from mingzhang.catalog.dimensions import values


class Word(NamedTuple):
    """A word of a noun phrase: fund, nature, item, procurement, reserved, flow, stage, thin …"""

    text: str
    kind: str
    value: str


def table() -> Mapping[str, Any]:
    """narrative.toml as it is."""
    return source.table("narrative.toml")


def either(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(w) for w in sorted(dict.fromkeys(words), key=len, reverse=True))


# A label with 预算 or 决算 inside would swallow the stage; it is made of its words instead.
_STAGED = re.compile(r"预算|决算")
# Labels that mean something only inside their own section are no words of their own.
_ONLY_IN_CONTEXT = frozenset({"购置费", "运行费", "运行维护费", "三公", "支出", "其他资金"})


class Dictionary(NamedTuple):
    """Words by text, and for each first character the lengths of its words, longest first."""

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=16)
def dictionary(names: tuple[str, ...] = ()) -> Dictionary:
    """All words of a noun phrase, with ``names`` of the department and its units."""
    found = dict(_vocabulary())
    found.update((name, Word(name, "entity", name)) for name in names)
    lengths: dict[str, set[int]] = {}
    for text in found:
        lengths.setdefault(text[0], set()).add(len(text))
    ordered = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
    return Dictionary(found, ordered)


@cache
def _vocabulary() -> Mapping[str, Word]:
    found: dict[str, Word] = {}
    raw = table()["words"]
    for (dimension, key), value in values().items():
        if dimension in ("nature", "item", "procurement", "reserved") or key in _flow_labels():
            kind = "carry" if dimension == "flow" else dimension
            for label in value.labels:
                if label not in _ONLY_IN_CONTEXT and not _STAGED.search(label):
                    found.setdefault(label, Word(label, kind, key))
    for kind in ("fund", "nature", "procurement", "reserved", "stage", "flow"):
        for key, words in raw[kind].items():
            for text in words:
                found[text] = Word(text, kind, key)
    for kind in ("this", "entity", "unit", "thin", "thick"):
        for text in raw[kind]["words"]:
            found.setdefault(text, Word(text, kind, text))
    return found


def _flow_labels() -> frozenset[str]:
    return frozenset(table()["flows"]["labels"])


@cache
def unread_words(lang: str = "zh") -> Mapping[str, str]:
    """Why a figure was not linked: code (``Figure.unread``) -> sentence."""
    return {code: text[lang] for code, text in table()["unread"].items()}


@dataclass(frozen=True, slots=True)
class Patterns:
    """The regular expressions of the grammar, compiled once.

    ``speaks`` finds what a segment without figures may still say: 持平, 小于, a reason, a list.
    """

    reason: re.Pattern[str]
    again: re.Pattern[str]
    net: re.Pattern[str]
    usage: re.Pattern[str]
    other_basis: re.Pattern[str]
    list_whole: re.Pattern[str]
    list_some: re.Pattern[str]
    list_first: re.Pattern[str]
    share: re.Pattern[str]
    execution: re.Pattern[str]
    planned: re.Pattern[str]
    alternative: re.Pattern[str]
    template: re.Pattern[str]
    speaks: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """All patterns that are built of the vocabulary alone."""
    raw = table()
    reason, lists, change = raw["reason"], raw["lists"], raw["change"]
    moves = either([*change["up"], *change["down"], *change["more"], *change["less"]])
    stages = either([w for words in raw["words"]["stage"].values() for w in words])
    return Patterns(
        reason=re.compile(either(reason["open"])),
        again=re.compile(either(reason["again"])),
        net=re.compile(either(reason["net"])),
        usage=re.compile(either(reason["usage"])),
        other_basis=re.compile(either(reason["other_basis"])),
        list_whole=re.compile(either(lists["whole"])),
        list_some=re.compile(either(lists["some"])),
        list_first=re.compile(either(lists["first"])),
        share=re.compile(rf"(?:{either(raw['share']['open'])})(?P<whole>.*)$"),
        execution=re.compile(
            rf"(?:(?:完成|为|占)(?:了)?(?P<base>{stages})的?|(?:预算|支出|资金)?(?:执行率|执行进度|支出进度)|(?:预算|支出|资金)完成率)(?:为|达到|达|是)?$"
        ),
        planned=re.compile(rf"完成了?(?P<base>{stages})的?(?:为|是)?$"),
        alternative=re.compile(rf"(?:{moves})(?:额)?(?:\((?:{moves})\)|/(?:{moves}))"),
        template=re.compile("|".join(raw["template"]["phrases"])),
        speaks=re.compile(
            either(
                [
                    *reason["open"],
                    *change["flat"],
                    *change["more"],
                    *change["less"],
                    *change["equal"],
                ]
            )
            + "|:$"
        ),
    )
