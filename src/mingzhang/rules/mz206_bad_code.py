"""MZ206 科目编码印错

## 检查什么
编码栏里印的不是科目编码：位数不对（支出功能分类应为 3、5、7 位，经济分类 3、5 位），
或者开头与它所在的类、款不符。能从名称和上级科目看出应为哪个编码的，一并写出。

## 依据
《预算法》第三十二条（按政府收支分类科目编制）。

## 例
“210”“21011”下面的一行编码印成“7 11 02”，名称为事业单位医疗，应为 2101102：报一条。

## 何时不报
- 这一行没有编码；
- 表里印错的超过三分之一（可能是另一种编码，或者编码栏没有读对）。

## 怎么改
改正编码。

## English
### What it checks
What stands in the code column is no account code: wrong number of digits, or a beginning that does not fit
the subjects above. Where name and parent tell which code is meant, it is given.
### Basis
Budget Law art. 32.
### Example
Under 210 and 21011 a row has 7 11 02, named 事业单位医疗: 2101102 is meant.
### When it is silent
The row has no code; more than a third of the codes are like that (another coding, or misread).
### How to mend
Correct the code.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.statements import kinds
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.accounts import scheme_of
from mingzhang.rules.rule import Rule
from mingzhang.rules.statements import row_place


def check(book: Book) -> Iterable[Finding]:
    for index, statement in enumerate(book.statements):
        kind = kinds().get(statement.kind)
        if kind is None or not any(c.role == "code" for c in statement.columns):
            continue
        coded = [h for h in statement.heads if h.code]
        wrong = [h for h in coded if not scheme_of(h.code)]
        if not wrong or 3 * len(wrong) > len(coded):
            continue
        for head in wrong:
            meant = str(head.coordinates.get("function") or head.coordinates.get("economic") or "")
            yield RULE.found(
                "meant" if meant else "wrong",
                [row_place(book, index, head.row, head.label)],
                f"{head.code} {head.label.strip()}",
                code=head.code,
                name=head.label.strip(),
                meant=meant,
            )


RULE = Rule(
    id="MZ206",
    name_zh="科目编码印错",
    name_en="What is printed is no account code",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law32",),
)
