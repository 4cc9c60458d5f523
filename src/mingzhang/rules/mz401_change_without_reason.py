"""MZ401 “三公”经费增减没有说明原因

## 检查什么
“三公”经费（合计或某一项）比上年（决算比预算）有增减的，应当说明原因：写在同一段文字里，
或者写在“三公”经费表的注里。

## 依据
财预〔2016〕143号《地方预决算公开操作规程》（“三公”经费应当说明增减变化原因）；
《预算法》第十四条（对机关运行经费等重要事项作出说明）。

## 例
“公务接待费 4 万元，比 2022 年减少 1 万元。”全段没有原因，总额也没有说明原因：报一条。

## 何时不报
- 没有增减（持平），或者这一段、下一段、表注里写了原因；
- 分项没有写、总额写了原因的，只给提示。

## 怎么改
写明增减的具体原因。

## English
### What it checks
Where the 三公 expenses (in total or one item) change against last year (or the final account against the
budget), the reason is given in the same paragraph or under the 三公 table.
### Basis
财预〔2016〕143号 (changes of the 三公 expenses are explained); Budget Law art. 14.
### Example
公务接待费 4 万元，比 2022 年减少 1 万元, and no reason anywhere.
### When it is silent
No change; the reason stands in the paragraph, the next one or the table's remark. An item without its
own reason under a total that has one is a note.
### How to mend
Say why it changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.catalog.dimensions import ancestors, name
from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import words


def check(book: Book) -> Iterable[Finding]:
    changes = [f for f in book.figures if _is_change(f) and f.is_money and f.value]
    if not changes:
        return
    explained = {str(f.quantity.item) for f in changes if f.quantity and _explained(book, f)}
    whole = "sangong" in explained or _noted(book)
    told: set[str] = set()
    for figure in sorted(changes, key=lambda f: not f.in_prose):
        assert figure.quantity is not None
        item = figure.quantity.item
        if item in told or item in explained or _covered(item, explained):
            continue
        if not figure.in_prose and (whole or explained or item != "sangong"):
            continue  # a table gives no reasons: only the whole book's silence counts
        told.add(item)
        yield RULE.found(
            "item" if whole else "reason",
            [figure.place],
            item,
            severity="note" if whole else "warning",
            figures=[figure.id],
            item=name("item", item),
            item_en=name("item", item, "en"),
            amount=f"{figure.text.strip()}{figure.unit}",
        )


def _is_change(figure: Figure) -> bool:
    quantity = figure.quantity
    if quantity is None or not quantity.versus or not quantity.item:
        return False
    return quantity.item == "sangong" or "sangong" in ancestors("item", quantity.item)


def _covered(item: str, explained: set[str]) -> bool:
    """True if all that this item consists of, or the item it is all of, is explained."""
    if item == "vehicle":
        return bool(explained & {"vehicle_purchase", "vehicle_running"})
    if item in ("vehicle_purchase", "vehicle_running"):
        return "vehicle" in explained
    return item == "sangong" and bool(explained)


def _explained(book: Book, figure: Figure) -> bool:
    if figure.paragraph is None:
        return False
    after = _said(book.paragraphs[figure.paragraph].text[figure.start or 0 :])
    if figure.paragraph + 1 < len(book.paragraphs):
        following = _said(book.paragraphs[figure.paragraph + 1].text)
        if any(following.startswith(w) for w in words("reasons")):
            return True
    return any(w in after for w in words("reasons"))


def _said(text: str) -> str:
    """The text without the 因 of 因公出国, which opens no reason."""
    return plain(text).replace("因公", "")


def _noted(book: Book) -> bool:
    notes = [plain(n) for s in book.statements if s.kind == "sangong" for n in s.notes]
    return any(w in note for note in notes for w in words("reasons"))


RULE = Rule(
    id="MZ401",
    name_zh="“三公”经费增减没有说明原因",
    name_en="Change of the 三公 expenses without its reason",
    severity="warning",
    check=check,
    page=__doc__ or "",
    basis=("op143", "law14"),
)
