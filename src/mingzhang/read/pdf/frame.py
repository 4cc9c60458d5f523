"""Where things stand on a page: PDF user space ↔ the page as seen ↔ the page as its text reads.

User space has its origin anywhere and y upwards. *As seen* means after /Rotate, in points from the
top left corner of the visible box. The *frame* is the turn of the page in which most text stands
upright: for almost every page the same as seen; for a table printed sideways it is what a reader
sees who turns the sheet. Layout works in the frame; places are told as seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A quarter-turn view of a page: ``turn`` quarters clockwise of the box ``bounds``.

    ``bounds`` is left, bottom, right, top in user space.
    """

    bounds: Box
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in this view, in points."""
        left, bottom, right, top = self.bounds
        flat = (right - left, top - bottom)
        return flat if self.turn % 2 == 0 else (flat[1], flat[0])

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """a, b, c, d, e, f of user space → this view: x' = a·x + c·y + e, y' = b·x + d·y + f."""
        left, bottom, right, top = self.bounds
        match self.turn % 4:
            case 0:
                return (1, 0, 0, -1, -left, top)
            case 1:
                return (0, 1, 1, 0, -bottom, -left)
            case 2:
                return (-1, 0, 0, 1, right, -bottom)
            case _:
                return (0, -1, -1, 0, top, right)

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Points of user space in this view."""
        a, b, c, d, e, f = self.matrix()
        return a * x + c * y + e, b * x + d * y + f

    def boxes(self, boxes: NDArray[Any]) -> Floats:
        """Boxes (rows of x0, y0, x1, y1 in user space, corners in any order) in this view."""
        x0, y0 = self.points(boxes[:, 0].astype(float), boxes[:, 1].astype(float))
        x1, y1 = self.points(boxes[:, 2].astype(float), boxes[:, 3].astype(float))
        return np.stack(
            [np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1
        )

    def boxes_in(self, other: Frame, boxes: Floats) -> Floats:
        """Boxes of this view told in another view of the same page."""
        turn = (other.turn - self.turn) % 4
        if turn == 0:
            return boxes
        width, height = self.size
        # this view is itself a page whose y runs downwards: flip it to user space of its own
        flat = np.stack(
            [boxes[:, 0], height - boxes[:, 3], boxes[:, 2], height - boxes[:, 1]], axis=1
        )
        return Frame((0.0, 0.0, width, height), turn).boxes(flat)
