"""Texts of a ledger that no book can print as they are: what is wrong with which character, and where.

Invisible characters (控制字符, zero-width and direction marks) come along when text is pasted; private
ones (自造字) mean a glyph of one machine's font. In a name they would make two names of one, or print
differently than they read; there they are errors. In running text they are said, not refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mingzhang.compile.faults import CompileFault, fault
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place

LONGEST = 200
"""Characters of a name: the longest in published books have about sixty."""
_RESERVED = range(0xFDD0, 0xFDF0)  # noncharacters: this house marks its own figures with them
_BROKEN = "Cs"  # a lone surrogate is half a character
_PURCHASE = "▸"  # begins the names under which purchases stand (compile.amounts.purchase_keys)
_ENDS = "；;。！？"  # where a sentence ends, and with it what its figures speak of
_BREAKS = "\t\n\r"


def text_faults(ledger: Ledger) -> Iterator[CompileFault]:
    """An error for each name that cannot be printed as it is, or text that is no text at all; a
    warning for characters that readers will not see as they were typed."""
    for place, name in _names(ledger):
        if len(name) > LONGEST:
            words = {"text": _short(name), "length": str(len(name)), "most": str(LONGEST)}
            yield fault("name-too-long", place, **words)
        yield from _unprintable(place, name, "name-unprintable")
        ends = next((c for c in name if c in _ENDS), "")
        if ends:
            yield fault("name-ends", place, text=_short(name), character=ends)
    for place, text in _texts(ledger):
        yield from _unprintable(place, text, "text-unprintable")


def _unprintable(place: Place, text: str, kind: str) -> Iterator[CompileFault]:
    if text.isprintable() and text.isascii():
        return
    for at, character in enumerate(text, 1):
        point = ord(character)
        category = unicodedata.category(character)
        words = {"text": _short(text), "at": str(at), "code": f"U+{point:04X}"}
        breaks = character in _BREAKS and kind == "text-unprintable"
        unseen = category in ("Cc", "Cf", "Co", "Cn") and not breaks
        if category == _BROKEN or point in _RESERVED or point & 0xFFFE == 0xFFFE:
            yield fault("name-unprintable", place, **words)
        elif unseen or (character == _PURCHASE and kind == "name-unprintable"):
            yield fault(kind, place, **words)
        elif point > 0xFFFF:
            yield fault("rare", place, **words, character=character)
        else:
            continue
        return  # one is enough to go and look


def _short(text: str) -> str:
    """The beginning of a text, fit for a message."""
    seen = "".join(c if c.isprintable() else "□" for c in text[:20])
    return seen if len(text) <= 20 else f"{seen}…"


def _names(ledger: Ledger) -> Iterator[tuple[Place, str]]:
    """Names by which lines find each other, and where each stands first; none that is withheld."""
    yield ledger.source, ledger.department
    for entity in ledger.entities:
        yield entity.place, entity.name
    secret = {p.name for p in ledger.projects if p.withheld}
    for project in ledger.projects:
        if not project.withheld:
            yield project.place, project.name
            for part in project.parts:
                yield project.place, part.name
    seen = {""}
    for line in ledger.lines:
        if not line.withheld and line.project not in secret:
            for name in (line.part, line.purchase):
                if name not in seen:
                    seen.add(name)
                    yield line.place, name


def _texts(ledger: Ledger) -> Iterator[tuple[Place, str]]:
    for project in ledger.projects:
        if not project.withheld:
            purposes = "\n".join(part.purpose for part in project.parts)
            text = f"{project.purpose}\n{project.basis}\n{project.reason}\n{purposes}"
            yield project.place, text.strip()
    for reason in ledger.reasons:
        yield reason.place, reason.text
    for passage in ledger.passages:
        yield passage.place, passage.text
    for goal in ledger.goals:
        yield goal.place, f"{goal.overall}\n{goal.content}".strip()
        for line in goal.lines:
            yield line.place, f"{line.level1} {line.level2} {line.level3} {line.target}"
    for asset in ledger.assets:
        yield asset.place, asset.name
    for value in ledger.facts.values():
        yield ledger.source, value
