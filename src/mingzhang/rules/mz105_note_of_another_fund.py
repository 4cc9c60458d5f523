"""MZ105 空表的说明写的是另一项资金

## 检查什么
空表下面的说明，说的应当是这张表的资金。

## 依据
没有数据的表格应当列出空表并说明（财预〔2016〕143号《地方预决算公开操作规程》）。

## 例
“国有资本经营预算支出表”下面的注写“无政府性基金预算支出，故本表无数据”：报一条。

## 何时不报
- 说明没有写是哪项资金（“本表无数据”），或者同时写了本表的资金；
- 不是政府性基金、国有资本经营预算的表；
- 这条注里说的是全套报表。

## 怎么改
把说明改成这张表的资金。

## English
### What it checks
The remark under an empty statement speaks of the fund of that statement.
### Basis
A statement without data is shown empty and explained (财预〔2016〕143号).
### Example
Under 国有资本经营预算支出表: 无政府性基金预算支出，故本表无数据.
### When it is silent
The remark names no fund, or this one too; the statement is not one of a fund; the remark is about the
whole set of statements.
### How to mend
Let the remark name this statement's fund.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.dimensions import name
from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.emptiness import funds_named
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import is_empty
from mingzhang.rules.wording import words


def check(book: Book) -> Iterable[Finding]:
    for statement in book.statements:
        fund = statement.kind
        if fund not in ("govfund", "soe") or not is_empty(statement):
            continue
        for note in statement.notes:
            named = funds_named(note)
            said = plain(note)
            if not named or fund in named or "本套" in said:
                continue
            if not any(w in said for w in words("nothing")):
                continue
            other = sorted(named)[0]
            yield RULE.found(
                "other",
                [statement.place.quoting(note), statement.place.quoting(statement.title)],
                statement.kind,
                title=statement.title,
                other=name("fund", other),
                other_en=name("fund", other, "en"),
            )


RULE = Rule(
    id="MZ105",
    name_zh="空表的说明写的是另一项资金",
    name_en="Empty statement with the remark of another fund",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
