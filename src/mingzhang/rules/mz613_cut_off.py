"""MZ613 百分比截尾而没有四舍五入

## 检查什么
全书的百分比都是四舍五入的，只有这一个是直接去掉尾数的：由印出的两个数相除，怎么取也应当进一位。

## 依据
同一本书的尾数处理方法应当一致；两个金额按印出的位数各代表一个区间，区间里没有一处能四舍五入成这个百分比。

## 例
支出 3,482.64 万元，比上年增加 482.36 万元，482.36÷3,000.28=16.077%，书里写“增长 16.07%”：应为 16.08%。

## 何时不报
- 书里能确定是四舍五入的百分比不到四个，或者截尾的超过四分之一：这本书可能就是截尾的；
- 两个金额印得不细，四舍五入也可能得到这个百分比；
- 不是截尾能解释的（由 MZ001 报告）。

## 怎么改
末位进一。

## English
### What it checks
The percentages of the book are rounded, and this one was cut off: whatever true amounts the two printed ones
stand for, their quotient rounds up.
### Basis
One book treats last digits in one way; no amounts within the printed ones round to this percentage.
### Example
482.36 ÷ 3,000.28 = 16.077 %, printed as 16.07 %.
### When it is silent
Fewer than four percentages are surely rounded, or more than a quarter are cut off: the book may be one that
cuts off; the amounts are printed too coarsely to tell; cutting off does not explain it (MZ001).
### How to mend
Add one to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.model.money import Interval
from mingzhang.rules.prose import context, starred
from mingzhang.rules.rule import Rule
from mingzhang.rules.stated import amount, base

_ENOUGH = 4  # percentages that are surely rounded before one that is not can be odd


def check(book: Book) -> Iterable[Finding]:
    cut: list[tuple[Ratio, Figure]] = []
    rounded = 0
    for claim, figure, low, high in _quotients(book):
        value, step = Fraction(figure.value), Fraction(1, 10**figure.printed.decimals)
        if value + step / 2 < low and value <= high < value + step:
            cut.append((claim, figure))
        elif value - step / 2 <= low and high < value:
            rounded += 1
    if rounded < _ENOUGH or 4 * len(cut) > rounded:
        return
    for claim, figure in cut:
        right = figure.value + Decimal(1).scaleb(-figure.printed.decimals)
        yield RULE.found(
            "cut",
            [figure.place],
            f"{claim.kind} {claim.numerator.key}",
            figures=[figure.id],
            words=starred(context(book, figure.place, 16, 1)) or f"{figure.text}%",
            right=f"{right:f}",
        )


def _quotients(book: Book) -> Iterator[tuple[Ratio, Figure, Fraction, Fraction]]:
    """Every percentage whose two amounts are printed, with the least and greatest quotient."""
    for claim in book.claims:
        if not isinstance(claim, Ratio):
            continue
        top = amount(book, claim.numerator)
        whole = base(book, claim.numerator) if claim.kind == "growth" else None
        whole = whole or amount(book, claim.denominator)
        if top is None or whole is None:
            continue
        above, below = _positive(top[1]), _positive(whole[1])
        if above and below and below[0] > 0:
            low, high = Fraction(100 * above[0], below[1]), Fraction(100 * above[1], below[0])
            yield claim, book.figure(claim.figure), low, high


def _positive(room: Interval) -> tuple[int, int] | None:
    """The interval without its sign; None if it holds amounts of both."""
    assert room.low is not None and room.high is not None
    if room.low >= 0:
        return room.low, room.high
    return (-room.high, -room.low) if room.high <= 0 else None


RULE = Rule(
    id="MZ613",
    name_zh="百分比截尾而没有四舍五入",
    name_en="A percentage cut off where the book rounds",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("proof",),
)
