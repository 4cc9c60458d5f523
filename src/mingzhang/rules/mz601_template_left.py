"""MZ601 模板文字没有改

## 检查什么
填写说明、待选用语和占位符留在了正文里：“增加（减少）0 万元”“（按实际情况填写）”“××局”“XX 中心”。
相同的文字合为一条，列出各处。

## 依据
公开文本应当完整、真实、规范（财预〔2016〕143号《地方预决算公开操作规程》）。

## 例
“与上年相比增加（减少）0 万元”：报一条；没有增减的写“与上年持平”。

## 何时不报
- 为保护个人信息而隐去的姓名、地址等；
- 名词解释中的括注。

## 怎么改
选定用语或填上内容，删去说明文字。

## English
### What it checks
Instructions, alternatives and placeholders of the form left in the text: 增加（减少）0 万元, （按实际情况填写）,
××局. The same words are one finding with all their places.
### Basis
What is published is complete, true and regular (财预〔2016〕143号).
### Example
与上年相比增加（减少）0 万元; where nothing changes, say 与上年持平.
### When it is silent
Names and addresses left out to protect persons; brackets in the glossary.
### How to mend
Choose the word or fill in, and delete the instruction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.place import Place
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule

_SEPARATOR = re.compile(r"、(?![^（(]*[）)])")  # the reader lists what is left of one paragraph


def check(book: Book) -> Iterable[Finding]:
    left: dict[str, list[tuple[str, Place]]] = {}
    for notice in book.notices:
        if notice.what == "template-leftover" and notice.place is not None:
            for words in _SEPARATOR.split(notice.text):
                left.setdefault(_key(words), []).append((words.strip(), notice.place))
    for words, found in left.items():
        yield RULE.found(
            "left",
            [place for _, place in found],
            words,
            words=starred(found[0][0], 60),
            count=len(found),
        )


def _key(words: str) -> str:
    """The leftover itself; a run of crosses of any length is one leftover."""
    said = plain(words)
    return "××" if re.fullmatch(r"[Xx×*＊]+", said) else said


RULE = Rule(
    id="MZ601",
    name_zh="模板文字没有改",
    name_en="Wording of the form left in place",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
