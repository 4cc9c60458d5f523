"""MZ106 缺少应当公开的报表

## 检查什么
部门预算（决算）应当公开的报表是否齐全：收支总表、收入总表、支出总表、财政拨款收支总表、
一般公共预算支出表、一般公共预算基本支出表、“三公”经费表、政府性基金预算支出表；
2020 年起通行的国有资本经营预算支出表缺少时只给提示。名称不同而内容相当的，视为齐全。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（收支总体情况表三张、财政拨款收支情况表五张）；
《预算法》第十四条；《预算法实施条例》第五条、第六条。

## 例
全套只有七张表，没有“三公”经费表：报一条。

## 何时不报
- 认出的报表不到五张（可能只是一个文件的一部分）；
- 目录列了这张表（由 MZ101 报告）；标题或文字标题里出现了这项内容的表名；
- 还有没认出的带科目编码的表。

## 怎么改
补上报表；没有数据的，列空表并加注。

## English
### What it checks
The set of statements is complete: summary, income, expenditure, fiscal summary, general budget by
function, basic expenditure by economic class, 三公, government funds; since 2020 also state capital
(a note only). Statements of the same content under another name count.
### Basis
财预〔2016〕143号 (three overall and five fiscal statements); Budget Law art. 14; Implementing
Regulation arts. 5 and 6.
### Example
A set of seven statements without one of the 三公 expenses.
### When it is silent
Fewer than five statements were recognised; the contents list announces it (MZ101 says so); its name
stands in some title; a table with account codes was not recognised.
### How to mend
Add the statement, empty and with its remark if there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import body
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table


def check(book: Book) -> Iterable[Finding]:
    known = [s for s in book.statements if s.kind]
    strangers = [
        s for s in book.statements if not s.kind and any(c.role == "code" for c in s.columns)
    ]
    if len(known) < 5 or strangers:
        return
    present = {s.kind for s in known} | {a.kind for a in book.contents if a.kind}
    titles = [plain(s.title) for s in book.statements]
    titles += [plain(p.text) for _, p in body(book) if len(plain(p.text)) <= 40]
    for key, row in table("required_statements").items():
        if present & set(row["kinds"]) or (book.year or 0) < int(row.get("since", 0)):
            continue
        if any("表" in t and all(w in t for w in row["words"]) for t in titles):
            continue
        yield RULE.found(
            "absent",
            [s.place.quoting(s.title) for s in (known[0], known[-1])],
            key,
            severity=str(row["severity"]),
            title=row["zh"],
            title_en=row["en"],
            count=len(known),
        )


RULE = Rule(
    id="MZ106",
    name_zh="缺少应当公开的报表",
    name_en="A statement that must be published is not in the set",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143", "law14", "reg6"),
)
