"""The objects drawn on a page: every path, image and text object, with the matrix it stands in.

Form XObjects are walked into; what they hold is drawn through the form's matrix and clip.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.pdf import native

MOST_OBJECTS = 200_000  # a page with more is a drawing or an attack; the rest is not looked at
DEEPEST = 12  # forms inside forms
MOST_CLIP_POINTS = 2_000  # a clip with more is a drawing, and clips nothing here

Matrix = tuple[float, float, float, float, float, float]
Rect = tuple[float, float, float, float]
Clip = tuple[Rect, Rect]  # of the page, of the cell

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EVERYWHERE: Rect = (-1e9, -1e9, 1e9, 1e9)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is drawn on a page, in painting order, as PDFium's handles.

    ``forms`` gives the matrix around those objects that stand inside a form XObject, ``order``
    the number of each object in painting order.
    """

    paths: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    forms: dict[int, Matrix] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then``."""
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then
    return (
        a * A + b * C,
        a * B + b * D,
        c * A + d * C,
        c * B + d * D,
        e * A + f * C + E,
        e * B + f * D + F,
    )


def transform(matrix: Matrix | None, rect: Rect) -> Rect:
    """The box around a box seen through ``matrix``."""
    if matrix is None:
        return rect
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    ys = [b * x + d * y + f for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    return (min(xs), min(ys), max(xs), max(ys))


def meet(one: Rect, other: Rect) -> Rect:
    """The common part of two boxes (may be empty: x1 < x0)."""
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def survey(page: int) -> Contents:
    """The objects of the page with this handle."""
    contents = Contents()
    paths, order = contents.paths, contents.order
    at, kind_of = native.object_at, native.object_type
    for index in range(min(native.object_count(page), MOST_OBJECTS)):
        handle = at(page, index)
        if not handle:
            continue
        kind = kind_of(handle)
        order[handle] = len(order)
        if kind == native.PATH:
            paths.append(handle)
        elif kind == native.IMAGE:
            contents.images.append(handle)
        elif kind == native.FORM:
            _inside(handle, IDENTITY, 1, contents)
    return contents


def _inside(form: int, outer: Matrix, depth: int, contents: Contents) -> None:
    """Take in the objects of a form."""
    if depth > DEEPEST:
        return
    matrix = multiply(matrix_of(form), outer)
    for index in range(max(0, native.form_count(form))):
        if len(contents.order) > MOST_OBJECTS:
            return
        handle = native.form_at(form, index)
        if not handle:
            continue
        kind = native.object_type(handle)
        contents.order[handle] = len(contents.order)
        if kind == native.FORM:
            _inside(handle, matrix, depth + 1, contents)
            continue
        contents.forms[handle] = matrix
        if kind == native.PATH:
            contents.paths.append(handle)
        elif kind == native.IMAGE:
            contents.images.append(handle)


def matrix_of(handle: int) -> Matrix:
    """An object's own matrix (the identity if PDFium tells none)."""
    buffer = np.zeros(6, dtype=np.float32)
    if not native.object_matrix(handle, buffer.ctypes.data):
        return IDENTITY
    a, b, c, d, e, f = buffer.tolist()
    return (a, b, c, d, e, f)


@dataclass(slots=True)
class Clips:
    """The clip of objects as boxes in user space; objects drawn under one clip share one answer."""

    page_area: float
    forms: dict[int, Matrix]
    _known: dict[tuple[int, int, Matrix | None], Clip] = field(default_factory=dict)
    _points: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros((MOST_CLIP_POINTS, 2), dtype=np.float32)
    )

    def of(self, handle: int) -> Clip | None:
        """The clip of the page (large) and of the cell (small) that hold for an object.

        None if nothing clips it. A clip that is not a rectangle counts as its bounding box.
        """
        path = native.clip_path(handle)
        count = native.clip_count(path) if path else 0
        return self._of(handle, path, count) if count > 0 else None

    def cut(self, handle: int, box: Rect) -> Rect:
        """The part of an object's box that its clip lets through (may be empty: x1 < x0)."""
        clip = self.of(handle)
        return box if clip is None else meet(box, meet(*clip))

    def of_all(self, handles: list[int]) -> list[Clip | None]:
        """``of`` for many objects."""
        get, number = native.clip_path, native.clip_count
        paths = [get(handle) for handle in handles]
        counts = [number(path) if path else 0 for path in paths]
        return [
            self._of(handle, path, count) if count > 0 else None
            for handle, path, count in zip(handles, paths, counts, strict=True)
        ]

    def _of(self, handle: int, path: int, count: int) -> Clip:
        # PDFium shares one path among the objects drawn under it: its address tells them together
        matrix = self.forms.get(handle) if self.forms else None
        key = (native.clip_segment(path, count - 1, 0) or 0, count, matrix)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._measure(path, count, matrix)
        return found

    def _measure(self, path: int, count: int, matrix: Matrix | None) -> Clip:
        page, cell = EVERYWHERE, EVERYWHERE
        for index in range(count):
            segments = native.clip_segments(path, index)
            if not 0 < segments <= MOST_CLIP_POINTS:
                continue
            address = self._points.ctypes.data
            for k in range(segments):
                segment = native.clip_segment(path, index, k)
                native.segment_point(segment, address + 8 * k, address + 8 * k + 4)
            xs, ys = zip(*self._points[:segments].tolist(), strict=True)
            rect = transform(matrix, (min(xs), min(ys), max(xs), max(ys)))
            if (rect[2] - rect[0]) * (rect[3] - rect[1]) > self.page_area / 4:
                page = meet(page, rect)
            else:
                cell = meet(cell, rect)
        return page, cell
