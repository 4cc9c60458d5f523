"""MZ002 增减用语与两个数不符

## 检查什么
“比上年有所增加”“较上年下降”：用语表示的方向，应当与两个年度印出的金额一致。

## 依据
全书数字的联立证明：两个印出的数，差额超出尾数能解释的，方向是确定的。

## 例
“三公”经费表 2023 年 6.50、2024 年 6.00，文字写“‘三公’经费比上年有所增加”：报一条。

## 何时不报
- 用语后面有金额或百分比：方向错了，数字就对不上（见 MZ001，疑为正负号有误）；
- 书里没有印出两个年度的金额，或者差额在尾数之内；
- 预算与决算比较的“大于”“小于”（见 MZ604）；“基本持平”一类的话（见 MZ603）。

## 怎么改
核对两个数字，改正用语或者数字。

## English
### What it checks
A word of change (有所增加, 较上年下降) goes the way that the printed amounts of the two years go.
### Basis
The joint proof of all figures: two printed amounts that differ by more than rounding have an order.
### Example
The 三公 table prints 6.50 for 2023 and 6.00 for 2024, the text says that they rose.
### When it is silent
The word has an amount or a percentage of its own (then the figures contradict each other, MZ001); one of
the two amounts is not printed, or rounding explains the difference; budget against final account (MZ604);
unchanged (MZ603).
### How to mend
Check both amounts; correct the word or the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mingzhang.model.book import Book
from mingzhang.model.claim import Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.rules.changes import directions
from mingzhang.rules.prose import line_of, sentences
from mingzhang.rules.rule import Rule
from mingzhang.rules.stated import amount, minus

_UP, _DOWN = "增加|增长|上升|提高", "减少|下降|降低"
# a word of change with neither amount nor percentage: the sentence or its clause ends there
_BARE = re.compile(
    r"[比较与](?:上年度?|去年|(20\d{2})年度?)(预算|决算)?(?:数|支出)?(?:相比)?,?"
    rf"(?:有所|略有|稍有|小幅|大幅|明显)?({_UP}|{_DOWN})(?=[,。;]|$)"
)
Said = tuple[Quantity, Quantity, int, str, Place]
"""This year's amount, that of the year before, which way the word points, the word, its place."""


def check(book: Book) -> Iterable[Finding]:
    for quantity, before, sign, word, place in (*_claimed(book), *_worded(book)):
        if before.stage != quantity.stage or before.year == quantity.year:
            continue
        now, then = amount(book, quantity), amount(book, before)
        if now is None or then is None:
            continue
        low, high = minus(now[1], then[1])
        assert low is not None and high is not None
        if (sign > 0 and high < 0) or (sign < 0 and low > 0):
            figures = [f for q in (quantity, before) for f in _stating(book, q)[:1]]
            yield RULE.found(
                "against",
                [place, *(f.place for f in figures)],
                quantity.key,
                figures=[f.id for f in figures],
                word=word,
                year=quantity.year,
                now=_yuan(now[0]),
                before=before.year,
                then=_yuan(then[0]),
            )


def _claimed(book: Book) -> Iterator[Said]:
    """Words that the reader understood: 大于 2023 年预算."""
    rated = {claim.numerator for claim in book.claims if isinstance(claim, Ratio)}
    for claim in directions(book):
        before = claim.quantity.base()
        if claim.sign and not claim.figure and claim.quantity not in rated and before:
            yield claim.quantity.level(), before, claim.sign, claim.word, claim.place


def _worded(book: Book) -> Iterator[Said]:
    """…6 万元，比上年有所增加: of the one amount that the sentence states before the word."""
    by_paragraph: dict[int, list[Figure]] = {}
    for figure in book.figures:
        if figure.paragraph is not None and figure.is_money and figure.start is not None:
            by_paragraph.setdefault(figure.paragraph, []).append(figure)
    for index, figures in by_paragraph.items():
        line = line_of(book.paragraphs[index])
        for start, end in sentences(line.words):
            for found in _BARE.finditer(line.words, start, end):
                span = line.back[start], line.back[found.start()]
                told = {f.quantity for f in figures if span[0] <= (f.start or 0) < span[1]}
                quantity = told.pop() if len(told) == 1 else None
                if quantity is None or quantity.versus or quantity.year is None:
                    continue
                year = int(found[1]) if found[1] else quantity.year - 1
                if found[2] and (found[2] == "决算") != (quantity.stage == "final"):
                    continue
                sign = 1 if found[3] in _UP.split("|") else -1
                yield (
                    quantity,
                    quantity.with_(year=year),
                    sign,
                    found[3],
                    line.place(*found.span(3)),
                )


def _stating(book: Book, quantity: Quantity) -> list[Figure]:
    return [f for f in book.figures if f.quantity == quantity]


def _yuan(fen: int) -> str:
    """An amount as books print it, in 万元."""
    return f"{fen / 1_000_000:,.2f}万元"


RULE = Rule(
    id="MZ002",
    name_zh="增减用语与两个数不符",
    name_en="A word of change against the two amounts",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("proof",),
)
