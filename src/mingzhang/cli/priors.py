"""Last year's books: what ``--prior`` names, several files of one book joined into one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from mingzhang.catalog.messages import say
from mingzhang.cli.asking import Lang
from mingzhang.model.book import Book
from mingzhang.read import read_book
from mingzhang.read.together import named_together, parts_of_one


def prior_books(paths: Sequence[Path], lang: Lang) -> list[Book]:
    """The books of these paths. Files named alike but for 文字/表格 are one book; so are files of
    the same department, year and stage that print nothing twice. What was joined by what it says,
    and not by its name, is told on standard error. Raises Unreadable.
    """
    groups = [files for _, files in named_together(paths)]
    books = [read_book(files, isolated=True) for files in groups]
    out = []
    for group in parts_of_one(books):
        if len(group) == 1:
            out.append(books[group[0]])
            continue
        files = [path for index in group for path in groups[index]]
        joined = read_book(files, isolated=True)
        facts = {"files": ", ".join(p.name for p in files), "year": str(joined.year or "")}
        typer.echo(say("cli", "joined", lang.value, facts), err=True)
        out.append(joined)
    return out
