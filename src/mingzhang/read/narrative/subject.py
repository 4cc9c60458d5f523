"""Subjects: a phrase in its surroundings → the quantities it may mean, likeliest first.

The coordinates are those of docs/decisions/0002-coordinates.md.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.catalog.normal import bare
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.accounts import has_levels, named, read_path
from mingzhang.read.narrative.composing import accounts_of, buying, compose, in_unit
from mingzhang.read.narrative.naming import core_of, named_accounts, project_named, spans
from mingzhang.read.narrative.phrase import Reading, combine, read_phrase
from mingzhang.read.narrative.scope import Scope, Subject

ORGAN_END = re.compile(
    r"(?:局|厅|委|院|办公室|办|委员会|中心|所|站|处|校|学院|大学|队|馆|台|社|会|政府|街道)(?:\(?本级\)?|机关)?"
)


def subject_of(text: str, scope: Scope) -> Subject:
    """What ``text`` names. Empty candidates where it is not understood as a whole."""
    if has_levels(text):
        found = _path(text, scope)
        if found is not None:
            return found
    reading = read_phrase(text, scope.names)
    if reading.entity in scope.units:
        scope = replace(scope, base=scope.base.with_(entity=reading.entity))
    if _among_projects(scope) and not _of_dimensions_only(reading):
        project = project_named(reading, scope)
        if project is not None:
            return project
    if not reading.unknown:
        if reading.head and not _only_a_stage(reading, scope):
            return _composed(reading, scope)
        if reading.empty or reading.head:
            return _in_hand(reading, scope)
        if buying(scope) and scope.subject is not None:
            return _in_hand(reading, scope)
    return _by_name(reading, scope)


def _of_dimensions_only(reading: Reading) -> bool:
    return not reading.unknown and (bool(reading.values) or reading.empty or reading.this)


def _only_a_stage(reading: Reading, scope: Scope) -> bool:
    """支出决算为 …: after a subject has been named it means that subject's final account."""
    held = scope.subject
    if held is None or reading.values or reading.total or reading.current or reading.entity:
        return False
    if reading.flow not in ("in", "out") or reading.year is not None or reading.unit:
        return False
    specific = held.with_(year=None, stage="budget", flow="", entity="") != Quantity()
    return specific and (scope.going_on or reading.stage != "budget")


def _among_projects(scope: Scope) -> bool:
    whole = scope.whole
    return whole is not None and (bool(whole.project) or whole.nature == "project")


def _in_hand(reading: Reading, scope: Scope) -> Subject:
    known = scope.subject
    back = reading.this and known is not None and bool(known.part)
    if known is not None and back:
        known = known.with_(part="")  # 本项目 after its parts
    if known is None and reading.entity and (reading.stage or reading.total):
        known = scope.base.with_(flow="uses")  # 某某局预算 5,255 万元
        return Subject((known,), reading.text, reading.year, reading.stage)
    year = reading.year
    if year is None and reading.last and scope.base.year is not None:
        year = scope.base.year - 1
    candidates = () if known is None else (known,)
    return Subject(candidates, reading.text, year, reading.stage, own=back)


def _composed(reading: Reading, scope: Scope) -> Subject:
    candidates = tuple(in_unit(q, reading, scope) for q in compose(reading, scope))
    twin = reading.flow == "both" and bool(candidates)
    year = reading.year
    if year is None and reading.last and scope.base.year is not None:
        year = scope.base.year - 1
    return Subject(candidates, reading.text, year, reading.stage, twin=twin)


def _path(text: str, scope: Scope) -> Subject | None:
    account = read_path(text, scope.lexicon, scope.account)
    if account is None:
        return None
    rest = read_phrase(account.rest, scope.names)
    first = account.words.partition("(")[0]
    alone = bool(named(scope.lexicon, account.scheme, first))  # its name may sound like a fund's
    ahead = read_phrase(account.words, scope.names)
    if rest.unknown:
        return None
    fund = rest.values.get("fund", "") or ("" if alone else ahead.values.get("fund", ""))
    year = rest.year or (ahead.year if ahead.tokens and ahead.tokens[0].kind == "year" else None)
    candidates = accounts_of(
        account.scheme, account.codes, scope, fund, rest.values.get("nature", "")
    )
    return Subject(candidates, text, year, rest.stage)


def _by_name(reading: Reading, scope: Scope) -> Subject:
    """An account or project by its bare name; else not understood."""
    for text, ahead, after in spans(reading):
        around = combine(reading.text, ahead + after)
        fund = around.values.get("fund", "")
        project = scope.lexicon.projects.get(bare(text), "")
        if project:
            spent = scope.base.with_(flow="expenditure", nature="project")
            return Subject((spent.with_(project=project),), text, around.year, around.stage)
        candidates = tuple(named_accounts(text, scope, fund))
        if candidates:
            return Subject(candidates, text, around.year, around.stage)
    unit = _of_unit(reading.text, scope)
    if unit is not None:
        return unit
    core = core_of(reading)
    return Subject((), core, reading.year, reading.stage, unknown=core or reading.text)


def _of_unit(text: str, scope: Scope) -> Subject | None:
    """A phrase that begins with the name of an organ: the department, or one of its units."""
    for match in ORGAN_END.finditer(text[:40]):
        name = text[: match.end()]
        if match.end() < 3 or match.end() == len(text):
            continue
        rest = read_phrase(text[match.end() :], scope.names)
        if rest.unknown or not (rest.head or (rest.empty and (rest.stage or rest.total))):
            continue
        inner = replace(scope, base=scope.base.with_(entity=unit_named(name, scope)))
        if rest.head:
            return _composed(rest, inner)
        return _in_hand(replace(rest, entity=name), inner)
    return None


def unit_named(name: str, scope: Scope) -> str:
    """The entity coordinate of an organ: "" for the department, under whatever short name."""
    department = scope.lexicon.entity
    if name in scope.units:
        return name
    return "" if not department or _shortened(name, department) else name


def _shortened(short: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in short)
