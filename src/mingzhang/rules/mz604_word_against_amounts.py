"""MZ604 大于、小于与两个数不符

## 检查什么
“决算数大于（小于、等于）预算数”，应当与同一段里写出的两个数一致。

## 依据
同一段文字前后应当一致；决算应当与预算比较说明（《预算法》第七十五条）。

## 例
“年初预算为 150.60 万元，支出决算为 148.20 万元。决算数大于预算数的主要原因：……”：报一条。

## 何时不报
- 同一段里没有同一事项的预算数和决算数；
- “基本持平”“大体相当”；
- 两个数的位数不同，尾数处理可能使它们相等。

## 怎么改
核对两个数，改正用语；原因也要相应核对。

## English
### What it checks
决算数大于（小于、等于）预算数 agrees with the two amounts of the same paragraph.
### Basis
A paragraph does not contradict itself; accounts are explained against the budget (Budget Law art. 75).
### Example
Budget 150.60, account 148.20, and then 决算数大于预算数的主要原因.
### When it is silent
The paragraph does not have both amounts of one thing; 基本持平; printed to different digits they may be equal.
### How to mend
Check both amounts, correct the word, and check the reason too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import line_of
from mingzhang.rules.rule import Rule

_COMPARED = re.compile(
    r"(决算|预算)(?:支出)?数?(大于|小于|高于|低于|多于|少于|超过|等于|与)(?:年初|全年|调整)?"
    r"(预算|决算)数?(持平|一致|相同|相等)?"
)
_SIGN = {
    "大于": 1,
    "高于": 1,
    "多于": 1,
    "超过": 1,
    "小于": -1,
    "低于": -1,
    "少于": -1,
    "等于": 0,
    "与": 0,
}


def check(book: Book) -> Iterable[Finding]:
    by_paragraph: dict[int, list[Figure]] = {}
    for figure in book.figures:
        if figure.paragraph is not None and figure.is_money and figure.start is not None:
            by_paragraph.setdefault(figure.paragraph, []).append(figure)
    for index, figures in by_paragraph.items():
        line = line_of(book.paragraphs[index])
        for found in _COMPARED.finditer(line.words):
            if found[1] == found[3] or (found[2] == "与" and not found[4]):
                continue
            pair = _pair(figures, line.back[found.start()])
            if pair is None:
                continue
            budget, final = pair
            left, right = (final, budget) if found[1] == "决算" else (budget, final)
            if _fits(left, right, _SIGN[found[2]]):
                continue
            yield RULE.found(
                "word",
                [line.place(found.start(), found.end()), budget.place, final.place],
                f"{final.quantity.key if final.quantity else ''} {found[0]}",
                figures=[budget.id, final.id],
                words=found[0],
                budget=f"{budget.text}{budget.unit}",
                final=f"{final.text}{final.unit}",
            )


def _pair(figures: list[Figure], before: int) -> tuple[Figure, Figure] | None:
    """The nearest budget and final amount of one thing that stand before a position."""
    near = [f for f in figures if f.start is not None and f.start < before and f.quantity]
    for final in reversed(near):
        quantity = final.quantity
        if quantity is None or quantity.stage != "final" or quantity.versus:
            continue
        for budget in reversed(near):
            if budget.quantity == quantity.with_(stage="budget"):
                return budget, final
    return None


def _fits(left: Figure, right: Figure, sign: int) -> bool:
    """True if the amounts may well be related as the word says."""
    difference = left.printed.fen - right.printed.fen
    step = max(left.printed.step_fen, right.printed.step_fen)
    if left.printed.step_fen != right.printed.step_fen and abs(difference) <= step:
        return True
    return difference == 0 if sign == 0 else difference * sign >= 0


RULE = Rule(
    id="MZ604",
    name_zh="大于、小于与两个数不符",
    name_en="More, less or equal against the two amounts",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law75",),
    stages=("final",),
)
