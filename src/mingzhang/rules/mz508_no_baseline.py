"""MZ508 目标值“提高”“降低”没有比较的基数

## 检查什么
目标值只写“提高”“降低”“持续提升”，没有写与哪一年比，也没有数的，给提示。

## 依据
绩效目标表的通行格式：目标值应当可以衡量；《预算法》第三十二条。

## 例
“公众查档人次”的目标值写“提高”：给提示，建议写“比上年提高≥N%”，或者写明数量。

## 何时不报
- 写了“较上年”“比上年”“同比”等比较对象；
- 写了提高到多少（“提高到95%”）。

## 怎么改
写明基期值和年份，或者直接写目标数。

## English
### What it checks
A target says only 提高 (rise) or 降低 (fall), against no year and without a number: a note.
### Basis
Custom of form of goal tables: targets can be measured; Budget Law art. 32.
### Example
提高 as the target of 公众查档人次.
### When it is silent
It says against what (较上年, 同比), or up to which number (提高到95%).
### How to mend
Give the baseline and its year, or the number itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.goals.faults import target_faults
from mingzhang.goals.ofbook import goal_line
from mingzhang.goals.targets import parse_target
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule


def check(book: Book) -> Iterable[Finding]:
    for indicator in book.indicators:
        target = parse_target(indicator.target)
        if target.against or not plain(indicator.level3):
            continue
        for fault in target_faults(goal_line(book, indicator), target):
            if fault.kind == "no-baseline":
                yield RULE.found(
                    "change_of_nothing",
                    [indicator.place],
                    plain(indicator.level3),
                    name=starred(indicator.level3),
                    target=starred(indicator.target, 20),
                    advice=fault.suggestions["zh"],
                    advice_en=fault.suggestions["en"],
                )


RULE = Rule(
    id="MZ508",
    name_zh="目标值“提高”“降低”没有比较的基数",
    name_en="A target that rises or falls from nowhere",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("law32", "goals"),
)
