"""Self-evaluation forms 自评表 in a published book: weights and scores of each, as numbers.

What is not a number on the page is None, and a rule that needs it stays silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.catalog.normal import bare
from mingzhang.catalog.performance import form_words
from mingzhang.model.book import Book, Indicator, Statement
from mingzhang.model.money import parse_number
from mingzhang.model.place import Place
from mingzhang.rules.formcells import Places, cells_of
from mingzhang.rules.once import per_book


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its value, how many decimals it shows, and where it stands."""

    value: Decimal
    decimals: int
    place: Place

    @property
    def half_step(self) -> Decimal:
        """Half a unit of the last printed place: how far the true number can be."""
        return Decimal(1).scaleb(-self.decimals) / 2


@dataclass(frozen=True, slots=True)
class Scored:
    """One indicator with its weight 分值 and score 得分 (None: no number there)."""

    indicator: Indicator
    weight: Printed | None
    score: Printed | None


@dataclass(frozen=True, slots=True)
class Money:
    """The row of money: 全年预算数, 全年执行数, and weight and score of the rate of execution."""

    budget: Printed | None
    executed: Printed | None
    weight: Printed | None
    score: Printed | None


@dataclass(frozen=True, slots=True)
class SelfForm:
    """One self-evaluation form: its indicators, its money (None: no such block), the total's row."""

    statement: Statement
    rows: tuple[Scored, ...]
    money: Money | None
    total_weight: Printed | None
    total_score: Printed | None


@per_book
def self_forms(book: Book) -> tuple[SelfForm, ...]:
    """Every self-evaluation form of a book that has columns of weights and scores."""
    found: dict[int, list[Indicator]] = defaultdict(list)
    for indicator in book.indicators:
        if indicator.weight is not None and indicator.score is not None:
            found[indicator.statement].append(indicator)
    return tuple(_form(book, index, rows) for index, rows in found.items())


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a form with the places of its cells; ``near`` stands in for those not found."""

    texts: Sequence[str]
    places: Places
    near: Place

    def number(self, column: int) -> Printed | None:
        """The number of a column ("4.5", "4.5分"); None for anything else."""
        text = self.texts[column].strip() if column < len(self.texts) else ""
        read = parse_number(text.removesuffix("分")) if text else None
        if read is None:
            return None
        return Printed(*read, self.places.get(column) or self.near.quoting(text))


def _form(book: Book, index: int, indicators: Sequence[Indicator]) -> SelfForm:
    statement = book.statements[index]
    lines = list(_lines(statement, cells_of(book, index)))
    header = _header(lines, "weight_header", "score_header", "target_header")
    total_weight = total_score = None
    if header is not None:
        at, weight, score = header
        for line in lines[at + 1 :]:
            first = next((c for c in line.texts if c.strip()), "")
            if bare(first) in form_words("total_score"):
                total_weight, total_score = line.number(weight), line.number(score)
    above = len(lines) - len(statement.rows)
    rows = tuple(_scored(i, lines[i.row + above], header) for i in indicators)
    return SelfForm(statement, rows, _money(lines), total_weight, total_score)


def _scored(indicator: Indicator, line: _Line, header: tuple[int, int, int] | None) -> Scored:
    _, weight, score = header or (0, -1, -1)
    return Scored(
        indicator,
        _own(indicator.weight or "", indicator, line, weight),
        _own(indicator.score or "", indicator, line, score),
    )


def _own(text: str, indicator: Indicator, line: _Line, column: int) -> Printed | None:
    """A number of an indicator, which the reader took from its row."""
    read = parse_number(text.strip().removesuffix("分")) if text.strip() else None
    if read is None:
        return None
    there = 0 <= column < len(line.texts) and line.texts[column].strip() == text.strip()
    place = line.places.get(column) if there else None
    return Printed(*read, place or indicator.place)


def _lines(statement: Statement, places: Mapping[int, Places]) -> Iterator[_Line]:
    """The header, where there is one, then the rows."""
    heads = [column.header[-1] if column.header else "" for column in statement.columns]
    if any(heads):
        yield _Line(heads, {}, statement.place)
    for index, row in enumerate(statement.rows):
        found = places.get(index, {})
        yield _Line(row, found, next(iter(found.values()), statement.place))


def _header(
    lines: Sequence[_Line], weight: str, score: str, also: str
) -> tuple[int, int, int] | None:
    """(line, column of weights, column of scores) of a header that names all three."""
    for index, line in enumerate(lines):
        words = [bare(cell) for cell in line.texts]
        columns = [
            next((i for i, w in enumerate(words) if w in form_words(key)), None)
            for key in (weight, score, also)
        ]
        if None not in columns:
            return index, columns[0] or 0, columns[1] or 0
    return None


def _money(lines: Sequence[_Line]) -> Money | None:
    header = _header(lines, "budget_header", "executed_header", "score_header")
    if header is None:
        return None
    at, budget, executed = header
    found = _header(lines[at : at + 1], "weight_header", "score_header", "budget_header")
    for line in lines[at + 1 : at + 3]:
        if any(bare(cell) in form_words("money_total") for cell in line.texts[:budget]):
            weight = score = None
            if found is not None:
                weight, score = line.number(found[1]), line.number(found[2])
            return Money(line.number(budget), line.number(executed), weight, score)
    return None
