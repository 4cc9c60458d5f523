"""Opening: bytes → a PDFium document, or an Unreadable that says why not."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.read.pdf import native
from mingzhang.read.pdf.remarks import refusal, remark

_HEADER_WITHIN = 1024  # bytes in which "%PDF-" must come (ISO 32000-1, annex H.3)

_KINDS = {
    b"<!doc": ("（是 HTML 网页）", " (it is an HTML page)"),
    b"<html": ("（是 HTML 网页）", " (it is an HTML page)"),
    b"pk\x03\x04": ("（是 DOCX、XLSX 或 ZIP 文件）", " (it is a DOCX, XLSX or ZIP file)"),
    b"\xd0\xcf\x11\xe0": ("（是 DOC 或 XLS 文件）", " (it is a DOC or XLS file)"),
    b"\xff\xd8\xff": ("（是 JPEG 图片）", " (it is a JPEG picture)"),
    b"\x89png": ("（是 PNG 图片）", " (it is a PNG picture)"),
}


@contextmanager
def opened(data: bytes, name: str, password: str | None) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The PDFium document in ``data`` and warnings about how it could be opened.

    Holds PDFium's lock until it is closed. Raises Unreadable.
    """
    if not data:
        raise refusal("empty", name)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        kinds = [what for magic, what in _KINDS.items() if start.startswith(magic)]
        raise refusal("not-pdf", name, *(kinds[0] if kinds else ()))
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
        code = getattr(error, "err_code", None)
        if code is None:  # pypdfium2 before 5
            code = raw.FPDF_GetLastError()
        # PDFium may fail without setting its code: then the code is that of an earlier failure
        if b"/Encrypt" not in data:
            return _repaired(data, name, password)
        if code == raw.FPDF_ERR_PASSWORD:
            raise refusal("password" if password else "encrypted", name) from None
        if code == raw.FPDF_ERR_SECURITY:
            raise refusal("security", name) from None
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
        raise refusal(otherwise, name) from None
    logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # what it mends is not news
    try:
        with pikepdf.open(io.BytesIO(data), password=password or "") as broken:
            if not len(broken.pages):
                raise refusal("no-pages", name)
            mended = io.BytesIO()
            broken.save(mended)
        document = pdfium.PdfDocument(mended.getvalue())
    except pikepdf.PasswordError:
        raise refusal("password" if password else "encrypted", name) from None
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError, RuntimeError):
        raise refusal(otherwise, name) from None
    if len(document) == 0:
        document.close()
        raise refusal("no-pages", name)
    return document, (remark("repaired", name),)
