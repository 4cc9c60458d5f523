"""MZ501 绩效指标没有目标值

## 检查什么
绩效目标表里的三级指标应当有目标值（数值、比例、时限或“提高”“及时”一类定性表述）。

## 依据
《预算法》第三十二条（预算编制应当参考绩效评价结果和绩效目标）；绩效目标表的通行格式：
一级指标、二级指标、三级指标、目标值。

## 例
“社会效益指标”下有一行三级指标写满了要做的事，目标值一栏空着：报一条。

## 何时不报
- 整张表的目标值都没有读到（表式不同，或是空白模板）；
- 指标名称是空的。

## 怎么改
补上目标值；如果这一行其实是上一行目标值的续行，请并入上一行。

## English
### What it checks
Each third-level indicator of a goal table has a target: a number, a share, a time limit or words.
### Basis
Budget Law art. 32 (goals of performance enter the draft budget); the customary form of goal tables:
three levels of indicators and a target value.
### Example
An indicator under 社会效益指标 has a long name and an empty cell for its target.
### When it is silent
No target at all was read in that table (another form, or a blank one); the indicator has no name.
### How to mend
Give the target, or join the line to the one above if it only continues that one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Indicator
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule

_NO_TARGET = re.compile(r"[-—–－─/\\、.…]*")


def check(book: Book) -> Iterable[Finding]:
    tables: dict[int, list[Indicator]] = defaultdict(list)
    for indicator in book.indicators:
        if plain(indicator.level3):
            tables[indicator.statement].append(indicator)
    for indicators in tables.values():
        without = [i for i in indicators if _NO_TARGET.fullmatch(plain(i.target))]
        if 2 * len(without) > len(indicators):
            continue
        for indicator in without:
            level = indicator.level2 or indicator.level1
            yield RULE.found(
                "missing" if level else "missing_bare",
                [indicator.place],
                plain(indicator.level3),
                level=level,
                name=starred(indicator.level3),
            )


RULE = Rule(
    id="MZ501",
    name_zh="绩效指标没有目标值",
    name_en="Performance indicator without a target",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32", "goals"),
)
