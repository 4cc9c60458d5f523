"""Self-evaluation forms 自评表 in a published book: weights and scores of each, as numbers.

What is not a number on the page is None, and a rule that needs it stays silent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.catalog.normal import bare
from mingzhang.catalog.performance import form_words
from mingzhang.model.book import Book, Indicator, Statement
from mingzhang.model.money import parse_number
from mingzhang.rules.once import per_book


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its value and how many decimals it shows."""

    value: Decimal
    decimals: int

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
    found: dict[int, list[Scored]] = defaultdict(list)
    for indicator in book.indicators:
        if indicator.weight is not None and indicator.score is not None:
            scored = Scored(indicator, number(indicator.weight), number(indicator.score))
            found[indicator.statement].append(scored)
    return tuple(_form(book.statements[index], rows) for index, rows in found.items())


def number(text: str) -> Printed | None:
    """A number as printed ("4.5", "4.5分"); None for anything else."""
    read = parse_number(text.strip().removesuffix("分")) if text.strip() else None
    return None if read is None else Printed(*read)


def _form(statement: Statement, rows: Sequence[Scored]) -> SelfForm:
    lines = list(_lines(statement))
    header = _header(lines, "weight_header", "score_header", "target_header")
    total_weight = total_score = None
    if header is not None:
        at, weight, score = header
        for line in lines[at + 1 :]:
            if line and bare(next((c for c in line if c.strip()), "")) in form_words("total_score"):
                total_weight, total_score = _cell(line, weight), _cell(line, score)
    return SelfForm(statement, tuple(rows), _money(lines), total_weight, total_score)


def _lines(statement: Statement) -> Iterator[Sequence[str]]:
    """The header, where there is one, then the rows."""
    heads = [column.header[-1] if column.header else "" for column in statement.columns]
    if any(heads):
        yield heads
    yield from statement.rows


def _header(
    lines: Sequence[Sequence[str]], weight: str, score: str, also: str
) -> tuple[int, int, int] | None:
    """(line, column of weights, column of scores) of a header that names all three."""
    for index, line in enumerate(lines):
        words = [bare(cell) for cell in line]
        columns = [
            next((i for i, w in enumerate(words) if w in form_words(key)), None)
            for key in (weight, score, also)
        ]
        if None not in columns:
            return index, columns[0] or 0, columns[1] or 0
    return None


def _money(lines: Sequence[Sequence[str]]) -> Money | None:
    header = _header(lines, "budget_header", "executed_header", "score_header")
    if header is None:
        return None
    at, budget, executed = header
    found = _header(lines[at : at + 1], "weight_header", "score_header", "budget_header")
    for line in lines[at + 1 : at + 3]:
        if any(bare(cell) in form_words("money_total") for cell in line[:budget]):
            weight = score = None
            if found is not None:
                weight, score = _cell(line, found[1]), _cell(line, found[2])
            return Money(_cell(line, budget), _cell(line, executed), weight, score)
    return None


def _cell(line: Sequence[str], column: int) -> Printed | None:
    return number(line[column]) if column < len(line) else None
