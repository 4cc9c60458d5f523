"""MZ303 报表标题与目录不一致

## 检查什么
同一张报表，目录里的标题与表上的标题应当一致（不计编号、年度、部门名称、引号和空格）。

## 依据
目录与正文一致的通行格式。

## 例
目录写“政府性基金财政拨款支出预算表”，表上写“政府性基金预算财政拨款支出预算表”：给提示。

## 何时不报
- 只差年度、“部门/单位”字样、部门名称、引号、括号；
- 一个标题完整包含在另一个里（加了“公开”“草案”一类附注）。

## 怎么改
统一标题。

## English
### What it checks
A statement has the same title in the contents list and above the table (number, year, name of the
department, quotes and spaces apart).
### Basis
Custom of form: the contents list agrees with the body.
### Example
政府性基金财政拨款支出预算表 in the list, 政府性基金预算财政拨款支出预算表 above the table.
### When it is silent
Only year, 部门/单位, the department's name, quotes or brackets differ; one title is contained in the other.
### How to mend
Use one title.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.catalog.statements import short_title
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import match


def check(book: Book) -> Iterable[Finding]:
    for a, s in match(book).pairs:
        entry, statement = book.contents[a], book.statements[s]
        listed, printed = _core(book, entry.title), _core(book, statement.title)
        if not printed or listed in printed or printed in listed:
            continue
        yield RULE.found(
            "differs",
            [entry.place, statement.place.quoting(statement.title)],
            statement.kind or listed,
            listed=entry.place.excerpt.strip(),
            printed=statement.title,
        )


def _core(book: Book, title: str) -> str:
    words = short_title(title)
    return words.replace(plain(book.entity), "") if book.entity else words


RULE = Rule(
    id="MZ303",
    name_zh="报表标题与目录不一致",
    name_en="Title of a statement differs from the contents list",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
