"""Scanned pages: the picture of a page → what the PDF reader sees on any page.

A ``Scanner`` stands in for ``read.pdf.page.read_page``: pages with text pass through; of pages that
are pictures it gives the characters and ruling lines that are seen in them, so that one layout
serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mingzhang.model.place import Place
from mingzhang.read.ocr.characters import characters, usual_size
from mingzhang.read.ocr.engine import Engine, EngineError, Picture, Seen
from mingzhang.read.ocr.picture import clean, grey_of, ink_of, rules_of, skew_of, straightened
from mingzhang.read.ocr.slips import uses_grouping
from mingzhang.read.ocr.words import remark
from mingzhang.read.pdf.frame import Box, Floats, Frame
from mingzhang.read.pdf.page import Page, read_page

DPI = 200.0  # dots per inch at which a page is looked at
MOST_PIXELS = 30_000_000  # a larger page is looked at more coarsely
PICTURE = 0.3  # share of the page that pictures cover from which it may be a scan
SURE = 0.99  # nothing that was only seen is surer
TALL = 1.6  # a box so much higher than wide holds text that runs up or down
PAD = 1.0  # points around a place within which a character belongs to it


@dataclass(frozen=True, slots=True)
class Sighting:
    """The characters that were seen on one page: boxes as seen in points, and how sure each is."""

    boxes: tuple[Box, ...]
    scores: tuple[float, ...]

    def confidence(self, box: Box) -> float:
        """How sure one can be of what stands in ``box``: of its least sure character.

        1 if nothing in it was seen.
        """
        inside = [
            score
            for (x0, y0, x1, y1), score in zip(self.boxes, self.scores, strict=True)
            if box[0] - PAD <= (x0 + x1) / 2 <= box[2] + PAD
            and box[1] - PAD <= (y0 + y1) / 2 <= box[3] + PAD
        ]
        return min(inside, default=1.0)


Sightings = dict[tuple[str, int], Sighting]  # by digest of the file and page


@dataclass(slots=True)
class Scanner:
    """Reads pages, those that are pictures by ``engine``.

    ``seen`` fills up with what it saw, ``broken`` with the pages that the engine failed on.
    """

    engine: Engine
    dpi: float = DPI
    seen: dict[int, Sighting] = field(default_factory=dict)
    broken: list[int] = field(default_factory=list)

    def __call__(self, document: Any, number: int) -> Page:
        """Page ``number`` of an open PDFium document. Raises pypdfium2.PdfiumError."""
        page = read_page(document, number)
        if not is_scan(page):
            return page
        try:
            made, self.seen[number] = self.scan(page, *self._look(document, number))
        except EngineError:
            self.broken.append(number)
            return page
        return made

    def remarks(self, name: str) -> tuple[str, ...]:
        """What the warnings of the document ``name`` say about its scans so far."""
        told = (("seen", list(self.seen)), ("broken", self.broken))
        return tuple(remark(what, name, pages) for what, pages in told if pages)

    def sightings(self, source: str) -> Sightings:
        """What was seen so far, for the file with the digest ``source``."""
        return {(source, number): sighting for number, sighting in self.seen.items()}

    def scan(self, page: Page, picture: Picture, dpi: float) -> tuple[Page, Sighting]:
        """``page`` with what is seen in its ``picture``, which shows it as displayed."""
        picture = clean(picture)
        skew = skew_of(ink_of(grey_of(picture)))
        if skew:
            picture = straightened(picture, skew)
        turn, lines = 0, self.engine(picture)
        if _runs_upright(lines):
            turn, picture, lines = self._turned(picture)
        ink = ink_of(grey_of(picture))
        rules = rules_of(ink, usual_size(lines), dpi, lines)
        grouping = uses_grouping([line.text for line in lines])
        glyphs, scores = characters(lines, ink, rules, dpi, grouping)
        frame = Frame(page.seen.bounds, (page.seen.turn + turn) % 4)
        made = replace(page, frame=frame, glyphs=glyphs, rules=rules)
        corners = np.stack([glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1], axis=1)
        boxes = made.as_seen([(a, b, c, d) for a, b, c, d in corners.round(2).tolist()])
        return made, Sighting(tuple(boxes), _capped(scores))

    def _look(self, document: Any, number: int) -> tuple[Picture, float]:
        page = document[number - 1]
        try:
            width, height = page.get_size()
            most = 72 * (MOST_PIXELS / max(1.0, width * height)) ** 0.5
            dpi = min(self.dpi, most)
            bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
            picture = np.array(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
        finally:
            page.close()
        return picture, dpi

    def _turned(self, picture: Picture) -> tuple[int, Picture, list[Seen]]:
        """The picture turned so that its text is upright, and by how many quarters clockwise."""
        tries = []
        for turn in (1, 3):
            turned = np.ascontiguousarray(np.rot90(picture, -turn))
            tries.append((turn, turned, self.engine(turned)))
        return max(tries, key=lambda made: sum(s.score for line in made[2] for s in line.signs))


def is_scan(page: Page) -> bool:
    """True for a page without text that is mostly a picture."""
    return not len(page.glyphs) and page.picture > PICTURE


def confidence_of(place: Place, sightings: Sightings) -> float:
    """How sure one can be of what was read at ``place``: 1 where it was not read from a picture."""
    if place.page is None or place.box is None:
        return 1.0
    sighting = sightings.get((place.source, place.page))
    return 1.0 if sighting is None else sighting.confidence(place.box)


def _runs_upright(lines: Iterable[Seen]) -> bool:
    """True if most of the text runs up or down the page."""
    tall = wide = 0.0
    for line in lines:
        x0, y0, x1, y1 = line.box
        area = (x1 - x0) * (y1 - y0)
        if y1 - y0 > TALL * (x1 - x0):
            tall += area
        elif x1 - x0 > TALL * (y1 - y0):
            wide += area
    return tall > wide


def _capped(scores: Floats) -> tuple[float, ...]:
    return tuple(np.minimum(scores, SURE).round(3).tolist())
