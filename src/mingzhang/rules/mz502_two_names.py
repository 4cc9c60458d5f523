"""MZ502 同一项目有两个名称

## 检查什么
同一个项目在几处（支出说明、项目表、绩效目标表）名称应当一致。金额相同，名称只多出“项目”“经费”
一类字样或者只差一两个字的，视为同一项目。

## 依据
预算以项目为单位编制、审核、公开，名称是项目的标识（《预算法》第三十二条、《预算法实施条例》第四十一条）。

## 例
第七部分的表写“志愿服务项目 52”，绩效目标表写“志愿服务 52”：报一条，列出各处。

## 何时不报
- 金额不同，或者两个名称在同一张表里各占一行（确是两个项目）；
- 差别在数字、期次、年度、序号（一期与二期）；
- 只差空格、引号、括号全半角，或只在句子里多了“预算”“支出”等字。

## 怎么改
以批复的项目名称为准，全书统一。

## English
### What it checks
A project has one name in all places (text, project table, goal table). Two names are taken for one
project when the amounts are the same and one only adds a word like 项目 or 经费, or they differ
by a character or two.
### Basis
Budgets are made, reviewed and published by project; the name identifies it (Budget Law art. 32,
Implementing Regulation art. 41).
### Example
志愿服务项目 52 in one table, 志愿服务 52 in the goal table.
### When it is silent
Different amounts; both names in rows of one table (two projects); the difference is a number, a
phase or a year; only spaces, quotes or brackets differ.
### How to mend
Use the approved name everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.projects import Named, named_projects
from mingzhang.rules.prose import lines
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import words

_COUNTING = re.compile(r"[\d一二三四五六七八九十上下甲乙丙ⅠⅡⅢa-zA-Z]")


def check(book: Book) -> Iterable[Finding]:
    projects = tuple(named_projects(book))
    names = sorted({p.name for p in projects}, key=lambda n: (len(n), n))
    for short, long in combinations(names, 2):
        if not _one_project(short, long):
            continue
        first = [p for p in projects if p.name == short]
        second = [p for p in projects if p.name == long]
        if {p.where for p in first} & {p.where for p in second}:
            continue  # both in one table: two projects
        shared = {p.amount for p in first} & {p.amount for p in second}
        if not shared:
            continue
        shown = [_one(first, shared), _one(second, shared)]
        yield RULE.found(
            "names",
            [p.place for p in (*first, *second)] + list(_in_prose(book, long)),
            "|".join((short, long)),
            figures=[f for p in (*first, *second) for f in p.figures],
            first=shown[0].printed,
            second=shown[1].printed,
            amount=shown[0].text,
        )


def _one(projects: list[Named], amounts: set[int]) -> Named:
    return next(p for p in projects if p.amount in amounts)


def _one_project(a: str, b: str) -> bool:
    """True if two different names are so near that they can only mean one project."""
    if a == b or min(len(a), len(b)) < 3:
        return False
    extra = b.replace(a, "", 1) if a in b else ""
    if extra:
        return extra in words("project_generic") or (
            not _COUNTING.search(extra) and len(extra) <= len(a) // 4
        )
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if any(_COUNTING.fullmatch(x) or _COUNTING.fullmatch(y) for x, y in differing):
        return False
    return len(differing) <= len(a) // 6


def _in_prose(book: Book, name: str) -> Iterator[Place]:
    """Where the text uses the longer name: at most three places."""
    count = 0
    for line in lines(book):
        found = line.words.find(name)
        if found >= 0 and count < 3:
            count += 1
            yield line.place(found, found + len(name))


RULE = Rule(
    id="MZ502",
    name_zh="同一项目有两个名称",
    name_en="One project under two names",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32", "reg41"),
)
