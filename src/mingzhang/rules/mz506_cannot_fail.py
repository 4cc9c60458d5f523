"""MZ506 目标值没有可以核对的内容

## 检查什么
绩效指标的目标值应当能判定完成与否：数量、比例、期限，或者“及时”“合格”一类有明确标准的说法。只写
“有效维护”“效果明显”，或者写成一句没有数的话，年底谁也说不清怎样算没完成，给提示，并举出可以用的写法。

## 依据
《预算法》第三十二条（绩效目标是编制预算的依据之一）；绩效目标表的通行格式：目标值应当可以衡量。

## 例
“社会效益指标”下“维护社会和谐与稳定”的目标值写“有效维护”：给提示，建议写“办结率≥N%”一类的数。

## 何时不报
- 目标值里有一个数、一个日期或一个期限；
- “及时”“规范”“合格”“全覆盖”等可以按标准判定的说法；
- “提高”“降低”（见 MZ508）；
- 没有目标值（见 MZ501）。

## 怎么改
换成能查到结果的数，或者写明按什么标准、由谁判定。

## English
### What it checks
A target can be missed: a number, a share, a limit, or a word with a standard such as 及时 (in time) or 合格
(passed). Targets like 有效维护 (effectively maintained), or a sentence without a figure, get a note with a
wording that would do.
### Basis
Budget Law art. 32 (goals of performance enter the draft budget); the customary form of goal tables: targets
can be measured.
### Example
有效维护 as the target of 维护社会和谐与稳定.
### When it is silent
There is a number, a date or a limit in it; words that describe a test (及时, 规范, 合格, 全覆盖); 提高 and 降低
(MZ508); no target (MZ501).
### How to mend
Name a result that can be looked up, or say by which standard it is judged, and by whom.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.normal import plain
from mingzhang.goals.faults import target_faults
from mingzhang.goals.ofbook import goal_line
from mingzhang.goals.targets import parse_target
from mingzhang.model.book import Book
from mingzhang.model.finding import Finding
from mingzhang.rules.prose import starred
from mingzhang.rules.rule import Rule


def check(book: Book) -> Iterable[Finding]:
    for indicator in book.indicators:
        if not plain(indicator.level3):
            continue
        target = parse_target(indicator.target)
        for fault in target_faults(goal_line(book, indicator), target):
            if fault.kind in ("not-measurable", "repeats-name"):
                yield RULE.found(
                    "words_only",
                    [indicator.place],
                    plain(indicator.level3),
                    name=starred(indicator.level3),
                    target=starred(indicator.target, 20),
                    advice=fault.suggestions["zh"],
                    advice_en=fault.suggestions["en"],
                )


RULE = Rule(
    id="MZ506",
    name_zh="目标值没有可以核对的内容",
    name_en="A target that cannot be missed",
    severity="note",
    check=check,
    page=__doc__ or "",
    basis=("law32", "goals"),
)
