"""Renumbered 科目沿革: what became of the codes of a ledger that its year does not know.

Data: catalog/successions.csv. A code is only ever proposed; who writes it says so (see ``moved``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from mingzhang.catalog.succession import Succession, successions
from mingzhang.ledger.accounts import LEAF, known_in, row_of, scheme
from mingzhang.model.ledger import Ledger

NAMED = "名称:"  # a fact "名称:2010399" gives an account of the ledger's own its name


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A code that is not used in ``year`` and what is used there instead.

    ``field`` is the column of the ledger (function, economic, gov_economic). ``to`` are codes at the
    level of lines: one for a renumbering or merger 合并, several for a split 拆分, which nobody can
    carry out but people. ``since`` is the year of the change. ``seen`` is True if published books
    show it; what is known from memory has to be looked up in that year's 政府收支分类科目. ``whole``
    is True if all of the money went there; otherwise some lines may belong elsewhere.
    """

    code: str
    field: str
    year: int
    to: tuple[str, ...]
    since: int
    seen: bool
    whole: bool

    @property
    def sole(self) -> str:
        """The one code that takes over; "" if the money divides among several."""
        return self.to[0] if len(self.to) == 1 else ""


def in_force(code: str, field: str, year: int | None) -> bool:
    """False only for a known code that, as far as is known, that year does not use."""
    row = row_of(code, field, year)
    return row is None or row.holds(year) or not known_in(field, year)


@lru_cache(maxsize=4096)
def renumbered(code: str, field: str, year: int) -> Renumbered | None:
    """What ``year`` uses instead of ``code``; None if it uses the code, or nobody knows.

    For a code that ended, its successors, step by step up to that year; for one that begins only
    later, its predecessors.
    """
    if in_force(code, field, year):
        return None
    begins = all(r.first and r.first > year for r in scheme(field)[code] if not r.error)
    steps = [s for s in successions() if s.scheme == field and (s.year > year) == begins]
    found: dict[str, None] = {}
    used: list[Succession] = []
    waiting = [code]
    while waiting:
        one = waiting.pop(0)
        for step in reversed(steps) if begins else steps:
            near, far = (step.new, step.old) if begins else (step.old, step.new)
            if one not in near or step in used:
                continue
            used.append(step)
            for other in (c for c in far if len(c) == LEAF[field]):
                if in_force(other, field, year):
                    found[other] = None
                else:
                    waiting.append(other)
    if not found:
        return None
    since = min(s.year for s in used)
    seen, whole = (all(getattr(s, name) for s in used) for name in ("seen", "whole"))
    return Renumbered(code, field, year, tuple(found), since, seen, whole)


def moved(ledger: Ledger, year: int) -> Mapping[tuple[str, str], Renumbered]:
    """(column, code) -> what ``year`` uses instead, for every code of the ledger's lines.

    A code that the ledger names itself (名称) is its own affair and is left out.
    """
    own = {fact.removeprefix(NAMED) for fact in ledger.facts if fact.startswith(NAMED)}
    out: dict[tuple[str, str], Renumbered] = {}
    for line in ledger.lines:
        for field in LEAF:
            code: str = getattr(line, field)
            if code and code not in own and (field, code) not in out:
                found = renumbered(code, field, year)
                if found is not None:
                    out[field, code] = found
    return out


def rewritten(ledger: Ledger, moves: Mapping[tuple[str, str], Renumbered], remark: str) -> Ledger:
    """The ledger with every code replaced that has one heir, each line saying so in its note.

    ``remark`` is a sentence with {old} for the codes that a line had.
    """
    lines = []
    for line in ledger.lines:
        changed = {
            field: found.sole
            for field in LEAF
            if (found := moves.get((field, getattr(line, field)))) is not None and found.sole
        }
        if changed:
            old = "、".join(getattr(line, field) for field in changed)
            note = "；".join(t for t in (line.note.rstrip("。；"), remark.format(old=old)) if t)
            line = replace(line, note=note, **changed)  # type: ignore[arg-type]
        lines.append(line)
    return replace(ledger, lines=tuple(lines))
