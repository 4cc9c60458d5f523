"""What a picture shows besides text: how it is skewed, and its ruling lines. Numpy only."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.ocr.engine import Picture, Seen
from mingzhang.read.pdf.frame import Bools, Floats
from mingzhang.read.pdf.ink import Rules

STEEPEST = 3.0  # degrees: more skew than this is not looked for
LEAST_SKEW = 0.12  # degrees: less is left alone
CUT = 0.3  # of the way from paper to ink: darker than this is drawn
SHARPER = 1.1  # times: a page is skewed if its lines are so much clearer when it is turned back
DARKEST = 200  # pixels: the ink of a single word
FAINT = 40  # shades between paper and ink below which a page is blank
GAP = 2  # pixels: a shorter gap in a line is a flaw of the scan
THICK = 2.5  # points: anything thicker is an area
_STRIP = 64  # rows of pixels worked on at a time
_WORK = 700  # pixels: the width in which skew is measured


def grey_of(picture: Picture) -> NDArray[np.uint8]:
    """The picture in shades of grey. The darkest channel counts: red seals and rules are ink too."""
    grey: NDArray[np.uint8] = picture.min(axis=2)
    return grey


def ink_of(grey: NDArray[np.uint8]) -> Bools:
    """Which pixels are drawn upon, whatever the shade of the paper."""
    paper = float(np.percentile(grey[::4, ::4], 90))
    most = min(DARKEST, grey.size - 1)
    ink = float(np.partition(grey, most, axis=None)[most])
    if paper - ink < FAINT:
        return np.zeros(grey.shape, dtype=np.bool_)  # a blank page
    drawn: Bools = grey < paper - CUT * (paper - ink)
    return drawn


def clean(picture: Picture) -> Picture:
    """The picture without specks of dust: dark pixels that no other touches."""
    grey = grey_of(picture)
    ink = ink_of(grey)
    around = np.zeros((ink.shape[0] + 2, ink.shape[1] + 2), dtype=np.int8)
    for down in range(3):
        for right in range(3):
            if (down, right) != (1, 1):
                around[down : down + ink.shape[0], right : right + ink.shape[1]] += ink
    specks = ink & (around[1:-1, 1:-1] == 0)
    if not specks.any():
        return picture
    out = picture.copy()
    out[specks] = int(np.percentile(grey[::4, ::4], 90))
    return out


def skew_of(ink: Bools) -> float:
    """By how many degrees the lines of a page rise to the right (0 if it stands straight)."""
    step = max(1, ink.shape[1] // _WORK)
    height, width = (n // step for n in ink.shape)
    small = ink[: height * step, : width * step].reshape(height, step, width, step)
    dark = small.any(axis=(1, 3)).astype(np.float32)
    if not dark.any():
        return 0.0
    ys, xs = np.nonzero(dark)
    best = 0.0
    for reach, fine in ((STEEPEST, 0.25), (0.25, 0.05), (0.05, 0.02)):
        angles = np.arange(best - reach, best + reach + fine / 2, fine)
        best = float(max(angles, key=lambda a: _sharpness(xs, ys, float(a))))
    plain = abs(best) < LEAST_SKEW or _sharpness(xs, ys, best) < SHARPER * _sharpness(xs, ys, 0.0)
    return 0.0 if plain else best


def _sharpness(xs: NDArray[np.intp], ys: NDArray[np.intp], degrees: float) -> float:
    """How unevenly ink lies over the rows and the columns of a page that is turned back."""
    slope = math.tan(math.radians(degrees))
    total = 0.0
    for across in (ys + xs * slope, xs - ys * slope):
        counts = np.bincount((across - across.min()).astype(np.intp)).astype(float)
        total += float((np.diff(counts) ** 2).sum())
    return total


def straightened(picture: Picture, degrees: float) -> Picture:
    """The picture turned about its middle so that a line rising by ``degrees`` lies level."""
    height, width = picture.shape[:2]
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x = np.arange(width, dtype=np.float32)[None, :] - width / 2
    out = np.empty_like(picture)
    for first in range(0, height, _STRIP):
        y = np.arange(first, min(first + _STRIP, height), dtype=np.float32)[:, None] - height / 2
        column = np.clip(cosine * x + sine * y + width / 2, 0, width - 1.001)
        row = np.clip(cosine * y - sine * x + height / 2, 0, height - 1.001)
        left, top = column.astype(np.int32), row.astype(np.int32)
        across, down = (column - left)[:, :, None], (row - top)[:, :, None]
        above = picture[top, left] * (1 - across) + picture[top, left + 1] * across
        below = picture[top + 1, left] * (1 - across) + picture[top + 1, left + 1] * across
        out[first : first + _STRIP] = (above * (1 - down) + below * down + 0.5).astype(np.uint8)
    return out


def rules_of(ink: Bools, em: float, dpi: float, lines: Sequence[Seen] = ()) -> Rules:
    """The ruling lines of a page, in points. ``em`` is the usual size of its text in pixels.

    A horizontal rule is longer than a dash, a vertical one taller than a character; what lies
    in the middle of one of the text ``lines`` is a row of dashes.
    """
    thick = max(2, round(THICK * dpi / 72))
    h = _runs(ink, max(2.3 * em, 8), thick)
    v = _runs(ink.T, max(1.3 * em, 8), thick)
    for x0, y0, x1, y1 in (line.box for line in lines):
        y, inside = h[:, 0], (h[:, 1] >= x0) & (h[:, 2] <= x1)
        h = h[~(inside & (y > y0 + 0.25 * (y1 - y0)) & (y < y1 - 0.25 * (y1 - y0)))]
    return Rules(h * 72 / dpi, v * 72 / dpi)


def _runs(ink: Bools, least: float, thick: int) -> Floats:
    """Unbroken thin lines along the rows: rows of (position, start, end) in pixels."""
    closed = _closed(ink)
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = closed
    change = np.diff(padded, axis=1)
    row, start = np.nonzero(change == 1)
    _, stop = np.nonzero(change == -1)
    long = stop - start >= least
    row, start, stop = row[long], start[long], stop[long]
    total = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(closed, axis=1, out=total[:, 1:])
    last = ink.shape[0] - 1
    area = np.zeros(len(row), dtype=np.intp)
    for shift in range(-thick, thick + 1):  # how many rows near it are as dark: its thickness
        near = np.clip(row + shift, 0, last)
        area += (total[near, stop] - total[near, start]) * 2 > stop - start
    thin = area <= thick
    return np.stack([row[thin] + 0.5, start[thin], stop[thin]], axis=1).astype(float)


def _closed(ink: Bools) -> Bools:
    """Ink with gaps of up to GAP pixels along the rows filled."""
    out = ink.copy()
    for gap in range(1, GAP + 1):
        filled = np.zeros_like(ink)
        filled[:, 1:-gap] = ink[:, : -gap - 1] & ink[:, gap + 1 :]
        for k in range(gap):
            out[:, 1 + k :][:, : ink.shape[1] - gap - 1] |= filled[:, 1:-gap]
    return out
