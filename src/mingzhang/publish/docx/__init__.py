"""Edition → DOCX: a book that opens in Word, WPS and LibreOffice and can be worked on there.

Real styles (标题 1–4, 正文, 表题, 表注), a contents field, header rows that repeat, landscape sections
for wide tables. The parts are written as WordprocessingML (ECMA-376) at first hand: nothing comes
from a template, so the file holds what the edition does and nothing else, and the same edition gives
the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from mingzhang.files import write_beside
from mingzhang.model.edition import Edition
from mingzhang.publish.docx.body import document_xml
from mingzhang.publish.docx.package import packed
from mingzhang.publish.docx.styles import styles_xml

__all__ = ["docx_of", "publish_docx"]


def publish_docx(edition: Edition, path: Path) -> None:
    """Write the document whole or not at all. Raises OSError."""
    write_beside(path, docx_of(edition))


def docx_of(edition: Edition) -> bytes:
    """The document as bytes: the same edition gives the same bytes."""
    return packed(edition, document_xml(edition), styles_xml(edition.language))
