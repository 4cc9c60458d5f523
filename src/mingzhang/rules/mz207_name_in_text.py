"""MZ207 文字里的科目名称与报表不同

## 检查什么
文字写“某某（项）”，金额与报表里相近名称的一行相同，名称却对不上：名称写错了字或者颠倒了次序。

## 依据
《预算法》第三十二条（按政府收支分类科目编制）；文字与报表是同一套科目。

## 例
文字写“一般行政事务管理（项）支出 52.00 万元”，报表里 52.00 的一行是“一般行政管理事务”：报一条。

## 何时不报
- 只差“支出”“费”一类结尾，或者只差标点、括号；
- 文字后面的金额与那一行不同：说的可能是另一个科目；
- 名称与报表里的都不相近，或者它本身是另一个科目的名称。

## 怎么改
改成报表里的名称。

## English
### What it checks
The text names an account with its level word, its amount is that of a row with a similar name, and the name is
another: a character is wrong, or words changed places.
### Basis
Budget Law art. 32 (budgets follow the classification of accounts); text and statements use one.
### Example
一般行政事务管理（项）支出 52.00 万元; the row of 52.00 is 一般行政管理事务.
### When it is silent
Only endings such as 支出 or 费, punctuation or brackets differ; the amount is not that of the row; no name of the
statements is similar, or it is the name of another account.
### How to mend
Use the name of the statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mingzhang.catalog.codes import codes_named
from mingzhang.model.book import Book, RowHead
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import ENDINGS, core, rows
from mingzhang.rules.prose import line_of
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import alike, codes_in

_LEVELS = {3: "类", 5: "款", 7: "项"}
_NAMED = re.compile(r"((?:(?![(](?:类|款|项)[)])[^。;:,\d%])+)[(](类|款|项)[)]")
_PUNCTUATION = re.compile(r"[、,，。·]")
_ALIKE = 0.7


def check(book: Book) -> Iterable[Finding]:
    known = {name for _, head in _accounts(book) for name in _names(head)}
    by_row: dict[tuple[int, int], set[int]] = {}
    told: dict[int, list[Figure]] = {}
    for one in book.figures:
        if one.is_money and one.statement is not None and one.row is not None:
            by_row.setdefault((one.statement, one.row), set()).add(one.printed.fen)
        elif one.is_money and one.paragraph is not None and one.start is not None:
            told.setdefault(one.paragraph, []).append(one)
    for index, figures in told.items():
        line = line_of(book.paragraphs[index])
        for found in _NAMED.finditer(line.words):
            said = _PUNCTUATION.sub("", found[1])
            if any(said.endswith(name + tail) for name in known for tail in ENDINGS):
                continue
            figure = next(
                (f for f in figures if (f.start or 0) >= line.back[found.end() - 1]), None
            )
            if figure is None or not figure.printed.fen:
                continue
            near = [
                (_likeness(said, head), statement, head)
                for statement, head in _accounts(book)
                if _LEVELS[len(head.code)] == found[2]
                and figure.printed.fen in by_row.get((statement, head.row), ())
            ]
            likeness, statement, head = max(near, key=lambda n: n[0], default=(0.0, 0, None))
            if head is None or likeness < _ALIKE:
                continue
            start = found.end(1) - min(len(found[1]), len(core(head.label)) + 1)
            yield RULE.found(
                "differs",
                [line.place(max(found.start(), start), found.end())],
                f"{head.code} {said[-len(core(head.label)) :]}",
                figures=[figure.id],
                said=found[1][-len(core(head.label)) - 2 :],
                level=found[2],
                name=head.label.strip(),
                code=head.code,
                title=book.statements[statement].title,
            )


def _accounts(book: Book) -> Iterator[tuple[int, RowHead]]:
    """Function accounts 功能科目 of the statements."""
    return (
        (index, head)
        for index, head in codes_in(book)
        if head.code.startswith("2") and len(head.code) in _LEVELS and core(head.label)
    )


def _names(head: RowHead) -> Iterator[str]:
    """What the account of a row may be called: as printed, and as the classification has it."""
    yield core(head.label)
    yield from (core(row.name) for row in rows(head.code))


def _likeness(said: str, head: RowHead) -> float:
    """How much the end of the words before （项） is like the name of a row; a wrong name neither
    holds the right one nor is held by it, nor is it the name of another account."""
    name = core(head.label)
    ends = [core(said)[-size:] for size in (len(name) - 1, len(name), len(name) + 1) if size > 1]
    if any(end in name or name in end or codes_named("function", end) for end in ends):
        return 0.0
    return max((alike(end, name) for end in ends), default=0.0)


RULE = Rule(
    id="MZ207",
    name_zh="文字里的科目名称与报表不同",
    name_en="An account named otherwise in the text than in the statements",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
