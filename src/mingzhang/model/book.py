"""Book: a budget book as structured data; the reading way and the compiling way meet here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mingzhang.model.claim import Claim
from mingzhang.model.document import Document, Paragraph
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity

Coordinates = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statement: its header path, and what it was understood to mean.

    ``of_which`` marks 其中 columns: they need not be all parts of their whole.

    role: amount, percent, count, code, name, entity, year, text, none (understood, no figure),
    unknown. ``coordinates`` is what the column adds to every quantity in it. ``side`` numbers the
    blocks of a two-sided table from 0.
    """

    header: tuple[str, ...]
    role: str
    coordinates: Coordinates = field(default_factory=dict)
    side: int = 0
    of_which: bool = False

    def __iter__(self) -> Iterator[str]:
        """A column is first of all its header path."""
        return iter(self.header)

    def __len__(self) -> int:
        return len(self.header)

    @property
    def title(self) -> str:
        return " / ".join(self.header)


@dataclass(frozen=True, slots=True)
class RowHead:
    """What one row of one side of a statement is about.

    kind: total 合计, entity 单位, code 科目, item (a named line), change 增减, year, project, goal,
    text, unknown. ``row`` indexes Statement.rows; ``depth`` is the printed level where one shows.
    """

    row: int
    side: int
    kind: str
    label: str
    code: str = ""
    coordinates: Coordinates = field(default_factory=dict)
    of_which: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty cell where an amount could stand: in books it means zero."""

    id: str
    quantity: Quantity
    place: Place
    step_fen: int
    statement: int
    row: int
    column: int
    label: str
    unit: str = "万元"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement 报表, stitched from all its pages.

    ``kind`` is an id of catalog/statements.toml or "" for one nobody knows; ``number`` as printed
    ("表 1", "公开01表") or "". ``rows`` hold the cell text exactly as printed, merged cells at
    their first position. ``coordinates`` hold for the whole statement.
    """

    kind: str
    number: str
    title: str
    unit: str
    pages: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[RowHead, ...]
    place: Place
    coordinates: Coordinates = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    entity: str = ""
    year: int | None = None
    blanks: tuple[Blank, ...] = ()
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (row, column) -> figure id


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a performance goal table 绩效指标: three levels and a target as printed.

    Of a self-evaluation 自评表 also, as printed: ``actual`` 实际完成值, ``weight`` 分值, ``score`` 得分;
    None where the form has no such column, "" where the cell is empty.
    """

    level1: str
    level2: str
    level3: str
    target: str
    place: Place
    statement: int
    row: int
    actual: str | None = None
    weight: str | None = None
    score: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One task or project with its goal: 任务/项目, 主要内容 or 绩效目标, amount figure ids."""

    name: str
    content: str
    figures: tuple[str, ...]
    place: Place
    statement: int
    row: int


@dataclass(frozen=True, slots=True)
class Announced:
    """A line of the contents list 目录: a part or a statement that the book announces."""

    number: str
    title: str
    is_statement: bool
    place: Place
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the text (第一部分 …, 一、…): heading, nesting, first and last paragraph."""

    title: str
    number: str
    level: int
    first: int
    last: int
    place: Place
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader did not understand, and says so instead of guessing."""

    what: str
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A departmental budget or final-account book.

    ``layout`` is the id of the recognised layout family ("" if none fits); ``stage`` budget or
    final; ``entity`` the department as named on the cover; ``rounding_note`` the printed remark
    that unit conversion leaves 尾数误差, if any.
    """

    title: str
    entity: str
    year: int | None
    stage: str
    layout: str
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    contents: tuple[Announced, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    notices: tuple[Notice, ...] = ()
    rounding_note: Place | None = None
    warnings: tuple[str, ...] = ()

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id. Raises KeyError if there is none."""
        for figure in self.figures:
            if figure.id == figure_id:
                return figure
        raise KeyError(figure_id)

    def with_figure(self, figure_id: str, text: str) -> Book:
        """The same book with one printed figure changed, for experiments.

        Raises KeyError for an unknown id and ValueError if ``text`` is not a number.
        """
        altered = self.figure(figure_id).printing(text)
        figures = tuple(altered if f.id == figure_id else f for f in self.figures)
        statements = self.statements
        if altered.statement is not None and altered.row is not None:
            old = statements[altered.statement]
            rows = [list(row) for row in old.rows]
            assert altered.column is not None
            rows[altered.row][altered.column] = text
            changed = replace(old, rows=tuple(tuple(row) for row in rows))
            statements = (
                *statements[: altered.statement],
                changed,
                *statements[altered.statement + 1 :],
            )
        return replace(self, figures=figures, statements=statements)
