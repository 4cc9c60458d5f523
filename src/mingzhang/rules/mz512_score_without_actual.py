"""MZ512 有得分而没有实际完成值

## 检查什么
绩效自评表里，一个指标有得分，实际完成值却是空白的，给警告。

## 依据
绩效目标表的通行格式：得分由实际完成值与目标值比较得出。

## 例
“修复验收合格率”得 10 分，实际完成值空白：给警告。

## 何时不报
- 得分是 0 或没有填；
- 表里没有实际完成值一列。

## 怎么改
填上实际完成值；没有数据的，不评分并说明。

## English
### What it checks
In a self-evaluation form, an indicator with a score and no actual value 实际完成值: a warning.
### Basis
Custom of form: a score comes from holding the actual value against the target.
### Example
A score of 10 beside an empty cell.
### When it is silent
The score is 0 or missing; the form has no column of actual values.
### How to mend
Fill in the actual value, or leave the score out and say why.
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
            actual = row.indicator.actual
            if actual is None or actual.strip() or row.score is None or not row.score.value:
                continue
            yield RULE.found(
                "blank",
                [row.indicator.place, row.score.place],
                f"{form.statement.title} {row.indicator.level3}",
                name=starred(row.indicator.level3),
                score=f"{row.score.value:f}",
            )


RULE = Rule(
    id="MZ512",
    name_zh="有得分而没有实际完成值",
    name_en="A score without an actual value",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
