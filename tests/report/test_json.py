"""The published JSON schema, against real reports and against broken ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from handmade import report, two_files, unreadable
from jsonschema import Draft202012Validator

from mingzhang.model.finding import Report
from mingzhang.report.json import VERSION, render_json, schema


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


def test_the_schema_is_valid_and_carries_its_version() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["properties"]["schema"]["const"] == VERSION


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "make", [report, unreadable, two_files, lambda: report(verdict="consistent")]
)
def test_reports_keep_to_it_and_declare_all_they_hold(
    make: Callable[[], Report], lang: str
) -> None:
    record = json.loads(render_json(make(), lang))
    errors = [
        e.json_path + " " + e.message
        for e in Draft202012Validator(strict(schema())).iter_errors(record)
    ]
    assert errors == []


def test_the_language_asked_for() -> None:
    assert json.loads(render_json(report(), "en"))["findings"][0]["message"].startswith(
        "1 万元 apart"
    )
    assert "尾数误差" in render_json(report())


BROKEN: list[Callable[[dict[str, Any]], Any]] = [
    lambda r: r.pop("verdict"),
    lambda r: r.update(schema="mingzhang-report-2"),
    lambda r: r.update(verdict="fine"),
    lambda r: r["findings"][0].update(severity="fatal"),
    lambda r: r["findings"][0].update(places=[]),
    lambda r: r["findings"][0].update(fingerprint="xyz"),
    lambda r: r["findings"][1]["suspects"][0].update(low=4277.5),
    lambda r: r["findings"][1]["suspects"][0].update(kind="typo"),
    lambda r: r["coverage"].update(proved=-1),
    lambda r: r["rounding"].update(prose="round"),
    lambda r: r["findings"][0]["places"][0].update(line=0),
]


@pytest.mark.parametrize("breaking", BROKEN)
def test_what_breaks_the_contract_is_refused(breaking: Callable[[dict[str, Any]], Any]) -> None:
    record = json.loads(render_json(report()))
    breaking(record)
    assert not Draft202012Validator(schema()).is_valid(record)
