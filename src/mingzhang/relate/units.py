"""Units 单位与部门: a unit's book beside the book of the department that it belongs to.

部门预算 consolidates the units (预算法 art. 8): what a unit has of fiscal money is part of what the
department has, and all of it where it is the only unit. Money that is passed on inside the
department is set off, so nothing is asked of other funds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.catalog.normal import plain
from mingzhang.model.book import Book
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation
from mingzhang.relate.tale import Tale, as_printed

_FISCAL = ("fiscal", "general", "govfund", "soe")
_UNIT = re.compile(r"单位(?:预算|决算)|预算单位")
_DEPARTMENT = re.compile(r"部门(?:预算|决算)")
_ALONE = re.compile(r"(?:无|没有)(?:下属|所属|下级|直属)(?:独立)?(?:核算)?(?:预算)?单位")
_SHORT = (("中国共产党", "中共"), ("委员会", "委"))
_TAIL = re.compile(r"\((?:本级|机关|汇总|部门)\)$|(?:本级|机关)$")


def scope(book: Book) -> str:
    """ "unit" 单位 or "department" 部门, as the title says; "" where it says neither."""
    title = plain(book.title)
    if _UNIT.search(title):
        return "unit"
    return "department" if _DEPARTMENT.search(title) else ""


def kinship(a: Book, b: Book) -> str:
    """same: one department or unit; unit: ``a`` is a unit of ``b``; department: the other way.

    "" where the two have nothing to do with each other.
    """
    scopes = (scope(a), scope(b))
    if scopes == ("unit", "department"):
        return "unit" if _within(a, b) else ""
    if scopes == ("department", "unit"):
        return "department" if _within(b, a) else ""
    return "same" if _alike(_name(a.entity), _name(b.entity)) else ""


def _name(entity: str) -> str:
    name = _TAIL.sub("", plain(entity))
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


def _alike(a: str, b: str) -> bool:
    """One name, with or without what stands before it; nothing is known of an empty one."""
    return not a or not b or a.endswith(b) or b.endswith(a)


def _within(unit: Book, department: Book) -> bool:
    """True if the department's book names the unit, or the unit is the department's own office."""
    name = _name(unit.entity)
    return bool(name) and (
        _alike(name, _name(department.entity))
        or any(name in plain(p.text) for p in department.paragraphs)
        or name in {_name(e) for e in _entities(department)}
    )


def _entities(book: Book) -> frozenset[str]:
    """The units that the rows of its statements name."""
    return frozenset(
        str(h.coordinates["entity"])
        for s in book.statements
        for h in s.heads
        if h.coordinates.get("entity")
    )


def beside(unit: Tale, department: Tale, owner: Tale) -> tuple[Tale, list[Relation]]:
    """``owner``, the one of the two that is not checked, set apart, and what ties them."""
    mine = owner.at(*owner.time)
    names = {q: as_printed(q, owner.index) for q in mine}
    return owner.renamed(names), list(_ties(unit, department, owner))


def _ties(unit: Tale, department: Tale, owner: Tale) -> Iterator[Relation]:
    alone = _alone(unit, department)
    name = _name(unit.book.entity)
    rows = {e for e in _entities(department.book) if _name(e) == name}
    theirs = department.at(*department.time)
    for quantity in sorted(unit.at(*unit.time), key=lambda q: q.order):
        if quantity.entity or not (quantity.fund in _FISCAL or quantity.item):
            continue
        for row in sorted(rows):  # the department's own line for this unit
            line = quantity.with_(entity=row)
            if line in theirs:
                yield _tie("unit-row", quantity, line, unit, department, owner, True)
        if quantity in theirs:
            kind = "unit-alone" if alone else "unit-within"
            yield _tie(kind, quantity, quantity, unit, department, owner, alone)


def _tie(
    kind: str,
    part: Quantity,
    whole: Quantity,
    unit: Tale,
    department: Tale,
    owner: Tale,
    equal: bool,
) -> Relation:
    if owner is unit:
        part = as_printed(part, owner.index)
    else:
        whole = as_printed(whole, owner.index)
    params = (("book", owner.book.title), ("unit", unit.book.entity))
    terms = ((whole, 1), (part, -1))
    certain = kind != "unit-alone"
    return Relation(terms, Reason(kind, params), 0, 0 if equal else None, certain)


def _alone(unit: Tale, department: Tale) -> bool:
    """True if the department's book shows that this is its only unit."""
    entities = {_name(e) for e in _entities(department.book)}
    if entities == {_name(unit.book.entity)}:
        return True
    return any(_ALONE.search(plain(p.text)) for p in department.book.paragraphs)
