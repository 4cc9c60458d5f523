"""Books: what several books given together say, as one system."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.model.relation import Observation, Relation
from mingzhang.relate.tale import Tale
from mingzhang.relate.units import beside, kinship
from mingzhang.relate.years import across


def together(tales: Sequence[Tale]) -> tuple[list[Observation], list[Relation]]:
    """All observations and relations of the books, and those that join them.

    The first is the book that is checked. A book of somebody else is left out: its amounts have
    nothing to do with this one's, and quantities do not say whose they are.
    """
    first, *others = tales
    kin = [(other, kinship(first.book, other.book)) for other in others]
    same = [first, *(other for other, how in kin if how == "same")]
    kept = [first]
    joins: list[Relation] = []
    for other, how in kin:
        more: list[Relation] = []
        if how == "same" and other.time != first.time:
            other, more = across([t for t in same if t.time != other.time], other)
        elif how in ("unit", "department"):
            if other.time != first.time:
                continue
            unit, department = (first, other) if how == "unit" else (other, first)
            other, more = beside(unit, department, other)
        elif how != "same":
            continue
        kept.append(other)
        joins += more
    observations = [o for tale in kept for o in tale.observations]
    return observations, [*(r for tale in kept for r in tale.relations), *joins]
