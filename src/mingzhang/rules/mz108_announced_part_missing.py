"""MZ108 目录列有而正文没有的部分

## 检查什么
目录列出的文字部分（“第八部分 其他需要说明情况”），正文中都应当有。

## 依据
目录与正文一致的通行格式。

## 例
目录有“第九部分 名词解释”，正文到第八部分为止：报一条。

## 何时不报
- 标题的核心词在正文任何地方出现，或者有写法相近的标题；
- 目录行是报表、报表的总标题或附件；
- 目录里的文字部分有四分之一以上在正文找不到（标题写法不同，不能肯定）。

## 怎么改
补上这一部分，或者从目录删去。

## English
### What it checks
Every part of the text that the contents list announces is in the body.
### Basis
Custom of form: the contents list agrees with the body.
### Example
The list has 第九部分 名词解释, the body ends with part 8.
### When it is silent
The core of the title, or a heading much like it, stands anywhere in the body; the line is a statement,
the heading over the statements or an annex; more than a quarter of the parts were not met.
### How to mend
Add the part, or take it off the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import bare, plain
from mingzhang.model.book import Announced, Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body, body_words, contents
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import alike

_ORNAMENT = re.compile(r"(?:19|20)\d{2}年(?:度)?|本?部门|预算单位|单位|[()]")


def check(book: Book) -> Iterable[Finding]:
    parts = [a for a in contents(book) if _is_part(a)]
    said = _ORNAMENT.sub("", body_words(book))
    headings = [_core(book, s.title) for s in book.sections]
    headings += [_core(book, p.text) for _, p in body(book) if len(plain(p.text)) <= 40]
    absent = [
        a
        for a in parts
        if _core(book, a.title) not in said
        and all(alike(_core(book, a.title), h) < 0.6 for h in headings)
    ]
    if len(absent) > max(1, len(parts) // 4):
        return
    for entry in absent:
        yield RULE.found(
            "missing", [entry.place], plain(entry.title), title=entry.place.excerpt.strip()
        )


def _is_part(entry: Announced) -> bool:
    title = plain(entry.title)
    return (
        not entry.is_statement
        and len(title) >= 3
        and not any(w in title for w in ("表", "附件", "附录"))
    )


def _core(book: Book, title: str) -> str:
    words = bare(title)
    if book.entity:
        words = words.replace(plain(book.entity), "")
    return _ORNAMENT.sub("", words)


RULE = Rule(
    id="MZ108",
    name_zh="目录列有而正文没有的部分",
    name_en="Part announced in the contents and missing in the body",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("form",),
)
