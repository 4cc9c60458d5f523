"""MZ305 表上的部门名称不是本部门

## 检查什么
报表上方的“部门名称”“编制单位”应当是本书的部门（单位）。

## 依据
报表格式的通行做法；套用其他部门文件时最常见的遗漏。

## 例
全书是某市档案局，其中一张表的“部门名称”印着“某市气象局”：报一条。

## 何时不报
- 名称是简称、全称或含“本级”“机关”（一个包含另一个，或写法相近）；
- 该名称是书里列出的所属单位，或者在文字里另外提到；
- 多数报表没有部门名称。

## 怎么改
改成本部门名称，并核对这张表的数字是不是本部门的。

## English
### What it checks
The name of the department above a statement is that of the book.
### Basis
Custom of form; what is left over when another department's file was used.
### Example
The book is of an archives bureau, one table says 部门名称 某市气象局.
### When it is silent
Short and full forms of one name; a unit that the book names elsewhere; few statements print a name.
### How to mend
Correct the name, and check whether the numbers are this department's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import bare, plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import alike

_CAPTION = re.compile(r"^(?:部门|单位|编制|预算|填报|公开|主管)[^:,。]{0,6}:")


def check(book: Book) -> Iterable[Finding]:
    own = bare(book.entity)
    named = [(i, bare(s.entity)) for i, s in enumerate(book.statements) if bare(s.entity)]
    strangers = [(i, name) for i, name in named if alike(own, name) < 0.6]
    if not own or len(named) < 4 or 4 * len(strangers) > len(named):
        return
    units = {bare(h.label) for s in book.statements for h in s.heads if h.kind == "entity"}
    for index, name in strangers:
        statement = book.statements[index]
        if name in units or _told(book, name):
            continue
        yield RULE.found(
            "other",
            [statement.place.quoting(statement.entity)],
            statement.kind or statement.title,
            title=statement.title,
            name=statement.entity,
            own=book.entity,
        )


def _told(book: Book, name: str) -> bool:
    """True if the text names it elsewhere than above a table."""
    said = (plain(p.text) for _, p in body(book))
    return any(name in words and not _CAPTION.match(words) for words in said)


RULE = Rule(
    id="MZ305",
    name_zh="表上的部门名称不是本部门",
    name_en="A statement bears the name of another department",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
