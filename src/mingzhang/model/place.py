"""Place: where in which file something is printed. A figure without a place cannot be constructed."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source, and the excerpt exactly as printed.

    ``source`` is the SHA-256 of the file (hex), ``name`` its file name. Of the rest, what the
    format knows: ``page`` (from 1) and ``box`` (x0, y0, x1, y1 in points, origin top left, as the
    page is seen), ``sheet`` and ``cell`` ("B7"), or ``line`` and ``column`` (both from 1).
    """

    source: str
    name: str
    excerpt: str
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError("a place needs the digest of its source")

    def quoting(self, excerpt: str) -> Place:
        """The same place with another excerpt."""
        return replace(self, excerpt=excerpt)
