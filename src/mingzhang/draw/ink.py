"""Ink: what can be drawn on a page, as data. Coordinates are those of the page as seen, in points."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle: its outline ``line`` points wide (0: none), and filled if ``fill``."""

    box: Box
    color: Color
    line: float = 0.5
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text whose baseline begins at ``x``, ``y``; ``paper``: on a white ground."""

    x: float
    y: float
    text: str
    size: float
    color: Color
    paper: bool = False


Mark = Frame | Label


def width_of(text: str, size: float) -> float:
    """How wide ``text`` is set: half an em for ASCII, an em for all else."""
    return size * sum(0.5 if " " <= c <= "~" else 1.0 for c in text)


def fitted(
    x: float, y: float, width: float, text: str, size: float, least: float, color: Color
) -> Label | None:
    """``text`` as a label no wider than ``width``: set smaller down to ``least``, then shortened.

    None if not even two characters fit.
    """
    full = width_of(text, 1.0)
    if not full:
        return None
    size = max(least, min(size, width / full))
    if full * size > width:
        room = width / size - 1.0
        kept = ""
        for c in text:
            room -= 0.5 if " " <= c <= "~" else 1.0
            if room < 0:
                break
            kept += c
        if len(kept) < 2:
            return None
        text = kept + "…"
    return Label(x, y, text, size, color)
