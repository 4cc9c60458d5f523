"""Small reports for the tests of this folder: findings that differ in what a draft changes."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.model.book import Book
from mingzhang.model.finding import Coverage, Finding, Report
from mingzhang.model.place import Place

BOOK = Book("书", "某局", 2024, "budget", "", (), (), (), (), (), ())


def finding(
    rule: str, subject: str, *excerpts: str, severity: str = "error", line: int = 1
) -> Finding:
    places = tuple(Place("ab" * 32, "书.txt", e, line=line, column=1) for e in excerpts)
    told = {"zh": f"{subject}不对", "en": f"{subject} is wrong"}
    return Finding(rule, severity, told, places, subject=subject)


def report(findings: Sequence[Finding]) -> Report:
    return Report(BOOK, tuple(findings), "contradictory", Coverage(0, 0, 0))
