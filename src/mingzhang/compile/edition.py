"""The edition: parts, passages and statements of a book in the order of its layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from mingzhang.catalog.forms import Form, Layout, at_one_precision, layout, layouts
from mingzhang.compile.amounts import Amounts
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.goals import goals_table
from mingzhang.compile.opendata import code_names, line_items
from mingzhang.compile.placing import unplaced
from mingzhang.compile.printing import Printer
from mingzhang.compile.prose import blocks_of
from mingzhang.compile.tables import table_of
from mingzhang.compile.texts import text_faults
from mingzhang.model.edition import Block, Contents, Edition, Heading, Table
from mingzhang.model.ledger import Ledger, Passage


def edition_of(
    amounts: Amounts, printer: Printer
) -> tuple[Edition | None, tuple[CompileFault, ...]]:
    """The whole book as one edition, and what was wrong; None if there is no such layout."""
    ledger = amounts.ledger
    try:
        chosen = layout(ledger.layout)
    except KeyError:
        known = "、".join(layouts())
        words = {"layout": ledger.layout, "known": known}
        return None, (fault("unknown-layout", ledger.source, **words),)
    faults = [*unplaced(amounts, chosen), *text_faults(ledger)]
    body: list[Block] = [Contents()]
    if chosen.text_heading:
        body.append(Heading(1, chosen.text_heading))
    if ledger.rounding == "additive":
        chosen = at_one_precision(chosen)
    placed = False
    for part in chosen.parts:
        if part.id == "tables":
            body += _statements(part.heading, chosen, amounts, printer)
            placed = True
            continue
        body.append(Heading(2, _filled(part.heading, ledger)))
        for passage in _passages(ledger, part.id, part.template):
            for block in _placed(passage, chosen, amounts, printer, faults):
                body.append(block)
    if not placed:
        body += _statements(chosen.tables_heading, chosen, amounts, printer)
    edition = Edition(
        title=_filled(chosen.cover, ledger),
        department=ledger.department,
        year=ledger.year,
        stage=ledger.stage,
        layout=ledger.layout,
        body=tuple(body),
        published=ledger.published,
        unit=chosen.forms[0].unit,
        rounding=ledger.rounding,
        lines=line_items(ledger),
    )
    edition = replace(edition, codes=code_names(edition, ledger))
    return replace(edition, digest=_digest(edition)), tuple(faults)


def _statements(
    heading: str, chosen: Layout, amounts: Amounts, printer: Printer
) -> Iterator[Block]:
    """The statements of the layout under their heading (those without title stand in the text)."""
    if heading:
        level = 1 if chosen.text_heading else 2  # beside the parts of the text, or above them
        yield Heading(level, _filled(heading, amounts.ledger))
    for form in chosen.forms:
        if form.title:
            yield _statement(form, chosen, amounts, printer)


def _passages(ledger: Ledger, part: str, template: str) -> Iterator[Passage]:
    """The ledger's own passages of a part, or the layout's if it has none."""
    own = [p for p in ledger.passages if p.part == part and p.text.strip()]
    yield from own or [Passage(part, template, ledger.source)]


def _placed(
    passage: Passage,
    chosen: Layout,
    amounts: Amounts,
    printer: Printer,
    faults: list[CompileFault],
) -> Iterator[Block]:
    blocks, wrong = blocks_of(passage, chosen, amounts, printer)
    faults.extend(wrong)
    for block in blocks:
        if not isinstance(block, str):
            yield block
            continue
        form = next((f for f in chosen.forms if f.kind == block), None)
        if form is None:
            faults.append(fault("no-such-table", passage.place, table=block))
        else:
            yield _statement(form, chosen, amounts, printer)


def _statement(form: Form, chosen: Layout, amounts: Amounts, printer: Printer) -> Table:
    if form.kind == "goals":
        ledger = amounts.ledger
        return goals_table(
            form.title, form.number, form.unit, form.decimals, chosen, ledger, printer
        )
    return table_of(form, chosen, amounts, printer)


def _filled(text: str, ledger: Ledger) -> str:
    return text.format(year=ledger.year, prior=ledger.year - 1, department=ledger.department)


def _digest(edition: Edition) -> str:
    """A digest of what is public, and of nothing else."""
    return hashlib.sha256(repr(edition).encode()).hexdigest()
