"""Sniffing: what a file is, by its content; and text of unknown encoding, decoded.

Published books come under wrong names (HTML saved as .pdf, PDF as .doc, HTML tables as .xls), so
the name only settles what the content leaves open.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from mingzhang.read.errors import refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x0cjP  ",
)
_BARE_BIFF = (b"\x09\x08\x10\0", b"\x09\x08\x08\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0")
_PDF_WITHIN = 1024  # bytes in which "%PDF-" must come (ISO 32000-1, annex H.3)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|frameset)\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:table|div|p|style|center|font|h\d)\b", re.I | re.S
)
_NO_BOOK = re.compile(r"\s*(?:<\?(?:xml|mso)\b|MIME-Version:)", re.IGNORECASE)
_PLAIN_NAMES = {".md", ".markdown", ".txt", ".text"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_SLIPS = 200  # one wrong byte or control character in so many is a slip, more is no text
_ODD = 20  # one private or unassigned character in so many is borne (symbol fonts)


def sniff(data: bytes, name: str) -> str:
    """What ``data`` is, whatever its ``name`` says. Never raises.

    One of pdf, docx, xlsx (also .xlsm, .xlsb), xls (also .et), ods, html, text, zip, ofd, doc (also
    .rtf, .wps), image, unknown. An encrypted DOCX or XLSX is what its name says.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data, name)
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_BARE_BIFF):
        return "xls"
    found = _read(data[:_SAMPLE], partial=len(data) > _SAMPLE)
    if found is None:
        return "image" if data.startswith(_IMAGES) else "unknown"
    return _text_kind(found[0], name)


def decode(data: bytes, name: str = "") -> tuple[str, str]:
    """The text in ``data`` and its encoding: UTF-8, UTF-16, UTF-32 or GB18030 (with GBK, GB2312).

    A byte order mark decides; without one, UTF-8, then UTF-16 if there are NULs, then GB18030.
    Single wrong bytes become U+FFFD. Raises Unreadable for what is empty or no text.
    """
    if not data:
        raise refusal("empty", name)
    found = _read(data)
    if found is None:
        raise refusal("not-text", name)
    return found


def _read(data: bytes, *, partial: bool = False) -> tuple[str, str] | None:
    """The first reading that looks written; ``partial``: the last character may be cut off."""
    for encoding, errors, skip in _readings(data):
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        try:
            text = decoder.decode(data[skip:], final=not partial)
        except UnicodeDecodeError:
            continue
        if _looks_written(text):
            return text, encoding
    return None


def _readings(data: bytes) -> list[tuple[str, str, int]]:
    """(encoding, error handling, bytes to skip) to try, in this order."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return [(encoding, "replace", len(mark))]
    if b"\0" in data:
        even, odd = data[0::2].count(0), data[1::2].count(0)
        order = ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]
        return [(encoding, "strict", 0) for encoding in order]
    both = ("utf-8", "gb18030")
    return [(encoding, errors, 0) for errors in ("strict", "replace") for encoding in both]


def _looks_written(text: str) -> bool:
    if not text or "\0" in text:
        return False
    slips = text.count("\ufffd") + sum(1 for _ in _CONTROL.finditer(text))
    sample = text[:_SAMPLE]
    odd = sum(unicodedata.category(c) in ("Cn", "Co", "Cs") for c in sample)
    return slips * _SLIPS <= len(text) and odd * _ODD <= len(sample)


def _text_kind(text: str, name: str) -> str:
    start = text[:8192]
    plain = PurePath(name).suffix.lower() in _PLAIN_NAMES  # Markdown may hold HTML tables
    if plain:
        return "html" if re.match(r"\s*<(?:!doctype\s+html|html)\b", start, re.I) else "text"
    if _PAGE.search(start) or _FRAGMENT.match(start):
        return "html"
    return "unknown" if _NO_BOOK.match(start) else "text"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(200)
    except Exception:  # zipfile's errors are many; who opens the file will tell what is wrong
        return "zip"
    if "OFD.xml" in names:
        return "ofd"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if mimetype.startswith(b"application/"):
        return "unknown"
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
            if any(n.startswith(folder) for n in names):
                return kind
        return "unknown"
    return "zip"


def _ole_kind(data: bytes, name: str) -> str:
    """An OLE compound file by the streams in its root: Word, Excel, or an encrypted OOXML package."""
    streams = set(_root_streams(data))
    if "EncryptedPackage" in streams:
        suffix = PurePath(name).suffix.lower()
        return {".docx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx"}.get(suffix, "unknown")
    if streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    return "doc" if "WordDocument" in streams else "unknown"


def _root_streams(data: bytes) -> list[str]:
    """Names of the entries in the root of a compound file ([MS-CFB] 2.2, 2.6); [] if damaged."""
    try:
        shift, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
        size = 1 << min(shift, 16)
        fat: list[int] = []
        for sector in struct.unpack_from("<109I", data, 76):
            if sector < 0xFFFFFFFA:
                fat.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
        directory = bytearray()
        seen: set[int] = set()
        while first < len(fat) and first not in seen:
            seen.add(first)
            directory += data[(first + 1) * size : (first + 2) * size]
            first = fat[first]
        return list(_siblings(directory))
    except (struct.error, IndexError, MemoryError):
        return []


def _siblings(directory: bytes | bytearray) -> Iterator[str]:
    todo = [struct.unpack_from("<I", directory, 76)[0]]  # the root's child
    seen: set[int] = set()
    while todo:
        entry = todo.pop()
        offset = entry * 128
        if entry in seen or offset + 128 > len(directory):
            continue
        seen.add(entry)
        length = struct.unpack_from("<H", directory, offset + 64)[0]
        raw = bytes(directory[offset : offset + max(0, min(length, 64) - 2)])
        yield raw.decode("utf-16-le", "replace")
        todo.extend(struct.unpack_from("<2I", directory, offset + 68))
