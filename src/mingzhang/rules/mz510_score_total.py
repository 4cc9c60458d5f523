"""MZ510 自评总分与各项得分之和不符

## 检查什么
绩效自评表的总分，应当等于各指标得分与预算执行率得分之和。差额大于各数四舍五入所能解释的，给警告；能解释的，给提示。

## 依据
绩效目标表的通行格式：总分是各项得分之和。

## 例
各项得分合计 95.60，总分写 98.60：给警告。

## 何时不报
- 表里没有总分行，或者总分不是一个数；
- 有一个指标（或预算执行率）的得分没有读到。

## 怎么改
重新合计，改正总分或写错的得分。

## English
### What it checks
The total of a self-evaluation form is the sum of its scores, that of the rate of execution included. A gap
beyond rounding: a warning; within it: a note.
### Basis
Custom of form: the total is the sum.
### Example
Scores of 95.60 in all, and a total of 98.60.
### When it is silent
No total, or it is no number; one of the scores could not be read.
### How to mend
Add again, and correct the total or the score.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.selfscores import Printed, self_forms


def check(book: Book) -> Iterable[Finding]:
    for form in self_forms(book):
        scores: list[Printed | None] = [row.score for row in form.rows]
        if form.money is not None:
            scores.append(form.money.score)
        known = [score for score in scores if score is not None]
        if form.total_score is None or len(known) < len(scores):
            continue
        total = sum((score.value for score in known), Decimal(0))
        gap = abs(total - form.total_score.value)
        if not gap:
            continue
        reach = sum((score.half_step for score in known), form.total_score.half_step)
        yield RULE.found(
            "differs" if gap > reach else "rounded",
            [form.total_score.place, *(score.place for score in known)],
            form.statement.title,
            severity="warning" if gap > reach else "note",
            title=form.statement.title,
            sum=f"{total:f}",
            total=f"{form.total_score.value:f}",
        )


RULE = Rule(
    id="MZ510",
    name_zh="自评总分与各项得分之和不符",
    name_en="A total that is not the sum of its scores",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
