"""MZ605 增减用语后面又带负号

## 检查什么
“减少 -2.39 万元”“增长 -5%”：用语已经表示方向，数字不应再带负号，否则意思相反。

## 依据
文字表述的通行做法：方向用词表示，金额写绝对值。

## 例
“比上年减少 -12 万元”：报一条。

## 何时不报
- 短横是连接号（“减少 5-8 人”）；
- 用语是“增减”“变化”（本身不表示方向）。

## 怎么改
删去负号，或者改正用语。

## English
### What it checks
减少 -2.39 万元, 增长 -5%: the word already gives the direction; a minus sign turns it round.
### Basis
Custom of wording: the word gives the direction, the amount is absolute.
### Example
比上年减少 -12 万元.
### When it is silent
The dash joins two numbers (5-8 人); the word gives no direction (增减, 变化).
### How to mend
Delete the sign, or correct the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import lines, without_numbers
from mingzhang.rules.rule import Rule

_DOUBLED = re.compile(
    r"(?<![增加])(?:增加|减少|增长|下降|降低|上升|压减)(?:了|额为|约)?[-−]\d[\d,]*(?:\.\d+)?(?:万元|元|%)"
)


def check(book: Book) -> Iterable[Finding]:
    for line in lines(book):
        for found in _DOUBLED.finditer(line.words):
            start, end = found.span()
            near = line.words[max(0, start - 20) : start]
            yield RULE.found(
                "minus", [line.place(start, end)], without_numbers(near + found[0]), words=found[0]
            )


RULE = Rule(
    id="MZ605",
    name_zh="增减用语后面又带负号",
    name_en="Direction word with a minus sign",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
