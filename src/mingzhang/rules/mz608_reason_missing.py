"""MZ608 写了“主要原因是”而没有原因

## 检查什么
“主要原因是。”“主要原因：；”：原因没有填。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（增减变化应当说明原因）。

## 例
“与上年持平，主要原因是。其中：……”：报一条。

## 何时不报
- 原因写在下一段（“主要原因：”后换行）；
- 原因分条列出。

## 怎么改
写明原因；没有增减的，删去这几个字。

## English
### What it checks
主要原因是。 with nothing after it.
### Basis
财预〔2016〕143号 (changes are explained).
### Example
与上年持平，主要原因是。其中：…
### When it is silent
The reason follows in the next paragraph or as a list.
### How to mend
Give the reason; where nothing changed, delete the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import clause_before, lines, without_numbers
from mingzhang.rules.rule import Rule

_BLANK = re.compile(r"(?:主要)?原因(?:是|为|系)?[:：]?(?=[。;；])(?<!的原因)")


def check(book: Book) -> Iterable[Finding]:
    for line in lines(book):
        for found in _BLANK.finditer(line.words):
            if not re.search(r"[是为系:：]$|^主要原因$", found[0]):
                continue
            near = line.words[max(0, found.start() - 24) : found.start()]
            yield RULE.found(
                "blank",
                [line.place(*found.span())],
                without_numbers(near),
                words=clause_before(line.words, found.start()) + found[0],
            )


RULE = Rule(
    id="MZ608",
    name_zh="写了“主要原因是”而没有原因",
    name_en="“The reason is”, and no reason",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
