"""MZ302 金额单位缺漏或不一致

## 检查什么
每张有金额的报表都要印明单位（“单位：万元”，或者栏目里的“（万元）”）。同套主要报表的单位应当一致。

## 依据
《预算法实施条例》第十一条（预算收支以人民币元为计算单位）；报表格式的通行做法：以万元、千元列示的，印明单位。

## 例
各表都写“单位：万元”，只有“支出总表”没写：报一条。

## 何时不报
- 全书有四分之一以上的报表没有读到单位（版式不同，不能肯定是漏写）；
- 表上没有金额；
- “三公”经费、绩效目标、政府采购等表用了与主表不同的单位（上海等地的通行做法）。

## 怎么改
补上单位；单位不同的，改成一致，或者确认数字与单位相符。

## English
### What it checks
Every statement with amounts prints its unit (单位：万元, or （万元） in a heading); the main statements of
one set use the same unit.
### Basis
Implementing Regulation art. 11 (budgets are counted in 元); custom of form: the unit is printed.
### Example
All statements say 单位：万元, only 支出总表 does not.
### When it is silent
No unit was read for more than a quarter of the statements; the statement has no amount; 三公, goals and
procurement tables in another unit than the main ones, which is common.
### How to mend
Print the unit; where it differs, use one unit or make sure that the numbers fit it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book, Statement
from mingzhang.model.document import Block, Document, Grid, Paragraph
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import spot
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import words

_UNIT = re.compile(
    r"单位[:：]?[(]?(?:人民币)?(?:亿元|万元|千元|元)|[(](?:单位[:：])?(?:亿元|万元|千元|元)[)]"
)
_NEAR = 8  # paragraphs before a table in which its unit may stand


def check(book: Book) -> Iterable[Finding]:
    with_money = {f.statement for f in book.figures if f.is_money and f.value}
    members = [i for i, s in enumerate(book.statements) if s.kind and i in with_money]
    printed = {i: _prints_unit(book, book.statements[i]) for i in members}
    without = [i for i in members if not printed[i]]
    if without and len(members) >= 4 and 4 * len(without) <= len(members):
        for index in without:
            statement = book.statements[index]
            yield RULE.found(
                "missing",
                [statement.place.quoting(statement.title)],
                f"missing {statement.kind}",
                title=statement.title,
            )
    yield from _differing(book, [i for i in members if printed[i]])


def _differing(book: Book, members: list[int]) -> Iterator[Finding]:
    main = [i for i in members if book.statements[i].kind in words("main_statements")]
    units = Counter(book.statements[i].unit for i in main)
    if len(units) < 2 or len(main) < 4:
        return
    usual, count = units.most_common(1)[0]
    if 4 * count < 3 * len(main):
        return
    for index in main:
        statement = book.statements[index]
        if statement.unit != usual:
            yield RULE.found(
                "differs",
                [statement.place.quoting(statement.title)],
                f"differs {statement.kind}",
                severity="note",
                title=statement.title,
                unit=statement.unit,
                usual=usual,
            )


def _prints_unit(book: Book, statement: Statement) -> bool:
    """True if a unit stands in the headings, the cells or the lines around the table."""
    if any(_UNIT.search(plain(c.title)) for c in statement.columns):
        return True
    for document in book.documents:
        if document.source == statement.place.source:
            return any(
                "元" in text and _UNIT.search(plain(text)) for text in _around(document, statement)
            )
    return True


def _around(document: Document, statement: Statement) -> Iterator[str]:
    """Texts from the table before to the end of this one: its caption, its headings, its cells."""
    blocks = document.blocks
    place = spot(statement.place)
    here = next((i for i, b in enumerate(blocks) if _begins_at(b, place)), None)
    if here is None:
        yield "单位:元"  # the table was not met again: never blame
        return
    for block in reversed(blocks[max(0, here - _NEAR) : here]):
        if not isinstance(block, Paragraph):
            break
        yield block.text
    for block in blocks[here : here + _NEAR]:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
            return
        yield block.text


def _begins_at(block: Block, place: object) -> bool:
    """True for the block at a statement's place: its caption, or its first cells."""
    if spot(block.place) == place:
        return True
    cells = block.cells[:1] if isinstance(block, Grid) else ()
    return any(spot(c.place) == place for c in cells)


RULE = Rule(
    id="MZ302",
    name_zh="金额单位缺漏或不一致",
    name_en="Unit missing or unlike that of the other statements",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("reg11", "form"),
)
