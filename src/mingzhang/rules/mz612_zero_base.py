"""MZ612 以零为基数的百分比

## 检查什么
上年（或者预算、总额）是 0，文字却写了增长、完成或者占比的百分比：零不能作分母。

## 依据
百分比是两个印出的数相除；没有基数的，只写增减额，通行的写法是“上年没有此项支出”。

## 例
“培训费 5 万元，比 2023 年增加 5 万元，增长 100%”：2023 年是 0，没有增长率。

## 何时不报
- 百分比写的是 0，或者“—”；
- 基数只是印出来为 0：真实金额不大，除出来正好是这个百分比（0.33 万元印为 0，增加 1 万元，增长 300%）；
- 书里没有印出基数，也推算不出。两个数印出来都是 0 的，只给提示。

## 怎么改
删去百分比，写明上年没有此项支出；上年确有支出的，改正金额。

## English
### What it checks
Last year's amount (or the budget, or the whole) is 0, and the text gives a percentage of growth, execution or
share: zero cannot be divided by.
### Basis
A percentage is the quotient of two printed amounts; where there is no base, only the change is told.
### Example
培训费 5 万元，比 2023 年增加 5 万元，增长 100%: 2023 is 0, so there is no rate.
### When it is silent
The percentage is 0; the base only prints as 0, and a small true amount gives just this percentage; the base is
neither printed nor implied. Both amounts printed as 0 are a note.
### How to mend
Delete the percentage and say that there was none last year; if there was, correct the amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.finding import Finding
from mingzhang.model.money import Interval
from mingzhang.rules.prose import context, starred
from mingzhang.rules.rule import Rule
from mingzhang.rules.stated import amount, base


def check(book: Book) -> Iterable[Finding]:
    for claim in book.claims:
        if not isinstance(claim, Ratio):
            continue
        figure = book.figure(claim.figure)
        top = amount(book, claim.numerator)
        whole = base(book, claim.numerator) if claim.kind == "growth" else None
        whole = whole or amount(book, claim.denominator)
        if not figure.value or top is None or whole is None or whole[0] != 0:
            continue
        half = Fraction(1, 2 * 10**figure.printed.decimals)
        rate = (Fraction(figure.value) - half) / 100, (Fraction(figure.value) + half) / 100
        small = _may_be(top[1], rate, whole[1])
        if small and top[0] != 0:
            continue
        yield RULE.found(
            "zero",
            [figure.place],
            f"{claim.kind} {claim.numerator.key}",
            severity="note" if small else "warning",
            figures=[figure.id],
            words=starred(context(book, figure.place, 24, 1)) or f"{figure.text}%",
        )


def _may_be(top: Interval, rate: tuple[Fraction, Fraction], whole: Interval) -> bool:
    """True if some base within what prints as zero, larger than nothing, gives the percentage."""
    assert top.low is not None and top.high is not None and whole.high is not None
    least, most = sorted((abs(top.low), abs(top.high)))
    if top.low <= 0 <= top.high:
        least = 0
    return most > 0 and whole.high > 0 and rate[0] > 0 and Fraction(least) / rate[1] <= whole.high


RULE = Rule(
    id="MZ612",
    name_zh="以零为基数的百分比",
    name_en="A percentage of zero",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
