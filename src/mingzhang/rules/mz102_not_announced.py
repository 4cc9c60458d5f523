"""MZ102 正文有而目录没有的报表

## 检查什么
正文里的每一张报表，目录都应当列出。

## 依据
目录与正文一致的通行格式。

## 例
正文有“项目支出绩效目标表”，目录只列到“国有资本经营预算支出表”：给提示。

## 何时不报
- 目录没有逐张列报表；
- 不认识的表（文字部分的附表）；同一种报表的续表；
- 目录另有一张没有认出的表，可能就是它。

## 怎么改
在目录里补上。

## English
### What it checks
The contents list names every statement of the body.
### Basis
Custom of form: the contents list agrees with the body.
### Example
The body has 项目支出绩效目标表, the list ends with 国有资本经营预算支出表.
### When it is silent
The list names no statements; tables of no known kind; a further table of a listed kind; a listed
statement that was not met may be the one.
### How to mend
Add it to the contents list.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.catalog.statements import kind_of, short_title
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import match


def check(book: Book) -> Iterable[Finding]:
    matching = match(book)
    if len(matching.pairs) < 3 or any(not book.contents[i].kind for i in matching.missing):
        return
    listed = {book.statements[s].kind for _, s in matching.pairs}
    contents = "".join(plain(a.title) for a in book.contents)  # a long line may be broken in two
    for index in matching.extra:
        statement = book.statements[index]
        if not statement.kind or statement.kind in listed or kind_of(statement.title) is None:
            continue
        if short_title(statement.title) in contents:
            continue
        yield RULE.found(
            "extra",
            [statement.place.quoting(statement.title)],
            statement.kind,
            title=statement.title,
        )


RULE = Rule(
    id="MZ102",
    name_zh="正文有而目录没有的报表",
    name_en="Statement in the body that the contents list does not name",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
