"""MZ010 差额由尾数处理造成

## 检查什么
算式两边印出的数字有差，但差额在四舍五入（或截尾）能够解释的范围内，全书联立也成立。

## 依据
全书数字的联立证明：n 个加数和一个合计都按同一单位印出时，尾数能解释的差额不超过 (n+1)/2 个末位单位。

## 例
146、154、65 的合计印 366：差 1，尾数能解释的为 2。

## 何时不报
- 差额为零；
- 差额超出尾数能解释的范围（见 MZ001）。

## 怎么改
不必修改；可在表下注明“金额单位转换时可能存在尾数误差”。

## English
### What it checks
The printed numbers of an equation differ, but rounding (or cutting off) explains the difference, also
jointly with all other figures of the book.
### Basis
The joint proof: with n addends and a total printed to the same unit, at most (n+1)/2 units.
### Example
146, 154 and 65 under 366: off by 1, where rounding explains up to 2.
### When it is silent
No difference, or one that rounding cannot explain (MZ001).
### How to mend
Nothing; a remark under the table may say that conversion of units leaves differences.
"""

from __future__ import annotations

from mingzhang.rules.rule import Rule, nothing

RULE = Rule(
    id="MZ010",
    name_zh="差额由尾数处理造成",
    name_en="Difference explained by rounding",
    severity="note",
    check=nothing,
    page=__doc__ or "",
    basis=("proof",),
)
