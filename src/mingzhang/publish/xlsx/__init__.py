"""Edition → XLSX: one sheet a statement, figures as numbers, sums as live formulas.

A formula stands where its value is what is printed. Where independent rounding makes the printed
total differ from the sum of the printed parts, the number stands and a comment says by how much.
Text is always written as text: what begins with "=" in a ledger is no formula here.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from mingzhang.catalog.source import table as catalog
from mingzhang.files import write_beside
from mingzhang.model.edition import Edition
from mingzhang.publish.characters import writable
from mingzhang.publish.xlsx.statement import write_statement
from mingzhang.publish.xlsx.styles import Styles
from mingzhang.publish.xlsx.text import write_contents, write_text

_BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31  # UTF-16 units, as Excel counts
_EPOCH = datetime(2000, 1, 1)  # of a book without a date: never the day on which it is made


def publish_xlsx(edition: Edition, path: Path) -> None:
    """Write the workbook whole or not at all; the same edition gives the same bytes. Raises OSError."""
    write_beside(path, xlsx_of(edition))


def xlsx_of(edition: Edition) -> bytes:
    """The workbook as bytes: contents 目录, the text 文字, then the statements."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    when = edition.published
    created = datetime(when.year, when.month, when.day) if when else _EPOCH
    properties = {"title": edition.title[:255], "author": edition.department[:255]}
    book.set_properties({**{k: writable(v) for k, v in properties.items()}, "created": created})
    words = catalog("publish.toml")["xlsx"]
    styles = Styles(book)
    names = sheet_names(edition, (words["contents"], words["text"]))
    contents = book.add_worksheet(words["contents"])
    headings = write_text(book.add_worksheet(words["text"]), edition, styles)
    write_contents(contents, edition, headings, names, styles)
    for table, name in zip(edition.statements, names, strict=True):
        write_statement(book.add_worksheet(name), table, styles)
    book.close()
    return stream.getvalue()


def sheet_names(edition: Edition, taken: tuple[str, ...] = ()) -> list[str]:
    """A name for the sheet of each statement: short enough, nothing that Excel forbids, each once."""
    names: list[str] = []
    used = {name.casefold() for name in taken}
    for table in edition.statements:
        base = _BAD_IN_NAMES.sub("", writable(f"{table.number}{table.title}")).strip() or "表"
        name, count = _cut(base, ""), 1
        while name.casefold() in used or name.casefold() == "history":  # Excel keeps that name
            count += 1
            name = _cut(base, f" ({count})")
        used.add(name.casefold())
        names.append(name)
    return names


def _cut(name: str, ending: str) -> str:
    """``name`` cut so that it fits with ``ending``."""
    while len((name + ending).encode("utf-16-le")) > 2 * _LONGEST_NAME:
        name = name[:-1]
    return name + ending
