"""MZ507 同一指标列了两次

## 检查什么
一张绩效目标表的同一级指标下，同一个三级指标应当只有一行。目标值不同的，互相矛盾，报一条；目标值相同的，
是重复，给提示。

## 依据
绩效目标表的通行格式；《预算法》第十四条（公开的内容应当准确，前后一致）。

## 例
“质量指标”下“验收合格率”出现两行，一行“≥95%”，一行“≥98%”：报一条。

## 何时不报
- 名称不同，或者在不同的一级、二级指标下；
- 不同的表（部门整体一张，项目各一张）；
- 名称是“指标1”一类的空白格式。

## 怎么改
只留一行；确是两件事的，把名称写得不同。

## English
### What it checks
Under one level of a goal table an indicator stands once. Two lines with different targets contradict each
other; with the same target they are a repetition (a note).
### Basis
Custom of form of goal tables; Budget Law art. 14 (what is published is right and of one piece).
### Example
验收合格率 twice under 质量指标, with ≥95% and with ≥98%.
### When it is silent
Other names or other levels; other tables (one for the department, one for each project); names of a blank form
(指标1).
### How to mend
Keep one line, or give two things two names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.goals.faults import nameless, twice
from mingzhang.goals.ofbook import goal_line
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.model.goal import GoalLine
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule


def check(book: Book) -> Iterable[Finding]:
    tables: dict[int, list[GoalLine]] = defaultdict(list)
    for indicator in book.indicators:
        line = goal_line(book, indicator)
        if not nameless(line):
            tables[indicator.statement].append(line)
    for lines in tables.values():
        known = {line.id: line for line in lines}
        for fault in twice(lines):
            line = known[fault.line]
            same = [other for other in lines if plain(other.level3) == plain(line.level3)]
            targets = "、".join(f"“{starred(other.target, 20)}”" for other in same)
            if fault.kind == "duplicate":
                yield RULE.found(
                    "repeated",
                    [other.place for other in same],
                    plain(line.level3),
                    severity="note",
                    name=starred(line.level3),
                    count=len(same),
                    target=starred(line.target, 20),
                )
            else:
                yield RULE.found(
                    "contradictory",
                    [other.place for other in same],
                    plain(line.level3),
                    name=starred(line.level3),
                    count=len(same),
                    targets=targets,
                )


RULE = Rule(
    id="MZ507",
    name_zh="同一指标列了两次",
    name_en="One indicator on two lines",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("law14", "goals"),
)
