"""Accept 接受: findings that somebody looked at and lets stand, with the reason.

An accepted finding stays in the report, as a note that says who let it stand and why: a reviewer
sees what was waved through. It no longer counts for the exit status; the verdict on the figures
stays what it is, for a decision mends no sum. Only what was looked at is accepted: where other
figures stand at its places now, the finding is told as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mingzhang.model.finding import Finding, Report
from mingzhang.review.entries import Entry
from mingzhang.review.match import Seen, pair, printed, seen
from mingzhang.review.words import LANGUAGES, word

FACT = "accepted"  # the key in Finding.facts


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A report with the decisions applied, and the entries that no longer fit it.

    ``gone``: nothing of the kind is found any more. ``changed``: the finding is there, but rests on
    other figures or words than those accepted, and is told again.
    """

    report: Report
    accepted: tuple[Finding, ...]
    changed: tuple[Entry, ...]
    gone: tuple[Entry, ...]


def review(report: Report, entries: Sequence[Entry]) -> Reviewed:
    """``report`` with what ``entries`` accept turned into notes, and what became of the entries."""
    known = [Seen(e.fingerprint, e.rule, printed(e.printed)) for e in entries]
    pairs = pair(known, [seen(f) for f in report.findings])
    entry_of = {new: entries[old] for old, new in pairs.same}
    findings = tuple(
        _accepted(f, entry_of[n]) if n in entry_of else f for n, f in enumerate(report.findings)
    )
    met = {old for old, _ in (*pairs.same, *pairs.changed)}
    # notes stay behind what is above them; within a severity nothing moves
    ordered = sorted(findings, key=lambda f: FACT in f.facts)
    return Reviewed(
        replace(report, findings=tuple(ordered)),
        tuple(f for f in ordered if FACT in f.facts),
        tuple(entries[old] for old, _ in pairs.changed),
        tuple(e for n, e in enumerate(entries) if n not in met),
    )


def apply(report: Report, entries: Sequence[Entry]) -> Report:
    """``report`` with what ``entries`` accept turned into notes (see ``review``)."""
    return review(report, entries).report


def stale(report: Report, entries: Sequence[Entry], file: str, lang: str = "zh") -> tuple[str, ...]:
    """A sentence for every entry that no longer fits the book, changed ones first."""
    done = review(report, entries)
    return tuple(
        word(
            "stale",
            key,
            lang,
            rule=e.rule,
            fingerprint=e.fingerprint,
            file=file,
            said=e.said or e.reason,
        )
        for key, listed in (("changed", done.changed), ("gone", done.gone))
        for e in listed
    )


def _accepted(finding: Finding, entry: Entry) -> Finding:
    return replace(
        finding,
        severity="note",
        messages={
            lang: word(
                "accepted",
                "message",
                lang,
                signed=entry.signed(lang),
                message=finding.message_in(lang),
            )
            for lang in LANGUAGES
        },
        subject=finding.subject or finding.message,  # the fingerprint must not change
        facts={
            **finding.facts,
            FACT: {
                "severity": finding.severity,
                "reason": entry.reason,
                "who": entry.who,
                "date": entry.day.isoformat() if entry.day else "",
            },
        },
    )


def accept(
    findings: Iterable[Finding],
    reason: str,
    who: str = "",
    day: date | None = None,
    lang: str = "zh",
) -> tuple[Entry, ...]:
    """Entries that accept ``findings``. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError(word("accept", "reason-empty", lang))
    return tuple(
        Entry(
            f.fingerprint,
            f.rule,
            reason.strip(),
            who.strip(),
            day,
            f.message_in(lang),
            tuple(dict.fromkeys(" ".join(p.excerpt.split()) for p in f.places)),
        )
        for f in findings
    )
