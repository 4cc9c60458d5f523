"""The characters of a page as PDFium tells them, in bulk.

The calls per character are two (its box, its text object); everything else is asked once per text
object, and fonts and clips once each.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from mingzhang.read.pdf import native
from mingzhang.read.pdf.frame import Bools, Floats, Ints
from mingzhang.read.pdf.objects import EVERYWHERE, Clips, multiply

# by text render mode, -1 (unknown) last: which paint nothing; which stroke, as fake bold does
_INVISIBLE = np.array([mode in (3, 7) for mode in range(9)])
_STROKED = np.array([mode in (1, 2, 5, 6) for mode in range(9)])
WHITE = 240  # a colour whose every part is at least this is not seen on paper
FAINT = 16  # an alpha below this neither
BOLD_NAMES = ("bold", "heavy", "black", "simhei", "heiti", "黑体")
SAMPLE = 8  # characters of a font that are asked whether it has a map to Unicode
UNKNOWN = 0xFFFD
SLANT = 8.0  # degrees off the quarter-turn from which text is slanted (a watermark)
_SPACE = np.zeros(0x10000, dtype=np.bool_)
_SPACE[[9, 10, 11, 12, 13, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x3000]] = True
_HYPHENS = (0x2, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
_NO_BOXES = np.zeros((0, 4))


@dataclass(frozen=True, slots=True)
class TextObjects:
    """What each text object says about all its characters; one row per object.

    ``matrix`` is a b c d e f; ``turns`` are quarter-turns counter-clockwise in user space, -1
    where the text is slanted; ``scale`` is the size in points as printed. ``clipped`` tells
    whether any object has a clip; ``page_clip`` and ``cell_clip`` are boxes. ``order`` numbers the
    objects as they are painted, ``font`` their fonts.
    """

    matrix: Floats
    turns: Ints
    scale: Floats
    bold: Bools
    invisible: Bools
    white: Bools
    clipped: bool
    page_clip: Floats
    cell_clip: Floats
    order: Ints
    font: Ints

    def __len__(self) -> int:
        return len(self.matrix)


@dataclass(frozen=True, slots=True)
class RawText:
    """Characters in the order of the file, in user space, spaces taken out.

    ``box`` rows are two opposite corners, from origin to advance and from descent to ascent;
    ``lead`` says that the file wrote a space before the character, ``guessed`` that its font does
    not tell what it is; ``owner`` is its text object.
    """

    code: NDArray[np.uint32]
    box: NDArray[np.float32]
    lead: Bools
    guessed: Bools
    owner: Ints
    objects: TextObjects


def read_letters(text_page: int, clips: Clips, order: Mapping[int, int]) -> RawText:
    """All characters of a page that are no spaces."""
    count = max(0, native.char_count(text_page))
    code = _codes(text_page, count)
    box = np.zeros((count, 4), dtype=np.float32)
    address = box.ctypes.data
    same = repeat(text_page, count)
    each(native.char_box, same, range(count), range(address, address + 16 * count, 16))
    handles = list(map(native.char_object, repeat(text_page, count), range(count)))
    space = _SPACE[np.minimum(code, 0xFFFF)]
    lead = _after_space(space, box)
    keep = [k for k in np.flatnonzero(~space).tolist() if handles[k]]
    place: dict[int, int] = {}
    owner = [place.setdefault(handles[k], len(place)) for k in keep]
    objects = _text_objects(list(place), clips, order)
    owned = np.array(owner, dtype=np.intp)
    guessed = _guessed(text_page, np.array(keep, dtype=np.intp), objects.font[owned])
    return RawText(code[keep], box[keep], lead[keep], guessed, owned, objects)


def _guessed(text_page: int, index: Ints, font: Ints) -> Bools:
    """Which characters PDFium had to guess. A few of each font are asked, then all of bad fonts."""
    out = np.zeros(len(index), dtype=np.bool_)
    ask = native.char_unmapped
    for one in set(font.tolist()):
        mine = np.flatnonzero(font == one)
        if any(
            ask(text_page, k) == 1 for k in index[mine[:: max(1, len(mine) // SAMPLE)]].tolist()
        ):
            out[mine] = [ask(text_page, k) == 1 for k in index[mine].tolist()]
    return out


def _codes(text_page: int, count: int) -> NDArray[np.uint32]:
    units = np.zeros(count + 1, dtype=np.uint16)
    written = native.char_text(text_page, 0, count, units.ctypes.data) if count else 1
    if written == count + 1:
        code = units[:count].astype(np.uint32)
    else:  # characters outside the basic plane: the two counts differ
        get = native.char_unicode
        code = np.array([get(text_page, k) for k in range(count)], dtype=np.uint32)
    for hyphen in _HYPHENS:
        code[code == hyphen] = ord("-")
    code[code == 0] = UNKNOWN
    return code


def _after_space(space: Bools, box: NDArray[np.float32]) -> Bools:
    """Which characters follow a space that the file wrote (PDFium's own have no width)."""
    area = np.abs((box[:, 2] - box[:, 0]) * (box[:, 3] - box[:, 1]))
    lead = np.zeros(len(space), dtype=np.bool_)
    lead[1:] = (space & (area > 0.01))[:-1]
    for k in np.flatnonzero(lead & space).tolist():  # a run of spaces leads the character after it
        if k + 1 < len(lead):
            lead[k + 1] = True
    return lead


def _text_objects(handles: list[int], clips: Clips, order: Mapping[int, int]) -> TextObjects:
    count = len(handles)
    matrix = np.zeros((count, 6), dtype=np.float32)
    matrix[:, [0, 3]] = 1
    size = np.zeros(count, dtype=np.float32)
    color = np.tile(np.array([0, 0, 0, 255], dtype=np.uint32), (count, 1))
    each(native.object_matrix, handles, _steps(matrix))
    each(native.text_size, handles, _steps(size))
    each(native.fill_color, handles, *(_steps(color, 4 * part) for part in range(4)))
    mode = np.array(list(map(native.text_mode, handles)), dtype=np.intp)
    fonts = [font or 0 for font in map(native.text_font, handles)]
    is_bold = {font: _is_bold(font) for font in set(fonts) if font}
    bold = np.array([is_bold.get(font, False) for font in fonts], dtype=np.bool_)
    number = {font: k for k, font in enumerate(dict.fromkeys(fonts))}
    boxes = clips.of_all(handles)
    for k, handle in enumerate(handles if clips.forms else ()):
        form = clips.forms.get(handle)
        if form is not None:
            a, b, c, d, e, f = matrix[k].tolist()
            matrix[k] = multiply((a, b, c, d, e, f), form)
    sign = np.where(size < 0, -1.0, 1.0)
    angle = np.degrees(np.arctan2(matrix[:, 1] * sign, matrix[:, 0] * sign))
    quarter = np.round(angle / 90).astype(np.intp)
    clipped = any(clip is not None for clip in boxes)
    return TextObjects(
        matrix.astype(float),
        np.where(np.abs(angle - 90 * quarter) < SLANT, quarter % 4, -1),
        np.abs(size) * np.hypot(matrix[:, 2], matrix[:, 3]).astype(float),
        bold | _STROKED[mode],
        _INVISIBLE[mode],
        pale(color),
        clipped,
        np.array([clip[0] if clip else EVERYWHERE for clip in boxes] if clipped else _NO_BOXES),
        np.array([clip[1] if clip else EVERYWHERE for clip in boxes] if clipped else _NO_BOXES),
        np.array([order.get(handle, 0) for handle in handles], dtype=np.intp),
        np.array([number[font] for font in fonts], dtype=np.intp),
    )


def _steps(buffer: NDArray[np.generic], offset: int = 0) -> range:
    """The addresses of the rows of a buffer, or of something ``offset`` bytes into each."""
    if not len(buffer):
        return range(0)
    start = buffer.ctypes.data + offset
    return range(start, start + buffer.nbytes, buffer.strides[0])


def each(getter: Callable[..., object], *arguments: Iterable[int]) -> None:
    """Call ``getter`` with the first, second … of all arguments; its results lie in buffers."""
    deque(map(getter, *arguments), maxlen=0)


def pale(color: NDArray[np.uint32]) -> Bools:
    """Which colours (rows of red, green, blue, alpha from 0 to 255) leave no mark on paper."""
    result: Bools = (color[:, :3].min(axis=1) >= WHITE) | (color[:, 3] < FAINT)
    return result


def _is_bold(font: int) -> bool:
    buffer = np.zeros(128, dtype=np.uint8)
    length = native.font_name(font, buffer.ctypes.data, len(buffer))
    name = buffer[: max(0, min(length, len(buffer)) - 1)].tobytes().decode("utf-8", "replace")
    return any(word in name.lower() for word in BOLD_NAMES) or native.font_weight(font) >= 600
