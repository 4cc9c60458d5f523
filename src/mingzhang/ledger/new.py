"""New 新建底账: the skeleton of a ledger for a layout, to be filled in."""

from __future__ import annotations

import re

from mingzhang.catalog.forms import layout, layouts
from mingzhang.catalog.layouts import Family, families
from mingzhang.catalog.ledger import skeleton
from mingzhang.ledger.lines import nowhere
from mingzhang.model.ledger import Entity, Ledger

_ASKED = re.compile(r"事实\(\s*[\"']([^\"']+)[\"']")  # 事实("职责") in a template


def layout_for(name: str, year: int, stage: str = "budget") -> Family:
    """The family that a short name means: its id, or the ids that begin with it and fit the stage.

    Of several by year ("name-2017", "name-2018") the latest that is not after ``year``; the
    earliest if all are. Raises ValueError if there is none.
    """
    known = families()
    if name in known:
        return known[name]
    found = sorted(
        (f for f in known.values() if f.id.startswith(f"{name}-") and f.stage == stage),
        key=lambda f: _since(f.id),
    )
    if not found:
        raise ValueError(f"no layout {name!r} for {stage}; there are {', '.join(known)}")
    return [found[0], *(f for f in found if _since(f.id) <= year)][-1]


def _since(name: str) -> int:
    tail = name.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0


def facts_asked(family: str) -> tuple[str, ...]:
    """The facts that the prose of a layout asks for by name; () if it declares no prose."""
    if family not in layouts():
        return ()
    found = [name for part in layout(family).parts for name in _ASKED.findall(part.template)]
    return tuple(dict.fromkeys(found))


def new_ledger(name: str, department: str, year: int, stage: str = "budget") -> Ledger:
    """An empty ledger in the right form: no lines, one entity, and the facts that only people know.

    ``name`` is a family's id or the beginning of it; ``stage`` budget or final. Raises ValueError
    for an unknown layout.
    """
    family = layout_for(name, year, stage)
    word = "决算" if family.stage == "final" else "预算"
    return Ledger(
        name=f"{department}{year}年部门{word}",
        department=department,
        year=year,
        layout=family.id,
        lines=(),
        source=nowhere("ledger.toml"),
        stage=family.stage,
        entities=(Entity(department, nowhere("entities.toml")),) if department else (),
        facts={name: skeleton()["fact"].format(name=name) for name in facts_asked(family.id)},
    )
