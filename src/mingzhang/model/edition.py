"""Edition 成书: a book ready to be published, as headings, prose and tables.

Only what may be seen stands here: printed figures and their quantities, never the ledger's amounts.
Every publisher (PDF, DOCX, XLSX, HTML, open data) gets this and nothing else, so that what is
withheld cannot slip into a file by way of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of prose; ``quantity`` where it is a printed figure ("5,255"), with its unit."""

    text: str
    quantity: Quantity | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、文字部分, 2 第一部分 …, 3 一、…, 4 （一）…"""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; ``indent`` False for list-like lines that start at the margin."""

    spans: tuple[Span, ...]
    indent: bool = True

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its header path (merged where neighbours agree), role, and share of the width.

    role: amount, percent, count, code, name, entity, year, text, as in model.book.Column.
    """

    header: tuple[str, ...]
    role: str
    width: float = 1.0
    side: int = 0
    coordinates: Mapping[str, str | int] = field(default_factory=dict)
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as printed. A figure has a quantity and its printed value in 分.

    ``rows``/``columns`` are the spans of a merged cell; the positions that it covers hold
    ``COVERED``. ``withheld`` marks a figure kept back (printed as the layout says, "—").
    """

    text: str = ""
    quantity: Quantity | None = None
    fen: int | None = None
    rows: int = 1
    columns: int = 1
    withheld: bool = False


COVERED = TableCell(rows=0, columns=0)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; kind as in model.book.RowHead, ``level`` the depth to indent (0 is outermost)."""

    cells: tuple[TableCell, ...]
    kind: str = "item"
    level: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """In this table, the figure at ``total`` is the sum of those at ``parts``: (row, column) each.

    ``signs`` are +1 or -1, one for each part.
    """

    total: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A header cell of a table with its spans, merged where neighbours say the same."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """One statement 报表, or a small table within the prose (``number`` "" and no title)."""

    kind: str
    number: str
    title: str
    unit: Unit | None
    decimals: int
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    entity: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    coordinates: Mapping[str, str | int] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    entity_label: str = "部门名称"

    @property
    def depth(self) -> int:
        """How many header rows there are."""
        return max((len(c.header) for c in self.columns), default=0)

    @property
    def headed_again(self) -> bool:
        """True if a row further down heads what follows it, in place of the first header."""
        return any(row.kind == "header" for row in self.rows)

    def header_cells(self) -> tuple[HeaderCell, ...]:
        """The header as merged cells. A path shorter than the header reaches to its foot."""
        depth = self.depth
        paths = [c.header + (c.header[-1],) * (depth - len(c.header)) for c in self.columns]
        out: list[HeaderCell] = []
        covered: set[tuple[int, int]] = set()
        for row in range(depth):
            for column, path in enumerate(paths):
                if (row, column) in covered:
                    continue
                width = self._shared(paths, row, column)
                height = 1
                while row + height < depth and all(
                    paths[c][row + height] == path[row] for c in range(column, column + width)
                ):
                    height += 1
                for r in range(row, row + height):
                    covered.update((r, c) for c in range(column, column + width))
                out.append(HeaderCell(path[row], row, column, height, width))
        return tuple(out)

    def _shared(self, paths: list[tuple[str, ...]], row: int, column: int) -> int:
        """How many columns from here share a header cell: same words down to it, on the same side."""
        if len(self.columns[column].header) <= row + 1:
            return 1
        width = 1
        while (
            column + width < len(paths)
            and paths[column + width][: row + 1] == paths[column][: row + 1]
            and len(self.columns[column + width].header) > row + 1
            and self.columns[column + width].side == self.columns[column].side
        ):
            width += 1
        return width

    def figures(self) -> Iterator[tuple[int, int, TableCell]]:
        """All cells that print a figure, with row and column."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row.cells):
                if cell.quantity is not None and not cell.withheld:
                    yield r, c, cell


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the contents list 目录 stands; its lines follow from the headings and tables."""

    title: str = "目录"


Block = Heading | Prose | Table | Contents


@dataclass(frozen=True, slots=True)
class LineItem:
    """One public line item for open data: coordinates by name, amount in 分."""

    coordinates: Mapping[str, str]
    fen: int


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code of a list used in the book, for the code lists of the open data."""

    scheme: str  # function, economic, fund, nature, item …
    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A compiled book. ``body`` is in reading order and contains the tables where they stand."""

    title: str
    department: str
    year: int
    stage: str
    layout: str
    body: tuple[Block, ...]
    published: date | None = None
    unit: Unit = Unit.WAN
    rounding: str = "additive"
    lines: tuple[LineItem, ...] = ()
    codes: tuple[CodeName, ...] = ()
    digest: str = ""  # of the public part of the ledger: the same for the same book
    language: str = "zh-CN"

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.body if isinstance(block, Table))

    def contents(self) -> Iterator[tuple[int, str]]:
        """The lines of the contents list: (level, text), in reading order."""
        for block in self.body:
            if isinstance(block, Heading) and block.level <= 2:
                yield block.level, block.text
            elif isinstance(block, Table) and block.title:
                yield 2, f"{block.number}　{block.title}".strip("　")

    @property
    def statements(self) -> tuple[Table, ...]:
        """The tables that are statements of the book, not small tables within its prose."""
        return tuple(table for table in self.tables if table.title)
