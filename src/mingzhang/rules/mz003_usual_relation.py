"""MZ003 通常成立的关系不成立

## 检查什么
功能分类与经济分类之间通常成立、但有例外的对应关系，例如住房公积金（2210201）的基本支出等于
经济分类的住房公积金（30113）。这种关系单独不成立时只提醒，不判定书有错。

## 依据
全书数字的联立证明；对应关系及其可靠程度据已公开预算书统计。

## 例
2080505 基本支出 160，30108 印 150，其余关系都成立：给警告。

## 何时不报
- 关系的可靠程度太低，或者有已知的例外情形；
- 差额在尾数处理能解释的范围内。

## 怎么改
核对两处的数据来源；确有原因的，不必修改。

## English
### What it checks
Relations between the functional and the economic view that usually hold but have exceptions, e.g.
2210201 equals 30113. Broken alone, they warn; they never make a book wrong.
### Basis
The joint proof of all figures; the pairs and how reliable they are come from published books.
### Example
2080505 is 160 in basic expenditure, 30108 is 150, and everything else agrees.
### When it is silent
The pair is too unreliable, a known exception applies, or rounding explains the difference.
### How to mend
Check both sources; there may be a good reason.
"""

from __future__ import annotations

from mingzhang.rules.rule import Rule, nothing

RULE = Rule(
    id="MZ003",
    name_zh="通常成立的关系不成立",
    name_en="Usual relation broken",
    severity="warning",
    check=nothing,
    page=__doc__ or "",
    basis=("proof",),
)
