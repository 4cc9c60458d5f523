"""Accounts 科目沿革 of the next ledger: codes that the new year does not use become their heirs, aloud.

A code with one heir is replaced, and each line, project and the officer are told; one that divides is
left to people, and they are told so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mingzhang.catalog.source import table
from mingzhang.ledger.accounts import LEAF, labelled
from mingzhang.ledger.renumbered import Renumbered, moved, rewritten
from mingzhang.model.ledger import Ledger, Line


def with_next_codes(ledger: Ledger) -> Ledger:
    """The ledger with the codes of the year after its own; each changed line's note names the old."""
    moves = moved(ledger, ledger.year + 1)
    return rewritten(ledger, moves, _words()["note"]["zh"])


def reason_of_codes(ledger: Ledger, project: str, lang: str) -> str:
    """What to add to a project's reason: which of its codes are told under another one next year.

    Withheld lines do not speak, nor what is known from memory only: the reason may be printed.
    """
    moves = moved(ledger, ledger.year + 1)
    mine = dict.fromkeys(
        found
        for line in ledger.lines
        if line.project == project and not line.withheld
        for found in _of(line, moves.values())
        if found.sole and found.seen
    )
    between = " " if lang == "en" else ""
    return between.join(_said("reason", found, ledger.year, lang) for found in mine)


def codes_told(ledger: Ledger, lang: str) -> list[str]:
    """One line for each code that next year does not use, for people: what was done about it."""
    out = []
    for found in moved(ledger, ledger.year + 1).values():
        count = sum(found in _of(line, (found,)) for line in ledger.lines)
        unsure = "" if found.seen else _words()["unsure"][lang]
        part = "" if found.whole else _words()["part"][lang]
        key = "moved" if found.sole else "divided"
        facts = {"count": count, "part": part, "unsure": unsure}
        out.append(_said(key, found, ledger.year, lang, **facts))
    return out


def _words() -> dict[str, Any]:
    found: dict[str, Any] = table("proposals.toml")["renumbered"]
    return found


def _of(line: Line, found: Iterable[Renumbered]) -> list[Renumbered]:
    return [f for f in found if f.field in LEAF and getattr(line, f.field) == f.code]


def _said(key: str, found: Renumbered, year: int, lang: str, **more: object) -> str:
    new = "、".join(labelled(code, found.field, found.year) for code in found.to)
    old = labelled(found.code, found.field, year)
    said: str = _words()[key][lang].format(old=old, new=new, since=found.since, **more)
    return said
