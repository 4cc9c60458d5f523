"""One page of a PDF as data: its visible characters and its ruling lines, in one frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mingzhang.read.pdf import native
from mingzhang.read.pdf.frame import Box, Frame
from mingzhang.read.pdf.glyphs import Glyphs, Hidden, visible
from mingzhang.read.pdf.ink import Rules, read_ink, rules_in
from mingzhang.read.pdf.letters import RawText, read_letters
from mingzhang.read.pdf.objects import Clips, Rect, survey


@dataclass(frozen=True, slots=True)
class Page:
    """What a person sees on page ``number`` (from 1).

    ``seen`` is the page as displayed, ``frame`` the turn of it in which the text stands upright;
    glyphs and rules are in ``frame``. ``picture`` is the share of the page that images cover.
    """

    number: int
    seen: Frame
    frame: Frame
    glyphs: Glyphs
    rules: Rules
    hidden: Hidden
    picture: float

    def as_seen(self, boxes: list[Box]) -> list[Box]:
        """Boxes of the frame told on the page as seen."""
        if self.frame.turn == self.seen.turn or not boxes:
            return boxes
        turned = self.frame.boxes_in(self.seen, np.array(boxes)).round(2).tolist()
        return [(a, b, c, d) for a, b, c, d in turned]


PageReader = Callable[[Any, int], Page]  # of a page of an open document, by its number from 1


def read_page(document: Any, number: int) -> Page:
    """Read one page of an open PDFium document. Raises pypdfium2.PdfiumError for a broken page."""
    page = document[number - 1]
    text = None
    try:
        bounds = page.get_bbox()
        rotation = page.get_rotation() // 90
        handle = native.handle(page.raw)
        contents = survey(handle)
        clips = Clips(abs((bounds[2] - bounds[0]) * (bounds[3] - bounds[1])), contents.forms)
        ink = read_ink(contents, clips)
        text = page.get_textpage()
        raw = read_letters(native.handle(text.raw), clips, contents.order)
    finally:
        if text is not None:
            text.close()
        page.close()
    seen = Frame(bounds, rotation)
    frame = Frame(bounds, _turn(raw, rotation))
    glyphs, hidden = visible(raw, frame, ink)
    picture = _share(ink.images, bounds)
    return Page(number, seen, frame, glyphs, rules_in(frame, ink), hidden, picture)


def _turn(raw: RawText, rotation: int) -> int:
    """The quarter-turn in which most characters stand upright."""
    turns = raw.objects.turns[raw.owner]
    counts = np.bincount(turns[turns >= 0], minlength=4)
    if not len(turns) or counts[rotation] * 2 >= counts.sum():
        return rotation
    return int(counts.argmax())


def _share(images: tuple[Rect, ...], bounds: Rect) -> float:
    area = abs((bounds[2] - bounds[0]) * (bounds[3] - bounds[1])) or 1.0
    return min(1.0, sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in images) / area)
