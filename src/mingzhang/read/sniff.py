"""Sniffing: what a file is, by its content; and text of unknown encoding, decoded.

Published books come under wrong names (HTML saved as .pdf, PDF as .doc, HTML tables as .xls), so
the name only settles what the content leaves open.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from mingzhang.read.errors import refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x0cjP  ",
)
_PDF_WITHIN = 1024  # bytes in which "%PDF-" must come (ISO 32000-1, annex H.3)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|frameset)\b", re.IGNORECASE)
_FRAGMENT = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:table|div|p|style|center|font|h\d)\b", re.I | re.S)
_PLAIN_NAMES = {".md", ".markdown", ".txt", ".text"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
_DIRT = 1000  # one wrong byte or odd character in so many is borne: a slip of a pen, not of a kind


def sniff(data: bytes, name: str) -> str:
    """What ``data`` is, whatever its ``name`` says.

    One of pdf, docx, xlsx (also .xlsm, .xlsb), xls (also .et), ods, html, text, zip, ofd, doc (also
    .rtf, .wps), image, unknown. Never raises.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith((b"\x09\x08\x10\0", b"\x09\x08\x08\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0")):
        return "xls"  # a bare BIFF stream, as some exporters write it
    if data.startswith(_IMAGES) and not _is_text(data):
        return "image"
    try:
        text, _ = decode(data[:_SAMPLE], partial=len(data) > _SAMPLE)
    except UnicodeError:
        return "unknown"
    return "html" if _is_html(text, name) else "text"


def decode(data: bytes, name: str = "", *, partial: bool = False) -> tuple[str, str]:
    """The text in ``data`` and its encoding: UTF-8, UTF-16, UTF-32 or GB18030 (with GBK, GB2312).

    A byte order mark decides; without one, strict UTF-8, then UTF-16 if it has NULs, then GB18030.
    Single wrong bytes become U+FFFD. ``partial`` allows for a character cut off at the end.
    Raises Unreadable for what is empty or no text.
    """
    if not data:
        raise refusal("empty", name)
    for text, encoding in _readings(data, partial):
        if _looks_written(text):
            return text, encoding
    raise refusal("not-text", name)
