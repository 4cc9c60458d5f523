"""Characters to lines of text: grouped by baseline, in order of x, spaces where a person sees one."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.pdf.frame import Bools, Box, Frame, Ints
from mingzhang.read.pdf.glyphs import Glyphs

ONE_LINE = 0.4  # of the size: baselines closer than this are one line
SPACE_NARROW = 0.22  # of the size: a gap between Latin letters or digits that is a space
SPACE_WIDE = 0.75  # of the size: a gap beside a full-width character that is a space
SPACE_LONE = 0.38  # of the size: the same between two ideographs where the gaps around are small
SPACE_WRITTEN = 0.12  # of the size: the least gap at which a space of the file shows
APART = 3.5  # of the size: a gap that parts two texts on one line
WIDE_FROM = 0x2E80  # code points from here on are full-width


class Line(NamedTuple):
    """One line of text of one owner (a cell, or -1 for the page).

    ``edges`` are the x positions of the character boundaries, ``len(text) + 1`` of them; none for
    lines in cells and for turned text.
    """

    owner: int
    text: str
    edges: tuple[float, ...]
    box: Box
    base: float
    size: float
    bold: bool
    wraps: bool = False  # goes on in the line after it, wherever it ends


def all_lines(frame: Frame, glyphs: Glyphs, owner: Ints) -> list[Line]:
    """The lines of characters however they are turned; within one owner, the upright ones first.

    ``frame`` is the view that the glyphs are in.
    """
    if not glyphs.turn.any():
        return lines(glyphs, owner)
    upright = glyphs.turn == 0
    out = lines(glyphs.take(upright), owner[upright])
    for turn in (1, 2, 3):
        chosen = glyphs.turn == turn
        if chosen.any():
            out += _turned(frame, glyphs.take(chosen), owner[chosen], turn)
    return sorted(out, key=lambda line: line.owner)


def _turned(frame: Frame, glyphs: Glyphs, owner: Ints, turn: int) -> list[Line]:
    """Lines of text that runs at a right angle to the page, or upside down."""
    own = Frame(frame.bounds, (frame.turn + turn) % 4)
    boxes = np.stack([glyphs.x0, glyphs.y0, glyphs.x1, glyphs.y1], axis=1)
    x0, y0, x1, y1 = frame.boxes_in(own, boxes).T
    base = y1 - 0.12 * (y1 - y0)
    there = lines(replace(glyphs, x0=x0, y0=y0, x1=x1, y1=y1, base=base), owner)
    back = own.boxes_in(frame, np.array([line.box for line in there])).round(2).tolist()
    return [
        line._replace(box=(a, b, c, d), base=d, edges=())
        for line, (a, b, c, d) in zip(there, back, strict=True)
    ]


def lines(glyphs: Glyphs, owner: Ints, part: float = APART) -> list[Line]:
    """All lines, by owner, then downwards, then to the right.

    Lines of the page itself (owner -1) are parted at gaps of ``part`` sizes, lines inside a cell
    are not.
    """
    if not len(glyphs):
        return []
    order = np.lexsort((glyphs.base, owner))
    base, size, of = glyphs.base[order], glyphs.size[order], owner[order]
    step = np.diff(base, prepend=base[0])
    tolerance = ONE_LINE * np.minimum(size, np.concatenate([size[:1], size[:-1]]))
    new = (step > tolerance) | (np.diff(of, prepend=of[0]) != 0)
    line = np.empty(len(order), dtype=np.intp)
    line[order] = np.cumsum(new)
    order = np.lexsort((glyphs.x0, line))

    code, x0, x1 = glyphs.code[order], glyphs.x0[order], glyphs.x1[order]
    size, line, of = glyphs.size[order], line[order], owner[order]
    gap = x0[1:] - x1[:-1]
    em = np.maximum(size[1:], size[:-1])
    same = line[1:] == line[:-1]
    twice = same & (code[1:] == code[:-1]) & (x0[1:] - x0[:-1] < 0.15 * em)
    if twice.any():  # printed twice to look bold
        keep = np.concatenate([[True], ~twice])
        return lines(glyphs.take(order[keep]), owner[order[keep]], part)
    wide = (code >= WIDE_FROM)[1:] | (code >= WIDE_FROM)[:-1]
    ems = gap / em
    between = _ideograph(code[1:]) & _ideograph(code[:-1])
    lone = between & (ems > SPACE_LONE)
    lone[1:] &= ems[:-1] < 0.2
    lone[:-1] &= ems[1:] < 0.2
    space = same & np.where(wide, (ems > SPACE_WIDE) | lone, ems > SPACE_NARROW)
    space |= same & glyphs.lead[order][1:] & (ems > SPACE_WRITTEN)
    apart = same & (of[1:] < 0) & (ems > part)
    starts = np.flatnonzero(np.concatenate([[True], ~same | apart]))
    spaces = np.flatnonzero(space) + 1
    return _build(glyphs, order, of[starts].tolist(), starts, spaces.tolist())


def _ideograph(code: NDArray[np.uint32]) -> Bools:
    inside: Bools = (code >= 0x3400) & (code < 0xA000)
    return inside


def _build(
    glyphs: Glyphs, order: Ints, owners: list[int], starts: Ints, spaces: list[int]
) -> list[Line]:
    """The lines that begin at ``starts`` of the glyphs in ``order``; a space before ``spaces``."""
    text = list(map(chr, glyphs.code[order].tolist()))
    right = glyphs.x1[order]
    x0, x1 = glyphs.x0[order].round(2).tolist(), right.round(2).tolist()
    stops = [*starts[1:].tolist(), len(text)]
    count = np.diff(np.append(starts, len(text)))
    top = np.minimum.reduceat(glyphs.y0[order], starts).round(2).tolist()
    bottom = np.maximum.reduceat(glyphs.y1[order], starts).round(2).tolist()
    ends = np.maximum.reduceat(right, starts).round(2).tolist()
    size = (np.add.reduceat(glyphs.size[order], starts) / count).round(2).tolist()
    bold = (np.add.reduceat(glyphs.bold[order].astype(int), starts) * 2 > count).tolist()
    base = glyphs.base[order[starts]].round(2).tolist()
    out: list[Line] = []
    waiting = iter([*spaces, len(text) + 1])
    next_space = next(waiting)
    for k, (a, b) in enumerate(zip(starts.tolist(), stops, strict=True)):
        words = text[a:b]
        edges = [*x0[a:b], x1[b - 1]] if owners[k] < 0 else []
        added = -a
        while next_space < b:
            if next_space > a:
                words.insert(next_space + added, " ")
                if edges:
                    edges.insert(next_space + added, x1[next_space - 1])
                added += 1
            next_space = next(waiting)
        box = (x0[a], top[k], ends[k], bottom[k])
        out.append(Line(owners[k], "".join(words), tuple(edges), box, base[k], size[k], bold[k]))
    return out
