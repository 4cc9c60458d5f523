"""Line breaking for mixed Chinese and Latin text in a terminal, by display width.

Chinese breaks between any two characters, but no closing mark may begin a line and no opening
mark may end one (禁则); a number or a word stays whole. Source: GB/T 15834-2011 §5.1, UAX #14.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

_NOT_FIRST = "，。、；：？！）》」』】〕”’…—,.;:?!)]}%％·"
_NOT_LAST = "（《「『【〔“‘([{"
# A number with its commas, point, sign and unit; a Latin word; else one character.
_ATOM = re.compile(
    r"[+\-−]?\d[\d,.]*(?:%| ?(?:亿元|万元|千元|元))?|[A-Za-z_][\w\-./]*|\s|.", re.DOTALL
)


def _units(text: str) -> list[str]:
    """The pieces that must not be broken, in order."""
    units: list[str] = []
    for atom in _ATOM.findall(text):
        glued = units and (atom[0] in _NOT_FIRST or units[-1][-1] in _NOT_LAST)
        if glued and not atom.isspace():
            units[-1] += atom
        else:
            units.append(atom)
    return units


def breaks(text: str, width: int) -> list[int]:
    """Offsets at which to break ``text`` so that no line is wider than ``width`` cells.

    A piece wider than a whole line is cut where it must be. Raises ValueError for width < 2.
    """
    if width < 2:
        raise ValueError("a line needs at least two cells")
    offsets: list[int] = []
    used = position = 0
    for unit in _units(text):
        size = cell_len(unit)
        if unit == "\n":
            offsets.append(position + 1)
            used, position = 0, position + 1
            continue
        if used and used + size > width and not unit.isspace():
            offsets.append(position)
            used = 0
        if used + size > width and len(unit) > 1:
            for character in unit:
                if used + cell_len(character) > width:
                    offsets.append(position)
                    used = 0
                used += cell_len(character)
                position += 1
            continue
        used += size
        position += len(unit)
    return offsets


def clip(text: str, width: int) -> str:
    """``text`` on one line, cut with … if it is wider than ``width`` cells."""
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    kept, used = [], 1
    for character in line:
        used += cell_len(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"
