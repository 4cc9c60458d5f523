"""MZ004 与另一本书不符

## 检查什么
同时给出上年的书（或同一年度的预算书、决算书，或所属部门、下属单位的书）时，本书所说的上年数与
上年的书所印的数是否一致：本年数减去增减额应为上年的书所印的数；科目改了代码的，按科目沿革对应；
上年的书没有列的科目，上年数为零。

## 依据
两本书数字的联立证明。《预算法》第四十六条、第七十五条要求的上下年度、预算与决算对照，以同一个数为准。

## 例
本书写“三公经费 500 万元，比上年减少 20 万元”，上年的书印 510 万元：给警告，并列出两处。

## 何时不报
- 差额在尾数处理能解释的范围内；
- 比较的口径不同：本书写明与决算数或调整后预算数相比，而给出的是年初预算书；
- 统计口径在两个年度之间变动（catalog/definitions.toml），或者科目调整后数额不能一一对应；
- 给出的书是另一个部门的。
本书写明了比较口径（如“比上年预算”）而仍不符的，按 MZ001 报错误。科目沿革仅凭记忆、未经公开文本核实的，只作说明。

## 怎么改
核对增减额与上年公开的数；如与其他口径相比，在句中写明。

## English
### What it checks
Where last year's book is given (or the budget or final account of the same year, or the book of the
department or of a unit): whether what this book says of last year is what that book printed. This
year's amount less the change has to be last year's; renumbered accounts are joined by their succession;
an account that last year's book does not list had no money.
### Basis
The joint proof of both books.
### Example
This book says 500, 20 less than last year; last year's book prints 510.
### When it is silent
Rounding explains the difference; the stages differ (this book compares with the final account, the
budget is given); the definition changed in between or an account was divided; the book is somebody
else's. Where this book says with what it compares and still differs, that is MZ001. What is known
of an account's succession from memory alone makes a note at most.
### How to mend
Check the change against what was published; say so if it is measured against another stage.
"""

from __future__ import annotations

from mingzhang.rules.rule import Rule, nothing

RULE = Rule(
    id="MZ004",
    name_zh="与另一本书不符",
    name_en="Disagrees with another book",
    severity="warning",
    check=nothing,
    page=__doc__ or "",
    basis=("proof",),
)
