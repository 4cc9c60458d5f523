"""Plain text and Markdown → Document: paragraphs line by line, tab-separated rows as grids.

What PDF-to-text services leave behind: a table row is a line with tabs, a heading a line with #,
everything else a paragraph. Merged cells cannot be told from blanks (Grid.spans_known is False).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from mingzhang.model.document import Block, Cell, Document, Grid, Paragraph, Run
from mingzhang.model.place import Place

_TAG = re.compile(r"</?(?:p|br|b|i|u|strong|em|span|div|font|sup|sub)\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6})\s+")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")


def read_text(text: str, name: str, source: str | None = None) -> Document:
    """The document in ``text``; places carry line and column (from 1)."""
    digest = source or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Block] = []
    table: list[tuple[int, list[tuple[int, str]]]] = []
    for number, line in enumerate(lines, start=1):
        row = _table_row(line)
        if row is not None:
            if row:
                table.append((number, row))
            continue
        if table:
            blocks.append(_grid(table, digest, name))
            table = []
        paragraph = _paragraph(line, number, digest, name)
        if paragraph is not None:
            blocks.append(paragraph)
    if table:
        blocks.append(_grid(table, digest, name))
    return Document(name, digest, "text", tuple(blocks))


def _table_row(line: str) -> list[tuple[int, str]] | None:
    """(offset, text) of each cell of a table line; [] for a Markdown rule; None for no table."""
    if "\t" in line and line.strip():
        return list(_cells(line, "\t", 0))
    if _PIPE_ROW.match(line):
        if _RULE.match(line):
            return []
        start = line.index("|") + 1
        return list(_cells(line[start : line.rindex("|")], "|", start))
    return None


def _cells(line: str, separator: str, offset: int) -> Iterator[tuple[int, str]]:
    for part in line.split(separator):
        yield offset, part
        offset += len(part) + 1


def _paragraph(line: str, number: int, digest: str, name: str) -> Paragraph | None:
    level = 0
    start = 0
    heading = _HEADING.match(line)
    if heading:
        level, start = len(heading.group(1)), heading.end()
    else:
        bullet = _BULLET.match(line)
        start = bullet.end() if bullet else len(line) - len(line.lstrip())
    body = _TAG.sub("", line[start:]).rstrip()
    if body.startswith("**") and body.endswith("**") and len(body) > 4:
        body, start, level = body[2:-2], start + 2, level or 6
    body = body.replace("**", "")
    if not body.strip():
        return None
    place = Place(digest, name, body, line=number, column=start + 1)
    return Paragraph((Run(body, place),), level)


def _grid(rows: list[tuple[int, list[tuple[int, str]]]], digest: str, name: str) -> Grid:
    width = max(len(cells) for _, cells in rows)
    out: list[Cell] = []
    for index, (number, cells) in enumerate(rows):
        for column, (offset, raw) in enumerate(cells):
            text = _TAG.sub("", raw).strip()
            place = Place(digest, name, text, line=number, column=offset + 1)
            out.append(Cell(text, index, column, place))
    first = rows[0][0]
    place = Place(digest, name, "\t".join(text for _, text in rows[0][1]), line=first, column=1)
    return Grid(tuple(out), len(rows), width, place, spans_known=False)
