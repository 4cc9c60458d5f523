"""SARIF 2.1.0: the rules of the standard that its readers depend on.

The whole output was also validated against the OASIS schema (sarif-schema-2.1.0.json) by hand.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from handmade import NAME, SOURCE, book, findings, report, two_files, unreadable

from mingzhang.model.finding import Report
from mingzhang.model.place import Place
from mingzhang.report.sarif import FINGERPRINT, render_sarif


def run(of: Report | None = None, lang: str = "zh") -> dict[str, Any]:
    log = json.loads(render_sarif(of or report(), lang))
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    only: dict[str, Any] = log["runs"][0]
    return only


def test_every_result_points_at_its_rule_and_artifact() -> None:
    made = run(two_files())
    rules = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert rules == ["MZ101", "MZ301", "MZ901", "MZ902"]
    files = [unquote(a["location"]["uri"]) for a in made["artifacts"]]
    assert files == ["样本.txt", "表格.txt"]
    assert made["artifacts"][0]["hashes"] == {"sha-256": SOURCE}
    for result in made["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(place["uri"]) == files[place["index"]]


def test_a_region_covers_the_excerpt_and_nothing_else() -> None:
    first = run()["results"][0]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 41, "startColumn": 3, "endColumn": 8, "snippet": {"text": "2,623"},
    }  # fmt: skip
    assert run()["columnKind"] == "unicodeCodePoints"
    logical = first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    assert logical == "表7 一般公共预算支出表（按功能分类） > 信访事务 · 支出总计"


def test_other_places_are_related_locations() -> None:
    related = run()["results"][0]["relatedLocations"]
    assert [r["id"] for r in related] == [1]
    assert related[0]["physicalLocation"]["region"]["startLine"] == 43


def test_fingerprints_and_proof_are_kept() -> None:
    result = run()["results"][0]
    error = findings(book())[1]
    assert result["partialFingerprints"] == {FINGERPRINT: error.fingerprint}
    assert result["properties"]["certified"] is True
    assert result["properties"]["suspects"][0]["low"] == "4277.5"


def test_a_page_is_no_line() -> None:
    of = report()
    box = Place(SOURCE, NAME, "2,623", page=7, box=(1.0, 2.0, 3.0, 4.0))
    cell = Place(SOURCE, NAME, "2,623", sheet="表7", cell="C12")
    first = replace(of.findings[1], places=(box, cell), figures=(), suspects=())
    result = run(replace(of, findings=(first,)))["results"][0]
    location = result["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["properties"] == {"page": 7, "box": [1, 2, 3, 4], "excerpt": "2,623"}
    related = result["relatedLocations"][0]
    assert related["logicalLocations"] == [{"fullyQualifiedName": "表7 C12"}]


def test_a_file_that_could_not_be_read_is_a_failed_invocation() -> None:
    made = run(unreadable())
    (invocation,) = made["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = [n["level"] for n in invocation["toolExecutionNotifications"]]
    assert levels == ["warning", "error"] and made["results"] == []
    assert run()["invocations"][0]["executionSuccessful"] is True


def test_the_language_asked_for() -> None:
    assert run(lang="en")["language"] == "en"
    assert "do not add up" in run(lang="en")["results"][0]["message"]["text"]
