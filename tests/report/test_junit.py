"""JUnit XML as continuous-integration servers count it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from handmade import report, unreadable

from mingzhang.model.finding import Report
from mingzhang.report.junit import render_junit


def suite(of: Report, lang: str = "zh") -> ET.Element:
    root = ET.fromstring(render_junit(of, lang))
    assert root.tag == "testsuites"
    (only,) = root.findall("testsuite")
    return only


def test_errors_and_warnings_fail_and_notes_pass() -> None:
    made = suite(report())
    cases = made.findall("testcase")
    failed = [c.get("classname") for c in cases if c.find("failure") is not None]
    assert failed == ["verdict", "MZ101", "MZ301"]
    assert made.get("tests") == str(len(cases)) == "9"
    assert made.get("failures") == str(len(failed))
    assert made.get("errors") == "0"


def test_it_fails_exactly_when_the_exit_status_does() -> None:
    of = report()
    notes = replace(of, verdict="consistent", findings=of.findings[:1])
    assert (suite(notes).get("failures"), notes.exit_status) == ("0", 0)
    assert (suite(of).get("failures"), of.exit_status) == ("3", 1)
    assert (suite(unreadable()).get("errors"), unreadable().exit_status) == ("1", 2)


def test_a_failure_tells_where_what_and_the_value() -> None:
    case = suite(report()).findall("testcase")[1]
    assert (case.get("file"), case.get("line")) == ("样本.txt", "41")
    failure = case.find("failure")
    assert failure is not None and failure.get("type") == "error"
    text = failure.text or ""
    assert "第 41 行第 3 列" in text and "2,623" in text
    assert "表7 > 信访业务 · 支出总计: 应为 977 万元" in text


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    of = report()
    bad = replace(of.findings[1], messages={"zh": "坏\x00字\x1b <&>"}, equation="\ud800")
    case = suite(replace(of, findings=(bad,))).findall("testcase")[1]
    assert (case.get("name") or "").startswith("坏\ufffd字\ufffd <&>")
