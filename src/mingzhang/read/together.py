"""Together: which of several files are one book 一本书分成几个文件.

By their names (某局2024文字.pdf, 某局2024表格.pdf), or, of books already read, by what they say: the same
department, year and stage, and nothing that both print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book

# the files of one book that is published in parts share their name but for one of these words
_PART = re.compile(
    r"[-_ （(—·]*(?:text|tables?|文字|文本|正文|说明|表格|报表|附表|公开表)[)）]?$", re.IGNORECASE
)


def named_together(paths: Iterable[Path]) -> list[tuple[str, tuple[Path, ...]]]:
    """The books of these paths, in their order: (name, files). Every file, ZIP and folder is one;
    files named alike but for 文字/表格 (text/tables) are one book together."""
    groups: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        name = path.name if path.is_dir() else _PART.sub("", path.stem) or path.stem
        groups.setdefault((path.parent, name), []).append(path)
    out: list[tuple[str, tuple[Path, ...]]] = []
    for (_, name), found in groups.items():
        parts = [p for p in found if p.is_dir() or _PART.search(p.stem)]
        if len(found) > 1 and len(parts) >= len(found) - 1:
            out.append((name, tuple(found)))
        else:
            out.extend((p.name, (p,)) for p in found)
    return out


def parts_of_one(books: Sequence[Book]) -> list[list[int]]:
    """Indexes of books that are parts of one book, in their order; a book for itself is alone.

    Parts tell the same year and stage, no different departments, and no statement twice: a second
    draft of a book, a budget beside a final account, or a unit beside its department is no part.
    """
    out: list[list[int]] = []
    for index, book in enumerate(books):
        mine = next((group for group in out if all(_beside(books[i], book) for i in group)), None)
        if mine is None:
            out.append([index])
        else:
            mine.append(index)
    return out


def _beside(one: Book, other: Book) -> bool:
    if one.year is None or (one.year, one.stage) != (other.year, other.stage):
        return False
    if not (_short_of(one.entity, other.entity) or _short_of(other.entity, one.entity)):
        return False
    if _printed(one) & _printed(other):
        return False
    return not (_speaks(one) and _speaks(other))


def _short_of(short: str, whole: str) -> bool:
    """True if a name is a shorter form of the other (省委办公厅), or not told."""
    letters = iter(bare(whole))
    return all(letter in letters for letter in bare(short))


def _printed(book: Book) -> set[tuple[str, str]]:
    """What identifies the statements that a book prints."""
    return {(s.kind, bare(s.title)) for s in book.statements}


def _speaks(book: Book) -> bool:
    """True if the sentences of a book state amounts: two that do are two texts."""
    return any(f.in_prose and f.is_money for f in book.figures)
