"""Rows of a form: fixed lines as they are, repeated ones once for each thing the ledger has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mingzhang.catalog.codenames import classes, code_name, listed
from mingzhang.catalog.forms import Form, FormRow
from mingzhang.compile.amounts import Amounts
from mingzhang.model.ledger import Ledger, Project
from mingzhang.model.quantity import Quantity

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row to be printed: its label and what else its cells show, its coordinates."""

    label: str
    kind: str
    level: int
    bold: bool
    at: Mapping[str, str | int] = field(default_factory=dict)
    code: str = ""
    entity: str = ""
    shows: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    blank: bool = False


def ordinal(number: int) -> str:
    """1 → 一, 12 → 十二, 21 → 二十一, 105 → 一百零五 (up to 999; beyond that, digits)."""
    if number > 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        head += "零"
    return head + (_DIGITS[ones] if ones or not number else "")


def quantity_at(ledger: Ledger, *layers: Mapping[str, str | int]) -> Quantity:
    """The quantity that these layers of coordinates name; later layers win.

    ``year`` or ``versus`` "prior" mean last year: its budget in a budget, its final account in one.
    """
    merged: dict[str, Any] = {"year": ledger.year, "stage": ledger.stage}
    for layer in layers:
        merged.update(layer)
    if merged["year"] == "prior":
        merged["year"] = ledger.year - 1
    if merged.get("versus") == "prior":
        merged["versus"] = f"{ledger.year - 1}:{merged['stage']}"
    return Quantity(**merged)


def names(ledger: Ledger, scheme: str, code: str) -> str:
    """What the book calls a code: the ledger's own word for it, else the catalog's for that year."""
    return ledger.facts.get(f"名称:{code}") or code_name(scheme, code, ledger.year) or code


def hidden_projects(ledger: Ledger) -> frozenset[str]:
    """The projects that may not be named: withheld, or with a withheld line."""
    withheld = {p.name for p in ledger.projects if p.withheld}
    return frozenset(withheld | {x.project for x in ledger.lines if x.withheld and x.project})


def public_projects(ledger: Ledger) -> tuple[Project, ...]:
    """The projects that may be named, in the order of the ledger."""
    hidden = hidden_projects(ledger)
    return tuple(p for p in ledger.projects if p.name not in hidden)


def drawn_rows(
    rows: tuple[FormRow, ...], form: Form, amounts: Amounts, at: Mapping[str, str | int]
) -> Iterator[Drawn]:
    """All rows of one block, from the top."""
    for row in rows:
        yield from _drawn(row, form, amounts, at)


def _drawn(
    row: FormRow, form: Form, amounts: Amounts, at: Mapping[str, str | int]
) -> Iterator[Drawn]:
    ledger = amounts.ledger
    if row.several and ledger.single:
        return
    here = {**at, **row.at}
    if row.optional and not amounts.of(quantity_at(ledger, form.at, here)):
        return
    if not row.each:
        label = row.label.format(
            department=ledger.department,
            entity=at.get("entity") or ledger.department,
            year=ledger.year,
            prior=ledger.year - 1,
        )
        yield Drawn(
            label,
            row.kind,
            row.level,
            row.bold,
            here,
            entity=label if row.shows == "entity" else "",
            shows=row.shows,
            blank=row.blank,
            texts=row.texts,
        )
    elif row.each in ("entity", "department"):
        for entity in ledger.entities if row.each == "entity" and ledger.entities else (None,):
            inside = dict(here)
            if not ledger.single and entity is not None:
                inside["entity"] = entity.name
            first = True
            for drawn in drawn_rows(row.rows, form, amounts, inside):
                name = entity.name if entity is not None else ledger.department
                yield replace(drawn, entity=name if first and not drawn.entity else drawn.entity)
                first = False
    elif row.each in ("function", "economic"):
        yield from _codes(row, form, amounts, here)
    elif row.each == "project":
        for project in public_projects(ledger):
            where = {**here, "nature": "project", "project": project.name}
            if amounts.of(quantity_at(ledger, form.at, where)):
                texts = {"content": project.purpose, "goal": goal_text(ledger, project.name)}
                yield Drawn(project.name, "project", row.level, row.bold, where, texts=texts)
    elif row.each == "purchase":
        from mingzhang.compile.purchases import drawn_purchases

        yield from drawn_purchases(form, amounts, here)
    else:
        raise ValueError(f"forms: each = {row.each!r} is not known")


def _codes(
    row: FormRow, form: Form, amounts: Amounts, at: Mapping[str, str | int]
) -> Iterator[Drawn]:
    """One row for each code with money (or of the complete list), deeper ones below their parents."""
    ledger, scheme = amounts.ledger, row.each
    present = amounts.present(scheme, quantity_at(ledger, form.at, at))
    wanted = {c for c in present if len(c) in row.levels}
    if scheme == "economic":
        wanted = {
            c for c in wanted if c.startswith("5") == any(u.startswith("5") for u in row.under)
        }
    if row.all:
        wanted |= set(
            classes(ledger.year) if scheme == "function" else listed(scheme, row.under, ledger.year)
        )
    if row.under:
        wanted = {c for c in wanted if c.startswith(row.under)}
    order = sorted(wanted)
    if row.all and scheme == "function":
        rank = {c: i for i, c in enumerate(classes(ledger.year))}
        order.sort(key=lambda c: (rank.get(c[:3], 99), c))
    count = 0
    for code in order:
        depth = row.levels.index(len(code))
        name = names(ledger, scheme, code)
        pattern = row.labels.get(str(len(code)), "{name}")
        if depth == 0:
            count += 1
        label = pattern.format(ordinal=ordinal(count), name=name, code=code)
        yield Drawn(label, "code", row.level + depth, row.bold, {**at, scheme: code}, code=code)


def goal_text(ledger: Ledger, project: str) -> str:
    """The overall goal of a project, "" if it has none."""
    return next((g.overall for g in ledger.goals if g.project == project), "")
