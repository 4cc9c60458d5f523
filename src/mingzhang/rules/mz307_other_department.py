"""MZ307 文字写的是另一个部门

## 检查什么
说明预算（决算）本身的句子和标题（“2024 年某某局部门预算……”）里，部门名称应当是本书的部门。

## 依据
文字与报表是同一个部门的；套用其他部门的文本时最常见的遗漏。

## 例
全书是某市档案馆，其中一段写“2024 年某市气象局部门预算支出……”：报一条。

## 何时不报
- 名称是简称、全称或含“本级”“机关”（一个包含另一个，或写法相近）；
- 该名称是报表里的所属单位，或者书里别处也说到它；
- 引用文件名（通知、批复），或者加了书名号。

## 怎么改
改成本部门名称，并核对这一段的金额是不是本部门的。

## English
### What it checks
Sentences and headings about this very budget (2024 年某某局部门预算…) name the book's own department.
### Basis
Custom of form; what is left over when another department's text was used.
### Example
The book is of an archives bureau; one paragraph speaks of 2024 年某市气象局部门预算支出.
### When it is silent
Short and full forms of one name; a unit of the statements, or a name that the book also uses elsewhere;
names of documents.
### How to mend
Correct the name, and check whether the amounts of that paragraph are this department's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import bare, plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body_words, lines, sentence_at
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import alike
from mingzhang.rules.wording import words

_NAMED = re.compile(
    r"(?<!\d)20\d{2}年(?:度)?((?:(?!本|我|全|各|所属|下属|年|部门|单位)[\u4e00-\u9fff]){3,24}?"
    r"(?:委员会|办公厅|办公室|研究所|中心|[局委厅院办馆会部处所]))(?:机关|本级)?(?:部门|单位)"
    r"(?:收支|收入|支出)?(?:预算|决算)"
)
_IN_BRACKETS = re.compile(r"《[^》]*》")


def check(book: Book) -> Iterable[Finding]:
    own = bare(book.entity)
    if not own:
        return
    units = {bare(h.label) for s in book.statements for h in s.heads if h.kind == "entity"}
    for line in lines(book):
        quoted = "".join(plain(q) for q in _IN_BRACKETS.findall(line.paragraph.text))
        for found in _NAMED.finditer(line.words):
            name = found[1]
            if alike(own, name) >= 0.6 or any(alike(unit, name) >= 0.6 for unit in units):
                continue
            said = sentence_at(line.words, found.start())
            if found[0] in quoted or any(w in said for w in words("documents")):
                continue
            if _elsewhere(book, name):
                continue
            yield RULE.found(
                "other",
                [line.place(*found.span(1))],
                name,
                words=found[0],
                name=name,
                own=book.entity,
            )


def _elsewhere(book: Book, name: str) -> bool:
    """True if the book speaks of that body outside such phrases too."""
    return name in _NAMED.sub("", body_words(book))


RULE = Rule(
    id="MZ307",
    name_zh="文字写的是另一个部门",
    name_en="The text speaks of another department",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
