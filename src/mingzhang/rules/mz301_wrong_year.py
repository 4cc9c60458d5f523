"""MZ301 年度写错

## 检查什么
报表标题、表头、栏目行、文字标题和说明预算（决算）本身的句子里，年度应当是本书的年度。
写成别的年度、又不可能是在比较的，报出来；同套报表标题都写年度、只有这一张没写的，给提示。

## 依据
《预算法》第十四条（公开的是本年度经批复的预算、决算）；报表格式的通行做法。
沿用上年文本时最常见的遗漏。

## 例
2024 年预算里写“纳入本部门 2023 年部门汇总预算编制范围的单位共 2 家”：报一条。

## 何时不报
- 与上年比较、上年结转、上年执行或绩效评价结果、跨年规划、引用文件名；
- 表里本年度和上年度两栏（行）都有；
- 本书年度不明；一半以上的报表都是别的年度（可能两个年度合在一个文件里）。

## 怎么改
改成本书年度；确是引用上年的，写明“上年”或“与……相比”。

## English
### What it checks
Titles, column and row headings of statements, headings of the text and sentences about this very
budget name the book's own year. Another year that cannot be a comparison is reported; a title
without a year among titles that have one is a note.
### Basis
Budget Law art. 14 (what is published is the approved budget of this year); custom of form.
### Example
A book of 2024 says which units 纳入本部门 2023 年部门汇总预算编制范围.
### When it is silent
Comparisons, carry-over, execution or evaluation of an earlier year, plans over several years, names
of documents; both years have their column or row; the book's year is unknown, or more than half of the
statements are for another year (two books in one file).
### How to mend
Print the book's year; where last year is meant, say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Statement
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import Line, body, lines, sentences, starred, without_numbers
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import match
from mingzhang.rules.wording import words
from mingzhang.rules.years import may_compare, this_budget, years_in

_IN_BRACKETS = re.compile(r"《[^》]*》")


def check(book: Book) -> Iterable[Finding]:
    if book.year is None:
        return
    of_tables = [
        finding
        for statement in book.statements
        for look in (_title, _columns, _rows)
        for finding in look(book, book.year, statement)
    ]
    if 2 * len(of_tables) <= len(book.statements):  # else two years' books may be in one file
        yield from of_tables
    yield from _untitled(book, book.year)
    headings = {s.first for s in book.sections}
    for (index, _), line in zip(body(book), lines(book), strict=True):
        if index in headings:
            yield from _heading(book, book.year, line)
        else:
            yield from _sentences(book, book.year, line)


def _title(book: Book, year: int, statement: Statement) -> Iterator[Finding]:
    said = set(years_in(statement.title)) | ({statement.year} if statement.year else set())
    if (
        statement.kind
        and said
        and year not in said
        and not may_compare(statement.title, year, book.stage)
    ):
        yield RULE.found(
            "title",
            [statement.place.quoting(statement.title)],
            f"title {statement.kind}",
            title=statement.title,
            wrong=max(said),
            year=year,
        )


def _columns(book: Book, year: int, statement: Statement) -> Iterator[Finding]:
    headers = [c.title for c in statement.columns if c.role in ("amount", "percent")]
    said = {y for h in headers for y in years_in(h)}
    if not statement.kind or not said or year in said or len(said) > 1:
        return
    if any(w in plain(h) for h in headers for w in ("本年", "当年", "今年", "上年")):
        return
    dated = next(h for h in headers if years_in(h))
    if may_compare(dated, year, book.stage):
        return
    yield RULE.found(
        "column",
        [statement.place.quoting(dated)],
        f"column {statement.kind}",
        title=statement.title,
        column=plain(dated),
        wrong=said.pop(),
        year=year,
    )


def _rows(book: Book, year: int, statement: Statement) -> Iterator[Finding]:
    dated = [h for h in statement.heads if h.kind == "year" and "year" in h.coordinates]
    said = {int(h.coordinates["year"]) for h in dated}
    if statement.kind and said and year not in said and max(said) < year:
        yield RULE.found(
            "row",
            [statement.place.quoting(h.label) for h in dated],
            f"row {statement.kind}",
            title=statement.title,
            wrong="、".join(str(y) for y in sorted(said)),
            year=year,
        )


def _untitled(book: Book, year: int) -> Iterator[Finding]:
    members = sorted(s for _, s in match(book).pairs)
    dated = [i for i in members if years_in(book.statements[i].title)]
    if len(dated) < 3 or 4 * len(dated) < 3 * len(members):
        return
    for index in set(members) - set(dated):
        statement = book.statements[index]
        heads = "".join(c.title for c in statement.columns)
        if statement.year is None and not years_in(heads):
            yield RULE.found(
                "untitled",
                [statement.place.quoting(statement.title)],
                f"untitled {statement.kind}",
                severity="note",
                title=statement.title,
                year=year,
            )


def _heading(book: Book, year: int, line: Line) -> Iterator[Finding]:
    found = this_budget(line.words)
    if found and int(found[1]) != year and not may_compare(line.words, year, book.stage):
        yield RULE.found(
            "heading",
            [line.place(0, len(line.words))],
            f"heading {without_numbers(line.words)}",
            heading=starred(line.paragraph.text),
            wrong=found[1],
            year=year,
        )


def _sentences(book: Book, year: int, line: Line) -> Iterator[Finding]:
    if not this_budget(line.words):
        return
    quoted = "".join(plain(q) for q in _IN_BRACKETS.findall(line.paragraph.text))
    for start, end in sentences(line.words):
        said = line.words[start:end]
        found = this_budget(said)
        if found is None or int(found[1]) == year or found[0] in quoted:
            continue
        if may_compare(said, year, book.stage) or any(w in said for w in words("documents")):
            continue
        yield RULE.found(
            "sentence",
            [line.place(start + found.start(), start + found.end())],
            f"sentence {without_numbers(said)[:30]}",
            words=found[0],
            wrong=found[1],
            year=year,
        )


RULE = Rule(
    id="MZ301",
    name_zh="年度写错",
    name_en="Wrong year in a title, heading or sentence",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "form"),
)
