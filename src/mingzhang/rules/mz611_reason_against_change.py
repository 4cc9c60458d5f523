"""MZ611 原因与增减方向相反

## 检查什么
写“增加”，原因说的全是减少；或者写“减少”，原因说的全是增加。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（增减变化应当说明原因）；前后表述应当一致。

## 例
“比上年增加 12 万元，主要原因是压减一般性支出”：给提示。

## 何时不报
- 原因既说增加又说减少，或者都没有说；
- 原因提到上年、一次性、调入调出、抵扣等，方向可以相反；
- 名称里带“增”“减”的词（增值税、减免、增减变化）。

## 怎么改
核对方向和原因。

## English
### What it checks
The text says more, and the whole reason speaks of less, or the other way round.
### Basis
财预〔2016〕143号 (changes are explained); a paragraph does not contradict itself.
### Example
比上年增加 12 万元，主要原因是压减一般性支出.
### When it is silent
The reason speaks of both or of neither; it mentions last year, one-off items, transfers; the word is part
of a name (增值税, 减免).
### How to mend
Check the direction and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.changes import directions, speaks_of
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import words


def check(book: Book) -> Iterable[Finding]:
    for claim in directions(book):
        if claim.sign == 0 or not claim.reason or not claim.word:
            continue
        earlier = f"{(book.year or 0) - 1}年"
        if earlier in claim.reason or any(w in claim.reason for w in words("turns_round")):
            continue
        if speaks_of(claim.reason) != {-claim.sign}:
            continue
        yield RULE.found(
            "against",
            [claim.place],
            claim.quantity.key,
            figures=[claim.figure] if claim.figure else [],
            word=claim.word,
            reason=starred(claim.reason),
        )


RULE = Rule(
    id="MZ611",
    name_zh="原因与增减方向相反",
    name_en="A reason against the change it explains",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("op143",),
)
