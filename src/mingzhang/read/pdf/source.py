"""Opening: bytes → a PDFium document, or an Unreadable that says why not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.read.errors import Unreadable
from mingzhang.read.pdf import native

_HEADER_WITHIN = 1024  # bytes in which "%PDF-" must come (ISO 32000-1, annex H.3)

_MESSAGES = {
    "empty": {
        "zh": "{name}：文件是空的（0 字节），请重新下载。",
        "en": "{name}: the file is empty (0 bytes); download it again.",
    },
    "not-pdf": {
        "zh": "{name}：不是 PDF 文件{what}，扩展名可能有误，或下载到的是网页。",
        "en": "{name}: not a PDF file{what}; the extension may be wrong, or a web page was saved.",
    },
    "encrypted": {
        "zh": "{name}：文件已加密，需要打开密码（password）。",
        "en": "{name}: the file is encrypted; give the password to open it.",
    },
    "password": {
        "zh": "{name}：密码不对。",
        "en": "{name}: the password is wrong.",
    },
    "security": {
        "zh": "{name}：文件使用了无法识别的加密方式。",
        "en": "{name}: the file uses a security scheme that cannot be opened.",
    },
    "damaged": {
        "zh": "{name}：PDF 已损坏，无法修复（可能没有下载完整），请重新下载。",
        "en": "{name}: the PDF is damaged beyond repair (a cut-off download?); download it again.",
    },
    "no-pages": {
        "zh": "{name}：PDF 中一页也没有。",
        "en": "{name}: the PDF has no pages.",
    },
}
_KINDS = {
    b"<!doc": ("（是 HTML 网页）", " (it is an HTML page)"),
    b"<html": ("（是 HTML 网页）", " (it is an HTML page)"),
    b"pk\x03\x04": ("（是 DOCX、XLSX 或 ZIP 文件）", " (it is a DOCX, XLSX or ZIP file)"),
    b"\xd0\xcf\x11\xe0": ("（是 DOC 或 XLS 文件）", " (it is a DOC or XLS file)"),
    b"\xff\xd8\xff": ("（是 JPEG 图片）", " (it is a JPEG picture)"),
    b"\x89png": ("（是 PNG 图片）", " (it is a PNG picture)"),
}


def unreadable(what: str, name: str, zh: str = "", en: str = "") -> Unreadable:
    """The error for one kind of trouble with the file ``name``."""
    text = _MESSAGES[what]
    messages = {
        "zh": text["zh"].format(name=name, what=zh),
        "en": text["en"].format(name=name, what=en),
    }
    return Unreadable(what, name, messages)


@contextmanager
def opened(data: bytes, name: str, password: str | None) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The PDFium document in ``data`` and warnings about how it could be opened.

    Holds PDFium's lock until it is closed. Raises Unreadable.
    """
    if not data:
        raise unreadable("empty", name)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        kinds = [what for magic, what in _KINDS.items() if start.startswith(magic)]
        raise unreadable("not-pdf", name, *(kinds[0] if kinds else ()))
    with native.LOCK:
        document, warnings = _open(data, name, password)
        try:
            yield document, warnings
        finally:
            document.close()


def _open(data: bytes, name: str, password: str | None) -> tuple[Any, tuple[str, ...]]:
    try:
        document = pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None) or raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD:
            raise unreadable("password" if password else "encrypted", name) from None
        if code == raw.FPDF_ERR_SECURITY:
            raise unreadable("security", name) from None
        return _repaired(data, name, password)
    if len(document) == 0:
        document.close()
        return _repaired(data, name, password, otherwise="no-pages")
    return document, ()


def _repaired(
    data: bytes, name: str, password: str | None, otherwise: str = "damaged"
) -> tuple[Any, tuple[str, ...]]:
    """The document as qpdf can mend it. Raises Unreadable if it cannot, or is not installed."""
    try:
        import pikepdf  # optional: mingzhang works without it
    except ImportError:
        raise unreadable(otherwise, name) from None
    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as broken:
            mended = io.BytesIO()
            broken.save(mended)
        document = pdfium.PdfDocument(mended.getvalue())
    except pikepdf.PasswordError:
        raise unreadable("password" if password else "encrypted", name) from None
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError, RuntimeError):
        raise unreadable(otherwise, name) from None
    if len(document) == 0:
        document.close()
        raise unreadable("no-pages", name)
    return document, ("repaired: the PDF was damaged and was mended before reading",)
