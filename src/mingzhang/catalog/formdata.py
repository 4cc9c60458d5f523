"""Form nouns 表样: how each statement of a layout family is laid out, and how they are read from TOML.

A form is one or more blocks side by side; a block has columns, rows and foot rows. Rows are fixed
lines or repeat for something that the ledger has (each = function, economic, entity, project …).
Columns and rows carry coordinates; where they cross stands the sum of the ledger's lines there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mingzhang.model.money import Unit

Coordinates = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: header path, role, coordinates, and what of the row it shows (``shows``).

    shows: label, code, code0/code1/code2 (类, 款, 项 apart), entity, blank, or the name of a text
    field of the row (content, target, level1 …). Amount columns show the amount.
    """

    header: tuple[str, ...]
    role: str
    at: Coordinates
    shows: str
    width: float
    of_which: bool


@dataclass(frozen=True, slots=True)
class FormRow:
    """A fixed row or a repeated one.

    each: "" (fixed), function, economic, project, purchase, entity (for each unit), department (once,
    under the department's name).
    levels: code lengths to show. labels: label pattern by level ("{ordinal}、{name}"). all: also
    the codes without money (a complete list). under: only codes with these prefixes. rows: what
    repeats under each one. at: coordinates; the values "prior" (year) and versus "prior" mean last
    year. blank: the row prints no amounts. within: the label stands in this column's place.
    """

    label: str
    at: Coordinates
    kind: str
    level: int
    bold: bool
    each: str
    levels: tuple[int, ...]
    labels: Mapping[str, str]
    all: bool
    under: tuple[str, ...]
    rows: tuple[FormRow, ...]
    shows: str
    several: bool
    blank: bool
    optional: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormBlock:
    """One side of a statement: columns, rows from the top, foot rows at the bottom."""

    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    foot: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One statement's form. ``zero`` is what a zero prints ("0", "" or "0.00"); ``trim`` drops
    trailing zeros of the decimals. ``empty_note`` is printed when the statement has no money.
    """

    kind: str
    number: str
    title: str
    listed: str
    unit: Unit
    decimals: int
    zero: str
    trim: bool
    thousands: bool
    at: Coordinates
    blocks: tuple[FormBlock, ...]
    notes: tuple[str, ...]
    empty_note: str
    landscape: bool
    entity_label: str
    verified: bool


@dataclass(frozen=True, slots=True)
class ProseForm:
    """How prose prints money: unit and decimals, and by item where they differ (三公)."""

    unit: Unit
    decimals: int
    trim: bool
    thousands: bool
    percent_decimals: int
    items: Mapping[str, int]  # item -> decimals


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text: its id, and the template in Markdown with Jinja placeholders."""

    id: str
    heading: str
    template: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that a family declares for compiling a book."""

    family: str
    stage: str
    cover: str
    prose: ProseForm
    parts: tuple[Part, ...]
    forms: tuple[Form, ...]
    text_heading: str
    tables_heading: str
    rounding_note: str
    withheld_mark: str
    refine: Mapping[str, str]  # fund -> the finer one that a line of it belongs to in this family


def read_layout(family: str, raw: Mapping[str, Any], text: Callable[[str, str], str]) -> Layout:
    """The layout that a TOML file forms/<family>.toml declares.

    ``text(family, part)`` is the Markdown of a part. Raises KeyError, TypeError, ValueError or
    AttributeError for a file that is not one.
    """
    defaults = raw["defaults"]
    prose = raw["prose"]
    return Layout(
        family,
        raw["stage"],
        raw["cover"],
        ProseForm(
            Unit(prose["unit"]),
            prose["decimals"],
            prose.get("trim", False),
            prose.get("thousands", True),
            prose.get("percent_decimals", 2),
            prose.get("items", {}),
        ),
        tuple(
            Part(p["id"], p["heading"], text(p.get("from", family), p["id"])) for p in raw["part"]
        ),
        tuple(_form(s, defaults, raw.get("columns", {})) for s in raw["statement"]),
        raw.get("text_heading", ""),
        raw.get("tables_heading", ""),
        raw.get("rounding_note", ""),
        raw.get("withheld_mark", "—"),
        raw.get("refine", {}),
    )


def _form(raw: Mapping[str, Any], defaults: Mapping[str, Any], shared: Mapping[str, Any]) -> Form:
    get = {**defaults, **raw}
    blocks = raw.get("block") or [raw]
    return Form(
        raw["kind"],
        raw.get("number", ""),
        raw["title"],
        raw.get("listed", raw["title"]),
        Unit(get["unit"]),
        get["decimals"],
        get.get("zero", "0"),
        get.get("trim", False),
        get.get("thousands", True),
        raw.get("at", {}),
        tuple(
            FormBlock(
                tuple(_column(c) for c in _columns(b["columns"], shared)),
                tuple(_row(r) for r in b.get("rows", ())),
                tuple(_row(r) for r in b.get("foot", ())),
            )
            for b in blocks
        ),
        tuple(raw.get("notes", ())),
        get.get("empty_note", ""),
        get.get("landscape", False),
        get.get("entity_label", "部门名称"),
        raw.get("verified", True),
    )


def _columns(raw: Any, shared: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A list of columns; a string in it names a shared group of columns."""
    out: list[Mapping[str, Any]] = []
    for column in raw:
        out.extend(shared[column] if isinstance(column, str) else [column])
    return out


_SHOWS = {"name": "label", "code": "code", "entity": "entity", "year": "label"}


def _column(raw: Mapping[str, Any]) -> FormColumn:
    role = raw["role"]
    return FormColumn(
        tuple(raw["header"]),
        role,
        raw.get("at", {}),
        raw.get("shows", _SHOWS.get(role, "")),
        raw.get("width", 3.0 if role == "name" else 1.0),
        raw.get("of_which", False),
    )


def _row(raw: Mapping[str, Any]) -> FormRow:
    return FormRow(
        raw.get("label", ""),
        raw.get("at", {}),
        raw.get("kind", "item"),
        raw.get("level", 0),
        raw.get("bold", raw.get("kind") == "total"),
        raw.get("each", ""),
        tuple(raw.get("levels", ())),
        raw.get("labels", {}),
        raw.get("all", False),
        tuple(raw.get("under", ())),
        tuple(_row(r) for r in raw.get("rows", ())),
        raw.get("shows", ""),
        raw.get("several", False),
        raw.get("blank", False),
        raw.get("optional", False),
        raw.get("texts", {}),
    )
