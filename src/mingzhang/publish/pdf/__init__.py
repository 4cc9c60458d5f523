"""Edition → PDF by Typst: after the habits of GB/T 9704, archival (PDF/A) and accessible (PDF/UA).

The edition reaches the template (book.typ) as data, so that nothing in it acts as markup. The same
edition gives the same bytes: no clock, no network, no fonts of the system.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from mingzhang.files import write_beside
from mingzhang.model.edition import Edition
from mingzhang.publish.pdf.failed import PublishFailed, failed
from mingzhang.publish.pdf.fonts import fonts_of, typst
from mingzhang.publish.pdf.pages import book_of

__all__ = ["PublishFailed", "pdf_of", "publish_pdf"]

STANDARDS = ("a-2a", "ua-1")
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # of a book that tells no date of publication


def publish_pdf(edition: Edition, path: Path, fonts: Path | None = None) -> None:
    """Write the book whole or not at all.

    ``fonts`` is a folder with 小标宋, 黑体, 仿宋, 楷体, 宋体 of one's own; what it lacks is set in free
    stand-ins. Raises OSError, and PublishFailed if it cannot be typeset.
    """
    write_beside(path, pdf_of(edition, fonts))


def pdf_of(edition: Edition, fonts: Path | None = None) -> bytes:
    """The PDF as bytes: the same edition and fonts give the same ones. Raises PublishFailed."""
    setter = typst()
    chosen = fonts_of(fonts)
    book = json.dumps(book_of(edition, chosen), ensure_ascii=False)
    day = edition.published
    when = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _UNDATED
    template = files("mingzhang.publish.pdf").joinpath("book.typ").read_bytes()
    try:
        made = setter.compile(
            template,
            font_paths=chosen.library,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"book": book},
            pdf_standards=list(STANDARDS),
            timestamp=int(when.timestamp()),
        )
    except setter.TypstError as error:
        raise failed("typst", version=setter.__version__, why=_brief(error)) from error
    assert isinstance(made, bytes)
    return made


def _brief(error: Exception) -> str:
    """What the typesetter said, in one line."""
    return " ".join(str(getattr(error, "message", error)).split())[:300]
