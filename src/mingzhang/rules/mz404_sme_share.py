"""MZ404 没有说明面向中小企业的采购份额

## 检查什么
有政府采购预算的部门，2021 年起应当单独列示面向中小企业预留的采购份额。全书没有一处提到的，给提示。

## 依据
财库〔2020〕46号《政府采购促进中小企业发展管理办法》（预留份额在部门预算中单独列示，执行情况公开）。

## 例
“政府采购预算 320 万元，其中货物 20 万元、工程 0 万元、服务 300 万元”，全书没有“中小企业”：给提示。

## 何时不报
- 没有政府采购，或总额不足 200 万元（小额采购整体面向中小企业，做法不一）；
- 2021 年以前；
- 书里任何地方写了面向中小企业的金额或说明。

## 怎么改
补充说明预留份额及其中面向小微企业的金额。

## English
### What it checks
From 2021 on a department with procurement shows what it reserves for small and medium enterprises. A book
that never mentions them gets a note.
### Basis
财库〔2020〕46号 (the reserved share is shown separately in the budget, its execution published).
### Example
Procurement of 320 万元 by kind, and no 中小企业 in the whole book.
### When it is silent
No procurement, or less than 200 万元; before 2021; any mention of 中小企业.
### How to mend
Add the reserved share, and that for small and micro enterprises.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body_words
from mingzhang.rules.rule import Rule

_LEAST_FEN = 200 * 1_000_000  # 200 万元


def check(book: Book) -> Iterable[Finding]:
    totals = [
        f
        for f in book.figures
        if f.is_money
        and f.quantity is not None
        and f.quantity.procurement == "all"
        and f.quantity.year == book.year
        and not f.quantity.versus
        and not f.quantity.function
    ]
    largest = max(totals, key=lambda f: f.printed.fen, default=None)
    if largest is None or largest.printed.fen < _LEAST_FEN:
        return
    if any(f.quantity is not None and f.quantity.reserved for f in book.figures):
        return
    tables = (plain(t) for s in book.statements for row in s.rows for t in row)
    if "中小企业" in body_words(book) or any("中小企业" in t for t in tables):
        return
    yield RULE.found(
        "silent",
        [largest.place],
        "sme",
        figures=[largest.id],
        amount=f"{largest.text.strip()}{largest.unit}",
    )


RULE = Rule(
    id="MZ404",
    name_zh="没有说明面向中小企业的采购份额",
    name_en="No word about the share reserved for small and medium enterprises",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("sme46",),
    years=(2021, None),
)
