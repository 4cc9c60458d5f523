"""MZ602 金额没有填

## 检查什么
句子里只有单位没有数字（“支出预算 万元”），或者有数字没有单位而前后都有。

## 依据
公开文本应当完整、真实、规范（财预〔2016〕143号《地方预决算公开操作规程》）。

## 例
“政府性基金支出预算 万元，与上年持平。”：报一条。

## 何时不报
- “以万元为单位”“单位：万元”一类说明；
- 数字在上一行末尾（换行断开）。

## 怎么改
填上金额；没有的写 0 万元。

## English
### What it checks
A unit without its number (支出预算 万元).
### Basis
What is published is complete, true and regular (财预〔2016〕143号).
### Example
政府性基金支出预算 万元，与上年持平。
### When it is silent
Remarks on the unit (单位：万元); the number stands at the end of the line before.
### How to mend
Fill the amount in; 0 万元 where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import context, starred, told, without_numbers
from mingzhang.rules.rule import Rule


def check(book: Book) -> Iterable[Finding]:
    for notice in book.notices:
        if notice.what == "amount-missing" and notice.place is not None:
            said = context(book, notice.place) or notice.text
            shown = told(book, notice.place) or said
            yield RULE.found(
                "missing", [notice.place], without_numbers(plain(said)), words=starred(shown, 60)
            )


RULE = Rule(
    id="MZ602",
    name_zh="金额没有填",
    name_en="Amount not filled in",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
