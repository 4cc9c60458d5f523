"""MZ308 文字里的表号与表名不是同一张表

## 检查什么
文字写“见公开 06 表 财政拨款基本支出预算表”，表号是 06 的那一张应当就是这个名称的表。

## 依据
前后表述应当一致；报表改了次序、文字没有改时最常见。

## 例
文字写“表 5《一般公共预算‘三公’经费支出表》”，表 5 是一般公共预算支出表：报一条。

## 何时不报
- 只写表号或者只写表名；
- 表名不是明账认得的报表，或者名称不同但是同一种报表；
- 有几张表用同一个表号，或者没有这个表号的表。

## 怎么改
改成现在的表号，或者改表名。

## English
### What it checks
Where the text names a statement by number and title (见公开 06 表 财政拨款基本支出预算表), the statement with
that number is the one of that title.
### Basis
The parts of one book agree; what is left over when statements were put in another order.
### Example
The text says 表 5《一般公共预算“三公”经费支出表》; 表 5 is the expenditure by function.
### When it is silent
Only the number or only the title is given; the title is no known statement, or another wording for the same
kind; several statements have that number, or none.
### How to mend
Print the number of today, or the other title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.statements import Kind, kind_of
from mingzhang.model.book import Book, Statement
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import lines
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import ordinal

# quotation marks and 《》 are gone from Line.words
_NAMED = re.compile(
    r"((?:公开|附)?表\d{1,2}|公开\d{1,2}表|附?表[一二三四五六七八九十]{1,3})[-:、.]?"
    r"([\u4e00-\u9fff()、]{3,40}?表)(?![\u4e00-\u9fff]*?表)"
)


def check(book: Book) -> Iterable[Finding]:
    by_number: dict[int, list[Statement]] = {}
    for statement in book.statements:
        number = ordinal(statement.number) if statement.number else None
        if number is not None:
            by_number.setdefault(number, []).append(statement)
    captions = {s.number for s in book.statements}
    for line in lines(book):
        for found in _NAMED.finditer(line.words):
            number, named = ordinal(found[1]), _kind(found[2])
            meant = by_number.get(number or 0, [])
            if named is None or len(meant) != 1 or not meant[0].kind:
                continue
            if named.id == meant[0].kind or (found.start() == 0 and found[1] in captions):
                continue
            yield RULE.found(
                "other",
                [line.place(*found.span()), meant[0].place.quoting(meant[0].title)],
                f"{named.id} {meant[0].kind}",
                words=found[0],
                number=meant[0].number,
                title=meant[0].title,
            )


def _kind(title: str) -> Kind | None:
    return kind_of(title.strip("()、"))


RULE = Rule(
    id="MZ308",
    name_zh="文字里的表号与表名不是同一张表",
    name_en="Number and title of a statement in the text do not go together",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
