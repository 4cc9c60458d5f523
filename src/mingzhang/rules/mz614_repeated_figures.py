"""MZ614 一段重复另一段的数

## 检查什么
两个不同的项目（科目、“三公”项目）的段落里，有连续三个以上的金额一模一样：多半是复制了另一段，没有改数。

## 依据
不同事项的一串金额碰巧全部相同的可能极小；表里有数的由证明核对，这里看的是表里没有、无从核对的金额。

## 例
“古籍修复 120.40 万元，其中材料 45.15 万元、外包 75.25 万元”，下一段“馆藏数字化”也是 120.40、45.15、75.25：报一条。

## 何时不报
- 两段说的是同一件事（收入与支出、财政拨款与一般公共预算、上级科目与它的下级）；
- 报表里两边都印有同样的数；
- 数太小、太整（10、5、5）：碰巧相同不奇怪。有效数字不多的只给提示。

## 怎么改
核对后一段的金额；确实相同的，不必修改。

## English
### What it checks
The paragraphs of two different projects (accounts, 三公 items) have three or more amounts in a row that are the
same: one was probably copied and its amounts were not changed.
### Basis
That a run of amounts of different things is the same by chance is most unlikely. Amounts of the statements are
proved; this looks at those that nothing else holds.
### Example
古籍修复 120.40 万元: 45.15 and 75.25; the next paragraph, 馆藏数字化, has 120.40, 45.15, 75.25 too.
### When it is silent
Both speak of one thing (income and expenditure, an account and its parent); the statements print the same amounts
for both; the amounts are small and round. With few digits it is a note.
### How to mend
Check the amounts of the second paragraph; if they are the same indeed, leave them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from mingzhang.catalog.dimensions import ancestors, name
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.model.quantity import Quantity
from mingzhang.rules.rule import Rule

_RUN = 3  # amounts in a row
_SURE, _LIKELY = 9, 6  # significant digits of a run that is no accident; that is worth a look


def check(book: Book) -> Iterable[Finding]:
    paragraphs: dict[int, list[Figure]] = {}
    for figure in book.figures:
        if figure.paragraph is not None and figure.is_money:
            paragraphs.setdefault(figure.paragraph, []).append(figure)
    runs: dict[tuple[int, ...], list[Sequence[Figure]]] = {}
    for figures in paragraphs.values():
        for start in range(len(figures) - _RUN + 1):
            run = figures[start : start + _RUN]
            runs.setdefault(tuple(f.printed.fen for f in run), []).append(run)
    tables = {f.quantity for f in book.figures if f.statement is not None and f.quantity}
    told: set[tuple[str, str]] = set()
    for amounts, places in runs.items():
        if len(set(amounts)) < _RUN or not all(amounts) or len(places) < 2:
            continue
        digits = sum(_digits(f) for f in places[0])
        for first, second in combinations(places, 2):
            subjects = _different(first[0].quantity, second[0].quantity)
            if digits < _LIKELY or subjects is None or subjects in told:
                continue
            if all(f.quantity in tables for f in (*first, *second)):
                continue
            told.add(subjects)
            yield RULE.found(
                "same",
                [*(f.place for f in second), *(f.place for f in first)],
                " = ".join(sorted(subjects)),
                severity="warning" if digits >= _SURE else "note",
                figures=[f.id for f in (*second, *first)],
                second=subjects[1],
                first=subjects[0],
                amounts="、".join(f"{f.text}{f.unit}" for f in first),
            )


def _digits(figure: Figure) -> int:
    """How many digits of an amount say something: 120.40 has four, 500 one."""
    return len(str(figure.printed.fen).strip("0"))


def _different(a: Quantity | None, b: Quantity | None) -> tuple[str, str] | None:
    """The names of two subjects of one sort, neither within the other; None if they may be one."""
    if a is None or b is None or a.year != b.year or a.stage != b.stage:
        return None
    return next(_names(a, b), None)


def _names(a: Quantity, b: Quantity) -> Iterator[tuple[str, str]]:
    if a.project or b.project:
        if a.project and b.project and not (a.project in b.project or b.project in a.project):
            yield a.project, b.project
        return
    for mine, other in ((a.function, b.function), (a.economic, b.economic)):
        if mine or other:
            if mine and other and not (mine.startswith(other) or other.startswith(mine)):
                yield mine, other
            return
    if a.item and b.item and a.item != b.item:
        above = (*ancestors("item", a.item), *ancestors("item", b.item))
        if a.item not in above and b.item not in above:
            yield name("item", a.item), name("item", b.item)


RULE = Rule(
    id="MZ614",
    name_zh="一段重复另一段的数",
    name_en="A paragraph repeats the figures of another",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("proof",),
)
