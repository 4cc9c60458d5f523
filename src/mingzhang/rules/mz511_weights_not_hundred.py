"""MZ511 自评分值合计不是100

## 检查什么
绩效自评表各指标的分值（有预算执行率一项的，连同它）合计不是 100 的，给警告。没有预算执行率一项的，合计 90 也可以。

## 依据
绩效目标表的通行格式：百分制，预算执行率 10 分、产出 50 分、效益 30 分、满意度 10 分。

## 例
各指标分值合计 85，加上预算执行率 10 分是 95：给警告。

## 何时不报
- 有一个分值不是一个数；
- 指标不到三个。

## 怎么改
调整分值，使合计为 100。

## English
### What it checks
Weights of a self-evaluation form that do not add up to 100 with that of the rate of execution (to 100 or 90
in a form without it): a warning.
### Basis
Custom of form: a hundred points, 10 + 50 + 30 + 10.
### Example
Indicators of 85 points and 10 for execution make 95.
### When it is silent
One of the weights is no number; fewer than three indicators.
### How to mend
Change the weights so that they add up to 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mingzhang.catalog.performance import weight_totals
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.selfscores import Printed, self_forms

_FEWEST = 3  # indicators of a form that was read whole


def check(book: Book) -> Iterable[Finding]:
    for form in self_forms(book):
        weights: list[Printed | None] = [row.weight for row in form.rows]
        wanted = weight_totals()
        if form.money is not None and form.money.weight is not None:
            weights.append(form.money.weight)
            wanted = wanted[:1]
        known = [weight for weight in weights if weight is not None]
        if len(form.rows) < _FEWEST or len(known) < len(weights):
            continue
        total = sum((weight.value for weight in known), Decimal(0))
        if total in wanted:
            continue
        yield RULE.found(
            "sum",
            [weight.place for weight in known],
            form.statement.title,
            title=form.statement.title,
            sum=f"{total:f}",
            wanted=f"{wanted[0]:f}",
        )


RULE = Rule(
    id="MZ511",
    name_zh="自评分值合计不是100",
    name_en="Weights that do not add up to a hundred",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
