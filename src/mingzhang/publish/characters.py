"""Characters of a ledger's text that files of XML, HTML and spreadsheets can hold."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# what XML 1.0 (2.2, Char) and HTML forbid: control characters, lone surrogates, noncharacters
_NEVER = re.compile(
    "[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)


def writable(text: str) -> str:
    """The text without what cannot be written; every kind of line break as "\\n"."""
    return _NEVER.sub("", _BREAKS.sub("\n", text))
