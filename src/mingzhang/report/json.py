"""Report → JSON: the published contract of ``mingzhang check --format json``.

The text itself is ``Report.to_json``; here is the schema that it keeps to (JSON Schema draft
2020-12, report/schema.json). Its version stands in every report as ``"schema"``: a change that
could break a reader of reports gets a new number, an added property does not.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from mingzhang.model.finding import Report

VERSION = "mingzhang-report-1"


def schema() -> dict[str, Any]:
    """The JSON schema of a report, as plain data (a fresh copy on every call)."""
    text = files("mingzhang.report").joinpath("schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def render_json(report: Report, lang: str = "zh") -> str:
    """The report as JSON text that keeps to ``schema()``, with a newline at its end."""
    return report.to_json(lang) + "\n"
