"""Lattices: tables as a mesh of lines, some of them walls, and the cells between the walls.

A cell is a union of elementary boxes over the walls that are not there. So merged cells, headers of
any depth and wraps need no special case.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mingzhang.read.pdf.frame import Bools, Box, Floats, Ints

SHIFT = 9.0  # points by which a column edge may move between the rows of one table


class Area(NamedTuple):
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


def beside(left: Lattice, right: Lattice) -> Lattice:
    """Two lattices with the same rows as one; nothing stands in the gap between them."""
    rows = len(left.owner)
    between = np.full((rows, 1), -1, dtype=np.intp)
    owner = np.hstack([left.owner, between, right.owner + len(left.areas)])
    moved = tuple(area._replace(column=area.column + left.width) for area in right.areas)
    box = (
        left.box[0],
        min(left.box[1], right.box[1]),
        right.box[2],
        max(left.box[3], right.box[3]),
    )
    xs = np.concatenate([left.xs, right.xs])
    width = left.width + right.width
    return Lattice(left.areas + moved, left.height, width, box, xs, left.ys, owner)
