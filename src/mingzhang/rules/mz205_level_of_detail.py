"""MZ205 没有公开到规定的级次

## 检查什么
一般公共预算支出按功能分类应当列到项（7 位编码），基本支出按经济分类应当列到款（5 位编码）。
表里有金额的款没有下级的项，或者有金额的类没有下级的款，报出来。

## 依据
《预算法实施条例》第六条（支出按功能分类公开到项，基本支出按经济性质分类公开到款）；《预算法》第四十六条。

## 例
功能分类表有“20805 行政事业单位养老支出 366”，下面没有 2080501 等项：报一条。

## 何时不报
- 表里有没认出的行；书里写明涉密内容不予公开；
- 表只有一两行编码；
- 不是按编码列示的表。

## 怎么改
补列到项（款）。

## English
### What it checks
General budget expenditure goes down to 项 (7 digits) by function, basic expenditure to 款 (5 digits) by
economic class. A 款 with money and no 项 under it, or a 类 with money and no 款, is reported.
### Basis
Implementing Regulation art. 6; Budget Law art. 46.
### Example
20805 行政事业单位养老支出 366, and no 2080501 … below it.
### When it is silent
Some row was not understood; the book says that secret items are withheld; the table has only a few codes
or none.
### How to mend
List the items below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingzhang.catalog.statements import kinds
from mingzhang.model.book import Book, RowHead, Statement
from mingzhang.model.finding import Finding
from mingzhang.model.money import parse_number
from mingzhang.rules.prose import body_words
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import amount_columns, row_place

_DEPTH = {"function": 7, "economic": 5}
_LEVEL = {"function": ("项", "item (项)"), "economic": ("款", "款")}
_KINDS = ("general_function", "fiscal_function", "general_basic", "fiscal_basic")


def check(book: Book) -> Iterable[Finding]:
    if "涉密" in body_words(book) or "国家秘密" in body_words(book):
        return
    for index, statement in enumerate(book.statements):
        if statement.kind not in _KINDS or any(h.kind == "unknown" for h in statement.heads):
            continue
        scheme = kinds()[statement.kind].rows
        heads = [h for h in statement.heads if scheme in h.coordinates]
        if len(heads) < 3:
            continue
        coarse = list(_coarse(statement, heads, scheme))
        if not coarse:
            continue
        yield RULE.found(
            "coarse",
            [row_place(book, index, h.row, h.label) for h in coarse],
            f"{statement.kind} {' '.join(h.code for h in coarse)}",
            title=statement.title,
            codes="、".join(f"{h.code} {h.label.strip()}".strip() for h in coarse),
            level=_LEVEL[scheme][0],
            level_en=_LEVEL[scheme][1],
        )


def _coarse(statement: Statement, heads: list[RowHead], scheme: str) -> Iterator[RowHead]:
    codes = [str(head.coordinates[scheme]) for head in heads]
    for head, code in zip(heads, codes, strict=True):
        below = any(c != code and c.startswith(code) for c in codes)
        if len(code) < _DEPTH[scheme] and not below and _has_money(statement, head):
            yield head


def _has_money(statement: Statement, head: RowHead) -> bool:
    for column in amount_columns(statement):
        if statement.columns[column].side != head.side:
            continue
        number = parse_number(statement.rows[head.row][column])
        if number is not None and number[0] != 0:
            return True
    return False


RULE = Rule(
    id="MZ205",
    name_zh="没有公开到规定的级次",
    name_en="Not published down to the level that the law asks for",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("reg6", "law46"),
)
