"""The workbook as openpyxl sees it: numbers that look as printed, headers, lists."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from mingzhang.export import to_xlsx
from mingzhang.export.sheets import FIGURE_COLUMNS
from mingzhang.export.xlsx import number_format
from mingzhang.model.book import Book, Statement


def opened(book: Book, lang: str = "zh") -> Any:
    return openpyxl.load_workbook(BytesIO(to_xlsx(book, lang)))


def depth(statement: Statement) -> int:
    return max(len(c.header) for c in statement.columns)


def shown(value: float, shape: str) -> str:
    """What a spreadsheet shows, for the formats that books need (written anew for this test)."""
    if shape.startswith("+"):
        shape = shape.partition(";")[0][1:]
        return ("+" if value >= 0 else "-") + shown(abs(value), shape)
    if shape.endswith("%"):
        return shown(value * 100, shape[:-1]) + "%"
    places = len(shape.partition(".")[2])
    text = f"{value:,.{places}f}" if "," in shape else f"{value:.{places}f}"
    return text.replace("0.", ".", 1) if shape.startswith(".") else text


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("2632", "0"),
        ("887.36", "0.00"),
        ("15,897.44", "#,##0.00"),
        ("1，234", "#,##0"),
        ("-12.5", "0.0"),
        ("(1,200.00)", "#,##0.00;(#,##0.00)"),
        ("12.50%", "0.00%"),
        ("+3", "+0;-0"),
        (".5", ".0"),
        ("１２３．４", "0.0"),
    ],
)
def test_the_printed_number_format(text: str, shape: str) -> None:
    assert number_format(text) == shape


def test_statements_are_as_printed(real: Book) -> None:
    workbook = opened(real)
    numbers = 0
    for index, statement in enumerate(real.statements):
        sheet = workbook.worksheets[index]
        assert sheet.cell(1, 1).value == statement.title
        top = 3 + depth(statement)
        figures = {(f.row, f.column): f for f in real.figures if f.statement == index}
        for r, row in enumerate(statement.rows):
            for c, text in enumerate(row):
                cell = sheet.cell(top + r, c + 1)
                if (r, c) not in figures:
                    assert (cell.value or "") == text
                    continue
                numbers += 1
                figure = figures[r, c]
                assert isinstance(cell.value, int | float)
                assert Decimal(str(cell.value)) == figure.value
                assert shown(cell.value, cell.number_format) == text.strip()
    assert numbers == sum(f.statement is not None for f in real.figures) > 100


def test_every_header_label_stands_over_its_column(real: Book) -> None:
    workbook = opened(real)
    for index, statement in enumerate(real.statements):
        sheet = workbook.worksheets[index]
        over = {
            (r, c): (m.min_row, m.min_col)
            for m in sheet.merged_cells.ranges
            for r in range(m.min_row, m.max_row + 1)
            for c in range(m.min_col, m.max_col + 1)
        }
        for c, column in enumerate(statement.columns, start=1):
            cells = [over.get((3 + level, c), (3 + level, c)) for level in range(depth(statement))]
            labels = [sheet.cell(*at).value or "" for at in dict.fromkeys(cells)]
            assert tuple(label for label in labels if label) == tuple(h for h in column.header if h)


def test_the_list_of_figures(made: Book) -> None:
    sheet = opened(made)["全部数字"]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [line[0] for line in lines] == [f.id for f in made.figures]
    value = FIGURE_COLUMNS.index("value")
    assert [Decimal(str(line[value])) for line in lines] == [f.value for f in made.figures]
    year = FIGURE_COLUMNS.index("year")
    for line, figure in zip(lines, made.figures, strict=True):
        assert line[year] == (figure.quantity.year if figure.quantity else None)


def test_the_list_of_claims(made: Book) -> None:
    sheet = opened(made, "en")["claims"]
    kinds = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert kinds == [type(c).__name__.lower() for c in made.claims]


def test_same_book_same_bytes(made: Book) -> None:
    assert to_xlsx(made) == to_xlsx(made)
