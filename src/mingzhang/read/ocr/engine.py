"""The engine: a picture → lines of characters with boxes and scores, by RapidOCR.

RapidOCR (Apache-2.0) carries the PP-OCR models (Apache-2.0, PaddlePaddle) inside its wheel; nothing
is downloaded. It is the extra ``mingzhang[ocr]``: without it ``load`` raises ImportError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # height x width x 3, red green blue


@dataclass(frozen=True, slots=True)
class Sign:
    """One character as seen: its left and right edge in pixels, and how sure the engine is."""

    text: str
    x0: float
    x1: float
    score: float


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of text as seen, in pixels; ``box`` is x0, y0, x1, y1."""

    signs: tuple[Sign, ...]
    box: tuple[float, float, float, float]

    @property
    def text(self) -> str:
        return "".join(sign.text for sign in self.signs)


class EngineError(Exception):
    """The engine broke down on a picture."""


Engine = Callable[[Picture], list[Seen]]  # may raise EngineError


def load(threads: int = 2) -> Engine:
    """The engine, ready to read pictures. Raises ImportError without the extra."""
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,  # pages are turned upright before they come here
            "Global.max_side_len": 4000,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        }
    )

    def read(picture: Picture) -> list[Seen]:
        bgr = np.ascontiguousarray(picture[:, :, ::-1])
        try:
            found = engine(bgr, return_word_box=True, return_single_char_box=True)
        except Exception as error:  # whatever its libraries raise, it is one thing to us
            raise EngineError(str(error)) from error
        if found.boxes is None or found.txts is None:
            return []
        words = found.word_results or [()] * len(found.txts)
        lines = zip(found.boxes, found.txts, found.scores, words, strict=True)
        return [line for line in (_line(*parts) for parts in lines) if line.signs]

    return read


def _line(quad: Any, text: str, score: float, characters: Sequence[Any]) -> Seen:
    corners = np.asarray(quad, dtype=float)
    (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    signs = [_sign(c, score) for c in characters if str(c[0]).strip()]
    told = [s.text for s in signs]
    if "".join(told) != "".join(text.split()) or any(len(t) != 1 for t in told):
        signs = _spread(text, x0, x1, score)
    return Seen(tuple(sorted(signs, key=lambda s: s.x0)), (x0, y0, x1, y1))


def _sign(character: Any, score: float) -> Sign:
    text, own, quad = character
    xs = np.asarray(quad, dtype=float)[:, 0]
    return Sign(str(text), float(xs.min()), float(xs.max()), min(float(own), float(score)))


def _spread(text: str, x0: float, x1: float, score: float) -> list[Sign]:
    """Characters spread over their line where the engine does not say where each stands."""
    widths = np.array([0.5 if c.isascii() else 1.0 for c in text])
    edges = x0 + (x1 - x0) * np.concatenate([[0.0], np.cumsum(widths)]) / widths.sum()
    pairs = zip(text, edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    return [Sign(c, a, b, float(score)) for c, a, b in pairs if c.strip()]
