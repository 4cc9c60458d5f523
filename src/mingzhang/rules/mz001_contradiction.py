"""MZ001 数字互相矛盾

## 检查什么
书里的数字联立成一个方程组：父科目等于子科目之和、合计等于各栏之和、收支平衡、功能分类与经济分类一致、
文字与表格一致、增减额与百分比一致。每个数字按印出的位数代表一个区间。没有任何一组真实金额能同时印成
这些数字的，就是矛盾。能证明只有某一个数字能改的，指名是它；否则列出所有可能的数字。

## 依据
全书数字的联立证明（不设容差：印出的位数就是区间）；《预算法》第三十二条。

## 例
一般公共服务支出 300、教育支出 50、住房保障支出 21，合计印 381：差 10，超出尾数能解释的 2，报错误。

## 何时不报
- 差额在尾数处理（四舍五入、截尾）能解释的范围内（见 MZ010）；
- 通常成立而有例外的关系（见 MZ003）。

## 怎么改
按所列算式核对原始数据；“可改为”给出能使全部关系成立的数值。

## English
### What it checks
All figures form one system: parents are sums of children, totals of columns, both sides balance, views
and sentences agree. Each printed figure is an interval. Where no true amounts could print as these
figures, they contradict each other. A figure is named alone only where the proof leaves no other.
### Basis
The joint proof of all figures (no tolerance: the printed digits are the interval); Budget Law art. 32.
### Example
300, 50 and 21 under a total of 381: 10 too much, where rounding explains at most 2.
### When it is silent
Rounding explains the difference (MZ010); the relation only usually holds (MZ003).
### How to mend
Follow the equation back to the source; the values given would make everything agree.
"""

from __future__ import annotations

from mingzhang.rules.rule import Rule, nothing

RULE = Rule(
    id="MZ001",
    name_zh="数字互相矛盾",
    name_en="Contradictory figures",
    severity="error",
    check=nothing,
    page=__doc__ or "",
    basis=("proof", "law32"),
)
