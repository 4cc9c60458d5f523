"""MZ109 批复后二十日内没有公开

## 检查什么
书里印有财政部门批复的日期和公开的日期的（或者核对时给出了这两个日期的），公开应当在批复后二十日之内。

## 依据
《预算法》第十四条：部门预算、决算及报表在本级政府财政部门批复后二十日内由部门向社会公开。

## 例
“市财政局于 2024 年 2 月 5 日批复本部门 2024 年部门预算”，封面印“公开日期：2024 年 3 月 1 日”：
隔了 25 日，报一条。

## 何时不报
- 两个日期缺一个，或者书里有几个不同的批复日期（公开日期）；
- 批复的不是预算、决算（机构、项目、规划的批复）；
- 正好第二十日。公开日期早于批复日期的，只给提示：多半是其中一个印错了。

## 怎么改
核对两个日期；确实迟了的，无法改书，只能在下一年度按时公开。

## English
### What it checks
Where the book prints when the finance department approved it (批复) and when it was published, or both
dates were handed in, publication follows approval within twenty days.
### Basis
Budget Law art. 14: departments publish their budgets, final accounts and statements within twenty days
of the approval by the finance department.
### Example
Approved on 5 February 2024, 公开日期 1 March 2024: 25 days.
### When it is silent
One of the dates is missing, or there are several that differ; what was approved is no budget or account;
the twentieth day itself. Published before it was approved is a note: one date is probably misprinted.
### How to mend
Check both dates. A late publication cannot be mended in the book.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.dates import Dated, approvals, publications
from mingzhang.rules.rule import Rule

DAYS = 20


def check(book: Book) -> Iterable[Finding]:
    approved, published = approvals(book), publications(book)
    if len({d.day for d in approved}) == len({d.day for d in published}) == 1:
        yield from _judged(approved[0], published[0])


def given(approved: date, published: date) -> Rule:
    """This rule for dates that are handed in (``--approved``, ``--published``) instead of read.

    Run it in the place of RULE: ``run(book, [r if r.id != "MZ109" else given(a, p) for r in ALL])``.
    """

    def handed_in(book: Book) -> Iterable[Finding]:
        place = _front(book)
        if place is not None:
            yield from _judged(Dated(approved, place), Dated(published, place))

    return replace(RULE, check=handed_in)


def _judged(approved: Dated, published: Dated) -> Iterable[Finding]:
    days = (published.day - approved.day).days
    if 0 <= days <= DAYS:
        return
    places = list(dict.fromkeys((approved.place, published.place)))
    if days > DAYS:
        yield RULE.found(
            "late",
            places,
            "published",
            approved=approved.day.isoformat(),
            published=published.day.isoformat(),
            days=days,
        )
    else:
        yield RULE.found(
            "before",
            places,
            "published",
            severity="note",
            approved=approved.day.isoformat(),
            published=published.day.isoformat(),
        )


def _front(book: Book) -> Place | None:
    """The book's title: the place of what is known of the whole book; None if it has no text."""
    titled = [p.place for p in book.paragraphs if p.runs]
    return titled[0] if titled else next((s.place for s in book.statements), None)


RULE = Rule(
    id="MZ109",
    name_zh="批复后二十日内没有公开",
    name_en="Not published within twenty days of approval",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14",),
)
