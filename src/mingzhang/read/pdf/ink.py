"""Ruling lines: what the paths of a page draw that could be a table's line.

A thin filled rectangle, a stroked line, a side of a stroked rectangle and a line made of a thin
image are all the same to a reader. White lines are not there. Filled areas are kept apart: they
are backgrounds, never walls.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.pdf import native
from mingzhang.read.pdf.frame import Floats, Frame
from mingzhang.read.pdf.letters import pale
from mingzhang.read.pdf.objects import (
    Clips,
    Contents,
    Matrix,
    Rect,
    matrix_of,
    multiply,
    transform,
)

THIN = 3.0  # points: anything thicker is an area
SCAN = 0.8  # share of the page that a picture covers which is the page itself
SHORT = 1.0  # points: anything shorter is a dot
MOST_SEGMENTS = 20_000  # of one path: more draw a map, not a table
ALL_SEGMENTS = 200_000  # of all paths of a page that are looked at
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Ink:
    """Boxes in user space: thin ones (rules), dark areas, pictures.

    ``covers`` are opaque areas of any colour with their number in painting order: they hide what
    was painted before them.
    """

    rules: tuple[Rect, ...]
    dark: tuple[Rect, ...]
    images: tuple[Rect, ...]
    covers: tuple[tuple[int, Rect], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruling lines in a frame: rows of (position, start, end); h are horizontal, v vertical."""

    h: Floats
    v: Floats


def read_ink(contents: Contents, clips: Clips) -> Ink:
    """The ink of one page."""
    rules: list[Rect] = []
    dark: list[Rect] = []
    images: list[Rect] = []
    covers: list[tuple[int, Rect]] = []

    def rule(handle: int, box: Rect) -> None:
        box = clips.cut(handle, box)
        if box[0] <= box[2] and box[1] <= box[3]:
            rules.append(box)

    def cover(handle: int, box: Rect) -> None:
        if not native.is_transparent(handle):
            covers.append((contents.order[handle], clips.cut(handle, box)))

    for handle, box in zip(contents.images, _bounds(contents.images, clips.forms), strict=True):
        if _thickness(box) <= THIN:
            rule(handle, box)
        else:
            images.append(box)
            # a picture over all the page is a scan; a smaller one may be a seal, and see-through
            if (box[2] - box[0]) * (box[3] - box[1]) > SCAN * clips.page_area:
                cover(handle, box)
    left = ALL_SEGMENTS
    paths, fills, strokes, pales = _painted(contents.paths)
    boxes = _bounds(paths, clips.forms)
    for handle, fill, stroke, white, box in zip(paths, fills, strokes, pales, boxes, strict=True):
        count = native.segment_count(handle)
        if _thickness(box) <= THIN and count <= 5:
            if fill or stroke:
                rule(handle, box)
        elif count <= min(left, MOST_SEGMENTS):
            left -= count
            for piece in _pieces(handle, count, clips.forms.get(handle)):
                if stroke:
                    for side in _sides(piece):
                        rule(handle, side)
                around = _around(piece)
                if _thickness(around) > THIN:
                    if fill:
                        dark.append(around)
                    if (fill or white) and len(piece) == len(list(_sides(piece))) + 1:
                        cover(handle, around)
                elif fill:
                    rule(handle, around)
    return Ink(tuple(rules), tuple(dark), tuple(images), tuple(covers))


def _painted(handles: list[int]) -> tuple[list[int], list[bool], list[bool], list[bool]]:
    """The paths that are painted; whether each is filled, stroked, or filled with white."""
    mode = np.zeros((len(handles), 2), dtype=np.int32)
    at = mode.ctypes.data
    for k, handle in enumerate(handles):
        native.draw_mode(handle, at + 8 * k, at + 8 * k + 4)
    fill, stroke = mode[:, 0] != 0, mode[:, 1] != 0
    white = fill.copy()
    white[fill] = _pale(handles, fill, native.fill_color)
    fill &= ~white
    stroke[stroke] = ~_pale(handles, stroke, native.stroke_color)
    shown = np.flatnonzero(fill | stroke | white)
    return (
        [handles[k] for k in shown.tolist()],
        fill[shown].tolist(),
        stroke[shown].tolist(),
        white[shown].tolist(),
    )


def _pale(
    handles: list[int], chosen: NDArray[np.bool_], getter: Callable[..., int]
) -> NDArray[np.bool_]:
    picked = np.flatnonzero(chosen).tolist()
    color = np.tile(np.array([0, 0, 0, 255], dtype=np.uint32), (len(picked), 1))
    at = color.ctypes.data
    for k in picked:
        getter(handles[k], at, at + 4, at + 8, at + 12)
        at += 16
    return pale(color)


def _bounds(handles: list[int], forms: dict[int, Matrix]) -> list[Rect]:
    box = np.zeros((len(handles), 4), dtype=np.float32)
    at = box.ctypes.data
    get = native.object_bounds
    for handle in handles:
        get(handle, at, at + 4, at + 8, at + 12)
        at += 16
    boxes: list[Rect] = [(a, b, c, d) for a, b, c, d in box.tolist()]
    if forms:
        return [transform(forms.get(h), rect) for h, rect in zip(handles, boxes, strict=True)]
    return boxes


def _thickness(box: Rect) -> float:
    return min(box[2] - box[0], box[3] - box[1])


Piece = list[list[float]]


def _pieces(handle: int, count: int, form: Matrix | None) -> Iterator[Piece]:
    """The subpaths of a path as point lists in user space (of curves, their control points)."""
    xy = np.zeros((count, 2), dtype=np.float32)
    at = xy.ctypes.data
    kinds, closes = [], []
    for k in range(count):
        segment = native.segment_at(handle, k)
        native.segment_point(segment, at + 8 * k, at + 8 * k + 4)
        kinds.append(native.segment_type(segment))
        closes.append(native.segment_close(segment))
    a, b, c, d, e, f = matrix_of(handle) if form is None else multiply(matrix_of(handle), form)
    x, y = xy[:, 0].astype(float), xy[:, 1].astype(float)
    points = np.stack([a * x + c * y + e, b * x + d * y + f], axis=1).tolist()
    piece: Piece = []
    for point, kind, close in zip(points, kinds, closes, strict=True):
        if kind == MOVE_TO:
            if len(piece) > 1:
                yield piece
            piece = [point]
        else:
            piece.append(point)
            if close and piece[0] != point:
                piece.append(piece[0])
    if len(piece) > 1:
        yield piece


def _sides(piece: Piece) -> Iterator[Rect]:
    for (x0, y0), (x1, y1) in itertools.pairwise(piece):
        if abs(x0 - x1) <= 0.5 or abs(y0 - y1) <= 0.5:
            yield (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _around(piece: Piece) -> Rect:
    xs, ys = [p[0] for p in piece], [p[1] for p in piece]
    return (min(xs), min(ys), max(xs), max(ys))


def rules_in(frame: Frame, ink: Ink) -> Rules:
    """The rules of a page in a frame, cut at the page's edge."""
    if not ink.rules:
        return Rules(np.zeros((0, 3)), np.zeros((0, 3)))
    boxes = frame.boxes(np.array(ink.rules))
    width, height = frame.size
    np.clip(boxes[:, 0::2], -1, width + 1, out=boxes[:, 0::2])
    np.clip(boxes[:, 1::2], -1, height + 1, out=boxes[:, 1::2])
    x0, y0, x1, y1 = boxes.T
    wide, high = x1 - x0, y1 - y0
    across = (wide >= high) & (wide > SHORT)
    down = (high > wide) & (high > SHORT)
    h = np.stack([(y0 + y1) / 2, x0, x1], axis=1)[across]
    v = np.stack([(x0 + x1) / 2, y0, y1], axis=1)[down]
    return Rules(h, v)
