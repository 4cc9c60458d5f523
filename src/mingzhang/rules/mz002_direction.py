"""MZ002 增减用语与正负不符

## 检查什么
带有金额的增减用语（“增加 12 万元”“下降 3%”），方向应当与两个年度（或预算与决算）数字之差的正负一致。

## 依据
全书数字的联立证明。

## 例
“三公”经费表增减为 -2，文字写“比上年增加 2 万元”：报一条。

## 何时不报
- 没有说明与什么比较，或者书里没有可比的数字；
- 增减额为零（见 MZ606）；没有写金额的增减用语（见 MZ604）。

## 怎么改
核对两个数字，改正用语或者数字。

## English
### What it checks
A word of change that has its amount (增加 12 万元, 下降 3%) agrees with the sign of the difference between
the two amounts it compares.
### Basis
The joint proof of all figures.
### Example
The 三公 table prints a change of -2, the text says 比上年增加 2 万元.
### When it is silent
What is compared is not said or not printed; the change is zero (MZ606); the word has no amount (MZ604).
### How to mend
Check both amounts; correct the word or the amount.
"""

from __future__ import annotations

from mingzhang.rules.rule import Rule, nothing

RULE = Rule(
    id="MZ002",
    name_zh="增减用语与正负不符",
    name_en="Direction word against sign",
    severity="error",
    check=nothing,
    page=__doc__ or "",
    basis=("proof",),
)
