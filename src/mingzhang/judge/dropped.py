"""Dropped row: several columns of one sum lack amounts that fit together as one missing line."""

from __future__ import annotations

from decimal import Decimal

from mingzhang.catalog.messages import both
from mingzhang.judge.relations import test_of
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import equation, number, stated_by, unit_of
from mingzhang.model.finding import Finding
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation
from mingzhang.prove import Cluster


def dropped_row(scale: Scale, cluster: Cluster) -> Finding | None:
    """The finding that a line is missing, if all broken sums of the cluster are those of one total line
    whose gaps make a line of their own (总计 = 基本 + 项目); None otherwise."""
    sums = [
        relation
        for relation in scale.relations
        if relation.reason.kind == "column-sum"
        and _touches(scale, cluster, relation)
        and test_of(scale, relation).state == "violated"
    ]
    keys = {_line(r) for r in sums}
    if len(sums) < 2 or len(keys) != 1:
        return None
    beside = [
        r
        for r in scale.relations
        if r.reason.kind == "column-sum"
        and r.reason.params == sums[0].reason.params
        and _line(r) in keys
    ]
    gaps: dict[str, tuple[int, int]] = {}
    for relation in beside:
        test = test_of(scale, relation)
        if test.residual is None or test.bound is None:
            return None
        gaps[relation.terms[0][0].nature] = (test.residual, test.bound)
    whole = gaps.get("")
    parts = [gap for nature, gap in gaps.items() if nature]
    if whole is None or not parts or whole[0] <= 0 or any(g < -b for g, b in parts):
        return None
    if abs(whole[0] - sum(g for g, _ in parts)) > whole[1] + sum(b for _, b in parts):
        return None
    return _finding(scale, beside, sums, whole[0])


def _touches(scale: Scale, cluster: Cluster, relation: Relation) -> bool:
    """True if figures of the relation are among the witnesses of the cluster."""
    return any(
        scale.witness_of[o.figure] in cluster.witnesses
        for quantity, _ in relation.terms
        for o in scale.observed.get(quantity, ())
    )


def _line(relation: Relation) -> Quantity:
    """The total line of a column sum, whatever its column."""
    return relation.terms[0][0].with_(nature="")


def _finding(scale: Scale, beside: list[Relation], sums: list[Relation], gap: int) -> Finding:
    unit, _ = unit_of(scale, beside[0])
    figures = [f for r in beside if (f := stated_by(scale, r.terms[0][0])) is not None]
    facts = {
        "statement": dict(beside[0].reason.params)["statement"],
        "label": figures[0].label if figures else "",
        "amount": number(Decimal(gap) / unit.fen),
        "unit": unit.value,
    }
    return Finding(
        "MZ001",
        "error",
        both("finding", "dropped", facts),
        tuple(f.place for f in figures) or beside[0].reason.places,
        tuple(f.id for f in figures),
        "；".join(equation(scale, r) for r in sums),
        subject="dropped " + _line(beside[0]).key,
        facts=facts,
    )
