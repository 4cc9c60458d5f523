"""Pictures of pages, as renderers are given them: made elsewhere, shown beside the findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mingzhang.model.finding import SEVERITIES, Finding, Report
from mingzhang.model.place import Place

PageKey = tuple[str, int]
"""A page: the SHA-256 of its file, and its number from 1."""


class Picture(NamedTuple):
    """One page as a picture file; ``width`` and ``height`` are the page's, in points."""

    data: bytes
    media: str  # "image/png"
    width: float
    height: float


Pictures = Mapping[PageKey, Picture]


def wanted(report: Report) -> list[PageKey]:
    """The pages that findings speak of, those of errors first: what pictures are worth having."""
    pages: dict[PageKey, None] = {}
    figures = {figure.id: figure.place for figure in report.book.figures}
    for severity in SEVERITIES:
        for finding in report.findings:
            if finding.severity == severity:
                for place in _places(finding, figures):
                    if place.page is not None:
                        pages.setdefault((place.source, place.page))
    return list(pages)


def _places(finding: Finding, figures: Mapping[str, Place]) -> Iterator[Place]:
    yield from finding.places
    for named in (*(s.figure for s in finding.suspects), *finding.figures):
        if named in figures:
            yield figures[named]
