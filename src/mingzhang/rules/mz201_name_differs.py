"""MZ201 科目编码与名称不符

## 检查什么
报表里每个科目编码旁边的名称，应当是当年《政府收支分类科目》中该编码的名称。
名称是同一分类中另一编码的，报警告；只是写法不同的，给提示。每个编码只报一次。

## 依据
《预算法》第三十二条（预算按政府收支分类科目编制，收入分类款项目，支出按功能分类款项、按经济性质分类款）。

## 例
经济分类表写“30202 咨询费”，而 30202 是印刷费，咨询费是 30203：报一条。

## 何时不报
- 该编码当年的名称没有在公开的预算书或官方页面核实过；
- 差别只在标点、括号、“支出”“费用”等词尾，或名称在换行处被截断；
- 名称是别处见过的写法，或者是以前年度用过的名称（后者见 MZ203）。

## 怎么改
核对当年科目：名称对的改编码，编码对的改名称。

## English
### What it checks
The name beside an account code is the one that this year's classification gives the code. A name
that belongs to another code is a warning, another wording a note; once per code.
### Basis
Budget Law art. 32 (budgets are made by the classification of government revenue and expenditure).
### Example
30202 咨询费: 30202 is 印刷费, 咨询费 is 30203.
### When it is silent
The code's name was not confirmed in print for that year; only punctuation, brackets or an ending
such as 支出 differ; the name is cut at a line end; it is a variant seen elsewhere or an old name
(see MZ203).
### How to mend
Look the code up: correct the code or the name.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import accepted, confirmed, core, others_named, scheme_of
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import alike, codes_in, row_place


def check(book: Book) -> Iterable[Finding]:
    for index, head in codes_in(book):
        name = bare(head.label)
        known = confirmed(head.code, book.year)
        if not known or not name or not scheme_of(head.code):
            continue
        right = core(known[0].name)
        if core(name) in accepted(head.code) or _cut(core(name), right):
            continue
        owners = others_named(head.code, name, book.year)
        message = "another" if owners else "wording" if alike(core(name), right) > 0.5 else "name"
        yield RULE.found(
            message,
            [row_place(book, index, head.row, head.label)],
            head.code,
            severity="warning" if owners else "note",
            code=head.code,
            name=head.label.strip(),
            right=known[0].name,
            owner=owners[0].code if owners else "",
            year=book.year,
        )


def _cut(name: str, right: str) -> bool:
    """True if the name may only have lost its end or its beginning at a line or cell border."""
    return len(name) >= 3 and (right.startswith(name) or right.endswith(name))


RULE = Rule(
    id="MZ201",
    name_zh="科目编码与名称不符",
    name_en="Account code and name do not belong together",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
