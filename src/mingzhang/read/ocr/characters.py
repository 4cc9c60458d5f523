"""Lines as seen → the characters of a page as the PDF reader has them, each in its own cell.

The engine boxes a line as far as it runs, over ruling lines too, and places characters only
roughly. So the height of a line is taken from its ink, small gaps between its characters are
closed, and a character that would straddle a ruling line is moved to the side of its middle.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.ocr.engine import Seen, Sign
from mingzhang.read.ocr.slips import mended
from mingzhang.read.ocr.strokes import with_strokes
from mingzhang.read.pdf.frame import Bools, Floats
from mingzhang.read.pdf.glyphs import ASCENT, DESCENT, Glyphs
from mingzhang.read.pdf.ink import Rules

WIDE_INK, NARROW_INK = 0.92, 0.70  # of the size: how high ideographs, and digits, are
LEAST, MOST = 0.5, 0.95  # of a line's box: its size can only be between
MIDDLE = 0.35  # of the size: how far the middle of a line is above its baseline
CLOSE = 0.7  # of the size: a smaller gap between characters is none
DOUBT = 0.8  # how sure one is of a number whose separators had to be mended


def usual_size(lines: Sequence[Seen]) -> float:
    """The usual size of text on a page, in pixels: half of all characters are smaller."""
    sizes = [0.8 * (line.box[3] - line.box[1]) for line in lines for _ in line.signs]
    return float(np.median(sizes)) if sizes else 24.0


def characters(
    lines: Sequence[Seen], ink: Bools, rules: Rules, dpi: float, grouping: bool
) -> tuple[Glyphs, Floats]:
    """The characters of a page in points, and how sure each is (0 to 1).

    ``ink`` is the page in pixels, ``rules`` its ruling lines in points; ``grouping``: numbers on
    this page have thousands commas.
    """
    scale = 72 / dpi
    bare = _without(ink, rules, dpi)
    rows: list[tuple[float, ...]] = []
    for line in with_strokes(lines, bare):
        em, middle = _height(line, bare)
        foot = (middle + MIDDLE * em) * scale
        walls = _walls(rules, middle * scale) / scale
        places = _parted(_closed(line.signs, em), walls)
        text = mended(line.text, grouping)
        for character, sign, (left, right) in zip(text, line.signs, places, strict=True):
            score = sign.score * (1.0 if character == sign.text else DOUBT)
            rows.append((ord(character), left * scale, right * scale, foot, em * scale, score))
    table = np.array(rows, dtype=float).reshape(-1, 6)
    code, x0, x1, base, size, scores = table.T
    no = np.zeros(len(table), dtype=np.bool_)
    y0, y1 = base - ASCENT * size, base + DESCENT * size
    glyphs = Glyphs(
        code.astype(np.uint32), x0, y0, x1, y1, base, size,
        (x0 + x1) / 2, base - MIDDLE * size, no, no, np.zeros(len(table), dtype=np.intp), no,
    )  # fmt: skip
    return glyphs, scores


def _without(ink: Bools, rules: Rules, dpi: float) -> Bools:
    """The ink without the ruling lines."""
    out = ink.copy()
    for position, start, stop in (rules.h * dpi / 72).tolist():
        out[max(0, round(position) - 2) : round(position) + 3, round(start) : round(stop)] = False
    for position, start, stop in (rules.v * dpi / 72).tolist():
        out[round(start) : round(stop), max(0, round(position) - 2) : round(position) + 3] = False
    return out


def _height(line: Seen, ink: Bools) -> tuple[float, float]:
    """Size and middle of a line, in pixels, from the ink in its box."""
    x0, y0, x1, y1 = line.box
    tall = y1 - y0
    inside = ink[max(0, round(y0)) : round(y1), max(0, round(x0)) : round(x1)]
    drawn = np.flatnonzero(inside.sum(axis=1) >= 2)
    if not len(drawn):
        return 0.8 * tall, (y0 + y1) / 2
    top, low = float(drawn[0]), float(drawn[-1] + 1)
    wide = any(unicodedata.east_asian_width(s.text) == "W" for s in line.signs)
    size = (low - top) / (WIDE_INK if wide else NARROW_INK)
    return min(max(size, LEAST * tall), MOST * tall), max(0, round(y0)) + (top + low) / 2


def _closed(signs: Sequence[Sign], size: float) -> list[tuple[float, float]]:
    """Where each character stands, with the small gaps between neighbours closed."""
    edges = [[sign.x0, sign.x1] for sign in signs]
    for before, after in pairwise(edges):
        if after[0] - before[1] < CLOSE * size:
            before[1] = after[0] = max((before[1] + after[0]) / 2, before[0] + 0.1)
    return [(x0, max(x1, x0 + 0.1)) for x0, x1 in edges]


def _walls(rules: Rules, y: float) -> NDArray[np.float64]:
    """The positions of the vertical rules that a line at height ``y`` could run across."""
    v = rules.v
    return np.sort(v[(v[:, 1] < y) & (v[:, 2] > y)][:, 0])


def _parted(
    places: Sequence[tuple[float, float]], walls: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """Each character wholly on one side of every wall: the side of its middle."""
    out = []
    for x0, x1 in places:
        middle = (x0 + x1) / 2
        left = walls[np.searchsorted(walls, middle) - 1] if (walls < middle).any() else -np.inf
        after = walls[walls >= middle]
        right = after[0] if len(after) else np.inf
        out.append((max(x0, float(left)), min(x1, float(right))))
    return out
