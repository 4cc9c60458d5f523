"""Other books 与其他书不符: a contradiction between two books, worded with both printed places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.catalog.messages import say
from mingzhang.catalog.naming import short_name
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import number, stated_by
from mingzhang.model.figure import Figure
from mingzhang.model.money import Unit
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation
from mingzhang.prove import Cluster

_YEARS = ("as-printed", "not-listed", "succession")
_UNITS = ("unit-row", "unit-within", "unit-alone")
JOINS = (*_YEARS, *_UNITS)
"""Kinds of relations that tie a book to another one."""


def join_of(scale: Scale, relations: Sequence[Relation], freed: Sequence[int]) -> Relation | None:
    """What ties the books that a contradiction is between; None if it is inside one book.

    ``relations`` are those of its shortest conflict, ``freed`` the relations any of which could be
    untrue: these first, except where one stands for all that tie a unit to its department.
    """
    loose = [r for i in freed if (r := scale.relations[i]).reason.kind in _YEARS]
    return next((r for r in (*loose, *relations) if r.reason.kind in JOINS), None)


def of_another(scale: Scale, cluster: Cluster) -> bool:
    """True for a contradiction within or among the other books: their own reports tell of it."""
    keys = [scale.witnesses[w] for a in cluster.alternatives for w in a]
    if any(isinstance(key, str) and ":" not in key for key in keys):
        return False
    return any(
        all(":" in k for w in c.witnesses if isinstance(k := scale.witnesses[w], str))
        for c in cluster.conflicts
    )


@dataclass(frozen=True, slots=True)
class _Implied:
    """What this book makes of an amount of another: by which figures, and how."""

    fen: int
    figures: tuple[Figure, ...]
    change: int | None = None
    words: str = ""


def places(scale: Scale, join: Relation) -> tuple[Place, ...]:
    """Where the two books print what disagrees, this book first."""
    out: list[Place] = []
    for quantity, _ in join.terms:
        implied = _implied(scale, quantity)
        if implied is not None:
            out += [figure.place for figure in implied.figures]
    for quantity, _ in join.terms:
        figure = stated_by(scale, quantity)
        if figure is not None:
            out.append(figure.place)
    return tuple(dict.fromkeys(out))


def equation(scale: Scale, join: Relation) -> str:
    """500万元 − 25万元 = 475万元 ≠ 480万元; "" where this book only says it in percent."""
    if join.reason.kind in _UNITS:
        return ""
    printed = [f for q, c in join.terms if c < 0 if (f := stated_by(scale, q)) is not None]
    unit = printed[0].printed.unit if printed else Unit.WAN
    implied = [_implied(scale, q) for q, c in join.terms if c > 0]
    if len(implied) != 1 or implied[0] is None:
        return ""
    left = _how(implied[0], unit, "zh").strip("（）") if implied[0].change is not None else ""
    theirs = _money(sum(f.printed.fen for f in printed), unit)
    return f"{left}{' = ' if left else ''}{_money(implied[0].fen, unit)} ≠ {theirs}"


def sentence(scale: Scale, join: Relation, lang: str) -> str:
    """The contradiction as a budget officer would put it, in ``lang``."""
    kind = join.reason.kind
    if kind in _UNITS:
        return _of_units(scale, join, lang)
    params = dict(join.reason.params)
    told = [q for q, c in join.terms if c > 0]
    printed = [f for q, c in join.terms if c < 0 if (f := stated_by(scale, q)) is not None]
    unit = printed[0].printed.unit if printed else Unit.WAN
    facts: dict[str, str] = {
        **params,
        "label": short_name(told[0], lang),
        "there": "",
        "printed": "",
    }
    there = sum(f.printed.fen for f in printed)
    if printed:
        facts["printed"] = " + ".join(f"{f.text.strip()}{f.unit}" for f in printed)
        facts["there"] = where(printed[0].place, lang)
        facts["label"] = printed[0].label if len(printed) == 1 else facts["label"]
    implied = [_implied(scale, q) for q in told]
    known = [i for i in implied if i is not None]
    if len(known) < len(told) or (kind == "as-printed" and not printed):
        return say("finding", f"{kind}-bare", lang, facts)
    total = sum(i.fen for i in known)
    facts["implied"] = _money(total, unit)
    facts["gap"] = _money(abs(total - there), unit)
    facts["here"] = where(known[0].figures[0].place, lang)
    facts["how"] = _how(known[0], unit, lang) if len(known) == 1 else ""
    words = say("finding", kind, lang, facts)
    unsaid = kind == "as-printed" and not join.certain and known[0].figures[0].in_prose
    return words + (say("finding", "baseline", lang, {}) if unsaid else "")


def _of_units(scale: Scale, join: Relation, lang: str) -> str:
    (whole, _), (part, _) = join.terms
    params = dict(join.reason.params)
    a, b = stated_by(scale, part), stated_by(scale, whole)
    facts = {
        **params,
        "label": short_name(part.with_(local=""), lang),
        "part": "?" if a is None else f"{a.text.strip()}{a.unit}",
        "whole": "?" if b is None else f"{b.text.strip()}{b.unit}",
        "here": "" if a is None else where(a.place, lang),
        "there": "" if b is None else where(b.place, lang),
    }
    return say("finding", "unit", lang, facts)


def _implied(scale: Scale, quantity: Quantity) -> _Implied | None:
    """This book's own word for an amount of another year: printed, or this year's less the change."""
    for observation in scale.observed.get(quantity, ()):
        figure = scale.printings[observation.figure].figure
        if figure is not None and figure.is_money:
            return _Implied(figure.printed.fen * observation.sign, (figure,))
    for other, observations in scale.observed.items():
        level = stated_by(scale, other.level()) if other.base() == quantity else None
        change = scale.printings[observations[0].figure].figure
        if level is not None and change is not None and level.is_money and change.is_money:
            moved = change.printed.fen * observations[0].sign
            return _Implied(level.printed.fen - moved, (change, level), moved)
    for relation in scale.relations:
        change_of = relation.terms[0][0]
        if relation.reason.kind == "unchanged" and change_of.base() == quantity:
            level = stated_by(scale, change_of.level())
            if level is not None and level.is_money:
                words = dict(relation.reason.params).get("words", "")
                return _Implied(level.printed.fen, (level,), None, words)
    return None


def _how(implied: _Implied, unit: Unit, lang: str) -> str:
    if implied.words:
        return say("finding", "unmoved", lang, {"words": implied.words})
    if implied.change is None:
        return ""
    level = _money(implied.fen + implied.change, unit)
    change = _money(implied.change, unit)
    facts = {"level": level, "change": f"({change})" if implied.change < 0 else change}
    return say("finding", "difference", lang, facts)


def _money(fen: int, unit: Unit) -> str:
    return f"{number(Decimal(fen) / unit.fen)}{unit.value}"


def where(place: Place, lang: str) -> str:
    """第 8 页, 第 12 行, Sheet1!B7: a place in a few words."""
    if place.page is not None:
        return f"第 {place.page} 页" if lang == "zh" else f"page {place.page}"
    if place.cell is not None:
        return f"{place.sheet or ''}!{place.cell}"
    return f"第 {place.line} 行" if lang == "zh" else f"line {place.line}"
