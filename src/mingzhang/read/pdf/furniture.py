"""Furniture: page numbers and running headers, which are no part of what a book says.

A number at the edge of the page is a page number if it counts with the pages; where it does so on
three pages at one height it is one even in the middle of a table that reaches down to it. A text
at the edge is a running header if it stands at the same place on many pages. Titles and unit
lines, which also come back at one place in books printed from a spreadsheet, stand lower.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mingzhang.read.pdf.frame import Bools, Box, Frame
from mingzhang.read.pdf.glyphs import Glyphs
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.text import Line, all_lines

EDGE = 0.12  # of the page height: where a page number may stand
MARGIN = 0.085  # of the page height: where a running header may stand
BAND = 60.0  # points from the nearest edge in which a page number is looked for inside tables
GAP = 1.5  # of the height of a character: a wider gap parts two numerals
SURE = 3  # pages on which a number must count with them to be taken out of a table
_DASH = r"[-–—―－·~\s]*"
_NUMBER = re.compile(
    rf"{_DASH}(?:第\s*)?(\d{{1,4}})(?:\s*页)?(?:\s*[/／共，,]\s*共?\s*\d{{1,4}}\s*页?)?{_DASH}"
)
_NUMERIC = np.zeros(0x10000, dtype=np.bool_)
_NUMERIC[[ord(char) for char in "0123456789-–—―－·~第页共/／，,"]] = True

PageLines = tuple[int, float, Sequence[Line]]  # page number, page height, its lines


def without_page_numbers(pages: Sequence[Page]) -> list[Page]:
    """The pages without those page numbers that are plain from their count and place."""
    if len(pages) < SURE:
        return list(pages)
    found: defaultdict[tuple[int, int], list[tuple[int, Box]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for value, distance, box in _candidates(page):
            for place in (int(distance // 6), int(distance // 6) + 1):  # neighbours count as one
                found[value - page.number, place].append((index, box))
    drop: defaultdict[int, set[Box]] = defaultdict(set)
    for marks in found.values():
        if len({index for index, _ in marks}) >= SURE:
            for index, box in marks:
                drop[index].add(box)
    return [
        _without(page, drop[index]) if index in drop else page for index, page in enumerate(pages)
    ]


def _candidates(page: Page) -> list[tuple[int, float, Box]]:
    """Numbers that stand alone near an edge: value, distance from the edge, box in the frame."""
    glyphs = page.glyphs
    width, height = page.frame.size
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    distance = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    band = distance < BAND
    level = glyphs.base.round()
    text = band & ~_NUMERIC[np.minimum(glyphs.code, 0xFFFF)] & (glyphs.turn == 0)
    band &= ~np.isin(level, level[text]) | (glyphs.turn != 0)  # beside words it is none
    if not band.any():
        return []
    out = []
    for text, (x0, y0, x1, y1) in _numerals(page.frame, glyphs.take(band)):
        match = _NUMBER.fullmatch(text)
        if match:
            mx, my = (x0 + x1) / 2, (y0 + y1) / 2
            out.append((int(match[1]), min(mx, width - mx, my, height - my), (x0, y0, x1, y1)))
    return out


def _numerals(frame: Frame, glyphs: Glyphs) -> list[tuple[str, Box]]:
    """The numerals among a few characters, with their boxes."""
    if glyphs.turn.any():
        found = all_lines(frame, glyphs, np.full(len(glyphs), -1, dtype=np.intp))
        return [(line.text, line.box) for line in found]
    columns = (glyphs.base, glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1, glyphs.code)
    out: list[tuple[str, Box]] = []
    last = 0.0
    for base, x0, y0, x1, y1, code in sorted(zip(*(c.tolist() for c in columns), strict=True)):
        if out and abs(base - last) < 1 and x0 - out[-1][1][2] < GAP * (y1 - y0):
            text, box = out[-1]
            out[-1] = text + chr(code), (box[0], min(box[1], y0), x1, max(box[3], y1))
        else:
            out.append((chr(code), (x0, y0, x1, y1)))
        last = base
    return out


def _without(page: Page, boxes: set[Box]) -> Page:
    glyphs = page.glyphs
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.y0 + glyphs.y1) / 2
    keep: Bools = np.ones(len(glyphs), dtype=np.bool_)
    for x0, y0, x1, y1 in boxes:
        keep &= ~((x >= x0 - 1) & (x <= x1 + 1) & (y >= y0 - 1) & (y <= y1 + 1))
    return replace(page, glyphs=glyphs.take(keep))


def furniture(pages: Sequence[PageLines]) -> set[int]:
    """The ``id`` of every line outside the tables that is furniture."""
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
        marked = len(pages) == 1 or any(not line.text.isdigit() for _, line in candidates)
        if len({number for number, _ in candidates}) >= 2 or marked:
            found.update(id(line) for _, line in candidates)
    return found


def _running(pages: Sequence[PageLines]) -> set[int]:
    """Texts that come back as the first or last line of the pages.

    Of those at the head the first is kept: it may be the title of a table that runs on and on.
    """
    heads: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    feet: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)
    for _, height, lines in pages:
        if lines:
            top, low = min(x.base for x in lines), max(x.base for x in lines)
            for line in lines:
                if abs(line.base - top) < 2 and line.box[3] < MARGIN * height:
                    heads[_spot(line)].append(id(line))
                elif abs(line.base - low) < 2 and line.box[1] > (1 - MARGIN) * height:
                    feet[_spot(line)].append(id(line))
    least = max(SURE, len(pages) / 2)
    found = {k for lines in feet.values() if len(lines) >= least for k in lines}
    return found | {k for lines in heads.values() if len(lines) >= least for k in lines[1:]}


def _spot(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.box[0] / 6), round(line.base / 6)
