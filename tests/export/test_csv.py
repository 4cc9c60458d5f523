"""CSV files as Python's own reader sees them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

from mingzhang.export import to_csv
from mingzhang.model.book import Book


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_figures(real: Book) -> None:
    head, *body = lines(to_csv(real)["figures.csv"])
    assert len(body) == len(real.figures)
    for line, figure in zip(body, real.figures, strict=True):
        told = dict(zip(head, line, strict=True))
        assert told["id"] == figure.id
        assert Decimal(told["value"]) == figure.value
        assert len(told["value"].partition(".")[2]) == figure.printed.decimals
        assert told["function"] == (figure.quantity.function if figure.quantity else "")
        assert told["page"] == str(figure.place.page)
        assert told["file"] == figure.place.name


def test_a_file_per_statement_with_plain_numbers(real: Book) -> None:
    files = to_csv(real)
    tables = sorted(name for name in files if name[0].isdigit())
    assert len(tables) == len(real.statements)
    for index, (name, statement) in enumerate(zip(tables, real.statements, strict=True)):
        head, *body = lines(files[name])
        assert head == [c.title for c in statement.columns]
        figures = {(f.row, f.column): f for f in real.figures if f.statement == index}
        for r, (told, printed) in enumerate(zip(body, statement.rows, strict=True)):
            for c, text in enumerate(printed):
                figure = figures.get((r, c))
                assert told[c] == (text if figure is None else f"{figure.value:f}")


def test_for_excel_a_mark_and_no_formulas(made: Book) -> None:
    title = '=HYPERLINK("http://x")'
    rows = ((title, *made.statements[0].rows[0][1:]), *made.statements[0].rows[1:])
    statement = replace(made.statements[0], title="=1/0:[x]?", rows=rows)
    book = replace(made, statements=(statement, *made.statements[1:]))
    plain, excel = to_csv(book), to_csv(book, excel=True)
    assert list(plain) == list(excel)
    for name, data in excel.items():
        assert data.startswith(b"\xef\xbb\xbf")
        assert not plain[name].startswith(b"\xef\xbb\xbf")
    name = next(n for n in plain if n.startswith("01"))
    assert not set(name) & set('/\\:*?"<>|[]')
    assert lines(plain[name])[1][0] == title
    assert lines(excel[name])[1][0] == "'" + title
