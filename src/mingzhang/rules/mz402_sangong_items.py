"""MZ402 “三公”经费没有分项列全

## 检查什么
“三公”经费应当分别列出因公出国（境）费、公务用车购置费、公务用车运行费、公务接待费；没有的列 0。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（“三公”经费按项目公开，公务用车分购置费和运行费）。

## 例
表和文字只列了出国、接待和“公务用车购置及运行费 5”，没有分购置费和运行费：报一条。

## 何时不报
- 书里没有“三公”经费的数字；
- 各项在表或文字里出现过，哪怕为 0 或空白；
- “三公”经费表有没认出的栏目。

## 怎么改
按四项列全。

## English
### What it checks
The 三公 expenses are shown by item: travel abroad, vehicle purchase, vehicle running costs, receptions;
0 where there are none.
### Basis
财预〔2016〕143号 (by item, vehicles split into purchase and running).
### Example
Table and text show travel, receptions and vehicles 5 in one sum, not split.
### When it is silent
The book has no figures of the 三公 expenses; each item stands in the table or the text, even blank; a
column of the table was not recognised.
### How to mend
Show all four.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.dimensions import name
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body_words
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table

_ITEMS = ("abroad", "vehicle_purchase", "vehicle_running", "reception")


def check(book: Book) -> Iterable[Finding]:
    tables = [s for s in book.statements if s.kind == "sangong"]
    if any(c.role == "unknown" for s in tables for c in s.columns):
        return
    figures = [
        f
        for f in book.figures
        if f.quantity is not None and f.quantity.item == "sangong" and not f.quantity.versus
    ]
    shown = {f.quantity.item for f in book.figures if f.quantity is not None}
    shown |= {str(c.coordinates.get("item", "")) for s in tables for c in s.columns}
    shown |= {str(h.coordinates.get("item", "")) for s in tables for h in s.heads}
    if not figures or not shown & {"abroad", "reception", "vehicle"}:
        return
    said = body_words(book)
    absent = [
        item
        for item in _ITEMS
        if item not in shown and not any(w in said for w in table("sangong_words")[item])
    ]
    if absent:
        yield RULE.found(
            "absent",
            [figures[0].place],
            " ".join(absent),
            items="、".join(name("item", i) for i in absent),
            items_en=", ".join(name("item", i, "en") for i in absent),
        )


RULE = Rule(
    id="MZ402",
    name_zh="“三公”经费没有分项列全",
    name_en="The 三公 expenses are not shown by all items",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
