"""Coverage: which figures take part in a relation, and which are held so tightly that a slip shows."""

from __future__ import annotations

from decimal import Decimal

from mingzhang.judge.mends import Answer, whole_interval
from mingzhang.judge.unchecked import Years
from mingzhang.judge.weigh import Scale
from mingzhang.model.finding import Coverage
from mingzhang.model.money import Interval
from mingzhang.model.quantity import Quantity
from mingzhang.prove import Location, implied

SLIP = 5  # a slip of this many printed steps or more has to show


def coverage(scale: Scale, location: Location, figures: int, strangers: dict[str, str]) -> Coverage:
    """Count figures linked and proved. ``strangers`` are figures without a quantity, and why.

    What is in conflict is left aside: the question is what holds the others.
    """
    linked: set[str] = set()
    proved: set[str] = set()
    unproved: dict[str, str] = {}
    unlinked = dict(strangers)
    related = _related(scale)
    broken = {w for c in location.clusters for w in c.witnesses}
    wanted = implied(scale.system, broken)
    years = Years(scale)
    for witness, key in enumerate(scale.witnesses):
        if isinstance(key, int) or ":" in key:
            continue  # relations, and figures of other books
        printing = scale.printings[key]
        if printing.figure is None:
            continue
        if key not in related:
            unlinked[key] = years.reason(key) or "alone"
            continue
        linked.add(key)
        answer = wanted.get(witness, ())
        if witness in broken or (answer and _tight(scale, witness, key, answer)):
            proved.add(key)
        else:
            unproved[key] = years.reason(key) or "loose"
    return Coverage(figures, len(linked), len(proved), unlinked, unproved)


def _related(scale: Scale) -> frozenset[str]:
    """Ids of figures that share a relation, or their quantity, with another printed number."""
    out: set[str] = set()
    for observations in scale.observed.values():
        if len(observations) > 1:
            out.update(o.figure for o in observations)
    for relation in scale.relations:
        if relation.low is None and relation.high is None:
            continue  # only says why two amounts are not compared
        stated = [found for q, _ in relation.terms if (found := scale.stating(q))]
        if len(stated) > 1 or len(relation.terms) == 1:
            for observations in stated:
                out.update(o.figure for o in observations)
        if relation.figure is not None and stated:
            out.add(relation.figure)
            if len(stated) == 1:
                out.update(o.figure for o in stated[0])
    return frozenset(out)


def _tight(scale: Scale, witness: int, key: str, answer: Answer) -> bool:
    """True if every value at least SLIP printed steps away would contradict the rest."""
    figure = scale.printings[key].figure
    assert figure is not None
    row, interval = answer[0]
    if figure.is_percent:
        interval = _quotient(scale, row)
        step = 10_000 // 10**figure.printed.decimals
        value = int(figure.value * 10_000)
        if interval.high is not None and interval.high < 0:
            value = -abs(value)  # 下降 prints its percentage without a sign
    else:
        observation = scale.row_observation[row]
        sign = observation.sign if observation is not None else 1
        step = scale.printings[key].step if figure.is_money else 100
        value = (figure.printed.fen if figure.is_money else int(figure.value * 100)) * sign
    if interval.low is None or interval.high is None:
        return False
    margin: int = SLIP * step - step // 2 - 1
    return bool(interval.high <= value + margin and interval.low >= value - margin)


def _quotient(scale: Scale, row: int) -> Interval:
    """N / D in ten-thousandths of a percent, from what is printed for N and D (or for the level
    and the change of which D is the difference)."""
    index = scale.row_relation[row]
    assert index is not None
    (n, _), (d, _) = scale.relations[index].terms
    top, base = _stated(scale, n), _stated(scale, d)
    level = _stated(scale, n.level()) if n.versus else None
    if level is not None and base is None and top is not None:
        base = (level[0] - top[1], level[1] - top[0])
    if level is not None and base is not None:
        worked = (level[0] - base[1], level[1] - base[0])
        if top is None:
            top = worked
        elif max(top[0], worked[0]) <= min(top[1], worked[1]):  # 94 万元 of 715.28 less 621.28
            top = (max(top[0], worked[0]), min(top[1], worked[1]))
    if top is None or base is None or base[0] <= 0:
        return Interval(None, None)
    ends = [Decimal(a) * 1_000_000 / Decimal(b) for a in top for b in base]
    return whole_interval(min(ends), max(ends))


def _stated(scale: Scale, quantity: Quantity) -> tuple[int, int] | None:
    """The interval of true amounts that the figures of a quantity leave."""
    found = Interval(None, None)
    for observation in scale.stating(quantity):
        row = scale.system.rows[scale.row_of(observation)]
        found = found.cut(Interval(row.low, row.high))
    if found.low is None or found.high is None:
        return None
    return found.low, found.high
