"""What looks like a figure in a table cell: typography only, no meaning."""

from __future__ import annotations

import re
import unicodedata

_LOOSE = re.compile(r"[-+(]?[\d,.]+%?\)?|[-—–―/]+")
_WHOLE = re.compile(r"[-+(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?\)?")
_GROUPED = re.compile(r"[-+(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?\)?")


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")


def is_figure(text: str) -> bool:
    """True for a number, part of a number, a code or a dash that stands for nothing."""
    return _LOOSE.fullmatch(_plain(text)) is not None


def is_whole(text: str) -> bool:
    """True for a number that is complete: no part of one that wraps."""
    return _WHOLE.fullmatch(_plain(text)) is not None


def is_grouped(text: str) -> bool:
    """True for a complete number with decimals or thousands commas: hardly a code or a year."""
    return _GROUPED.fullmatch(_plain(text)) is not None
