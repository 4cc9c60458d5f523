"""Canonical 规范形式: the one way to write JSON data as bytes, so that a digest names the content."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(data: Any) -> bytes:
    """Data as bytes: keys sorted, no white space, UTF-8, one line end. Only texts, whole numbers, true,
    false, null, lists and maps from texts: raises TypeError for a number with a fraction (write
    "43/5") and for anything else, ValueError for text that is no Unicode.
    """
    _only(data)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def _only(data: Any) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(key, str):
                raise TypeError(f"a key is a text, not {type(key).__name__}")
            _only(value)
    elif isinstance(data, list | tuple):
        for value in data:
            _only(value)
    elif data is not None and not isinstance(data, str | int):
        raise TypeError(f"no place for {type(data).__name__} in canonical data")


def digest_of(data: Any) -> str:
    """SHA-256 of the canonical form, as hex."""
    return hashlib.sha256(canonical(data)).hexdigest()
