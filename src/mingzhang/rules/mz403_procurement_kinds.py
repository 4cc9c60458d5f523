"""MZ403 政府采购没有分货物、工程、服务列全

## 检查什么
说明政府采购总额时，货物、工程、服务三类应当都写明；没有的写 0。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（政府采购总额及货物、工程、服务的安排）；《政府采购法》第三十三条。

## 例
“政府采购预算 240 万元，其中货物 30 万元、服务 210 万元”，没有写工程：给提示。

## 何时不报
- 没有政府采购，或者总额为 0；
- 只写了总额，没有分类（是否分类另见各地要求）；
- 三类在采购表里列全了。

## 怎么改
三类都写，没有的写 0 万元。

## English
### What it checks
Where the total of procurement is divided, all three kinds are named: goods, works, services; 0 where none.
### Basis
财预〔2016〕143号; Government Procurement Law art. 33.
### Example
240 万元 in all, goods 30, services 210, and no word about works.
### When it is silent
No procurement, or 0; the total is not divided at all; the procurement table shows all kinds.
### How to mend
Name all three.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.dimensions import name
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule

_KINDS = ("goods", "works", "services")


def check(book: Book) -> Iterable[Finding]:
    stated = [
        f
        for f in book.figures
        if f.quantity is not None
        and f.quantity.procurement
        and f.quantity.year == book.year
        and not f.quantity.reserved
        and not f.quantity.versus
    ]
    totals = [f for f in stated if f.quantity and f.quantity.procurement == "all" and f.value]
    shown = {f.quantity.procurement for f in stated if f.quantity}
    absent = [k for k in _KINDS if k not in shown]
    if not totals or not absent or len(absent) == len(_KINDS):
        return
    where = next((f for f in totals if f.in_prose), totals[0])
    yield RULE.found(
        "absent",
        [where.place],
        " ".join(absent),
        figures=[where.id],
        kinds="、".join(name("procurement", k) for k in absent),
        kinds_en=", ".join(name("procurement", k, "en") for k in absent),
    )


RULE = Rule(
    id="MZ403",
    name_zh="政府采购没有分货物、工程、服务列全",
    name_en="Procurement not divided into all its kinds",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("op143", "purchase33"),
)
