"""MZ101 目录列有而正文没有的报表

## 检查什么
目录列出的每一张报表，正文中都应当有。按标题比对（不计年度、“部门/单位”字样、引号和空格），
标题写法不同的，再按报表种类和表号比对。

## 依据
《预算法》第十四条（部门预算、决算及报表应当公开）；《预算法实施条例》第六条。
没有数据的报表也要列出空表并说明（财预〔2016〕143号《地方预决算公开操作规程》）。

## 例
目录有“（四）基本支出总表”，正文从表 3 直接到表 6，没有这张表：报一条。

## 何时不报
- 目录没有列报表；全书没有一张报表，或者一半以上的报表都没有（文字与报表分两个文件公开，只给了文字文件；
  这时只提示一次）；
- 正文另有该标题，只是没有认出下面的表；
- 正文报表区里还有没认出是什么的表，可能就是它。

## 怎么改
补上这张报表；确实没有数据的，列空表并加注“本表无数据”一类说明；不需要的，从目录删去。

## English
### What it checks
Every statement that the contents list announces must be in the body. Titles are compared without
year, 部门/单位, quotes and spaces; where the wording differs, by kind and number of the statement.
### Basis
Budget Law art. 14 and its Implementing Regulation art. 6 (budgets and their statements are published);
a statement without data is still shown, empty and with a remark (财预〔2016〕143号).
### Example
The contents list has (四) 基本支出总表, but the body goes from 表 3 to 表 6.
### When it is silent
No statements announced, or more than half of them missing (text and tables published as two files: one
note); the title does stand in the body; a table nobody recognised may be the one.
### How to mend
Add the statement (empty, with its remark, if there is nothing to show), or take it off the list.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.catalog.statements import short_title
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import Matching, match


def check(book: Book) -> Iterable[Finding]:
    announced = [a for a in book.contents if a.is_statement]
    if not announced:
        return
    if not any(s.kind for s in book.statements):
        yield RULE.found(
            "none", [a.place for a in announced], "all", severity="note", count=len(announced)
        )
        return
    matching = match(book)
    if len(matching.missing) > len(matching.pairs):
        yield RULE.found(
            "few",
            [book.contents[i].place for i in matching.missing],
            "all",
            severity="note",
            count=len(announced),
            met=len(matching.pairs),
        )
        return
    if _unrecognised_among(book, matching):
        return
    headings = _headings(book) if matching.missing else frozenset()
    for index in matching.missing:
        entry = book.contents[index]
        if short_title(entry.title) in headings:
            continue
        yield RULE.found(
            "missing",
            [entry.place],
            entry.kind or plain(entry.title),
            title=entry.place.excerpt.strip(),
        )


def _headings(book: Book) -> frozenset[str]:
    """Every line of the body, and every cell that may be a title set inside its table."""
    cells = (
        cell.text
        for document in book.documents
        for grid in document.grids()
        for cell in grid.cells
        if "表" in cell.text and len(cell.text) <= 60
    )
    return frozenset(short_title(text) for text in (*(p.text for _, p in body(book)), *cells))


def _unrecognised_among(book: Book, matching: Matching) -> bool:
    """True if a table that nobody recognised stands among the recognised statements."""
    known = [s for _, s in matching.pairs]
    if not known:
        return True
    strangers = [s for s in matching.extra if not book.statements[s].kind]
    return any(min(known) < s < max(known) for s in strangers)


RULE = Rule(
    id="MZ101",
    name_zh="目录列有而正文没有的报表",
    name_en="Statement announced in the contents and missing in the body",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "reg6", "op143"),
)
