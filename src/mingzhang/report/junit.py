"""Report → JUnit XML, for continuous-integration servers that show test results.

One suite for the book: a case for its verdict, and a case for every finding. Errors and warnings
fail; notes pass and keep their text, as the exit status of ``mingzhang check`` has it.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import Finding, Report
from mingzhang.report.view import Say, View
from mingzhang.report.words import Words

# What XML 1.0 cannot hold at all, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(report: Report, lang: str = "zh", *, say: Say = catalog_say) -> str:
    """The report as JUnit XML text."""
    view = View(report, Words(lang), say)
    failed = sum(finding.severity != "note" for finding in view.findings)
    unreadable = report.verdict == "unreadable"
    counts = {
        "tests": str(len(view.findings) + 1),
        "failures": str(failed + (report.verdict == "contradictory")),
        "errors": str(int(unreadable)),
        "time": f"{sum(report.seconds.values()):.3f}",
    }
    root = ET.Element("testsuites", {"name": "Mingzhang", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": _clean(view.heading()), **counts})
    _verdict(view, suite)
    for finding in view.findings:
        _case(view, suite, finding)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _verdict(view: View, suite: ET.Element) -> None:
    words, verdict = view.words, view.report.verdict
    attributes = {"classname": "verdict", "name": words("verdict", verdict)}
    case = ET.SubElement(suite, "testcase", attributes)
    if verdict == "consistent":
        return
    kind = "error" if verdict == "unreadable" else "failure"
    told = ET.SubElement(case, kind, {"type": verdict, "message": words("verdict", verdict)})
    lines = [words("verdict", f"{verdict}_why"), *view.report.book.warnings]
    told.text = _clean("\n".join(lines))


def _case(view: View, suite: ET.Element, finding: Finding) -> None:
    words = view.words
    message = _clean(finding.message_in(words.lang))
    first = finding.places[0]
    attributes = {"classname": finding.rule, "name": f"{message} [{finding.fingerprint}]"}
    attributes["file"] = _clean(first.name)
    if first.line is not None:
        attributes["line"] = str(first.line)
    case = ET.SubElement(suite, "testcase", attributes)
    if finding.severity == "note":
        told = ET.SubElement(case, "system-out")
    else:
        told = ET.SubElement(case, "failure", {"type": finding.severity, "message": message})
    lines = []
    for place in finding.places:
        home = view.home_of(finding, place)
        lines.append("  ".join(filter(None, (view.where(place), home, place.excerpt.strip()))))
    if finding.equation:
        lines.append(finding.equation)
    for suspect in finding.suspects:
        one = view.printing(suspect.figure)
        if one is not None:
            lines.append(f"{view.short_home(one)}: {view.mended(suspect, one)}")
    if finding.basis:
        lines.append(finding.basis)
    told.text = _clean("\n".join(lines))
