"""Counts: people, projects and things that text and goal tables both count.

All of it is read from words, so none of it is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingzhang.catalog.normal import bare
from mingzhang.model.book import Book, Indicator
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation

SCALE = 100  # counts are kept in hundredths, like 分
_TARGET = re.compile(r"=?(\d{1,6})(?:人|名|个|辆|台|套|次|场|件|家|项)")
_AND = re.compile(r"[及和与、]")
_GOALS = "绩效目标项目"


def counted(book: Book, stated: frozenset[Quantity]) -> Iterator[Relation]:
    """Counts in sentences against the goal tables."""
    counts = [q for q in stated if q.measure == "count" and not q.versus]
    projects = {
        h.coordinates["project"]
        for s in book.statements
        for h in s.heads
        if _is_task(h.kind, s.kind)
    }
    for quantity in counts:
        if quantity.item == _GOALS and projects:
            place = next(t.place for t in book.tasks)
            yield _equals((quantity,), len(projects), Reason("counts", (), (place,)))
    for indicator in book.indicators:
        found = _TARGET.fullmatch(bare(indicator.target))
        parts = _counted_parts(indicator, counts)
        if found and parts:
            yield _equals(parts, int(found.group(1)), Reason("counts", (), (indicator.place,)))


def _is_task(head: str, statement: str) -> bool:
    return head == "project" and statement in ("goals", "project_goals")


def _equals(quantities: Sequence[Quantity], number: int, reason: Reason) -> Relation:
    value = number * SCALE
    return Relation(tuple((q, 1) for q in quantities), reason, value, value, certain=False)


def _counted_parts(indicator: Indicator, counts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The counts that an indicator names (甲及乙), each by its whole name; () if one is missing."""
    out: list[Quantity] = []
    names = [n for n in _AND.split(bare(indicator.level3)) if n]
    for name in names:
        fitting = [q for q in counts if q.item and len(q.item) > 2 and _same(q.item, name)]
        if len(fitting) != 1 or fitting[0] in out:
            return ()
        out.append(fitting[0])
    return tuple(out)


def _same(a: str, b: str) -> bool:
    """One name ends with the other (采购大厅纠纷调解社工, 大厅纠纷调解社工)."""
    return a.endswith(b) or b.endswith(a)
