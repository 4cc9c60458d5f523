"""Checks of words: withheld names in what will be public, and forms left unfilled."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalog.ledger import tables, words
from mingzhang.catalog.normal import plain
from mingzhang.ledger.checklines import heading
from mingzhang.ledger.fault import Notebook
from mingzhang.model.ledger import Ledger
from mingzhang.model.place import Place

_SHORTEST = 2  # characters of a name that can give something away


def withheld_names(ledger: Ledger) -> tuple[str, ...]:
    """What must stand nowhere in public: names that only withheld lines or projects bear.

    Projects marked withheld and their parts; projects, parts and purchases of which every line is
    withheld. The longest come first.
    """
    hidden: set[str] = set()
    open_: set[str] = set()
    secret = {p.name for p in ledger.projects if p.withheld}
    for project in ledger.projects:
        if project.withheld:
            hidden |= {project.name, *(part.name for part in project.parts)}
    for line in ledger.lines:
        found = {line.project, line.part, line.purchase}
        (hidden if line.withheld or line.project in secret else open_).update(found)
    names = {name for name in hidden - open_ if len(name) >= _SHORTEST}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def check_secrets(ledger: Ledger, notes: Notebook) -> None:
    """A withheld name 涉密名称 may stand in no text that will be public."""
    names = [(name, plain(name)) for name in withheld_names(ledger)]
    for place, field, where, where_en, text in _public(ledger) if names else ():
        written = plain(text)
        for name, bare_name in names:
            if bare_name in written:
                notes.add("leak", place, field, name=name, where=where, where_en=where_en)
                break


def _public(ledger: Ledger) -> Iterator[tuple[Place, str, str, str, str]]:
    """(place, column's heading, what it is in Chinese and English, text) of all that is published."""
    for passage in ledger.passages:
        yield passage.place, "", *_named("passages"), passage.text
    for reason in ledger.reasons:
        yield reason.place, "", *_named("reasons"), f"{reason.subject} {reason.text}"
    for project in ledger.projects:
        if not project.withheld:
            parts = " ".join(f"{p.name} {p.purpose}" for p in project.parts)
            text = f"{project.name} {project.purpose} {project.basis} {project.reason} {parts}"
            yield project.place, "", *_named("projects"), text
    secret = {p.name for p in ledger.projects if p.withheld}
    for line in ledger.lines:
        if not line.withheld and line.note:
            yield line.place, heading("note"), *_named("lines"), line.note
    for goal in ledger.goals:
        if goal.project in secret:
            continue
        yield goal.place, "", *_named("goals"), f"{goal.overall} {goal.content}"
        for item in goal.lines:
            told = f"{item.level1} {item.level2} {item.level3} {item.target}"
            yield item.place, "", *_named("indicators"), told
    for name, value in ledger.facts.items():
        yield ledger.source, name, *_named("facts"), value
    for entity in ledger.entities:
        yield entity.place, "", *_named("entities"), entity.name
    for asset in ledger.assets:
        yield asset.place, "", *_named("assets"), asset.name
    settings = f"{ledger.name} {ledger.department} {ledger.supervisor}"
    yield ledger.source, "", *_named("settings"), settings


def _named(table: str) -> tuple[str, str]:
    found = tables()[table]
    return found.zh, found.en


def check_words(ledger: Ledger, notes: Notebook) -> None:
    """Places of a form that nobody has filled in."""
    marks = words("placeholders")
    for place, field, _, _, text in _public(ledger):
        found = next((mark for mark in marks if mark in text), "")
        if found:
            start = text.index(found)
            notes.add("placeholder", place, field, text=text[start : start + 24].split("\n")[0])
