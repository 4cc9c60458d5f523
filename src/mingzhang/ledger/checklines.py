"""Checks of single lines and of lines beside their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from statistics import median, quantiles
from typing import Any

from mingzhang.catalog.dimensions import name as name_of
from mingzhang.catalog.layouts import families
from mingzhang.catalog.ledger import LANGUAGES, say, tables, usual_natures, words
from mingzhang.ledger.accounts import LEAF, labelled, leaves, nearest, other_scheme, row_of
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.lines import HEADING_OF
from mingzhang.ledger.renumbered import NAMED, in_force
from mingzhang.ledger.values import amount_text
from mingzhang.model.ledger import Ledger, Line

_NEEDED = {"function": "no-code", "economic": "no-code-yet"}
_TINY_FEN = 10_000_000  # ten thousand times a smaller amount is no rare thing among large ones
_SPREAD = 100  # between the quarters of amounts that are alike enough to hold one against
_ENOUGH = 5  # neighbours that an amount is held against


def heading(field: str) -> str:
    """The heading of a column of the line items."""
    return tables()["lines"].column(field).zh


def check_lines(ledger: Ledger, notes: Notebook) -> None:
    """Everything that one line, or one line beside the others, can have wrong."""
    year = ledger.year or None
    known = [entity.name for entity in ledger.entities]
    named = frozenset(fact.removeprefix(NAMED) for fact in ledger.facts if fact.startswith(NAMED))
    lists_purchases = _lists_purchases(ledger)
    for line in ledger.lines:
        _check_codes(line, year, named, notes)
        _check_coordinates(line, known, lists_purchases, notes)
        _check_amounts(line, notes)
    _check_duplicates(ledger, notes)
    _check_sums(ledger, notes)
    _check_units(ledger, notes)


# ------------------------------------------------------------------ codes
def _check_codes(line: Line, year: int | None, named: frozenset[str], notes: Notebook) -> None:
    """What one line's codes have wrong; codes of another year are told once each (checkyears)."""
    for field in LEAF:
        code: str = getattr(line, field)
        if code:
            found = code_problem(code, field, year) if in_force(code, field, year) else None
            if found is not None and (code not in named or len(code) != LEAF[field]):
                kind, params = found
                notes.add(kind, line.place, heading(field), **params)
        elif line.flow == "expenditure" and field in _NEEDED:
            level = "error" if field == "economic" and line.nature in usual_natures() else ""
            notes.add(_NEEDED[field], line.place, heading(field), field=heading(field), level=level)


@lru_cache(maxsize=4096)
def code_problem(code: str, field: str, year: int | None) -> tuple[str, Mapping[str, Any]] | None:
    """What is wrong with a code of that column, in force that year, with what its sentence needs."""
    near = nearest(code, field, year)
    row = row_of(code, field, year)
    if row is None:
        other = other_scheme(code, field)
        if other:
            return "code-scheme", {"code": labelled(code, other, year), "field": heading(field)}
        return "unknown-code", {"code": code, "year": year or "?", "nearest": near}
    if len(code) != LEAF[field]:
        below = tuple(c for c in leaves(field, year) if c.startswith(code))
        rank = f"level-{len(code) if len(code) in (3, 5, 7) else 0}"
        wanted = f"level-{LEAF[field]}"
        return "code-level", {
            "code": code,
            "name": row.name,
            "rank": say(rank, "zh"),
            "wanted": say(wanted, "zh"),
            "en": {"rank": say(rank, "en"), "wanted": say(wanted, "en")},
            "nearest": tuple(labelled(c, field, year) for c in below[:3]),
        }
    return None


# ------------------------------------------------------------------ coordinates
def _lists_purchases(ledger: Ledger) -> bool:
    """True if a statement of the layout prints what is bought 采购品目."""
    family = families().get(ledger.layout)
    return family is not None and any(kind == "procurement" for kind, _ in family.statements)


def _check_coordinates(
    line: Line, known: Sequence[str], lists_purchases: bool, notes: Notebook
) -> None:
    if len(known) > 1 and not line.entity:
        notes.add("entity-missing", line.place, heading("entity"))
    elif line.entity and known and line.entity not in known:
        notes.add(
            "entity-unknown", line.place, heading("entity"), entity=line.entity,
            nearest=get_close_matches(line.entity, known, 2, 0.5),
        )  # fmt: skip
    if line.flow != "expenditure":
        return
    if not line.nature:
        usual = "project" if line.project else _usual(line.economic)
        near = (name_of("nature", usual),) if usual else ()
        notes.add("no-nature", line.place, heading("nature"), nearest=near)
    elif line.nature == "project" and not line.project:
        notes.add("project-without-name", line.place, heading("project"))
    elif line.nature in usual_natures():
        if line.project:
            notes.add(
                "basic-with-project", line.place, heading("nature"), project=line.project,
                nature=name_of("nature", line.nature), en={"nature": name_of("nature", line.nature, "en")},
            )  # fmt: skip
        _check_nature(line, notes)
    if line.reserved and not line.procurement:
        reserved = name_of("reserved", line.reserved)
        notes.add(
            "reserved-without-procurement", line.place, heading("procurement"), reserved=reserved
        )
    if lists_purchases and line.procurement and not line.purchase:
        notes.add("purchase-missing", line.place, heading("purchase"))


def _usual(economic: str) -> str:
    """The nature that a class of 部门经济科目 usually has; "" if that is not known."""
    found = (n for n, classes in usual_natures().items() if economic[:3] in classes)
    return next(found, "") if economic else ""


def _check_nature(line: Line, notes: Notebook) -> None:
    usual = _usual(line.economic)
    if usual and line.economic[:3] not in usual_natures()[line.nature]:
        notes.add(
            "nature-economic", line.place, heading("nature"), code=line.economic,
            nature=name_of("nature", line.nature), suggestion=name_of("nature", usual),
            suggestions=(name_of("nature", usual),),
            en={"nature": name_of("nature", line.nature, "en"), "suggestion": name_of("nature", usual, "en")},
        )  # fmt: skip


# ------------------------------------------------------------------ amounts
def adjusts(line: Line) -> bool:
    """True if the line's note says that it is an adjustment 调整、冲减."""
    return any(word in line.note for word in words("adjusting"))


def _check_amounts(line: Line, notes: Notebook) -> None:
    if not any(line.amounts.values()):
        notes.add("no-amount", line.place)
    for measure, fen in line.amounts.items():
        if fen < 0 and not adjusts(line):
            field = heading(HEADING_OF[measure])
            notes.add("negative", line.place, field, field=field, amount=amount_text(fen))


def _coordinates(line: Line) -> tuple[object, ...]:
    return (
        line.entity, line.flow, line.nature, line.project, line.part, line.function, line.economic,
        line.gov_economic, line.fund, line.procurement, line.purchase, line.organised, line.reserved,
        line.items, line.withheld,
    )  # fmt: skip


def _check_duplicates(ledger: Ledger, notes: Notebook) -> None:
    """Lines of the same coordinates that no note tells apart, and lines copied whole."""
    first: dict[tuple[object, ...], Line] = {}
    for line in ledger.lines:
        key = (*_coordinates(line), line.note)
        earlier = first.setdefault(key, line)
        if earlier is line:
            continue
        row = earlier.place.line
        if line.amounts == earlier.amounts and any(line.amounts.values()):
            notes.add("copied", line.place, earlier=row)
        elif not line.note:
            notes.add("duplicate", line.place, earlier=row)


def _check_sums(ledger: Ledger, notes: Notebook) -> None:
    """Where there are adjustments, what they adjust must not become negative."""
    adjusted = {_coordinates(x) for x in ledger.lines if any(v < 0 for v in x.amounts.values())}
    sums: dict[tuple[object, ...], dict[tuple[int, str], int]] = {}
    last: dict[tuple[object, ...], Line] = {}
    for line in ledger.lines if adjusted else ():
        key = _coordinates(line)
        if key in adjusted:
            mine = sums.setdefault(key, {})
            last[key] = line
            for measure, fen in line.amounts.items():
                mine[measure] = mine.get(measure, 0) + fen
    for key, mine in sums.items():
        for measure, fen in mine.items():
            if fen < 0 and adjusts(last[key]):
                field = heading(HEADING_OF[measure])
                notes.add(
                    "negative-sum", last[key].place, field, field=field, amount=amount_text(fen)
                )


def _check_units(ledger: Ledger, notes: Notebook) -> None:
    """Hints at 万元 typed for 元: an amount ten thousand times off, by itself or beside its kind."""
    now, before = (0, ledger.stage), (1, ledger.stage)
    groups: dict[str, list[int]] = {}
    for line in ledger.lines:
        fen = line.amounts.get(now, 0)
        if fen and line.flow == "expenditure":
            groups.setdefault(line.nature, []).append(abs(fen))
    middle = {k: median(v) for k, v in groups.items() if len(v) >= _ENOUGH and _alike(v)}
    for line in ledger.lines:
        fen, old = abs(line.amounts.get(now, 0)), abs(line.amounts.get(before, 0))
        if not fen or line.flow != "expenditure":
            continue
        factor = _factor(fen, old) if old else None
        said = {lang: say("same-line", lang) for lang in LANGUAGES}
        if factor is None and not old and line.nature in middle:
            factor = _far(fen, middle[line.nature])
            said = {
                lang: say("other-lines", lang, nature=name_of("nature", line.nature, lang))
                for lang in LANGUAGES
            }
        if factor is not None:
            better = amount_text(fen * 10_000 if factor > 1 else fen // 10_000)
            field = heading(HEADING_OF[now])
            notes.add(
                "unit-hint", line.place, field, amount=amount_text(fen), suggestion=better,
                suggestions=(better,), neighbours=said["zh"], neighbours_en=said["en"],
            )  # fmt: skip


def _alike(amounts: list[int]) -> bool:
    low, _, high = quantiles(amounts, n=4)
    return high <= low * _SPREAD


def _factor(fen: int, old: int) -> int | None:
    """10000 or -10000 if one amount is the other ten thousand times, give or take a half."""
    if old and 5_000 <= old / fen <= 20_000:
        return 10_000
    return -10_000 if 5_000 <= fen / old <= 20_000 else None


def _far(fen: int, usual: float) -> int | None:
    """10000 or -10000 if only ten thousand times more (or less) would lie among its neighbours."""
    if fen * 1_000 < usual and usual / 10 <= fen * 10_000 <= usual * 10 and usual > _TINY_FEN:
        return 10_000
    return -10_000 if fen > usual * 1_000 and usual / 10 <= fen / 10_000 <= usual * 10 else None
