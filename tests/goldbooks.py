"""The hand-made gold of tests/corpus, and how a book as read compares with it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from mingzhang.model.book import Book
from mingzhang.model.figure import Figure

CORPUS = Path(__file__).parent / "corpus"
BOOKS = Path(__file__).parents[2] / "shared" / "books"

FILES: dict[str, tuple[str, ...]] = {
    "sz-petitions-2023": ("sz-petitions-2023.txt",),
    "js-congress-2017": ("js-congress-2017.pdf",),
    "js-congress-2018": ("js-congress-2018.pdf",),
    "js-congress-2019": ("js-congress-2019-text.pdf", "js-congress-2019-tables.pdf"),
    "js-court-2017": ("js-court-2017.pdf",),
    "js-partyoffice-2017": ("js-partyoffice-2017-text.pdf", "js-partyoffice-2017-tables.pdf"),
    "js-partyoffice-2018": ("js-partyoffice-2018-text.pdf", "js-partyoffice-2018-tables.pdf"),
    "js-partyoffice-2019": ("js-partyoffice-2019-text.pdf", "js-partyoffice-2019-tables.pdf"),
    "sh-finance-2025": ("sh-finance-2025.pdf",),
    "sh-welfare-2024": ("sh-welfare-2024.pdf",),
    "sh-putuo-finance-2024-final": ("sh-putuo-finance-2024-final.pdf",),
    "sh-putuo-finance-2024-final-doctored": ("sh-putuo-finance-2024-final-doctored.pdf",),
    "template-final-account": ("template-final-account.pdf",),
}
WITH_GOLD = tuple(sorted(p.parent.name for p in CORPUS.glob("*/tables.tsv")))


def paths(name: str) -> list[Path]:
    """The files of a shared book; skips the test where they are absent, but fails in CI."""
    found = [BOOKS / f for f in FILES[name]]
    if not all(p.is_file() for p in found):
        if os.environ.get("CI"):
            pytest.fail(f"{BOOKS} has to be there in CI: {name} is missing")
        pytest.skip(f"{name} is not at {BOOKS}")
    return found


def rows(book: str, table: str) -> list[dict[str, str]]:
    """The data lines of one gold file."""
    lines = (CORPUS / book / table).read_text("utf-8").splitlines()
    split = [line.split("\t") for line in lines if line and line[0] != "#"]
    return [dict(zip(split[0], line, strict=False)) for line in split[1:]]


def norm(text: str) -> str:
    """For comparing labels: NFKC without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Compared:
    """How a book's table figures compare with gold, by (statement, column, text) and row label."""

    gold: int
    right: int
    missed: tuple[tuple[str, ...], ...]
    extra: tuple[tuple[str, ...], ...]


def compare_tables(book: Book, name: str) -> Compared:
    """Every gold cell against the figures as read: statement, row label, column path, text, unit."""
    gold = Counter(
        (norm(r["statement"]), _row(r["row"]), norm(r["column"]), r["text"].strip(), r["unit"])
        for r in rows(name, "tables.tsv")
    )
    mine = Counter(_key(book, f) for f in book.figures if not f.in_prose)
    both = gold & mine
    return Compared(
        gold.total(),
        both.total(),
        tuple((gold - both).elements()),
        tuple((mine - both).elements()),
    )


def _row(label: str) -> str:
    return re.sub(r"#\d+$|\(row\d+\)$", "", norm(label))


def _key(book: Book, figure: Figure) -> tuple[str, ...]:
    assert figure.statement is not None and figure.column is not None
    statement = book.statements[figure.statement]
    column = statement.columns[figure.column]
    side = column.side
    head = next((h for h in statement.heads if h.row == figure.row and h.side == side), None)
    label = ""
    if head is not None:
        printed_code = head.code if any(c.role == "code" for c in statement.columns) else ""
        label = f"{printed_code}{head.label}"
    return (
        norm(statement.title),
        norm(label),
        norm(" / ".join(column.header)),
        figure.text.strip(),
        figure.unit,
    )
