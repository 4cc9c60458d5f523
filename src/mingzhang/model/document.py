"""Document: what a reader saw in a file, before anyone asks what it means.

Every format is read to this: an ordered sequence of paragraphs and grids with their places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mingzhang.model.place import Place


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on one line of one page.

    ``edges`` are the x positions of the character boundaries (len(text) + 1 of them), where the
    format knows them, so that a part of the line can be boxed.
    """

    text: str
    place: Place
    edges: tuple[float, ...] | None = None

    def at(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, quoting just that."""
        place = self.place.quoting(self.text[start:end])
        if place.box is not None and self.edges is not None and end < len(self.edges):
            _, y0, _, y1 = place.box
            place = replace(place, box=(self.edges[start], y0, self.edges[end], y1))
        if place.column is not None:
            place = replace(place, column=place.column + start)
        return place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, a heading (``level`` >= 1) or a caption, as one or more runs."""

    runs: tuple[Run, ...]
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def place(self) -> Place:
        return self.runs[0].place.quoting(self.text)

    def at(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]`` (of its first run, if it runs over several)."""
        offset = 0
        for run in self.runs:
            if start < offset + len(run.text):
                stop = min(end - offset, len(run.text))
                return run.at(start - offset, stop).quoting(self.text[start:end])
            offset += len(run.text)
        return self.place


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, at its top-left position; spans count rows and columns covered."""

    text: str
    row: int
    column: int
    place: Place
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn: ``height`` x ``width`` positions covered by cells.

    ``spans_known`` is False where the format cannot tell a merged cell from blanks (plain text).
    """

    cells: tuple[Cell, ...]
    height: int
    width: int
    place: Place
    spans_known: bool = True

    def matrix(self) -> list[list[Cell | None]]:
        """``height`` x ``width``: the cell covering each position (merged cells repeat)."""
        out: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.height)):
                for c in range(cell.column, min(cell.column + cell.colspan, self.width)):
                    out[r][c] = cell
        return out


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. ``blocks`` are in reading order; ``warnings`` say what was not read."""

    name: str
    source: str
    format: str
    blocks: tuple[Block, ...]
    pages: int = 0
    page_sizes: tuple[tuple[float, float], ...] = ()
    warnings: tuple[str, ...] = field(default=())
    # page -> what says how surely its characters were seen (read.ocr.Sighting), for scanned pages
    sightings: Mapping[int, Any] = field(default_factory=dict)

    def paragraphs(self) -> Iterator[Paragraph]:
        return (b for b in self.blocks if isinstance(b, Paragraph))

    def grids(self) -> Iterator[Grid]:
        return (b for b in self.blocks if isinstance(b, Grid))
