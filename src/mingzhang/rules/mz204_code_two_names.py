"""MZ204 同一编码有两个名称

## 检查什么
同一科目编码在本书各表中的名称应当一致。

## 依据
《预算法》第三十二条（按政府收支分类科目编制，一个编码只有一个名称）。

## 例
支出总表写“2010350 事业运行”，功能分类表写“2010350 其他运行”：报一条，列出两处。

## 何时不报
- 差别只在标点、括号、“支出”“费用”等词尾，或一个名称是另一个的一部分（换行截断）；
- 科目目录能判断哪一个不对（由 MZ201、MZ203 报告）。

## 怎么改
以当年科目目录为准统一。

## English
### What it checks
One account code has one name in all tables of the book.
### Basis
Budget Law art. 32 (one classification, one name per code).
### Example
2010350 is 事业运行 in one table and 其他运行 in another.
### When it is silent
Punctuation, brackets or endings differ; one name is part of the other; the catalog tells
which one is wrong (MZ201 and MZ203 then say so).
### How to mend
Use the name of this year's classification.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mingzhang.model.book import Book, RowHead
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import confirmed, core
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import codes_in, row_place


def check(book: Book) -> Iterable[Finding]:
    seen: dict[str, dict[str, tuple[int, RowHead]]] = defaultdict(dict)
    for index, head in codes_in(book):
        if core(head.label):
            seen[head.code].setdefault(core(head.label), (index, head))
    for code, names in seen.items():
        cores = [n for n in names if not any(n != other and n in other for other in names)]
        if len(cores) < 2:
            continue
        if confirmed(code, book.year):
            continue  # the catalog tells which is wrong: MZ201 or MZ203 says so
        printed = [names[c] for c in cores]
        yield RULE.found(
            "names",
            [row_place(book, index, head.row, head.label) for index, head in printed],
            code,
            code=code,
            names="”、“".join(head.label.strip() for _, head in printed),
        )


RULE = Rule(
    id="MZ204",
    name_zh="同一编码有两个名称",
    name_en="One account code under two names",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
