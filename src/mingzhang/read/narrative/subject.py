"""Subjects: a phrase in its surroundings → the quantities it may mean, likeliest first.

The coordinates are those of docs/decisions/0002-coordinates.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mingzhang.catalog.normal import bare, project_key
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.accounts import has_levels, named, read_path
from mingzhang.read.narrative.phrase import Reading, Token, combine, read_phrase

_INCOME_FUNDS = frozenset({"business", "operating", "superior", "affiliated", "other", "debt"})
_BEFORE_NAME = frozenset({"thin", "entity", "unit", "year", "stage", "fund"})
_AFTER_NAME = frozenset({"thin", "stage", "flow", "thick", "year"})
ORGAN_END = re.compile(
    r"(?:局|厅|委|院|办公室|办|委员会|中心|所|站|处|校|学院|大学|队|馆|台|社|会|政府|街道)(?:\(?本级\)?|机关)?"
)
_EDGE = frozenset({"thin", "entity", "unit", "year", "stage"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What surrounds a phrase.

    ``base`` holds entity, year and stage. ``subject`` is the quantity in hand; ``wholes`` are the
    wholes of the open lists, innermost first; ``fund``, ``side`` (in/out), ``procurement`` come
    from the section; ``account`` is the function code of the heading or item above. ``apart`` is
    True where the book keeps 对个人和家庭的补助 apart from 人员支出; ``going_on`` inside a sentence
    that has named its subject.
    """

    lexicon: Lexicon
    base: Quantity
    names: tuple[str, ...] = ()
    subject: Quantity | None = None
    wholes: tuple[Quantity, ...] = ()
    fund: str = ""
    side: str = ""
    procurement: bool = False
    vehicles: bool = False
    account: str = ""
    apart: bool = False
    going_on: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> Quantity | None:
        return self.wholes[0] if self.wholes else None


@dataclass(frozen=True, slots=True)
class Subject:
    """``candidates`` in the surroundings' year and stage; () if not understood.

    ``year`` and ``stage`` only where the phrase says them. ``twin`` is True where the words name
    income and expenditure at once. ``words`` are for a person; ``own`` is False where the phrase
    only repeats the subject in hand; ``unknown`` is the part nobody knows;
    ``coined`` is True for a project or part that only this phrase names.
    """

    candidates: tuple[Quantity, ...]
    words: str
    year: int | None = None
    stage: str = ""
    own: bool = True
    twin: bool = False
    unknown: str = ""
    coined: bool = False


def subject_of(text: str, scope: Scope) -> Subject:
    """What ``text`` names. Empty candidates where it is not understood as a whole."""
    if has_levels(text):
        found = _path(text, scope)
        if found is not None:
            return found
    reading = read_phrase(text, scope.names)
    if _among_projects(scope) and not _of_dimensions_only(reading):
        project = _project(reading, scope)
        if project is not None:
            return project
    if not reading.unknown:
        if reading.head and not _only_a_stage(reading, scope):
            return _composed(reading, scope)
        if reading.empty or reading.head:
            return _in_hand(reading, scope)
        if _buying(scope) and scope.subject is not None:
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


def _buying(scope: Scope) -> bool:
    return scope.procurement or bool(scope.subject is not None and scope.subject.procurement)


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
    candidates = tuple(_in_unit(q, reading, scope) for q in _compose(reading, scope))
    twin = reading.flow == "both" and bool(candidates)
    year = reading.year
    if year is None and reading.last and scope.base.year is not None:
        year = scope.base.year - 1
    return Subject(candidates, reading.text, year, reading.stage, twin=twin)


def _in_unit(quantity: Quantity, reading: Reading, scope: Scope) -> Quantity:
    """本级 beside the whole of a list, or 下属单位: a part of the department."""
    if not reading.unit or quantity.entity:
        return quantity
    for whole in scope.wholes:
        if quantity.with_(flow="") == whole.with_(
            flow="", year=quantity.year, stage=quantity.stage
        ):
            return whole.with_(entity=reading.unit)
    return quantity.with_(entity=reading.unit) if reading.unit.endswith("单位") else quantity


def _compose(reading: Reading, scope: Scope) -> Iterator[Quantity]:
    values = reading.values
    spent = scope.base.with_(flow="expenditure", **scope.extra)
    if "item" in values:
        yield spent.with_(item=values["item"])
        return
    if "procurement" in values or "reserved" in values:
        kind = values.get("procurement", "all")
        awarded = "授予" in reading.text or "中标" in reading.text
        if _buying(scope) or awarded or "采购" in reading.text or "购买" in reading.text:
            bought = spent.with_(procurement=kind, reserved=values.get("reserved", ""))
            yield bought.with_(part="授予合同") if awarded else bought
        return
    fund = values.get("fund", "")
    if "nature" in values:
        nature = values["nature"]
        if nature == "wages" and not scope.apart:
            nature = "personnel"
        yield spent.with_(nature=nature, fund=fund or _inherited_fund(scope))
        if nature == "subsidy":  # also a class of the economic classification
            yield from _accounts("economic", ("303",), scope, fund, "")
        return
    yield from _flows(reading, scope, fund)


def _flows(reading: Reading, scope: Scope, fund: str) -> Iterator[Quantity]:
    base = scope.base
    if reading.flow not in ("", "in", "out", "both"):
        yield base.with_(flow=reading.flow, fund=fund)
        return
    side = reading.flow or ("in" if fund in _INCOME_FUNDS else _side(scope))
    inherited = fund
    if not fund and not reading.total and not reading.current:
        inherited = _inherited_fund(scope)
    if side == "both":
        yield base.with_(flow="sources", fund=fund)
        return
    order = ("income", "sources") if side == "in" else ("expenditure", "uses")
    if not inherited and not reading.current:
        order = (order[1], order[0])  # 收入 and 支出 alone are the whole department's totals
    if not side:
        order = ("expenditure", "income")
    for flow in order:
        yield base.with_(flow=flow, fund=inherited)


def _side(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("sources", "income"):
            return "in"
        if whole.flow in ("uses", "expenditure"):
            return "out"
    return scope.side


def _inherited_fund(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("uses", "expenditure") and not whole.item:
            return whole.fund
    return scope.fund


def _inherited_nature(scope: Scope) -> str:
    for whole in scope.wholes:
        if whole.flow in ("uses", "expenditure") and not whole.item:
            return whole.nature
    return ""


def _path(text: str, scope: Scope) -> Subject | None:
    account = read_path(text, scope.lexicon, scope.account)
    if account is None:
        return None
    rest = read_phrase(account.rest, scope.names)
    ahead = read_phrase(account.words, scope.names)
    if rest.unknown:
        return None
    fund = rest.values.get("fund", "") or ahead.values.get("fund", "")
    year = rest.year or (ahead.year if ahead.tokens and ahead.tokens[0].kind == "year" else None)
    candidates = _accounts(
        account.scheme, account.codes, scope, fund, rest.values.get("nature", "")
    )
    return Subject(candidates, text, year, rest.stage)


def _accounts(
    scheme: str, codes: tuple[str, ...], scope: Scope, fund: str, nature: str
) -> tuple[Quantity, ...]:
    spent = scope.base.with_(
        flow="expenditure",
        fund=fund or _inherited_fund(scope),
        nature=nature or _inherited_nature(scope),
        **scope.extra,
    )
    return tuple(spent.with_(**{scheme: code}) for code in codes)


def _spans(reading: Reading) -> Iterator[tuple[str, tuple[Token, ...], tuple[Token, ...]]]:
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


def _project(reading: Reading, scope: Scope) -> Subject | None:
    """A project of the book, or (below 项目支出 or a project) a new name or a part of it."""
    whole = scope.whole
    assert whole is not None
    spent = scope.base.with_(flow="expenditure", nature="project", **scope.extra)
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
    for text, _, _ in _spans(reading):
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


def _by_name(reading: Reading, scope: Scope) -> Subject:
    """An account or project by its bare name; else not understood."""
    for text, ahead, after in _spans(reading):
        around = combine(reading.text, ahead + after)
        fund = around.values.get("fund", "")
        project = scope.lexicon.projects.get(bare(text), "")
        if project:
            spent = scope.base.with_(flow="expenditure", nature="project", **scope.extra)
            return Subject((spent.with_(project=project),), text, around.year, around.stage)
        candidates = tuple(_named_accounts(text, scope, fund))
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
        inner = replace(scope, base=scope.base.with_(entity=unit_named(name, scope.lexicon)))
        if rest.head:
            return _composed(rest, inner)
        return _in_hand(replace(rest, entity=name), inner)
    return None


def unit_named(name: str, lexicon: Lexicon) -> str:
    """The entity coordinate of an organ: "" for the department, under whatever short name."""
    units = {q.entity for q in lexicon.stated if q.entity}
    if name in units:
        return name
    if not units or not lexicon.entity:
        return ""
    return "" if _shortened(name, lexicon.entity) else name


def _shortened(short: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in short)


def _named_accounts(name: str, scope: Scope, fund: str) -> Iterator[Quantity]:
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
            yield from _accounts(scheme, codes, scope, fund, "")
            return


def at_time(quantity: Quantity, year: int | None, stage: str) -> Quantity:
    """``quantity`` in the year and stage that the words say, where they say one."""
    return quantity.with_(year=year or quantity.year, stage=stage or quantity.stage)
