"""Report → SARIF 2.1.0 (OASIS standard), for code-review tools and for comparing runs.

Pages, boxes and spreadsheet cells have no place in a SARIF region: they go into the location's
properties and its logical location, so that nothing is claimed that the format cannot mean.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from mingzhang._version import __version__
from mingzhang.catalog.messages import say as catalog_say
from mingzhang.model.finding import Finding, Report
from mingzhang.model.place import Place
from mingzhang.report.view import Say, View
from mingzhang.report.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "mingzhang/v1"


def render_sarif(report: Report, lang: str = "zh", *, say: Say = catalog_say) -> str:
    """The report as a SARIF log with one run. Severities error, warning, note are SARIF's own."""
    view = View(report, Words(lang), say)
    rules = list(dict.fromkeys(finding.rule for finding in view.findings))
    sources = {d.source: n for n, d in enumerate(report.book.documents)}
    unreadable = report.verdict == "unreadable"
    notices = [{"level": "warning", "message": {"text": w}} for w in report.book.warnings]
    if unreadable:
        notices.append({"level": "error", "message": {"text": view.words("verdict", "unreadable")}})
    run = {
        "tool": {
            "driver": {
                "name": "Mingzhang",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "language": view.words("lang", "tag"),
        "columnKind": "unicodeCodePoints",
        "artifacts": [
            {"location": {"uri": quote(d.name)}, "hashes": {"sha-256": d.source}}
            for d in report.book.documents
        ],
        "invocations": [
            {"executionSuccessful": not unreadable, "toolExecutionNotifications": notices}
        ],
        "results": [_result(view, finding, rules, sources) for finding in view.findings],
        "properties": {"verdict": report.verdict, "title": view.heading()},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(
    view: View, finding: Finding, rules: list[str], sources: dict[str, int]
) -> dict[str, Any]:
    first, *others = finding.places
    text = finding.message_in(view.words.lang)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.severity,
        "message": {"text": f"{text}\n{finding.equation}" if finding.equation else text},
        "locations": [_location(view, finding, first, sources)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {
            "certified": finding.certified,
            "basis": finding.basis,
            "suspects": [
                {
                    "figure": s.figure,
                    "low": None if s.low is None else f"{s.low:f}",
                    "high": None if s.high is None else f"{s.high:f}",
                    "kind": s.kind,
                }
                for s in finding.suspects
            ],
        },
    }
    if others:
        result["relatedLocations"] = [
            {"id": number, **_location(view, finding, place, sources)}
            for number, place in enumerate(others, start=1)
        ]
    return result


def _location(
    view: View, finding: Finding, place: Place, sources: dict[str, int]
) -> dict[str, Any]:
    artifact: dict[str, Any] = {"uri": quote(place.name)}
    if place.source in sources:
        artifact["index"] = sources[place.source]
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if place.line is not None:
        region: dict[str, Any] = {"startLine": place.line, "snippet": {"text": place.excerpt}}
        if place.column is not None and "\n" not in place.excerpt:
            region["startColumn"] = place.column
            region["endColumn"] = place.column + len(place.excerpt)
        physical["region"] = region
    location: dict[str, Any] = {
        "physicalLocation": physical,
        "message": {"text": f"{view.where(place)}: {place.excerpt}"},
    }
    home = view.home_of(finding, place)
    name = home or " ".join(filter(None, (place.sheet, place.cell)))
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    known = {
        "page": place.page,
        "box": list(place.box) if place.box else None,
        "sheet": place.sheet,
        "cell": place.cell,
        "excerpt": place.excerpt if place.line is None else None,
    }
    properties = {key: value for key, value in known.items() if value is not None}
    if properties:
        location["properties"] = properties
    return location
