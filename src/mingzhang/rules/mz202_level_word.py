"""MZ202 类款项级次写错

## 检查什么
文字里科目名称后面标的“（类）”“（款）”“（项）”，应当与科目编码的级次一致：
支出功能分类 3 位为类、5 位为款、7 位为项。名称对应的编码先查本书报表，再查科目目录。

## 依据
《预算法》第三十二条（各级预算支出按功能分为类、款、项，按经济性质分为类、款）。

## 例
文字写“行政事业单位养老支出（类）”，而该科目是 20805，为款：报一条。

## 何时不报
- 名称在报表和科目目录里都查不到，或者同名科目分属几级、其中有一级相符；
- 名称太短或不是完整名称。

## 怎么改
把级次改对，或者补上漏写的上级科目。

## English
### What it checks
The level word after a subject's name in the text, （类）（款）（项）, fits the length of its code:
3 digits 类, 5 款, 7 项. Codes are looked up in the book's own tables first, then in the catalog.
### Basis
Budget Law art. 32 (expenditure is divided into 类, 款, 项 by function and 类, 款 by nature).
### Example
行政事业单位养老支出（类), where 20805 is a 款.
### When it is silent
The name is unknown, or one of the subjects of that name is of that level.
### How to mend
Correct the level word, or add the subject above it that was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mingzhang.catalog.codes import codes_named
from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import ENDINGS, core, rows, superseded
from mingzhang.rules.prose import Line, lines
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import codes_in

_LEVELED = re.compile(r"\((类|款|项)\)")
_NAME = re.compile(r"[\u4e00-\u9fff、()]{3,40}$")
_LENGTH = {"类": 3, "款": 5, "项": 7}
_WORD = {length: word for word, length in _LENGTH.items()}


def check(book: Book) -> Iterable[Finding]:
    own = _codes_of_book(book)
    for line in lines(book):
        for start, end, name, word in _named_levels(line):
            codes = _codes(name, own, book.year)
            lengths = {len(c) for c in codes}
            if not codes or _LENGTH[word] in lengths or len(lengths) != 1:
                continue
            right = _WORD.get(lengths.pop())
            economic = codes[0][0] in "35"
            if right is None or (economic and word != "项"):
                continue
            yield RULE.found(
                "level",
                [line.place(start, end)],
                f"{core(name)}|{word}",
                name=name,
                word=word,
                right=right,
                code=codes[0],
            )


def _named_levels(line: Line) -> Iterator[tuple[int, int, str, str]]:
    before = 0
    for found in _LEVELED.finditer(line.words):
        ahead, before = line.words[before : found.start()], found.end()
        words = _NAME.search(ahead)
        if words is None:
            continue
        name = re.sub(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\))", "", words[0])
        name = bare(re.split(r"其中|主要是|包括|用于", name)[-1])
        if len(name) >= 3:
            yield found.start() - len(name), found.end(), name, found[1]


def _codes_of_book(book: Book) -> Mapping[str, set[str]]:
    own: dict[str, set[str]] = {}
    for _, head in codes_in(book):
        own.setdefault(core(head.label), set()).add(head.code)
    return own


def _codes(name: str, own: Mapping[str, set[str]], year: int | None) -> list[str]:
    """Codes of that name: the book's own and the catalog's, under the name with or without 支出."""
    found = set(own.get(core(name), ()))
    for spelling in (name, *(core(name) + ending for ending in ENDINGS)):
        for scheme in ("function", "economic"):
            named = codes_named(scheme, spelling)
            found.update(c for c in named if any(row.holds(year) for row in rows(c)))
    found.update(row["code"] for row in superseded() if core(row["old"]) == core(name))
    return sorted(found)


RULE = Rule(
    id="MZ202",
    name_zh="类款项级次写错",
    name_en="Level word against the length of the code",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
