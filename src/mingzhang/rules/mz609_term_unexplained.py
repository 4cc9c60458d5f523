"""MZ609 专业名词没有解释

## 检查什么
有“名词解释”部分的书，常用的专业名词（“三公”经费、机关运行经费、基本支出、项目支出）
在书里用到的，名词解释里应当有。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（对专业性较强的名词进行解释）。

## 例
书里多处说到机关运行经费，名词解释没有这一条：给提示。

## 何时不报
- 没有“名词解释”部分（由 MZ107 报告）；
- 名词解释部分的文字太少或没有读全；
- 书里别处没有用到这个词。

## 怎么改
补上解释。

## English
### What it checks
A book with a glossary explains the common terms it uses: 三公 expenses, running costs of organs, basic and
project expenditure.
### Basis
财预〔2016〕143号 (technical terms are explained).
### Example
机关运行经费 is spoken of, and the glossary does not have it.
### When it is silent
No glossary (MZ107 says so), or hardly any text in it; the term is not used elsewhere.
### How to mend
Add the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.glossary import glossary, texts
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table

_ENOUGH = 150  # characters that the explanations have at least


def check(book: Book) -> Iterable[Finding]:
    section = glossary(book)
    if section is None:
        return
    inside, outside = texts(book, section)
    if len(inside) < _ENOUGH:
        return
    for term in table("glossary_terms")["terms"]:
        if term["zh"] in outside and not any(w in inside for w in term["words"]):
            yield RULE.found(
                "term", [section.place], term["zh"], term=term["zh"], term_en=term["en"]
            )


RULE = Rule(
    id="MZ609",
    name_zh="专业名词没有解释",
    name_en="Technical term used and not explained",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
