"""Ratios: a percentage held against the very numbers it was divided from.

In the one system a percentage gets slack, for it may have been worked out from printed amounts while
other relations pin the true ones down. By itself it has no such excuse: whichever amounts were
divided, they lie within what is printed for them. Where even that fails, the percentage is put to
the system once more, on copies of its two amounts that only their own figures hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingzhang.judge.weigh import Scale
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Reason, Related, Relation
from mingzhang.prove import Location

Range = tuple[int, int]
"""Lowest and highest amount, in 分."""


def held_alone(scale: Scale, location: Location, related: Related) -> Related | None:
    """``related`` with such percentages held without slack; None if there are none.

    Percentages and amounts that are in a contradiction already are left alone.
    """
    broken = {w for cluster in location.clusters for w in cluster.witnesses}
    observations: list[Observation] = []
    relations: list[Relation] = []
    for relation in scale.relations:
        if relation.figure is None or relation.figure in {r.figure for r in relations}:
            continue
        operands = _operands(scale, relation)
        if operands is None:
            continue
        mine = [o for q in operands for o in scale.observed.get(q, ())]
        witnesses = {scale.witness_of[key] for key in (relation.figure, *(o.figure for o in mine))}
        if witnesses & broken or _possible(scale, relation):
            continue
        mark = f"alone {relation.figure}"
        observations += [Observation(o.figure, _copy(o.quantity, mark), o.sign) for o in mine]
        relations += _copied(scale, relation, mark)
    if not relations:
        return None
    return Related((*related.observations, *observations), (*related.relations, *relations))


def _operands(scale: Scale, relation: Relation) -> tuple[Quantity, ...] | None:
    """The printed amounts that a percentage is the quotient of; None if they are not printed."""
    (n, _), (d, _) = relation.terms
    if n not in scale.observed:
        return None
    if d in scale.observed:
        return (n, d)
    if n.versus and n.level() in scale.observed and n.base() == d:
        return (n, n.level())
    return None


def _range(scale: Scale, quantity: Quantity) -> Range | None:
    """What the figures of a quantity leave of it, all of them together."""
    rows = [scale.system.rows[scale.row_of(o)] for o in scale.observed[quantity]]
    low = max(row.low for row in rows if row.low is not None)
    high = min(row.high for row in rows if row.high is not None)
    return (low, high) if low <= high else None


def _possible(scale: Scale, relation: Relation) -> bool:
    """True if amounts within their printings have a quotient that prints as the percentage."""
    return fits(scale, relation, {})


def fits(scale: Scale, relation: Relation, instead: Mapping[Quantity, Range]) -> bool:
    """True if the percentage is the quotient of amounts within what is printed for them.

    ``instead`` gives other ranges for some quantities: what one figure prints for them, whatever the
    others say. True too where an amount is not printed: nothing speaks against it.
    """
    (n, _), (d, _) = relation.terms

    def reach(quantity: Quantity) -> Range | None:
        if quantity in instead:
            return instead[quantity]
        return _range(scale, quantity) if quantity in scale.observed else None

    top, bottom = reach(n), reach(d)
    if n.versus and n.base() == d:
        level = reach(n.level())
        if level is not None and bottom is None and top is not None:
            bottom = (level[0] - top[1], level[1] - top[0])
        elif level is not None and top is None and bottom is not None:
            top = (level[0] - bottom[1], level[1] - bottom[0])
    if top is None or bottom is None:
        return True
    corners = [(x, y) for x in top for y in bottom]
    for row in scale.relations:
        if row.figure == relation.figure:
            (_, w), (_, c) = row.terms
            values = [w * x + c * y for x, y in corners]
            if (row.low is not None and max(values) < 0) or (
                row.high is not None and min(values) > 0
            ):
                return False
    return True


def _copy(quantity: Quantity, mark: str) -> Quantity:
    return quantity.with_(local=mark)


def _copied(scale: Scale, relation: Relation, mark: str) -> Iterator[Relation]:
    for row in scale.relations:
        if row.figure == relation.figure:
            terms = tuple((_copy(q, mark), c) for q, c in row.terms)
            low, high = (None if row.low is None else 0), (None if row.high is None else 0)
            yield Relation(terms, row.reason, low, high, figure=row.figure)
    (n, _), (d, _) = relation.terms
    if d not in scale.observed:
        terms = ((_copy(n, mark), 1), (_copy(n.level(), mark), -1), (_copy(d, mark), 1))
        yield Relation(terms, Reason("difference", (("versus", n.versus),)))
