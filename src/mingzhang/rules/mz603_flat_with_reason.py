"""MZ603 写持平却说明增减原因

## 检查什么
文字写“持平”“无变化”，后面的原因说的却是增加或减少。多半是金额变了没有改用语，或者沿用了旧原因。

## 依据
“三公”经费等的增减变化应当说明原因（财预〔2016〕143号《地方预决算公开操作规程》）；前后表述应当一致。

## 例
“收入支出总计与上年持平。主要原因：合同付款进度调整，减少支付。”：报一条。

## 何时不报
- 原因里没有增加、减少一类词（“按比例预留”“没有此项支出”）；
- 原因同时说了增加和减少，相抵后持平；
- 原因说的是“没有新增”“零增长”。只说“压减”“节约”一类措施的，只给提示。

## 怎么改
核对上年数：确实持平的删去原因，不持平的写明增减额。

## English
### What it checks
The text says that nothing changed (持平) and then gives a reason for a rise or a fall: an amount was
changed without its word, or an old reason was kept.
### Basis
Changes are explained (财预〔2016〕143号); a paragraph does not contradict itself.
### Example
收入支出总计与上年持平。主要原因：合同付款进度调整，减少支付。
### When it is silent
The reason speaks of neither more nor less, of both, which offset each other, or says that nothing was
added. Measures of thrift alone (压减, 节约) are a note.
### How to mend
Check last year's amount: delete the reason, or state the change.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.changes import directions, speaks_of
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule

_WAY = {1: ("增加", "a rise"), -1: ("减少", "a fall")}


def check(book: Book) -> Iterable[Finding]:
    for claim in directions(book):
        if claim.sign != 0 or not claim.reason:
            continue
        said = speaks_of(claim.reason)
        if len(said) != 1:
            continue
        zh, en = _WAY[next(iter(said))]
        yield RULE.found(
            "reason",
            [claim.place],
            claim.quantity.key,
            severity="warning" if speaks_of(claim.reason, measures=False) else "note",
            word=claim.word,
            reason=starred(claim.reason),
            way=zh,
            way_en=en,
        )


RULE = Rule(
    id="MZ603",
    name_zh="写持平却说明增减原因",
    name_en="“Unchanged”, with a reason for a change",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
