"""MZ103 报表没有表号

## 检查什么
其他报表都有表号（“表 1”“公开01表”），这一张没有。

## 依据
报表编号的通行格式：同一套报表统一编号，与目录顺序一致。

## 例
表 1 至表 11 都有表号，最后一张“部门整体支出绩效目标表”没有：报一条，并按目录次序提示应为第几表。

## 何时不报
- 全书报表都不编号，或者编号的不到四分之三；
- 应有的表号印在别处（没有与这张表对上）；
- 这张表不是报表（文字部分里的附表、目录没有列的表）。

## 怎么改
按目录的次序补上表号。

## English
### What it checks
The other statements carry a number (表 1, 公开01表); this one does not.
### Basis
Custom of form: the statements of one set are numbered in the order of the contents list.
### Example
表 1 to 表 11 are numbered, the last one, 部门整体支出绩效目标表, is not.
### When it is silent
The book does not number its statements (or fewer than three in four); the number stands elsewhere in the
file; the table is no statement:
it stands in the text and the contents list does not name it.
### How to mend
Print the number that the order of the contents list gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.document import Grid
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import match, ordinal


def check(book: Book) -> Iterable[Finding]:
    listed = {s: a for a, s in match(book).pairs}
    # without a contents list: the statements that were recognised
    members = sorted(listed) or [i for i, s in enumerate(book.statements) if s.kind]
    numbered = [i for i in members if book.statements[i].number]
    if len(numbered) < 3 or 4 * len(numbered) < 3 * len(members):
        return
    for index in members:
        statement = book.statements[index]
        if statement.number or "表" not in statement.title:  # a table within the text has no number
            continue
        entry = book.contents[listed[index]] if index in listed else None
        position = ordinal(entry.number) if entry else None
        sibling = book.statements[numbered[0]].number
        if position is not None and _printed(book, sibling, position):
            continue
        yield RULE.found(
            "unnumbered" if position is None else "unnumbered_place",
            [statement.place.quoting(statement.title), *([entry.place] if entry else [])],
            statement.kind or statement.title,
            title=statement.title,
            sibling=sibling,
            position=position or "",
        )


def _printed(book: Book, sibling: str, position: int) -> bool:
    """True if the number that is missed stands somewhere in the file after all."""
    digits = re.search(r"\d+", plain(sibling))
    if digits is None:
        return False
    wanted = plain(sibling).replace(digits[0], str(position).zfill(len(digits[0])), 1)
    for document in book.documents:
        for block in document.blocks:
            texts = [c.text for c in block.cells] if isinstance(block, Grid) else [block.text]
            if any(plain(t) == wanted for t in texts if len(t) <= 12):
                return True
    return False


RULE = Rule(
    id="MZ103",
    name_zh="报表没有表号",
    name_en="Statement without a number where its siblings have one",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
