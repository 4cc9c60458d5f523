"""MZ504 绩效指标缺少一类

## 检查什么
绩效目标表的指标一般分产出、效益、满意度三类。整张表缺少其中一类的，给提示。

## 依据
绩效目标表的通行格式（产出指标、效益指标、满意度指标）。

## 例
整体支出绩效目标表有数量、质量、时效和社会效益指标，没有满意度指标：给提示。

## 何时不报
- 指标不到三个，或者一级、二级指标没有读到；
- 该类词语在任何一级指标或指标名称里出现过。

## 怎么改
补上这一类指标；确不适用的，可以不改。

## English
### What it checks
Indicators come in three groups: outputs 产出, effects 效益, satisfaction 满意度. A goal table without one of
them gets a note.
### Basis
Custom of form of goal tables.
### Example
Quantity, quality, time and social effect, and no 满意度.
### When it is silent
Fewer than three indicators, or their groups were not read; the word stands in any level or name.
### How to mend
Add an indicator of that group, unless it does not apply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Indicator
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table


def check(book: Book) -> Iterable[Finding]:
    tables: dict[int, list[Indicator]] = defaultdict(list)
    for indicator in book.indicators:
        tables[indicator.statement].append(indicator)
    for index, indicators in tables.items():
        if len(indicators) < 3 or not all(i.level1 or i.level2 for i in indicators):
            continue
        said = plain("".join(i.level1 + i.level2 + i.level3 for i in indicators))
        absent = [
            row
            for row in table("indicator_groups").values()
            if not any(w in said for w in row["words"])
        ]
        if not absent:
            continue
        statement = book.statements[index]
        yield RULE.found(
            "absent",
            [indicators[0].place],
            f"{statement.kind}{index} {' '.join(row['zh'] for row in absent)}",
            title=statement.title,
            groups="、".join(row["zh"] for row in absent),
            groups_en=", ".join(row["en"] for row in absent),
        )


RULE = Rule(
    id="MZ504",
    name_zh="绩效指标缺少一类",
    name_en="A group of performance indicators is missing",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
