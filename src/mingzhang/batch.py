"""Batch: a folder of books, each checked by itself; a bad file is told and the rest goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingzhang.check import check
from mingzhang.model.finding import report_record
from mingzhang.read import DEFAULT, Limits, read_book
from mingzhang.read.container import natural
from mingzhang.read.errors import Unreadable
from mingzhang.read.together import named_together

_JUNK = re.compile(r"^(?:\.|~\$|__MACOSX|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Checked:
    """One book of a batch: its name, its files, and the report as plain data.

    ``record`` is the contract of ``check --format json``; of a book that could not be read it has
    the verdict "unreadable" and a ``message``.
    """

    name: str
    files: tuple[str, ...]
    record: dict[str, Any]

    @property
    def verdict(self) -> str:
        return str(self.record["verdict"])

    def count(self, severity: str) -> int:
        """How many findings of that severity."""
        return sum(f["severity"] == severity for f in self.record["findings"])


def books_in(folder: Path) -> list[tuple[str, tuple[Path, ...]]]:
    """The books of a folder, in natural order: every file, every ZIP and every subfolder is one;
    files named alike but for 文字/表格 (text/tables) are one book together."""
    inside = sorted(folder.iterdir(), key=lambda p: natural(p.name))
    return named_together(path for path in inside if not _JUNK.match(path.name))


def check_folder(
    books: Sequence[tuple[str, tuple[Path, ...]]],
    jobs: int = 1,
    lang: str = "zh",
    limits: Limits = DEFAULT,
) -> Iterator[Checked]:
    """Every book checked, as it is done. Whatever a file does, the others are checked."""
    with ProcessPoolExecutor(max_workers=max(1, jobs)) as pool:
        running = {
            pool.submit(_one, [str(p) for p in paths], lang, limits): (name, paths)
            for name, paths in books
        }
        for future in as_completed(running):
            name, paths = running[future]
            error = future.exception()
            if error is None:
                record = future.result()
            else:
                record = unreadable(f"{name}: {type(error).__name__}: {error}")
            yield Checked(name, tuple(p.name for p in paths), record)


def _one(paths: list[str], lang: str, limits: Limits) -> dict[str, Any]:
    try:
        book = read_book(paths, limits, isolated=True)
    except Unreadable as error:
        return unreadable(error.message_in(lang))
    return report_record(check(book), lang)


def unreadable(message: str) -> dict[str, Any]:
    """The record of a book that could not be read."""
    return {
        "schema": "mingzhang-report-1",
        "book": None,
        "verdict": "unreadable",
        "message": message,
        "coverage": {"figures": 0, "linked": 0, "proved": 0, "unlinked": {}, "unproved": {}},
        "rounding": {},
        "findings": [],
    }
