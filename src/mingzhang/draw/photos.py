"""Pages as small pictures: PNG of sixteen colours, as a report carries beside its findings.

A printed page is black on white with a few tints. Half of the palette is a ramp of greys, which
keeps small characters legible; the other half are the page's own commonest colours.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mingzhang.draw.png import png
from mingzhang.read.pdf.source import opened

DPI = 132  # of an A4 page; legible when a third of its width fills a column of a report
PIXELS = 2400  # the longest side of a picture, however large a page says it is
BYTES = 220_000  # of one picture: a page that needs more (a scan) is made coarser
GREYS = np.linspace(0, 255, 8).astype(np.uint8)


class Photo(NamedTuple):
    """A page as PNG, and its size in points."""

    data: bytes
    width: float
    height: float


def photos(
    data: bytes, name: str, pages: Sequence[int], room: int, seconds: float
) -> dict[int, Photo]:
    """Pictures of ``pages`` (from 1) of the PDF ``data``, in their order.

    No more than ``room`` bytes together, and begun within ``seconds``: pages that come later are
    left out. Raises Unreadable.
    """
    out: dict[int, Photo] = {}
    end = time.monotonic() + seconds
    with opened(data, name, None) as (pdf, _):
        for number in pages:
            if time.monotonic() > end:
                break
            if not 0 < number <= len(pdf):
                continue
            photo = _photo(pdf, number)
            if len(photo.data) > room:
                break  # those that come first matter most
            room -= len(photo.data)
            out[number] = photo
    return out


def _photo(pdf: Any, number: int) -> Photo:
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, PIXELS / max(width, height, 1.0))
        made = _drawn(page, scale)
        if len(made) > BYTES:
            made = _drawn(page, scale * 0.6)
    finally:
        page.close()
    return Photo(made, width, height)


def _drawn(page: Any, scale: float) -> bytes:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    try:
        return png(*_reduced(np.array(bitmap.to_numpy()[:, :, :3])))
    finally:
        bitmap.close()


def _reduced(picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(index of each pixel, the sixteen colours) that come nearest to an RGB picture."""
    # five bits a channel: a table of 32768 entries says which colour each becomes
    high = (picture >> 3).astype(np.uint16)
    codes = (high[:, :, 0] << 10) | (high[:, :, 1] << 5) | high[:, :, 2]
    counts = np.bincount(codes.ravel(), minlength=1 << 15)
    used = np.flatnonzero(counts)
    shades = np.stack([used >> 10, (used >> 5) & 31, used & 31], axis=1).astype(np.int32)
    shades = shades * 255 // 31
    tinted = np.ptp(shades, axis=1) > 24
    commonest = shades[tinted][np.argsort(-counts[used][tinted], kind="stable")][:8]
    palette = np.concatenate([np.repeat(GREYS[:, None], 3, axis=1), commonest]).astype(np.int32)
    far = ((shades[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    table = np.zeros(1 << 15, dtype=np.uint8)
    table[used] = far.argmin(axis=1)
    return table[codes], palette.astype(np.uint8)
