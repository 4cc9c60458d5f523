"""Naming: accounts and projects that a phrase calls by name."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalog.normal import bare, project_key
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.accounts import named
from mingzhang.read.narrative.composing import accounts_of
from mingzhang.read.narrative.phrase import Reading, Token, combine
from mingzhang.read.narrative.scope import Scope, Subject

_BEFORE_NAME = frozenset({"thin", "entity", "unit", "year", "stage", "fund"})
_AFTER_NAME = frozenset({"thin", "stage", "flow", "thick", "year"})
_EDGE = frozenset({"thin", "entity", "unit", "year", "stage"})


def spans(reading: Reading) -> Iterator[tuple[str, tuple[Token, ...], tuple[Token, ...]]]:
    """Stretches of the phrase that may be a name, longest first, with the words around them."""
    tokens = reading.tokens
    last = len(tokens)
    first_free = next((i for i, t in enumerate(tokens) if t.kind not in _BEFORE_NAME), last)
    tail_free = next((i for i in range(last, 0, -1) if tokens[i - 1].kind not in _AFTER_NAME), 0)
    found = [
        (i, j)
        for i in range(first_free + 1)
        for j in range(max(tail_free, i + 1), last + 1)
        if j > i
    ]
    found.sort(key=lambda span: span[0] - span[1])
    for i, j in found:
        yield (
            reading.text[tokens[i].start : tokens[j - 1].end],
            tokens[:i],
            tokens[j:],
        )


def project_named(reading: Reading, scope: Scope) -> Subject | None:
    """A project of the book, or (below 项目支出 or a project) a new name or a part of it."""
    whole = scope.whole
    assert whole is not None
    spent = scope.base.with_(flow="expenditure", nature="project")
    core = core_of(reading)
    if not core:
        return None
    around = combine(reading.text, tuple(t for t in reading.tokens if t.kind in ("year", "stage")))
    if whole.project:
        if whole.part:
            return None
        quantity = spent.with_(project=whole.project, part=core)
        return Subject((quantity,), core, around.year, around.stage, coined=True)
    known = known_project(reading, scope.lexicon)
    quantity = spent.with_(project=known or project_key(core))
    return Subject((quantity,), core, around.year, around.stage, coined=not known)


def known_project(reading: Reading, lexicon: Lexicon) -> str:
    """The canonical name of a project that the book's tables name too; "" if there is none."""
    for text, _, _ in spans(reading):
        for form in (bare(text), project_key(text)):
            if form in lexicon.projects:
                return lexicon.projects[form]
    return ""


def core_of(reading: Reading) -> str:
    """The phrase without years, stages and empty words at its ends."""
    tokens = list(reading.tokens)
    while tokens and tokens[0].kind in _EDGE:
        tokens.pop(0)
    while tokens and tokens[-1].kind in _EDGE:
        tokens.pop()
    return reading.text[tokens[0].start : tokens[-1].end] if tokens else ""


def named_accounts(name: str, scope: Scope, fund: str) -> Iterator[Quantity]:
    """Quantities that a name can mean as an account, likelier readings first."""
    if len(name) < 2:
        return
    economic_first = any(
        w.economic or w.nature in ("personnel", "wages", "public") for w in scope.wholes[:1]
    )
    for scheme in ("economic", "function") if economic_first else ("function", "economic"):
        codes: tuple[str, ...] = ()
        for within in dict.fromkeys((scope.account if scheme == "function" else "", "")):
            codes = named(scope.lexicon, scheme, name, within)
            if codes:
                break
        if codes and len(set(codes)) <= 3:
            yield from accounts_of(scheme, codes, scope, fund, "")
            return
