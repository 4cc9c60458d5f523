"""Ruled tables: what the ruling lines of a page draw.

Lines that touch belong to one table. A wall is where a line covers most of a cell's side. Where
lines run on past the last crossing, the table is open there, as on a page that it continues on.
"""

from __future__ import annotations

import numpy as np

from mingzhang.read.pdf.frame import Bools, Box, Floats, Ints
from mingzhang.read.pdf.ink import Rules
from mingzhang.read.pdf.lattice import Lattice, assemble, beside
from mingzhang.read.pdf.ruling import SAME, components, is_drawing, join, snap

OVERHANG = 6.0  # points a line must run past the last crossing to say that the table is open there
BESIDE = 20.0  # points between two blocks of one table
MOST_CROSSINGS = 4_000_000  # pairs of lines to look at
MOST_BOXES = 200_000  # elementary boxes of one table


def lattices(rules: Rules) -> list[Lattice]:
    """The ruled tables of a page, top to bottom; frames around prose and lone lines are not."""
    if is_drawing(rules):
        return []
    h, v = join(rules.h), join(rules.v)
    if not len(h) or not len(v) or len(h) * len(v) > MOST_CROSSINGS:
        return []
    found = [_lattice(part_h, part_v) for part_h, part_v in components(h, v)]
    kept = [lattice for lattice in found if lattice is not None and len(lattice.areas) > 1]
    kept = [a for a in kept if not any(b is not a and _holds(b.box, a.box) for b in kept)]
    return _side_by_side(sorted(kept, key=lambda lattice: (lattice.box[1], lattice.box[0])))


def _side_by_side(found: list[Lattice]) -> list[Lattice]:
    """Lattices that stand beside each other with the same rows made one: blocks of one table."""
    out: list[Lattice] = []
    for lattice in found:
        if out and _continues(out[-1], lattice):
            out[-1] = beside(out[-1], lattice)
        else:
            out.append(lattice)
    return out


def _continues(left: Lattice, right: Lattice) -> bool:
    """True if ``right`` is a further block of rows with ``left``."""
    near = -1 < right.box[0] - left.box[2] < BESIDE
    return (
        near and len(left.ys) == len(right.ys) and bool(np.allclose(left.ys, right.ys, atol=SAME))
    )


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


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


def _axis(lines: Floats, low: float, high: float) -> tuple[Floats, Ints]:
    """Snapped positions of ``lines``, with the open edges of the table added."""
    places, index = snap(lines[:, 0])
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
