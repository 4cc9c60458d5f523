"""Lattices: tables as their ruling lines draw them.

Lines that touch belong to one table. Inside a table close positions are one (double rules), a wall
is where a line covers most of a cell's side, and a cell is a union of elementary boxes over the
walls that are not there. So merged cells, headers of any depth and wraps need no special case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mingzhang.read.pdf.frame import Bools, Box, Floats, Ints
from mingzhang.read.pdf.ink import Rules

TOUCH = 3.0  # points between two lines that meet
SAME = 2.6  # points between two lines that are one (double rules)
OVERHANG = 6.0  # points a line must run past the last crossing to say that the table is open there
SHIFT = 9.0  # points by which a column edge may move between the rows of one table
BESIDE = 20.0  # points between two blocks of one table
MOST_RULES = 20_000  # pieces of rules on a page; more is a drawing
MOST_CROSSINGS = 4_000_000  # pairs of lines to look at
MOST_BOXES = 200_000  # elementary boxes of one table


@dataclass(frozen=True, slots=True)
class Area:
    """One cell of a lattice: its top-left position, its spans and its box in the frame."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table on one page.

    ``xs`` and ``ys`` are the positions of all lines, ``owner`` the index in ``areas`` of the cell
    that covers each elementary box between them.
    """

    areas: tuple[Area, ...]
    height: int
    width: int
    box: Box
    xs: Floats
    ys: Floats
    owner: Ints

    def cell_at(self, x: Floats, y: Floats) -> Ints:
        """For points: the index of the cell that holds each, -1 outside."""
        column = np.searchsorted(self.xs, x) - 1
        row = np.searchsorted(self.ys, y) - 1
        rows, columns = self.owner.shape
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        found = self.owner[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
        return np.where(inside, found, -1)


def lattices(rules: Rules) -> list[Lattice]:
    """The ruled tables of a page, top to bottom; frames around prose and lone lines are not."""
    if is_drawing(rules):
        return []
    h, v = join(rules.h), join(rules.v)
    if not len(h) or not len(v) or len(h) * len(v) > MOST_CROSSINGS:
        return []
    found = [_lattice(part_h, part_v) for part_h, part_v in _components(h, v)]
    kept = [lattice for lattice in found if lattice is not None and len(lattice.areas) > 1]
    kept = [a for a in kept if not any(b is not a and _holds(b.box, a.box) for b in kept)]
    return _side_by_side(sorted(kept, key=lambda lattice: (lattice.box[1], lattice.box[0])))


def _side_by_side(found: list[Lattice]) -> list[Lattice]:
    """Lattices that stand beside each other with the same rows made one: blocks of one table."""
    out: list[Lattice] = []
    for lattice in found:
        if out and _continues(out[-1], lattice):
            out[-1] = _beside(out[-1], lattice)
        else:
            out.append(lattice)
    return out


def _continues(left: Lattice, right: Lattice) -> bool:
    """True if ``right`` is a further block of rows with ``left``."""
    near = -1 < right.box[0] - left.box[2] < BESIDE
    return (
        near and len(left.ys) == len(right.ys) and bool(np.allclose(left.ys, right.ys, atol=SAME))
    )


def _beside(left: Lattice, right: Lattice) -> Lattice:
    rows = len(left.owner)
    between = np.full((rows, 1), -1, dtype=np.intp)
    owner = np.hstack([left.owner, between, right.owner + len(left.areas)])
    moved = tuple(replace(area, column=area.column + left.width) for area in right.areas)
    box = (
        left.box[0],
        min(left.box[1], right.box[1]),
        right.box[2],
        max(left.box[3], right.box[3]),
    )
    xs = np.concatenate([left.xs, right.xs])
    width = left.width + right.width
    return Lattice(left.areas + moved, left.height, width, box, xs, left.ys, owner)


def is_drawing(rules: Rules) -> bool:
    """True if a page has so many lines that they draw something else than tables."""
    return len(rules.h) + len(rules.v) > MOST_RULES


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


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


def _components(h: Floats, v: Floats) -> list[tuple[Floats, Floats]]:
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


def _snap(position: Floats) -> tuple[Floats, Ints]:
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


def _axis(lines: Floats, low: float, high: float) -> tuple[Floats, Ints]:
    """Snapped positions of ``lines``, with the open edges of the table added."""
    places, index = _snap(lines[:, 0])
    if places[0] - low > OVERHANG:
        places, index = np.concatenate([[low], places]), index + 1
    if high - places[-1] > OVERHANG:
        places = np.concatenate([places, [high]])
    return places, index


def _walls(lines: Floats, index: Ints, count: int, stops: Floats) -> Bools:
    """walls[i, k]: line position i is drawn along most of the stretch between stops k and k+1."""
    covered = np.minimum(lines[:, 2, None], stops[1:]) - np.maximum(lines[:, 1, None], stops[:-1])
    total = np.zeros((count, len(stops) - 1))
    np.add.at(total, index, np.maximum(covered, 0))
    walls: Bools = total >= 0.5 * np.diff(stops)
    return walls


def _lattice(h: Floats, v: Floats) -> Lattice | None:
    xs, of_v = _axis(v, float(h[:, 1].min()), float(h[:, 2].max()))
    ys, of_h = _axis(h, float(v[:, 1].min()), float(v[:, 2].max()))
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MOST_BOXES:
        return None
    across = _walls(h, of_h, len(ys), xs)  # across[line, column]
    down = _walls(v, of_v, len(xs), ys).T  # down[row, line]
    across[[0, -1], :] = True
    down[:, [0, -1]] = True
    return assemble(xs, ys, across, down)


def assemble(xs: Floats, ys: Floats, across: Bools, down: Bools) -> Lattice:
    """The cells between walls: ``across[line, column]`` and ``down[row, line]``."""
    spans, owner = _unite(across, down)
    columns = _squeeze([(c, c + w) for _, c, _, w in spans], xs)
    rows = _squeeze([(r, r + n) for r, _, n, _ in spans], ys)
    x, y = xs.round(2).tolist(), ys.round(2).tolist()
    areas = tuple(
        Area(
            rows[r],
            columns[c],
            rows[r + n] - rows[r],
            columns[c + w] - columns[c],
            (x[c], y[r], x[c + w], y[r + n]),
        )
        for r, c, n, w in spans
    )
    box = (x[0], y[0], x[-1], y[-1])
    height, width = rows[len(ys) - 1], columns[len(xs) - 1]
    return Lattice(areas, height, width, box, xs, ys, owner)


def _unite(across: Bools, down: Bools) -> tuple[list[tuple[int, int, int, int]], Ints]:
    """Cells as (row, column, rows, columns), and which cell covers each elementary box."""
    rows, columns = len(across) - 1, down.shape[1] - 1
    owner = np.full((rows, columns), -1, dtype=np.intp)
    owned = owner.tolist()
    below = (~across[1:]).tolist()  # below[r][c]: no wall between (r, c) and (r + 1, c)
    right = (~down[:, 1:]).tolist()
    spans: list[tuple[int, int, int, int]] = []
    for r in range(rows):
        for c in range(columns):
            if owned[r][c] >= 0:
                continue
            if not below[r][c] and not right[r][c] and (c == 0 or not right[r][c - 1]):
                owned[r][c] = len(spans)
                spans.append((r, c, 1, 1))
                continue
            n, w = _rectangle(r, c, below, right, owned)
            for k in range(r, r + n):
                owned[k][c : c + w] = [len(spans)] * w
            spans.append((r, c, n, w))
    return spans, np.array(owned, dtype=np.intp)


def _rectangle(
    r: int, c: int, below: list[list[bool]], right: list[list[bool]], owned: list[list[int]]
) -> tuple[int, int]:
    """Height and width of the cell whose top-left box is (r, c).

    The union of boxes over missing walls if that is a rectangle (stubs of walls inside it do not
    count); else the largest rectangle that grows first to the right, then downwards.
    """
    union, todo = {(r, c)}, [(r, c)]
    while todo:
        i, j = todo.pop()
        for k, m, is_open in (
            (i + 1, j, below[i][j]),
            (i - 1, j, i > 0 and below[i - 1][j]),
            (i, j + 1, right[i][j]),
            (i, j - 1, j > 0 and right[i][j - 1]),
        ):
            if is_open and owned[k][m] < 0 and (k, m) not in union:
                union.add((k, m))
                todo.append((k, m))
    tall = max(i for i, _ in union) - r + 1
    wide = max(j for _, j in union) - c + 1
    if len(union) == tall * wide and min(j for _, j in union) == c:
        return tall, wide
    wide = 1
    while right[r][c + wide - 1] and (r, c + wide) in union:
        wide += 1
    tall = 1
    while all((r + tall, k) in union and below[r + tall - 1][k] for k in range(c, c + wide)):
        tall += 1
    return tall, wide


def _squeeze(spans: list[tuple[int, int]], places: Floats) -> dict[int, int]:
    """Row or column numbers for line positions: only where some cell begins or ends.

    Strips that no cell fills alone are left out if they are thin: where a column edge shifts a
    little between rows, two positions lie close together, and they are one edge.
    """
    edges = sorted({edge for span in spans for edge in span})
    alone = set(spans)
    numbers = {edges[0]: 0}
    for before, edge in pairwise(edges):
        thin = places[edge] - places[before] <= SHIFT
        numbers[edge] = numbers[before] + (0 if thin and (before, edge) not in alone else 1)
    if any(numbers[stop] == numbers[start] for start, stop in spans):
        return {edge: k for k, edge in enumerate(edges)}  # a cell must keep a place of its own
    return numbers
