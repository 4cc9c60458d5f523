"""The lone stroke 一 that an engine leaves out of its box at either end of a line (一般公共预算)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from mingzhang.read.ocr.engine import Seen, Sign
from mingzhang.read.pdf.frame import Bools

STROKE = "一"
SHORTEST, LONGEST = 0.55, 1.1  # of the size: how wide the stroke is
THICKEST = 0.3  # of the size
OFF = 0.25  # of the size: how far its middle may be from the line's
NEAR = 0.45  # of the size: how far it may stand from the character beside it
SHARD = 0.2  # of the size: anything narrower is part of the character beside it
DOUBT = 0.9  # how sure one is of it


def with_strokes(lines: Sequence[Seen], ink: Bools) -> list[Seen]:
    """The lines with strokes put back that stand in no line's box. ``ink`` is without rules."""
    free = ink.copy()
    for line in lines:
        x0, y0, x1, y1 = (max(0, round(v)) for v in line.box)
        free[y0:y1, x0:x1] = False
    return [_mended(line, ink, free) for line in lines]


def _mended(line: Seen, ink: Bools, free: Bools) -> Seen:
    signs = line.signs
    widths = [s.x1 - s.x0 for s in signs if _wide(s)]
    if not widths:
        return line
    em = float(np.median(widths)) * 1.1
    x0, y0, x1, y1 = line.box
    before = _stroke(line, ink, free, em, x0 - 1.4 * em, signs[0].x0) if _wide(signs[0]) else None
    after = _stroke(line, ink, free, em, signs[-1].x1, x1 + 1.4 * em) if _wide(signs[-1]) else None
    if before is not None and signs[0].x0 - before.x1 <= NEAR * em:
        signs, x0 = (before, *signs), before.x0
    if after is not None and after.x0 - signs[-1].x1 <= NEAR * em:
        signs, x1 = (*signs, after), after.x1
    return Seen(signs, (min(x0, line.box[0]), y0, max(x1, line.box[2]), y1))


def _wide(sign: Sign) -> bool:
    return unicodedata.east_asian_width(sign.text) == "W"


def _stroke(
    line: Seen, ink: Bools, free: Bools, em: float, left: float, right: float
) -> Sign | None:
    """The stroke, if all the ink between two places at a line's height is one that nobody boxed."""
    top, low = max(0, round(line.box[1])), round(line.box[3])
    start = max(0, round(left))
    inside = ink[top:low, start : max(start, round(right))]
    if not free[top:low, start : max(start, round(right))].any():
        return None
    # the piece of ink nearest to the line, parted from other ink by an empty column
    columns = np.flatnonzero(inside.any(axis=0))
    pieces = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    if left < line.box[0]:
        pieces = pieces[::-1]
    piece = next((p for p in pieces if len(p) > SHARD * em), None)
    if piece is None:
        return None
    rows = np.flatnonzero(inside[:, piece[0] : piece[-1] + 1].any(axis=1))
    wide, thick = len(piece), rows[-1] - rows[0] + 1
    off = abs((rows[0] + rows[-1]) / 2 - (low - top) / 2)
    if not SHORTEST * em <= wide <= LONGEST * em or thick > THICKEST * em or off > OFF * em:
        return None
    return Sign(STROKE, float(start + piece[0]), float(start + piece[-1] + 1), DOUBT)
