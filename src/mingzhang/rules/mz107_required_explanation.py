"""MZ107 缺少应当说明的内容

## 检查什么
文字部分应当说明的事项：部门职责、机构设置、“三公”经费、机关运行经费、政府采购、名词解释；
国有资产占用、预算绩效为逐步公开的内容，缺少时只给提示。

## 依据
《预算法》第十四条（对机关运行经费等重要事项作出说明）；财预〔2016〕143号《地方预决算公开操作规程》
（职责、机构设置、收支增减变化、机关运行经费、政府采购、名词解释；逐步公开国有资产占用和绩效）。

## 例
全书没有一处提到政府采购：报一条。

## 何时不报
- 文字太少，或者应说明的事项有一半没有（可能只给了报表文件）；
- 说明“没有机关运行经费”也是说明；单位预算（可能是事业单位）没有提机关运行经费的，只给提示。

## 怎么改
在“其他重要事项”一类部分补上说明；没有的，写明没有。

## English
### What it checks
What the text must explain: functions, organisation, 三公 expenses, running costs, procurement, glossary;
state assets and performance, which are published step by step, are notes.
### Basis
Budget Law art. 14 (running costs and other important matters); 财预〔2016〕143号 (the other items).
### Example
No word about procurement in the whole book.
### When it is silent
There is little text, or half of the items are missing (perhaps only the tables were given). To say that
there are no running costs is an explanation; in the book of a 单位, which may be no organ, it is a note.
### How to mend
Add the explanation; where there is nothing, say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body, body_words
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table

_ENOUGH = 800  # characters of text below which a file is not the text of a book


def check(book: Book) -> Iterable[Finding]:
    said = body_words(book)
    topics = table("required_topics")
    absent = [k for k, row in topics.items() if not any(w in said for w in row["words"])]
    if len(said) < _ENOUGH or 2 * len(absent) >= len(topics):
        return
    first = next((p for _, p in body(book)), None)
    if first is None:
        return
    for key in absent:
        row = topics[key]
        yield RULE.found(
            "absent",
            [first.place],
            key,
            severity="note" if key == "running_cost" and _of_unit(book) else str(row["severity"]),
            topic=row["zh"],
            topic_en=row["en"],
        )


def _of_unit(book: Book) -> bool:
    """True for the book of a 单位, which may be no organ and then has no running costs of one."""
    return any(w in plain(book.title) for w in ("单位预算", "单位决算"))


RULE = Rule(
    id="MZ107",
    name_zh="缺少应当说明的内容",
    name_en="The text does not explain what it must",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "op143"),
)
