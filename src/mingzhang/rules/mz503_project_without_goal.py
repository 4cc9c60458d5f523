"""MZ503 项目没有绩效目标

## 检查什么
书里写明所有项目都纳入绩效管理、设有绩效目标的，支出说明里的每个项目在绩效目标表里都应当有一行。

## 依据
《预算法》第三十二条（绩效目标）；本书自己的说明。

## 例
文字写“所有项目支出均编报绩效目标”，并列出五个项目，绩效目标表只有四个：报一条。

## 何时不报
- 没有写“所有项目”“全部项目”（只公开重点项目的目标）；
- 书里写明涉密项目不公开；
- 绩效目标表里的项目不到说明里的一半（表没有读全，或只是示例）；
- 名称不同但金额相同（见 MZ502）。

## 怎么改
补上该项目的绩效目标；或者改正说明。

## English
### What it checks
Where the book says that all projects have performance goals, each project of the text has its row in the
goal tables.
### Basis
Budget Law art. 32; the book's own statement.
### Example
所有项目支出均编报绩效目标, five projects in the text, four in the goal table.
### When it is silent
The text does not say all; secret projects are withheld; fewer than half of the projects are in the tables;
another name with the same amount (MZ502).
### How to mend
Add the goal, or correct the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import plain, project_key
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body_words
from mingzhang.rules.rule import Rule

_ALL = re.compile(r"(?:所有|全部)(?:的)?(?:预算)?项目[^。;]{0,30}绩效")


def check(book: Book) -> Iterable[Finding]:
    said = body_words(book)
    if not _ALL.search(said) or ("涉密" in said and "不公开" in said):
        return
    goals = {project_key(t.name) for t in book.tasks}
    amounts = {
        f.printed.fen for f in book.figures for t in book.tasks if f.id in t.figures and f.is_money
    }
    told: dict[str, Figure] = {}
    for figure in book.figures:
        quantity = figure.quantity
        if figure.paragraph is None or quantity is None or not figure.is_money:
            continue
        if not quantity.project or quantity.part or quantity.versus or quantity.year != book.year:
            continue
        if quantity.project in plain(book.paragraphs[figure.paragraph].text) and figure.value:
            told.setdefault(quantity.project, figure)
    without = {k: f for k, f in told.items() if k not in goals and f.printed.fen not in amounts}
    if not goals or 2 * len(without) > len(told):
        return
    for project, figure in without.items():
        yield RULE.found(
            "without",
            [figure.place],
            project,
            figures=[figure.id],
            project=project,
            amount=f"{figure.text.strip()}{figure.unit}",
        )


RULE = Rule(
    id="MZ503",
    name_zh="项目没有绩效目标",
    name_en="Project without a performance goal",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
