"""Two drafts: what is new, what is gone, what is as it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from drafts import finding, report

from mingzhang.review import BadEntries, compare, comparison_record
from mingzhang.review.compare import comparison_csv, read_report

OLD = report(
    [
        finding("MZ001", "s1", "860", "363"),
        finding("MZ001", "p5.1", "12"),
        finding("MZ202", "level", "住房保障（款）", severity="warning"),
        finding("MZ601", "left", "增加（减少）", severity="warning"),
    ]
)
NEW = report(
    [
        finding("MZ001", "s1", "870", "363"),  # still wrong, with another figure
        finding("MZ001", "p6.1", "12"),  # a paragraph further down
        finding("MZ202", "level", "住房 保障（款）", severity="warning", line=9),
        finding("MZ301", "year", "2023年", severity="warning"),
    ]
)


def subjects(told: object) -> list[str]:
    return [t.message_in("en").split()[0] for t in told]  # type: ignore[attr-defined]


@pytest.mark.parametrize("old", [OLD, json.loads(OLD.to_json("en"))], ids=["report", "json"])
@pytest.mark.parametrize("new", [NEW, json.loads(NEW.to_json("en"))], ids=["report", "json"])
def test_what_became_of_each(old: object, new: object) -> None:
    found = compare(old, new)  # type: ignore[arg-type]
    assert subjects(found.new) == ["year"]
    assert subjects(found.changed) == ["s1"]
    assert subjects(found.unchanged) == ["p6.1", "level"]
    assert subjects(found.gone) == ["left"]
    assert found.exit_status == 1


def test_a_draft_that_got_no_worse() -> None:
    better = report(OLD.findings[1:3])
    found = compare(OLD, better)
    assert len(found.gone) == 2
    assert found.exit_status == 0
    noted = report([*OLD.findings, finding("MZ010", "note", "1", severity="note")])
    assert compare(OLD, noted).exit_status == 0


def test_as_data_and_as_csv() -> None:
    found = compare(OLD, NEW)
    record = comparison_record(found, "en")
    assert record["schema"] == "mingzhang-comparison-1"
    assert record["counts"] == {"new": 1, "changed": 1, "gone": 1, "unchanged": 2}
    assert record["gone"][0]["places"][0]["excerpt"] == "增加（减少）"
    json.dumps(record)
    rows = list(csv.DictReader(io.StringIO(comparison_csv(found, "en"))))
    assert [r["state"] for r in rows] == [
        "new", "still there, other figures", "gone", "unchanged", "unchanged",
    ]  # fmt: skip
    assert rows[0]["where"] == "1:1"
    assert rows[0]["fingerprint"] == NEW.findings[3].fingerprint


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": "mingzhang-report-1"}', "\ud800", '{"schema": "x"}',
             '{"schema": "mingzhang-report-1", "findings": [1]}']
)  # fmt: skip
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BadEntries, match=r"old\.json"):
        read_report(path)


def test_a_report_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(OLD.to_json(), "utf-8")
    assert len(compare(read_report(path), OLD).unchanged) == 4
