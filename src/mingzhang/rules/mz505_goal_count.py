"""MZ505 绩效目标个数与列出的项目不符

## 检查什么
文字写“编报 N 个项目绩效目标”，书里列出目标的项目比 N 还多。

## 依据
本书文字与表格应当一致；《预算法》第十四条。

## 例
文字写“编报 4 个项目绩效目标”，绩效目标表列了 5 个项目：报一条。

## 何时不报
- 列出的比 N 少（只公开重点项目，或涉密项目不公开）；
- 同一项目在几张表里都有，只算一个；名称只差“项目”等字的也只算一个；
- 文字有几个不同的个数。

## 怎么改
核对个数。

## English
### What it checks
The text says that N projects have goals, and the tables show more than N.
### Basis
Text and tables of one book agree; Budget Law art. 14.
### Example
编报 4 个项目绩效目标, and five projects in the goal tables.
### When it is silent
Fewer are shown (only key projects are published, secret ones withheld); a project in several tables, or
under names that differ by 项目, counts once; the text gives several numbers.
### How to mend
Check the number.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import bare, project_key
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule


def check(book: Book) -> Iterable[Finding]:
    counts = [
        f
        for f in book.figures
        if f.quantity is not None
        and f.quantity.measure == "count"
        and f.quantity.item.startswith("绩效目标")
    ]
    stated = {f.value for f in counts}
    if len(stated) != 1:
        return
    number = int(stated.pop())
    basic = {"基本支出", "人员支出", "公用支出", "人员经费", "公用经费"}
    names = {project_key(t.name): t for t in book.tasks if bare(t.name) not in basic}
    if not 0 < number < len(names):
        return
    yield RULE.found(
        "more",
        [counts[0].place, *(t.place for t in names.values())],
        "count",
        figures=[f.id for f in counts],
        said=number,
        shown=len(names),
    )


RULE = Rule(
    id="MZ505",
    name_zh="绩效目标个数与列出的项目不符",
    name_en="More projects with goals than the text counts",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "goals"),
)
