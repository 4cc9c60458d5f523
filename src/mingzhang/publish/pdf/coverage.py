"""What a font can show, and what to print in place of a character that none can.

A rare character or an emoji must not vanish, nor stop the book (PDF/A forbids the empty box that
fonts draw for it): its code point is printed instead, 〔U+1F600〕, so that a reader sees that
something stands there, and what.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

_KEPT = {"\n"}
_SPACES = {
    "\t": " ",
    "\r": "",
    "\v": "\n",
    "\f": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}
_UNSEEN = frozenset(
    {"Cc", "Cf", "Cs", "Co", "Cn"}
)  # control, format, surrogate, private, unassigned


@cache
def characters(path: Path) -> frozenset[int]:
    """The code points that the font file has a glyph for, from its cmap table.

    Raises OSError, and ValueError if the file is no OpenType font with a Unicode cmap.
    """
    try:
        with path.open("rb") as stream:
            data = _table(stream, b"cmap")
        found: set[int] = set()
        for offset in _subtables(data):
            for points in _mapped(data, offset):
                found.update(points)
    except struct.error as error:
        raise ValueError(f"{path.name}: cut short") from error
    if not found:
        raise ValueError(f"{path.name}: no Unicode cmap")
    return frozenset(found)


def visible(text: str, known: Iterable[int]) -> str:
    """The text with every character that cannot be shown replaced by its code point in 〔〕."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, known) for character in text)


def _shown(character: str, known: Iterable[int]) -> str:
    if character in _KEPT:
        return character
    if character in _SPACES:
        return _SPACES[character]
    point = ord(character)
    if 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return ""  # chooses among forms of the character before it, which is shown
    if point in known and unicodedata.category(character) not in _UNSEEN:
        return character
    return f"〔U+{point:04X}〕"


def _table(stream: BinaryIO, tag: bytes) -> bytes:
    """The bytes of one table of the font."""
    (count,) = struct.unpack(">4xH6x", stream.read(12))
    for _ in range(count):
        name, _, offset, length = struct.unpack(">4sIII", stream.read(16))
        if name == tag:
            stream.seek(offset)
            return stream.read(length)
    raise ValueError(f"no table {tag.decode()}")


def _subtables(data: bytes) -> list[int]:
    """Offsets of the Unicode subtables: platform 0, or platform 3 with encoding 1 or 10.

    One that maps all of Unicode (format 12) says what the others do, and more.
    """
    (count,) = struct.unpack_from(">H", data, 2)
    found = set()
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, 4 + 8 * n)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            found.add(offset)
    whole = [at for at in found if struct.unpack_from(">H", data, at) == (12,)]
    return whole or sorted(found)


def _mapped(data: bytes, at: int) -> Iterator[Iterable[int]]:
    """Code points of a subtable of format 4 (16 bits, segments) or 12 (32 bits, groups)."""
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        for first, last, glyph in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
            yield range(first + (glyph == 0), last + 1)
    elif kind == 4:
        (double,) = struct.unpack_from(">H", data, at + 6)
        for n in range(double // 2):
            yield _segment(data, at + 14 + 2 * n, double)


def _segment(data: bytes, at: int, double: int) -> Iterator[int]:
    """Code points of one segment of format 4, whose last one stands at ``at``."""
    (last,) = struct.unpack_from(">H", data, at)
    (first,) = struct.unpack_from(">H", data, at + 2 + double)
    (delta,) = struct.unpack_from(">H", data, at + 2 + 2 * double)
    (span,) = struct.unpack_from(">H", data, at + 2 + 3 * double)
    for point in range(first, min(last, 0xFFFE) + 1):
        glyph = (point + delta) & 0xFFFF
        if span:
            place = at + 2 + 3 * double + span + 2 * (point - first)
            (glyph,) = struct.unpack_from(">H", data, place)
        if glyph:
            yield point
