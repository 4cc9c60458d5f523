"""MZ607 增减额与百分比方向相反

## 检查什么
同一句里金额写增加、百分比写下降，或者相反。

## 依据
同一句话前后应当一致。

## 例
“比上年减少 8.5 万元，增长 4.2%”：报一条。

## 何时不报
- 百分比是占比、完成率、执行率；
- 金额与百分比之间隔着别的事项（另有分号、句号或另一个金额）。

## 怎么改
核对方向，改正其中一个词。

## English
### What it checks
In one sentence the amount rises and the percentage falls, or the other way round.
### Basis
A sentence does not contradict itself.
### Example
比上年减少 8.5 万元，增长 4.2%.
### When it is silent
The percentage is a share or a rate of execution; something else stands between the two.
### How to mend
Check the direction and correct one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import lines, without_numbers
from mingzhang.rules.rule import Rule

_UP, _DOWN = "增加|增长|上升|提高|调增", "减少|下降|降低|压减|调减|缩减"
_BOTH = re.compile(
    rf"({_UP}|{_DOWN})(?:了|额为)?(\d[\d,]*(?:\.\d+)?)(?:万元|亿元|元)"
    rf"[,，、]?(?:同比|较上年|比上年|增减幅|幅度)?({_UP}|{_DOWN})(?:了|率为|约)?(\d[\d,]*(?:\.\d+)?)%"
)


def check(book: Book) -> Iterable[Finding]:
    for line in lines(book):
        for found in _BOTH.finditer(line.words):
            first, second = (found[i] in _UP.split("|") for i in (1, 3))
            if first == second or not found[2].strip("0.,") or not found[4].strip("0.,"):
                continue
            near = line.words[max(0, found.start() - 20) : found.start()]
            yield RULE.found(
                "opposite",
                [line.place(*found.span())],
                without_numbers(near + found[1] + found[3]),
                words=found[0],
            )


RULE = Rule(
    id="MZ607",
    name_zh="增减额与百分比方向相反",
    name_en="Amount and percentage change in opposite directions",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
