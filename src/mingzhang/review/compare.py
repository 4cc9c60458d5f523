"""Compare: what became of the findings from one draft of a book to the next."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingzhang.model.finding import Finding, Report, place_record
from mingzhang.review.entries import BadEntries
from mingzhang.review.match import Seen, pair, printed, seen
from mingzhang.review.words import both, word

STATES = ("new", "changed", "gone", "unchanged")
SCHEMA = "mingzhang-comparison-1"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a report told it: enough to show it without the book it was found in."""

    seen: Seen
    severity: str
    messages: Mapping[str, str]
    places: tuple[Mapping[str, Any], ...]

    def message_in(self, lang: str) -> str:
        """The sentence in ``lang``, or in the one language that the report was written in."""
        return self.messages.get(lang) or next(iter(self.messages.values()))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The findings of two drafts: of ``changed`` and ``unchanged`` as the new draft tells them.

    ``changed``: known by its fingerprint, but other figures or words stand at its places.
    """

    new: tuple[Told, ...]
    changed: tuple[Told, ...]
    unchanged: tuple[Told, ...]
    gone: tuple[Told, ...]

    def lines(self) -> tuple[tuple[str, Told], ...]:
        """(state, finding), in the order in which a reviewer asks."""
        return tuple((state, told) for state in STATES for told in getattr(self, state))

    @property
    def exit_status(self) -> int:
        """1 if anything above note is new or has changed: a draft must not get worse."""
        return int(any(t.severity != "note" for t in (*self.new, *self.changed)))


Source = Report | Mapping[str, Any]


def compare(old: Source, new: Source) -> Comparison:
    """The findings of the draft ``new`` against those of ``old``: reports, or their JSON data.

    Raises ValueError for data that is no report.
    """
    before, after = told(old), told(new)
    pairs = pair([t.seen for t in before], [t.seen for t in after])
    same = {j for _, j in pairs.same}
    changed = {j for _, j in pairs.changed}
    met = {i for i, _ in (*pairs.same, *pairs.changed)}
    return Comparison(
        tuple(t for j, t in enumerate(after) if j not in same and j not in changed),
        tuple(t for j, t in enumerate(after) if j in changed),
        tuple(t for j, t in enumerate(after) if j in same),
        tuple(t for i, t in enumerate(before) if i not in met),
    )


def told(report: Source) -> Sequence[Told]:
    """The findings of a report or of its JSON data. Raises ValueError."""
    if isinstance(report, Report):
        return [_of_finding(f) for f in report.findings]
    if not str(report.get("schema", "")).startswith("mingzhang-report-"):
        raise ValueError("not a report")
    try:
        return [_of_record(r) for r in report["findings"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a report: {error!r}") from None


def read_report(path: Path) -> Mapping[str, Any]:
    """The data of a JSON report that was kept. Raises OSError, BadEntries."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
        if isinstance(data, dict):
            told(data)
            return data
    except ValueError:  # not UTF-8, not JSON, no report
        pass
    raise BadEntries(both("bad", "report", file=path.name))


def _of_finding(finding: Finding) -> Told:
    places = tuple(place_record(p) for p in finding.places)
    return Told(seen(finding), finding.severity, finding.messages, places)


def _of_record(record: Mapping[str, Any]) -> Told:
    places = tuple(record["places"])
    known = Seen(
        str(record["fingerprint"]),
        str(record["rule"]),
        printed(str(p.get("excerpt", "")) for p in places),
    )
    return Told(known, str(record["severity"]), {"": str(record["message"])}, places)


def comparison_record(comparison: Comparison, lang: str = "zh") -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "schema": SCHEMA,
        "counts": {state: len(getattr(comparison, state)) for state in STATES},
        **{
            state: [
                {
                    "rule": t.seen.rule,
                    "severity": t.severity,
                    "message": t.message_in(lang),
                    "fingerprint": t.seen.fingerprint,
                    "places": [dict(p) for p in t.places],
                }
                for t in getattr(comparison, state)
            ]
            for state in STATES
        },
    }


def comparison_csv(comparison: Comparison, lang: str = "zh") -> str:
    """The comparison as CSV, a line a finding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ("state", "severity", "rule", "message", "where")
    writer.writerow([*(word("compare", c, lang) for c in columns), "fingerprint"])
    for state, one in comparison.lines():
        writer.writerow([*line_of(state, one, lang), one.seen.fingerprint])
    return out.getvalue()


def line_of(state: str, one: Told, lang: str) -> tuple[str, str, str, str, str]:
    """State, severity, rule, sentence and places of a finding, in words."""
    places = dict.fromkeys(_where(p) for p in one.places)
    return (
        word("compare", state, lang),
        word("severity", one.severity, lang),
        one.seen.rule,
        one.message_in(lang),
        " ".join(places),
    )


def _where(record: Mapping[str, Any]) -> str:
    if "page" in record:
        return f"p.{record['page']}"
    if "cell" in record:
        return f"{record.get('sheet', '')}!{record['cell']}"
    return f"{record.get('line', '')}:{record.get('column', '')}"
