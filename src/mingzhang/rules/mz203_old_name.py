"""MZ203 科目用了旧名称

## 检查什么
科目改名以后的年度，报表或文字仍用旧名称，例如 2019 年起“医疗卫生与计划生育支出”改为“卫生健康支出”。

## 依据
《预算法》第三十二条（按当年政府收支分类科目编制）。改名年度以公开预算书中新名称出现的年度为准。

## 例
2024 年预算的收支总表写“医疗卫生与计划生育支出”，功能分类表写“卫生健康支出”：报一条。

## 何时不报
- 本书年度早于改名年度，或者年度不明；
- 文字里写明是原名称（“原…”）。

## 怎么改
改用当年科目名称，全书一致。

## English
### What it checks
A subject is called by the name it had before it was renamed, e.g. 医疗卫生与计划生育支出 in a book of
2019 or later, where it is 卫生健康支出.
### Basis
Budget Law art. 32. The year is the first one in which the new name was seen in published books.
### Example
The 收支总表 of 2024 says 医疗卫生与计划生育支出, the table by function 卫生健康支出.
### When it is silent
The book is older than the new name, or its year is unknown; the text says 原… (formerly).
### How to mend
Use this year's name throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.accounts import core, superseded
from mingzhang.rules.prose import lines
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import row_place


def check(book: Book) -> Iterable[Finding]:
    if book.year is None:
        return
    for row in superseded():
        if book.year < int(row["since"]):
            continue
        places = [*_in_tables(book, row["old"], row["code"]), *_in_text(book, row["old"])]
        if places:
            yield RULE.found(
                "old",
                places,
                row["code"],
                code=row["code"],
                old=row["old"],
                new=row["new"],
                since=row["since"],
                year=book.year,
            )


def _in_tables(book: Book, old: str, code: str) -> Iterator[Place]:
    for index, statement in enumerate(book.statements):
        for head in statement.heads:
            if head.code and head.code != code:
                continue
            if core(head.label) == core(old):
                yield row_place(book, index, head.row, head.label)


def _in_text(book: Book, old: str) -> Iterator[Place]:
    words = plain(old)
    for line in lines(book):
        found = line.words.find(words)
        if found >= 0 and "原" not in line.words[max(0, found - 3) : found]:
            yield line.place(found, found + len(words))


RULE = Rule(
    id="MZ203",
    name_zh="科目用了旧名称",
    name_en="Subject under a name that was replaced",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
