"""JSON loses nothing that it promises: figures, rows, claims come back equal."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import mingzhang as mz
from mingzhang.export import schema, to_json
from mingzhang.export.records import VERSION
from mingzhang.model.book import Book
from mingzhang.model.claim import Claim, Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.money import Printed, Unit
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity

Json = dict[str, Any]


def strict(node: Any) -> Any:
    """The schema with every undeclared property forbidden, to notice when output outgrows it."""
    if isinstance(node, list):
        return [strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    out = {key: strict(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict) and node.get("type") == "object":
        out["additionalProperties"] = False
    return out


def quantity(record: Json | None) -> Quantity | None:
    return None if record is None else Quantity(**record)


def place(record: Json) -> Place:
    known = {k: record[k] for k in ("page", "sheet", "cell", "line", "column") if k in record}
    box = tuple(record["box"]) if "box" in record else None
    return Place(record["sha256"], record["file"], record["excerpt"], box=box, **known)


def figure(record: Json) -> Figure:
    unit = next(u for u in Unit if u.value == record["unit"])
    printed = Printed(record["text"], Decimal(record["value"]), unit, record["decimals"])
    where = {k: record.get(k) for k in ("statement", "row", "column", "paragraph", "start")}
    return Figure(
        record["id"], printed, place(record["place"]), record["label"],
        quantity(record["quantity"]), unread=record["unread"],
        confidence=record["confidence"], **where,
    )  # fmt: skip


def claim(record: Json) -> Claim:
    def q(name: str) -> Quantity:
        return Quantity(**record[name])

    if record["type"] == "ratio":
        return Ratio(
            record["figure"], record["kind"], q("numerator"), q("denominator"), record["sign"]
        )
    if record["type"] == "parts":
        parts = tuple(Quantity(**p) for p in record["parts"])
        words = record["words"]
        return Parts(q("whole"), parts, record["complete"], place(record["place"]), words)
    return Direction(
        q("quantity"), record["sign"], record["word"], place(record["place"]),
        record["figure"], record["reason"],
    )  # fmt: skip


def assert_round_trip(book: Book) -> None:
    record = json.loads(to_json(book))
    Draft202012Validator(strict(schema())).validate(record)
    assert tuple(map(figure, record["figures"])) == book.figures
    assert tuple(map(claim, record["claims"])) == book.claims
    for told, statement in zip(record["statements"], book.statements, strict=True):
        assert tuple(map(tuple, told["rows"])) == statement.rows
        assert [tuple(c["header"]) for c in told["columns"]] == [
            c.header for c in statement.columns
        ]
        assert [c["coordinates"] for c in told["columns"]] == [
            dict(c.coordinates) for c in statement.columns
        ]
        assert [(h["row"], h["code"], h["label"]) for h in told["heads"]] == [
            (h.row, h.code, h.label) for h in statement.heads
        ]
        assert [quantity(b["quantity"]) for b in told["blanks"]] == [
            b.quantity for b in statement.blanks
        ]
    assert [p["text"] for p in record["paragraphs"]] == [p.text for p in book.paragraphs]


def test_the_schema_is_valid_and_carries_its_version() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["schema"]["const"] == VERSION


def test_a_made_book_comes_back_equal(made: Book) -> None:
    assert made.figures
    assert made.claims
    assert_round_trip(made)


def test_a_real_book_comes_back_equal(real: Book) -> None:
    assert len(real.figures) > 200
    assert_round_trip(real)


def test_a_figure_in_prose_points_at_its_own_text(real: Book) -> None:
    record = json.loads(to_json(real))
    told = [f for f in record["figures"] if "paragraph" in f]
    assert told
    for one in told:
        text = record["paragraphs"][one["paragraph"]]["text"]
        assert text[one["start"] :].replace(" ", "").startswith(one["text"].replace(" ", ""))


def test_the_same_book_gives_the_same_text(made: Book) -> None:
    assert to_json(made) == to_json(made)
    assert json.loads(to_json(made, indent=None)) == json.loads(to_json(made))


@pytest.mark.parametrize("wrong", ["value", "unit", "place"])
def test_the_schema_refuses_a_broken_figure(made: mz.Book, wrong: str) -> None:
    record = json.loads(to_json(made))
    record["figures"][0][wrong] = 1.5
    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(record)
