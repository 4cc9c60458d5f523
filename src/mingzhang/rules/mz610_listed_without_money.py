"""MZ610 文字列出的经济科目表中没有金额

## 检查什么
“人员经费 … 主要包括：基本工资、津贴补贴、……”所列的科目，在一般公共预算基本支出表里应当有金额。
多半是沿用了别的年度的名单，或者看错了行。

## 依据
文字应当按报表中实际发生的经济分类填写（各地公开模板的说明）；前后应当一致。

## 例
文字列了“个人农业生产补贴”，基本支出表该行是空的，而奖励金 0.31 没有列出：报一条。

## 何时不报
- 没有基本支出的经济分类表，或者表里有没认出的行；
- 表以万元整数列示（不足半万元的印成 0）；
- 名称在科目中查不到，或对应几个编码；
- 所列科目一半以上没有金额（名单是通用说法）。

## 怎么改
按表中有金额的科目改写。

## English
### What it checks
The subjects a sentence lists (人员经费 … 主要包括：基本工资、津贴补贴 …) have money in the table of basic
expenditure by economic class; a list kept from another year or a neighbouring row has others.
### Basis
The forms ask for the classes that really occur; text and table agree.
### Example
个人农业生产补贴 is listed, its row is blank, and 奖励金 0.31 is not listed.
### When it is silent
No such table, or rows not understood; amounts in whole 万元; the name is unknown or has several codes; more
than half of the list has no money.
### How to mend
List what has money in the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mingzhang.catalog.codes import economics
from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book, Statement
from mingzhang.model.finding import Finding
from mingzhang.model.money import parse_number
from mingzhang.rules.accounts import confirmed, core
from mingzhang.rules.prose import Line, lines
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import amount_columns

_LIST = re.compile(
    r"(人员经费|公用经费)(?:支出)?\d[\d,]*(?:\.\d+)?(?:万元|元)[,，。;]?(?:主要)?包括[:：]?([^;；。]{8,400})"
)


def check(book: Book) -> Iterable[Finding]:
    statement = next(
        (s for s in book.statements if s.kind in ("general_basic", "fiscal_basic")), None
    )
    if statement is None or any(h.kind == "unknown" for h in statement.heads):
        return
    money = _money(statement)
    if money is None or len(money) < 5:
        return
    seen: set[str] = set()
    for line in lines(book):
        for kind, start, end, listed in _lists(line):
            known = list(_subjects(book, statement, line, start, end))
            empty = [entry for entry in known if not money.get(entry[3])]
            if not empty or 2 * len(empty) > len(known) or listed in seen:
                continue
            seen.add(listed)
            yield RULE.found(
                "empty",
                [line.place(s, e) for s, e, _, _ in empty],
                f"{kind} {' '.join(c for _, _, _, c in empty)}",
                kind=kind,
                names="、".join(n for _, _, n, _ in empty),
                title=statement.title,
            )


def _lists(line: Line) -> Iterator[tuple[str, int, int, str]]:
    for found in _LIST.finditer(line.words):
        yield found[1], found.start(2), found.end(2), found[2]


def _subjects(
    book: Book, statement: Statement, line: Line, start: int, end: int
) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, name, code) of each listed name that is the one name of one economic 款: as the
    table itself prints it, else as the catalog confirms it for the year."""
    own: dict[str, set[str]] = {}
    for head in statement.heads:
        if head.kind == "code" and len(head.code) == 5:
            own.setdefault(core(head.label), set()).add(head.code)
    position = start
    for part in line.words[start:end].split("、"):
        name = bare(part)
        codes = own.get(core(name)) or _confirmed_codes(name, book.year)
        if len(codes) == 1:
            yield position, position + len(part), name, next(iter(codes))
        position += len(part) + 1


@lru_cache(maxsize=1024)
def _confirmed_codes(name: str, year: int | None) -> frozenset[str]:
    wanted = core(name)
    return frozenset(
        code
        for code in economics()
        if len(code) == 5
        and code[:3] in ("301", "302", "303", "310")
        and any(core(row.name) == wanted for row in confirmed(code, year))
    )


def _money(statement: Statement) -> dict[str, bool] | None:
    """Economic 款 -> whether its row has money; None if small amounts may be printed as 0."""
    out: dict[str, bool] = {}
    decimals = 0
    for head in statement.heads:
        if head.kind != "code":
            continue
        for column in amount_columns(statement):
            if statement.columns[column].side != head.side:
                continue
            number = parse_number(statement.rows[head.row][column])
            if number is not None:
                decimals = max(decimals, number[1])
                out[head.code] = out.get(head.code, False) or number[0] != 0
    fine = statement.unit == "元" or decimals >= 2
    return out if fine else None


RULE = Rule(
    id="MZ610",
    name_zh="文字列出的经济科目表中没有金额",
    name_en="A listed subject has no money in the table",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
