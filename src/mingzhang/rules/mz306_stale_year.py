"""MZ306 沿用上年的年度

## 检查什么
句子写的是上年，金额却是本年报表里的数，而书里没有一处印有上年的这个数：年度没有改过来。

## 依据
《预算法》第十四条（公开的是本年度经批复的预算、决算）；前后表述应当一致。

## 例
2024 年预算里写“2023 年行政运行（项）310 万元”，310 万元是 2024 年支出表里行政运行的数：报一条。

## 何时不报
- 同一段也写到本年，或者这半句是在与上年比较、说上年的执行情况；
- 报表印有上年的数（那么由数字来证明）；
- “2023 年部门预算……”一类说明预算本身的句子（由 MZ301 报告）。

## 怎么改
改成本书年度；确是上年的数的，核对金额。

## English
### What it checks
A sentence names last year and states an amount that the statements of this year print, while nothing in
the book prints last year's: the year was not changed.
### Basis
Budget Law art. 14 (what is published is the approved budget of this year).
### Example
In a budget of 2024: 2023 年行政运行（项）310 万元, and 310 万元 is what 2024's statement prints.
### When it is silent
The paragraph names this year too; the words compare with last year or tell of its execution; the statements
print last year's amount (then the figures decide); sentences about the budget itself (MZ301).
### How to mend
Print the book's year; if it is last year's amount, check it.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.prose import lines, starred, without_numbers
from mingzhang.rules.rule import Rule
from mingzhang.rules.years import may_compare, this_budget, years_in


def check(book: Book) -> Iterable[Finding]:
    if book.year is None:
        return
    for notice in book.notices:
        if notice.what != "stale-year" or notice.place is None:
            continue
        said = plain(notice.place.excerpt)
        around = _paragraph(book, notice.place)
        if book.year in years_in(around) or may_compare(said, book.year, book.stage):
            continue
        if this_budget(said) is not None:
            continue
        yield RULE.found(
            "stale",
            [notice.place],
            without_numbers(said)[:40],
            words=starred(notice.place.excerpt),
            wrong=notice.text,
            year=book.year,
        )


def _paragraph(book: Book, place: Place) -> str:
    """The words of the paragraph that a place is in."""
    said = plain(place.excerpt)
    return next((line.words for line in lines(book) if said in line.words), said)


RULE = Rule(
    id="MZ306",
    name_zh="沿用上年的年度",
    name_en="Last year's year with this year's amount",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "form"),
)
