"""MZ304 资产截止日期不是本年度

## 检查什么
说明车辆、设备等国有资产时的截止日期（“截至 2024 年 12 月 31 日，共有车辆 2 辆”）：
决算应为本年度年末；预算应为编制时最近的日期，不应早于上上年年末。

## 依据
《行政事业性国有资产管理条例》；决算反映本年度末情况的通行做法。

## 例
2024 年度决算写“截至 2023 年 12 月 31 日，共有车辆 3 辆”：报一条。

## 何时不报
- 这句话说的不是车辆、设备、资产；
- 预算里写上年或上上年的日期；
- 本书年度不明。

## 怎么改
改成本年度年末（预算为最近的截止日期），并核对数字是否也是上年的。

## English
### What it checks
The date as of which vehicles and equipment are told: in a final account the end of its year; in a budget
the latest known, not before the end of the year before last.
### Basis
Regulation on state assets of administrative and public institutions; custom of final accounts.
### Example
The final account of 2024 says 截至 2023 年 12 月 31 日，共有车辆 3 辆.
### When it is silent
The sentence is not about vehicles, equipment or assets; a budget names last year or the year before; the
book's year is unknown.
### How to mend
Correct the date, and check whether the numbers are last year's too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import lines, sentences
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import words

_AS_OF = re.compile(r"截[至止](?:到)?((?:19|20)\d{2})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:末|底)?")


def check(book: Book) -> Iterable[Finding]:
    if book.year is None:
        return
    allowed = (book.year,) if book.stage == "final" else range(book.year - 2, book.year + 1)
    for line in lines(book):
        for start, end in sentences(line.words):
            said = line.words[start:end]
            found = _AS_OF.search(said)
            if found is None or int(found[1]) in allowed:
                continue
            if not any(w in said for w in words("assets")):
                continue
            yield RULE.found(
                "final" if book.stage == "final" else "budget",
                [line.place(start + found.start(), start + found.end())],
                "as-of",
                date=found[0],
                year=book.year,
            )


RULE = Rule(
    id="MZ304",
    name_zh="资产截止日期不是本年度",
    name_en="State assets as of another year",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("asset", "form"),
)
