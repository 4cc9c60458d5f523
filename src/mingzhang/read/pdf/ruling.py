"""Ruling lines made whole: pieces joined, close ones made one, those that touch grouped."""

from __future__ import annotations

import numpy as np

from mingzhang.read.pdf.frame import Floats, Ints
from mingzhang.read.pdf.ink import Rules

TOUCH = 3.0  # points between two lines that meet
SAME = 2.6  # points between two lines that are one (double rules)
MOST_RULES = 20_000  # pieces of rules on a page; more is a drawing


def is_drawing(rules: Rules) -> bool:
    """True if a page has so many lines that they draw something else than tables."""
    return len(rules.h) + len(rules.v) > MOST_RULES


def join(lines: Floats) -> Floats:
    """Pieces of one line made one: rows of (position, start, end)."""
    if len(lines) < 2:
        return lines
    lines = lines[np.argsort(lines[:, 0], kind="stable")]
    track = np.cumsum(np.diff(lines[:, 0], prepend=lines[0, 0]) > 0.6)
    order = np.lexsort((lines[:, 1], track))
    joined: list[list[float]] = []
    last = -1
    for (position, start, end), of in zip(
        lines[order].tolist(), track[order].tolist(), strict=True
    ):
        if of == last and start <= joined[-1][2] + TOUCH:
            joined[-1][2] = max(joined[-1][2], end)
        else:
            joined.append([position, start, end])
            last = of
    return np.array(joined)


def components(h: Floats, v: Floats) -> list[tuple[Floats, Floats]]:
    """Lines grouped by touching."""
    touch = (
        (v[None, :, 0] >= h[:, None, 1] - TOUCH)
        & (v[None, :, 0] <= h[:, None, 2] + TOUCH)
        & (h[:, None, 0] >= v[None, :, 1] - TOUCH)
        & (h[:, None, 0] <= v[None, :, 2] + TOUCH)
    )
    far = len(h) + len(v)
    label_v = np.arange(len(v))
    while True:
        label_h = np.where(touch, label_v[None, :], far).min(axis=1)
        again = np.minimum(label_v, np.where(touch, label_h[:, None], far).min(axis=0))
        if (again == label_v).all():
            break
        label_v = again
    return [
        (h[label_h == label], v[label_v == label])
        for label in np.unique(label_v)
        if (label_h == label).any()
    ]


def snap(position: Floats) -> tuple[Floats, Ints]:
    """Positions made one where close; the places that remain and each position's index."""
    order = np.argsort(position, kind="stable")
    places: list[list[float]] = []
    index = np.zeros(len(position), dtype=np.intp)
    for k in order.tolist():
        at = float(position[k])
        if places and at - places[-1][-1] <= SAME and at - places[-1][0] <= 2 * SAME:
            places[-1].append(at)
        else:
            places.append([at])
        index[k] = len(places) - 1
    return np.array([sum(p) / len(p) for p in places]), index
