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
from mingzhang.goals.targets import parse_target
from mingzhang.model.book import Book, Indicator
from mingzhang.model.claim import Claim, Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.goal import Condition, Target
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


def indicator(record: Json) -> Indicator:
    known = {k: v for k, v in record.items() if k not in ("place", "understood")}
    return Indicator(place=place(record["place"]), **known)


def target(text: str, record: Json) -> Target:
    conditions = tuple(
        Condition(
            c["operator"], Decimal(c["value"]), c["unit"], c["subject"],
            None if c["upper"] is None else Decimal(c["upper"]), c["change"], c["text"],
        )
        for c in record["conditions"]
    )  # fmt: skip
    rest = {k: v for k, v in record.items() if k != "conditions"}
    return Target(text, conditions=conditions, **rest)


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
    assert tuple(map(indicator, record["indicators"])) == book.indicators
    for told, one in zip(record["indicators"], book.indicators, strict=True):
        assert target(told["target"], told["understood"]) == parse_target(one.target)


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


SELF = """# 2023 年云川市档案馆部门决算

表 1

## 项目支出绩效自评表

部门名称： 云川市档案馆

单位： 万元

一级指标→二级指标→三级指标→年度指标值→实际完成值→分值→得分→偏差原因→来源
产出指标→数量指标→修复档案页数→≥8000页→8100页→25→25.00→→
→质量指标→修复验收合格率→95%至98%→→25→0→→
效益指标→社会效益指标→公众查档人次→比上年增加90人次→810人次→30→27.00→宣传少→
"""


def test_a_self_evaluation_comes_back_with_actual_values_weights_and_conditions() -> None:
    book = mz.read_text(SELF.replace("→", "\t"), "self.txt")
    assert_round_trip(book)
    told = json.loads(to_json(book))["indicators"]
    assert [(i["actual"], i["weight"], i["score"]) for i in told] == [
        ("8100页", "25", "25.00"), ("", "25", "0"), ("810人次", "30", "27.00"),
    ]  # fmt: skip
    first, second, third = (i["understood"] for i in told)
    (least,) = first["conditions"]
    assert (least["operator"], least["value"], least["unit"]) == ("≥", "8000", "页")
    (between,) = second["conditions"]
    assert (between["operator"], between["value"], between["upper"]) == ("range", "95", "98")
    (more,) = third["conditions"]
    assert (more["value"], more["change"]) == ("90", "+")


def test_a_form_without_such_columns_says_null(made: Book) -> None:
    told = json.loads(to_json(made))["indicators"]
    assert all(i["actual"] is i["weight"] is i["score"] is None for i in told)


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
