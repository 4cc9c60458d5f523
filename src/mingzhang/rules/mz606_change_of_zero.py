"""MZ606 增加（减少）零

## 检查什么
“比上年增加 0 万元”“下降 0%”：没有增减的，应当写“持平”。

## 依据
文字表述的通行做法：没有增减的写“持平”，不必写原因。

## 例
“公务用车购置费比 2022 年增加 0 万元”：给提示。

## 何时不报
- 写成“增加（减少）0 万元”的模板文字（由 MZ601 报告）；
- 同一句里另有不为零的增减额或百分比（小额增减四舍五入后为 0）。

## 怎么改
改为“与上年持平”。

## English
### What it checks
比上年增加 0 万元, 下降 0%: where nothing changes, the text says 持平.
### Basis
Custom of wording.
### Example
公务用车购置费比 2022 年增加 0 万元.
### When it is silent
Both words of the form were left in place (MZ601); the same sentence has a change that is not zero (a small
one may print as 0).
### How to mend
Say 与上年持平.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import lines, sentences, without_numbers
from mingzhang.rules.rule import Rule

_CHANGE = re.compile(
    r"(?<![\u4e00-\u9fff][(])(?:增加|减少|增长|下降|降低|上升)(?:了|额为)?(\d[\d,]*(?:\.\d+)?)(?:万元|元|%)"
)


def check(book: Book) -> Iterable[Finding]:
    for line in lines(book):
        for start, end in sentences(line.words):
            found = list(_CHANGE.finditer(line.words[start:end]))
            zero = [f for f in found if not f[1].strip("0.,")]
            if not zero or len(zero) < len(found):
                continue
            first = zero[0]
            near = line.words[max(0, start + first.start() - 20) : start + first.start()]
            yield RULE.found(
                "zero",
                [line.place(start + first.start(), start + first.end())],
                without_numbers(near + first[0]),
                words=first[0],
            )


RULE = Rule(
    id="MZ606",
    name_zh="增加（减少）零",
    name_en="A rise or fall of nothing",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
