"""The characters a person sees on a page, as arrays.

PDFium hands out every character the file writes. Here those are dropped that do not show: off the
page, outside the clip, white on nothing, invisible, or painted over. What a cell's own clip
cuts off at the end of its text is kept, and stays with that cell.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.pdf.frame import Bools, Floats, Frame, Ints
from mingzhang.read.pdf.ink import Ink
from mingzhang.read.pdf.letters import RawText

EDGE = 2.0  # points from the outermost print within which a clip is the page's own edge
SLIVER = 0.08  # of a character's box: less of it does not show
ASCENT, DESCENT = 0.88, 0.16  # of the size: how far a line of text reaches from its baseline


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Visible characters in the order of the file; one row of each array per character.

    ``x0 y0 x1 y1`` is the box from origin to advance and from descent to ascent, ``base`` the
    baseline, ``ax ay`` the point that says which cell the character belongs to, ``lead`` whether
    the file wrote a space before it, ``turn`` how many quarter-turns counter-clockwise it stands off
    upright, ``bound`` whether a clip of its own binds it to its cell.
    """

    code: NDArray[np.uint32]
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    base: Floats
    size: Floats
    ax: Floats
    ay: Floats
    bold: Bools
    lead: Bools
    turn: Ints
    bound: Bools

    def __len__(self) -> int:
        return len(self.code)

    def take(self, chosen: Ints | Bools) -> Glyphs:
        """Some of the characters, by mask or by position."""
        return replace(self, **{f.name: getattr(self, f.name)[chosen] for f in fields(self)})


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many characters of a page were left out, by reason.

    ``guessed`` were read, but their font does not tell what they are. ``layer`` tells that all that was read is invisible: the text layer of a scan.
    """

    off_page: int = 0
    clipped: int = 0
    white: int = 0
    invisible: int = 0
    slanted: int = 0
    guessed: int = 0
    layer: bool = False


def visible(raw: RawText, frame: Frame, ink: Ink) -> tuple[Glyphs, Hidden]:
    """The characters that show, in ``frame``, on a page with this ``ink``."""
    x0, y0, x1, y1 = frame.boxes(raw.box).T
    objects, owner = raw.objects, raw.owner
    size = objects.scale[owner]
    size = np.where(size > 0.5, size, np.maximum(y1 - y0, 1.0))
    _, start = frame.points(objects.matrix[:, 4], objects.matrix[:, 5])
    turns = objects.turns
    relative = np.where(turns < 0, -1, (turns - frame.turn) % 4)[owner]
    upright = relative == 0
    base = np.where(upright, start[owner], y1 - 0.12 * (y1 - y0))
    cx = (x0 + x1) / 2
    cy = np.where(upright, base - 0.35 * size, (y0 + y1) / 2)
    y0 = np.where(upright, base - ASCENT * size, y0)  # fonts lie about their heights
    y1 = np.where(upright, base + DESCENT * size, y1)

    width, height = frame.size
    on_page = (cx >= 0) & (cx <= width) & (cy >= 0) & (cy <= height)
    ax, ay = cx, cy
    bound = np.zeros(len(owner), dtype=np.bool_)
    clipped = np.zeros(len(owner), dtype=np.bool_)
    if objects.clipped:
        page = frame.boxes(objects.page_clip)[owner]
        cell = frame.boxes(objects.cell_clip)[owner]
        in_page, in_cell = _within(cx, cy, page), _within(cx, cy, cell)
        shown = np.zeros(len(objects), dtype=np.bool_)
        shown[owner[in_page & _touches(x0, y0, x1, y1, cell)]] = True
        clipped = ~in_page | ~shown[owner] | _beyond(cx, cy, cell, in_page & in_cell)
        bound = np.abs(cell).min(axis=1) < 1e8
        ax = np.clip(cx, cell[:, 0] + 0.1, cell[:, 2] - 0.1)
        ay = np.clip(cy, cell[:, 1] + 0.1, cell[:, 3] - 0.1)

    white = objects.white[owner]
    if white.any() and ink.dark:
        white &= ~_in_any(cx, cy, frame.boxes(np.array(ink.dark))).any(axis=1)
    ghost = objects.invisible[owner]
    if ink.covers:
        inside = _in_any(cx, cy, frame.boxes(np.array([box for _, box in ink.covers])))
        later = np.array([order for order, _ in ink.covers]) > objects.order[owner][:, None]
        ghost = ghost | (inside & later).any(axis=1)
    plain = on_page & ~clipped & ~white & (relative >= 0)
    layer = bool(plain.any() and not (plain & ~ghost).any())
    if layer:
        ghost = np.zeros_like(ghost)  # only invisible text: the layer that an OCR left under a scan
    keep = plain & ~ghost
    hidden = Hidden(
        off_page=int((~on_page).sum()),
        clipped=int((on_page & clipped).sum()),
        white=int((on_page & ~clipped & white).sum()),
        invisible=int((plain & ghost).sum()),
        slanted=int((on_page & (relative < 0)).sum()),
        guessed=int((raw.guessed & keep).sum()),
        layer=layer,
    )
    bold = objects.bold[owner]
    glyphs = Glyphs(raw.code, x0, y0, x1, y1, base, size, ax, ay, bold, raw.lead, relative, bound)
    return (glyphs if keep.all() else glyphs.take(keep)), hidden


def _beyond(x: Floats, y: Floats, cell: Floats, seen: Bools) -> Bools:
    """Characters that their cell's clip hides at the very edge of all that is printed.

    There a spreadsheet was cut into pages: the rest of the text stands on another page. (Inside
    the table the same is but the tail of a text too long for its cell.)
    """
    inner = np.abs(cell[seen]) < 1e8  # clips that are there, by side
    if not inner.any():
        return np.zeros(len(x), dtype=np.bool_)
    low = np.where(inner, cell[seen], np.inf).min(axis=0)
    high = np.where(inner, cell[seen], -np.inf).max(axis=0)
    left, top = min(x[seen].min(), low[0]), min(y[seen].min(), low[1])
    right, bottom = max(x[seen].max(), high[2]), max(y[seen].max(), high[3])
    beyond: Bools = (
        ((x > cell[:, 2]) & (cell[:, 2] > right - EDGE))
        | ((x < cell[:, 0]) & (cell[:, 0] < left + EDGE))
        | ((y > cell[:, 3]) & (cell[:, 3] > bottom - EDGE))
        | ((y < cell[:, 1]) & (cell[:, 1] < top + EDGE))
    )
    return beyond


def _touches(x0: Floats, y0: Floats, x1: Floats, y1: Floats, rect: Floats) -> Bools:
    """Which characters show at least a sliver of themselves in their rectangles."""
    wide = np.minimum(x1, rect[:, 2]) - np.maximum(x0, rect[:, 0])
    high = np.minimum(y1, rect[:, 3]) - np.maximum(y0, rect[:, 1])
    touches: Bools = (wide > SLIVER * (x1 - x0)) & (high > SLIVER * (y1 - y0))
    return touches


def _in_any(x: Floats, y: Floats, boxes: Floats) -> NDArray[np.bool_]:
    """in_any[i, k]: point i lies in box k."""
    inside: NDArray[np.bool_] = (x[:, None] >= boxes[:, 0]) & (x[:, None] <= boxes[:, 2])
    inside &= (y[:, None] >= boxes[:, 1]) & (y[:, None] <= boxes[:, 3])
    return inside


def _within(x: Floats, y: Floats, rect: NDArray[Any]) -> Bools:
    inside: Bools = (x >= rect[:, 0]) & (x <= rect[:, 2]) & (y >= rect[:, 1]) & (y <= rect[:, 3])
    return inside
