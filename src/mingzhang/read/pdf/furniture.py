"""Furniture: page numbers and running headers, which are no part of what a book says.

A number at the edge of the page is a page number if it counts with the pages; a text at the edge
is a running header if it stands at the same place on many pages. Titles and unit lines, which
also come back at one place in books printed from a spreadsheet, stand lower and are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from mingzhang.read.pdf.text import Line

EDGE = 0.12  # of the page height: where a page number may stand
MARGIN = 0.085  # of the page height: where a running header may stand
_NUMBER = re.compile(r"[-–—―－·~\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-–—―－·~\s]*")

PageLines = tuple[int, float, Sequence[Line]]  # page number, page height, its lines


def furniture(pages: Sequence[PageLines]) -> set[int]:
    """The ``id`` of every line that is furniture."""
    return _page_numbers(pages) | _running(pages)


def _near_edge(line: Line, height: float, share: float) -> bool:
    return line.box[3] < share * height or line.box[1] > (1 - share) * height


def _page_numbers(pages: Sequence[PageLines]) -> set[int]:
    offsets: defaultdict[int, list[tuple[int, Line]]] = defaultdict(list)
    for number, height, lines in pages:
        for line in lines:
            match = _NUMBER.fullmatch(line.text)
            if match and _near_edge(line, height, EDGE):
                offsets[int(match[1]) - number].append((number, line))
    found: set[int] = set()
    for candidates in offsets.values():
        marked = len(pages) == 1 or any(len(line.text) > 4 for _, line in candidates)
        if len({number for number, _ in candidates}) >= 2 or marked:
            found.update(id(line) for _, line in candidates)
    return found


def _running(pages: Sequence[PageLines]) -> set[int]:
    places: Counter[tuple[str, int, int]] = Counter()
    for _, height, lines in pages:
        places.update({_spot(line) for line in lines if _near_edge(line, height, MARGIN)})
    least = max(3, 0.3 * len(pages))
    repeated = {spot for spot, count in places.items() if count >= least}
    return {
        id(line)
        for _, height, lines in pages
        for line in lines
        if _near_edge(line, height, MARGIN) and _spot(line) in repeated
    }


def _spot(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.box[0] / 6), round(line.base / 6)
