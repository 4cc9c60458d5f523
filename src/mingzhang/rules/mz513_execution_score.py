"""MZ513 预算执行率得分与执行率不符

## 检查什么
绩效自评表的预算执行率得分，通常是 min(全年执行数÷全年预算数, 1)×分值。与此不符、四舍五入也解释不了的，给提示。

## 依据
绩效目标表的通行格式：预算执行率得分按执行率计算。

## 例
预算 120.00 万元，执行 103.20 万元，分值 10，得分写 9.6（按执行率 86% 应为 8.6）：给提示。

## 何时不报
- 预算、执行、分值或得分没有读到，或者预算不是正数；
- 得分在四舍五入的范围以内（8.6 写成 9）。

## 怎么改
按执行率重新计算；用了别的办法（如分档计分）的，可以不改。

## English
### What it checks
The score of the rate of execution is usually min(executed/budget, 1) × weight. Another number, beyond
rounding: a note.
### Basis
Custom of form: the score follows the rate.
### Example
120.00 budgeted, 103.20 spent, a weight of 10 and a score of 9.6 (86 % gives 8.6).
### When it is silent
One of the numbers could not be read, or the budget is not positive; the score is within rounding (8.6 printed
as 9).
### How to mend
Work it out again; leave it where another method (steps) was used.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.rule import Rule
from mingzhang.rules.selfscores import Money, self_forms


def check(book: Book) -> Iterable[Finding]:
    for form in self_forms(book):
        money = form.money
        if money is None or money.score is None or money.weight is None:
            continue
        bounds = _bounds(money)
        if bounds is None:
            continue
        low, high = bounds
        score, half = Fraction(money.score.value), Fraction(money.score.half_step)
        if low - half <= score <= high + half:
            continue
        yield RULE.found(
            "other",
            _places(money),
            form.statement.title,
            title=form.statement.title,
            score=f"{money.score.value:f}",
            formula=f"{float((low + high) / 2):.2f}",
        )


def _places(money: Money) -> list[Place]:
    """The score and what it follows from."""
    parts = (money.score, money.weight, money.executed, money.budget)
    return [part.place for part in parts if part is not None]


def _bounds(money: Money) -> tuple[Fraction, Fraction] | None:
    """The least and most that the formula can give, amounts being rounded as printed."""
    if money.budget is None or money.executed is None or money.weight is None:
        return None
    least = Fraction(money.budget.value) - Fraction(money.budget.half_step)
    most = Fraction(money.budget.value) + Fraction(money.budget.half_step)
    executed, half = Fraction(money.executed.value), Fraction(money.executed.half_step)
    if least <= 0 or executed < 0:
        return None
    weight = Fraction(money.weight.value)
    low, high = max(executed - half, Fraction(0)) / most, (executed + half) / least
    return min(low, Fraction(1)) * weight, min(high, Fraction(1)) * weight


RULE = Rule(
    id="MZ513",
    name_zh="预算执行率得分与执行率不符",
    name_en="A score of execution that is not its rate",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("goals",),
)
