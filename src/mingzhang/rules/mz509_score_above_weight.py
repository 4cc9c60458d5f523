"""MZ509 得分超出分值

## 检查什么
绩效自评表里，一个指标的得分高于它的分值，或者低于零的，给警告。

## 依据
绩效目标表的通行格式：得分在零和分值之间。

## 例
“修复档案页数”分值 20，得分 22：给警告。

## 何时不报
- 分值或得分不是一个数；
- 表里没有分值列或得分列。

## 怎么改
核对两个数；加分事项另行说明，不写进这一列。

## English
### What it checks
In a self-evaluation form 自评表, a score above its weight or below zero: a warning.
### Basis
Custom of form: a score lies between nothing and its weight.
### Example
A weight of 20 and a score of 22.
### When it is silent
Weight or score is no number; the form has no such column.
### How to mend
Check both; bonuses are told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule
from mingzhang.rules.selfscores import self_forms


def check(book: Book) -> Iterable[Finding]:
    for form in self_forms(book):
        for row in form.rows:
            if row.weight is None or row.score is None:
                continue
            if 0 <= row.score.value <= row.weight.value:
                continue
            yield RULE.found(
                "beyond",
                [row.score.place, row.weight.place, row.indicator.place],
                f"{form.statement.title} {row.indicator.level3}",
                name=starred(row.indicator.level3),
                score=f"{row.score.value:f}",
                weight=f"{row.weight.value:f}",
            )


RULE = Rule(
    id="MZ509",
    name_zh="得分超出分值",
    name_en="A score beyond its weight",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
