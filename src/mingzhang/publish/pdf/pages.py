"""Edition → what the template is told: pages, blocks and cells as plain data, never as markup.

Typst reads it as JSON, so that no word of a ledger can be taken for a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mingzhang.catalog.source import table as catalog
from mingzhang.model.edition import Block, Contents, Edition, Heading, Prose, Table, TableRow
from mingzhang.publish.pdf.coverage import visible
from mingzhang.publish.pdf.fonts import Fonts
from mingzhang.publish.pdf.widths import LYING, UPRIGHT, Fit, broken, fit, width

_RIGHT = ("amount", "percent", "count")
_CENTRE = ("year",)
_PROSE, _TITLE, _COVER = 28.0, 20.0, 14.7  # em of a line in 三号, in a title, on the cover
_TALL = 900  # em of text in one cell: more may be broken over pages

Data = dict[str, Any]


def book_of(edition: Edition, fonts: Fonts) -> Data:
    """The book as the template wants it."""
    told = _Teller(fonts)
    day = edition.published
    return {
        "title": visible(edition.title, fonts.known),
        "cover": [told.words(line, _COVER) for line in cover_lines(edition)],
        "author": visible(edition.department, fonts.known),
        "department": told.words(edition.department, _TITLE),
        "language": edition.language.partition("-")[0],
        "region": edition.language.partition("-")[2].lower() or None,
        "dated": (
            catalog("publish.toml")["date"]["zh"].format(
                year=day.year, month=day.month, day=day.day
            )
            if day
            else ""
        ),
        "faces": {
            name: {"fonts": list(face.families), "stroke": face.stroke}
            for name, face in fonts.faces.items()
        },
        "pages": list(told.pages(edition)),
    }


def cover_lines(edition: Edition) -> tuple[str, ...]:
    """The title in lines: after the department's name a new one begins, where it stands in the title."""
    head, name, tail = edition.title.partition(edition.department)
    if not name or not tail:
        return (edition.title,)
    return (head + name, tail)


def is_flat(body: Sequence[Block]) -> bool:
    """True for a book that begins with a part (第一部分): it has no tier above its parts, and what
    other books put above them (表格部分) stands beside them."""
    return next((b.level for b in body if isinstance(b, Heading)), 1) == 2


def depths(body: Sequence[Block]) -> Iterator[tuple[Block, int]]:
    """Every block with its depth in the bookmarks (0 for none): from 1, and never skipping one."""
    flat = is_flat(body)
    last = 0
    for block in body:
        if isinstance(block, Heading):
            depth = max(1, block.level - 1) if flat else block.level
        elif isinstance(block, Table) and block.title:
            depth = 2
        else:
            yield block, 0
            continue
        last = min(depth, last + 1)
        yield block, last


class _Teller:
    """Turns blocks into data; knows which characters the fonts can show."""

    def __init__(self, fonts: Fonts) -> None:
        self._known = fonts.known

    def words(self, text: str, line: float = _PROSE) -> str:
        """Text that can be shown, and that can be broken into lines of so many em."""
        return broken(visible(text, self._known), line)

    def pages(self, edition: Edition) -> Iterator[Data]:
        """Runs of pages of one direction. A statement begins a page; headings that stand right
        above it go with it."""
        flat = is_flat(edition.body)
        blocks: list[Data] = []
        waiting: list[Data] = []
        for block, depth in depths(edition.body):
            if isinstance(block, Heading):
                if depth == 1 and (blocks or waiting):
                    yield from _page([*blocks, *waiting])
                    blocks, waiting = [], []
                waiting.append(self._heading(block, depth, flat))
            elif isinstance(block, Table) and block.title:
                yield from _page(blocks)
                chosen = fit(block, len(waiting))
                data = self._table(block, chosen, depth)
                yield from _page([*waiting, data], chosen.landscape)
                blocks, waiting = [], []
            else:
                blocks += waiting
                waiting = []
                if isinstance(block, Contents):
                    yield from _page(blocks)
                    yield from _page([{"kind": "contents", "title": self.words(block.title)}])
                    blocks = []
                elif isinstance(block, Prose):
                    text = self.words(block.text)
                    blocks.append({"kind": "prose", "text": text, "indent": block.indent})
                elif isinstance(block, Table):
                    blocks.append(self._table(block, fit(block), 0))
        yield from _page([*blocks, *waiting])

    def _heading(self, block: Heading, depth: int, flat: bool) -> Data:
        return {
            "kind": "heading",
            "look": 1 if flat and block.level == 2 else block.level,
            "depth": depth,
            "listed": block.level <= 2,
            "text": self.words(block.text, _TITLE),
        }

    def _table(self, table: Table, chosen: Fit, depth: int) -> Data:
        unit = table.unit.value if table.unit is not None else ""
        words = catalog("publish.toml")["words"]
        return {
            "kind": "table",
            "depth": depth,
            "number": self.words(table.number),
            "title": self.words(table.title, _TITLE),
            "entity": self.words(f"{table.entity_label}：{table.entity}"),
            "unit": f"{words['unit']}：{unit}" if unit else "",
            "title_size": min(
                18.0, (LYING if chosen.landscape else UPRIGHT) / (width(table.title) or 1)
            ),
            "size": chosen.size,
            "air": chosen.air,
            "widths": list(chosen.widths),
            "align": [_alignment(column.role) for column in table.columns],
            "whole": not any(width(c.text) > _TALL for row in table.rows for c in row.cells),
            "header": [
                [
                    self.words(h.text, chosen.line(h.column, h.columns)),
                    h.column,
                    h.row,
                    h.columns,
                    h.rows,
                ]
                for h in table.header_cells()
            ],
            "rows": [self._row(table, row, chosen) for row in table.rows],
            "notes": [self.words(note) for note in table.notes],
        }

    def _row(self, table: Table, row: TableRow, chosen: Fit) -> Data:
        """``cells`` are texts, or [text, columns, rows, indent] where more is to be said."""
        cells: list[Any] = []
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if not (cell.rows and cell.columns):
                continue
            indent = row.level if column.role == "name" and cell.text else 0
            if cell.quantity is not None or column.role == "code":
                text = visible(cell.text, self._known)
            else:
                text = self.words(cell.text, chosen.line(at, cell.columns) - indent)
            plain = cell.rows == cell.columns == 1 and not indent
            cells.append(text if plain else [text, cell.columns, cell.rows, indent])
        look = {"bold": row.bold, "header": row.kind == "header", "words": row.kind == "text"}
        return {**look, "cells": cells}


def _page(blocks: list[Data], landscape: bool = False) -> Iterator[Data]:
    if blocks:
        yield {"landscape": landscape, "blocks": blocks}


def _alignment(role: str) -> str:
    if role in _RIGHT:
        return "right"
    return "center" if role in _CENTRE else "left"
