"""MZ104 空表没有说明

## 检查什么
报表的金额全部为零或空白，表下没有“本表无数据”“本表本年无发生额”一类说明，
文字部分也没有说明没有这项收支。文字部分说明了、只是表下没有注的，给提示。
文字写有金额而表是空的，也报出来。

## 依据
没有数据的表格应当列出空表并说明（财预〔2016〕143号《地方预决算公开操作规程》）。

## 例
“政府性基金预算支出表”只有零，表下没有注，全书也没有一句“无政府性基金预算支出”：报一条。

## 何时不报
- 表下有注；
- 表里有没认出的列，不能肯定是空表；
- 全书报表都是空的（空白模板）。

## 怎么改
在表下加注，例如“注：本部门本年度无政府性基金预算支出，故本表无数据。”

## English
### What it checks
All amounts of a statement are zero or blank, and neither a remark under it nor the text of the book
says that there is nothing to show. Where only the text says so, it is a note.
An empty table whose amount the text states is reported too.
### Basis
A statement without data is shown empty and explained (财预〔2016〕143号).
### Example
政府性基金预算支出表 holds only zeros, without a remark, and no sentence says that there is none.
### When it is silent
A remark under it explains it; a column was not recognised; every statement of the
book is empty (a blank form).
### How to mend
Add a remark under the table that there is nothing to show, and why.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Statement
from mingzhang.model.finding import Finding
from mingzhang.rules.emptiness import explained_in_text, money_in_text, subject_words
from mingzhang.rules.prose import body
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import is_empty
from mingzhang.rules.wording import words


def check(book: Book) -> Iterable[Finding]:
    empty = [i for i, s in enumerate(book.statements) if is_empty(s)]
    known = [s for s in book.statements if s.kind]
    if not empty or 2 * len(empty) > len(known):
        return
    for index in empty:
        statement = book.statements[index]
        if _noted(book, statement):
            continue
        told = money_in_text(book, statement)
        if told:
            yield RULE.found(
                "money_in_text",
                [statement.place.quoting(statement.title), *(f.place for f in told)],
                statement.kind,
                figures=[f.id for f in told],
                title=statement.title,
                amount=f"{told[0].text.strip()}{told[0].unit}",
            )
            continue
        if explained_in_text(book, statement):
            message, severity = "in_text", "note"
        elif subject_words(statement):
            message, severity = "unexplained", "warning"
        else:
            message, severity = "no_note", "note"
        yield RULE.found(
            message,
            [statement.place.quoting(statement.title)],
            statement.kind,
            severity=severity,
            title=statement.title,
        )


def _noted(book: Book, statement: Statement) -> bool:
    """True if a remark under the table, in it, or beside it on its page says that there is nothing."""
    remarks = [*statement.notes, *(text for row in statement.rows for text in row)]
    for _, paragraph in body(book):
        place = paragraph.place
        if place.source == statement.place.source and place.page in statement.pages:
            said = plain(paragraph.text)
            if len(said) <= 40 and any(w in said for w in subject_words(statement)):
                remarks.append(said)
    return any(any(w in plain(remark) for w in words("nothing")) for remark in remarks)


RULE = Rule(
    id="MZ104",
    name_zh="空表没有说明",
    name_en="Empty statement without its remark",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
