"""PNG (ISO 15948) written by hand: true colour, or four bits a pixel with a palette."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray


def png(pixels: NDArray[np.uint8], palette: NDArray[np.uint8] | None = None) -> bytes:
    """A picture as PNG: RGB (height × width × 3), or with at most sixteen colours ``palette``
    (n × 3) the index of each pixel (height × width)."""
    height, width = pixels.shape[:2]
    kind, body = b"\x08\x02", pixels.reshape(height, -1)
    colours = b""
    if palette is not None:
        even = np.pad(pixels, ((0, 0), (0, width % 2)))
        kind, body = b"\x04\x03", ((even[:, ::2] << 4) | even[:, 1::2]).astype(np.uint8)
        colours = _chunk(b"PLTE", palette.tobytes())
    lines = np.zeros((height, 1 + body.shape[1]), dtype=np.uint8)  # each begins with its filter
    lines[:, 1:] = body
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", size + kind + b"\x00\x00\x00")
        + colours
        + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9 if palette is not None else 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + check.to_bytes(4, "big")
