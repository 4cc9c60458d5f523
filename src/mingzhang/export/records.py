"""Records: every noun of a Book as plain data, exactly as ``schema.json`` says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingzhang.goals.targets import parse_target
from mingzhang.model.book import (
    Announced,
    Blank,
    Book,
    Column,
    Indicator,
    Notice,
    RowHead,
    Section,
    Statement,
    Task,
)
from mingzhang.model.claim import Claim, Direction, Parts, Ratio
from mingzhang.model.document import Document, Paragraph
from mingzhang.model.figure import Figure
from mingzhang.model.finding import place_record
from mingzhang.model.goal import Target
from mingzhang.model.quantity import COORDINATES, Quantity

VERSION = "mingzhang-book-1"
_ALWAYS = ("stage", "measure")  # their default is a meaning, not "the whole over it"

Record = dict[str, Any]


def book_record(book: Book) -> Record:
    """The whole book as plain data: strings, whole numbers, lists and mappings."""
    return {
        "schema": VERSION,
        "title": book.title,
        "entity": book.entity,
        "year": book.year,
        "stage": book.stage,
        "layout": book.layout,
        "files": [_file(d) for d in book.documents],
        "statements": [_statement(s) for s in book.statements],
        "paragraphs": [_paragraph(p) for p in book.paragraphs],
        "sections": [_section(s) for s in book.sections],
        "contents": [_announced(a) for a in book.contents],
        "figures": [figure_record(f) for f in book.figures],
        "claims": [claim_record(c) for c in book.claims],
        "indicators": [_indicator(i) for i in book.indicators],
        "tasks": [_task(t) for t in book.tasks],
        "notices": [_notice(n) for n in book.notices],
        "rounding_note": None if book.rounding_note is None else place_record(book.rounding_note),
        "warnings": list(book.warnings),
    }


def quantity_record(quantity: Quantity) -> Record:
    """Its coordinates without those that are the whole; ``stage`` and ``measure`` always."""
    return {
        name: value
        for name, value in zip(COORDINATES, quantity, strict=True)
        if name in _ALWAYS or value not in ("", None)
    }


def figure_record(figure: Figure) -> Record:
    """One printed number. ``value`` is a decimal string: nothing of it is lost in a float."""
    known: Record = {
        "statement": figure.statement,
        "row": figure.row,
        "column": figure.column,
        "paragraph": figure.paragraph,
        "start": figure.start,
    }
    return {
        "id": figure.id,
        "text": figure.text,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "decimals": figure.printed.decimals,
        "label": figure.label,
        "quantity": None if figure.quantity is None else quantity_record(figure.quantity),
        "unread": figure.unread,
        "confidence": figure.confidence,
        "place": place_record(figure.place),
        **{key: value for key, value in known.items() if value is not None},
    }


def claim_record(claim: Claim) -> Record:
    """What a sentence says; ``type`` tells which kind of claim it is."""
    match claim:
        case Ratio():
            return {
                "type": "ratio",
                "kind": claim.kind,
                "figure": claim.figure,
                "numerator": quantity_record(claim.numerator),
                "denominator": quantity_record(claim.denominator),
                "sign": claim.sign,
            }
        case Parts():
            return {
                "type": "parts",
                "whole": quantity_record(claim.whole),
                "parts": [quantity_record(q) for q in claim.parts],
                "complete": claim.complete,
                "words": claim.words,
                "place": place_record(claim.place),
            }
        case Direction():
            return {
                "type": "direction",
                "quantity": quantity_record(claim.quantity),
                "sign": claim.sign,
                "word": claim.word,
                "figure": claim.figure,
                "reason": claim.reason,
                "place": place_record(claim.place),
            }


def _coordinates(coordinates: Mapping[str, str | int]) -> Record:
    return dict(coordinates)


def _file(document: Document) -> Record:
    return {
        "name": document.name,
        "sha256": document.source,
        "format": document.format,
        "pages": document.pages,
        "page_sizes": [list(size) for size in document.page_sizes],
        "warnings": list(document.warnings),
    }


def _statement(statement: Statement) -> Record:
    return {
        "kind": statement.kind,
        "number": statement.number,
        "title": statement.title,
        "unit": statement.unit,
        "entity": statement.entity,
        "year": statement.year,
        "pages": list(statement.pages),
        "coordinates": _coordinates(statement.coordinates),
        "columns": [_column(c) for c in statement.columns],
        "rows": [list(row) for row in statement.rows],
        "heads": [_head(h) for h in statement.heads],
        "blanks": [_blank(b) for b in statement.blanks],
        "notes": list(statement.notes),
        "place": place_record(statement.place),
    }


def _column(column: Column) -> Record:
    return {
        "header": list(column.header),
        "role": column.role,
        "side": column.side,
        "of_which": column.of_which,
        "coordinates": _coordinates(column.coordinates),
    }


def _head(head: RowHead) -> Record:
    return {
        "row": head.row,
        "side": head.side,
        "kind": head.kind,
        "label": head.label,
        "code": head.code,
        "of_which": head.of_which,
        "coordinates": _coordinates(head.coordinates),
    }


def _blank(blank: Blank) -> Record:
    return {
        "id": blank.id,
        "row": blank.row,
        "column": blank.column,
        "label": blank.label,
        "unit": blank.unit,
        "step_fen": blank.step_fen,
        "quantity": quantity_record(blank.quantity),
        "place": place_record(blank.place),
    }


def _paragraph(paragraph: Paragraph) -> Record:
    return {
        "text": paragraph.text,
        "level": paragraph.level,
        "place": place_record(paragraph.place),
    }


def _section(section: Section) -> Record:
    return {
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "first": section.first,
        "last": section.last,
        "kind": section.kind,
        "place": place_record(section.place),
    }


def _announced(line: Announced) -> Record:
    return {
        "number": line.number,
        "title": line.title,
        "is_statement": line.is_statement,
        "kind": line.kind,
        "place": place_record(line.place),
    }


def _indicator(indicator: Indicator) -> Record:
    """As printed, and what its target was understood to demand."""
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "level3": indicator.level3,
        "target": indicator.target,
        "actual": indicator.actual,
        "weight": indicator.weight,
        "score": indicator.score,
        "understood": target_record(parse_target(indicator.target)),
        "statement": indicator.statement,
        "row": indicator.row,
        "place": place_record(indicator.place),
    }


def target_record(target: Target) -> Record:
    """A target 目标值 as understood; values are decimal strings."""
    return {
        "kind": target.kind,
        "change": target.change,
        "against": target.against,
        "scale": target.scale,
        "rest": target.rest,
        "conditions": [
            {
                "operator": c.operator,
                "value": f"{c.value:f}",
                "upper": None if c.upper is None else f"{c.upper:f}",
                "unit": c.unit,
                "subject": c.subject,
                "change": c.change,
                "text": c.text,
            }
            for c in target.conditions
        ],
    }


def _task(task: Task) -> Record:
    return {
        "name": task.name,
        "content": task.content,
        "figures": list(task.figures),
        "statement": task.statement,
        "row": task.row,
        "place": place_record(task.place),
    }


def _notice(notice: Notice) -> Record:
    return {
        "what": notice.what,
        "text": notice.text,
        "place": None if notice.place is None else place_record(notice.place),
    }
