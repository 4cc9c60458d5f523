"""Checks of years 科目年度: codes that the ledger's year does not use, each told once for all its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.catalog.ledger import LANGUAGES, say
from mingzhang.ledger.accounts import LEAF, labelled, nearest, row_of, scheme
from mingzhang.ledger.checklines import heading
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.renumbered import NAMED, Renumbered, in_force, renumbered
from mingzhang.model.ledger import Ledger, Line

_LISTED = 12  # stretches of rows named in one message


def check_years(ledger: Ledger, notes: Notebook) -> None:
    """One warning for each code that is not in force: its rows, and what took over from it."""
    own = {fact.removeprefix(NAMED) for fact in ledger.facts if fact.startswith(NAMED)}
    late: dict[tuple[str, str], list[Line]] = {}
    for line in ledger.lines:
        for field in LEAF:
            code: str = getattr(line, field)
            named = code in own and len(code) == LEAF[field]
            if code and not named and not in_force(code, field, ledger.year or None):
                late.setdefault((field, code), []).append(line)
    for (field, code), lines in late.items():
        _tell(field, code, lines, ledger.year, notes)


def _tell(field: str, code: str, lines: Sequence[Line], year: int, notes: Notebook) -> None:
    row = row_of(code, field, year)
    known = [r for r in scheme(field)[code] if not r.error]
    first = min((r.first or 0 for r in known), default=0) or "…"
    last = max((r.last or 9999 for r in known), default=9999)
    found = renumbered(code, field, year)
    rows = [line.place.line for line in lines]
    listed = {lang: _rows([n for n in rows if n is not None], lang) for lang in LANGUAGES}
    count = {
        lang: say("on-rows", lang, count=len(lines), rows=listed[lang]) if len(lines) > 1 else ""
        for lang in LANGUAGES
    }
    params = {
        "code": code,
        "name": row.name if row else "",
        "year": year,
        "years": f"{first}—{'…' if last == 9999 else last}",
        "count": count["zh"],
        "en": {"count": count["en"]},
    }
    if found is None:
        near = nearest(code, field, year)
        notes.add("other-year", lines[0].place, heading(field), nearest=near, **params)
        return
    notes.add(
        "other-year", lines[0].place, heading(field),
        suggestions=tuple(labelled(c, field, year) for c in found.to),
        hints={lang: succession_words(found, lang) for lang in LANGUAGES}, **params,
    )  # fmt: skip


def succession_words(found: Renumbered, lang: str) -> str:
    """ "；2024 年起用 2014004 信访业务（凭记忆所知，请核对当年科目）": what took over, and how sure."""
    key = "used-before" if found.since > found.year else "taken-over"
    if key == "taken-over" and not found.sole:
        key = "divided"
    listed = say("or", lang).join(labelled(c, found.field, found.year) for c in found.to)
    said = say(key, lang, since=found.since, list=listed)
    if found.sole and not found.whole:
        said += say("in-part", lang)
    return said if found.seen else said + say("from-memory", lang)


def _rows(rows: Sequence[int], lang: str) -> str:
    """Rows in order, neighbours as a stretch: "第 2—12、27、40—61 行"; "" if none is known."""
    if not rows:
        return ""
    stretches = list(_stretches(sorted(rows)))
    listed = [f"{a}" if a == b else f"{a}—{b}" for a, b in stretches[:_LISTED]]
    more = "…" if len(stretches) > _LISTED else ""
    return say("rows", lang, list=say("or", lang).join(listed) + more)


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = rows[0]
    for row in rows[1:]:
        if row > last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
