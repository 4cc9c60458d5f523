"""MZ615 名词解释里有书中没有用到的词

## 检查什么
名词解释的每一条，书里（文字、表头、表中的行、表名）应当用到。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（对专业性较强的名词进行解释）：解释的是本书用到的名词；
照抄范本时最常见的多余条目。

## 例
名词解释有“经营支出”，全书没有一处说到经营支出：给提示。

## 何时不报
- 书里用的是同一个意思的另一种写法（“上年结转”与“上年结余、结转”）；
- 全书没有报表（可能在另一个文件里）；没有名词解释部分。

## 怎么改
删去这一条；本来应当写到的，补写相应的内容。

## English
### What it checks
Every term of the glossary is used in the book: in its text, in a header, a row or a title of a statement.
### Basis
财预〔2016〕143号 (technical terms are explained): those that the book uses; what is left over of a form.
### Example
The glossary explains 经营支出, of which the book never speaks.
### When it is silent
The book uses another wording for the same (上年结转, 上年结余、结转); it has no statements (they may be another
file), or no glossary.
### How to mend
Delete the entry, or add what should have been said.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.dimensions import meanings
from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import core
from mingzhang.rules.glossary import Term, glossary, terms, texts
from mingzhang.rules.rule import Rule

_SHOWN = 6


def check(book: Book) -> Iterable[Finding]:
    section = glossary(book)
    if section is None or not any(s.kind for s in book.statements):
        return
    _, outside = texts(book, section)
    used = outside + _tables(book)
    unused = [term for term in terms(book, section) if not _is_used(term, used)]
    if unused:
        more = len(unused) > _SHOWN
        yield RULE.found(
            "unused",
            [term.place for term in unused],
            "、".join(term.words for term in unused),
            terms="、".join(t.words for t in unused[:_SHOWN]) + ("…" if more else ""),
        )


def _is_used(term: Term, used: str) -> bool:
    """True if the book has the term, its core, or another label for what it means."""
    words = [plain(term.words), core(term.words)]
    words += [label for value in meanings(term.words) for label in value.labels]
    return any(word in used for word in words if len(word) >= 2)


def _tables(book: Book) -> str:
    """All words of the statements, apart so that no term runs over two cells."""
    said = []
    for statement in book.statements:
        said.append(statement.title)
        said += [label for column in statement.columns for label in column.header]
        said += [cell for row in statement.rows for cell in row]
    return "\n".join(plain(text) for text in said)


RULE = Rule(
    id="MZ615",
    name_zh="名词解释里有书中没有用到的词",
    name_en="Term explained and not used",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
