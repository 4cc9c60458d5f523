"""Coverage: which figures take part in a relation, and which are held so tightly that a slip shows."""

from __future__ import annotations

from mingzhang.judge.weigh import Scale
from mingzhang.model.finding import Coverage
from mingzhang.model.money import Interval
from mingzhang.prove import implied

SLIP = 5  # a slip of this many printed steps or more has to show


def coverage(scale: Scale, figures: int, strangers: dict[str, str]) -> Coverage:
    """Count figures linked and proved. ``strangers`` are figures without a quantity, and why."""
    linked: set[str] = set()
    proved: set[str] = set()
    unproved: dict[str, str] = {}
    unlinked = dict(strangers)
    related = _related(scale)
    wanted = implied(scale.system)
    for witness, key in enumerate(scale.witnesses):
        if isinstance(key, int) or ":" in key:
            continue  # relations, and figures of other books
        printing = scale.printings[key]
        if printing.figure is None:
            continue
        if key not in related:
            unlinked[key] = "alone"
            continue
        linked.add(key)
        if _tight(scale, key, wanted.get(witness, Interval(None, None))):
            proved.add(key)
        else:
            unproved[key] = "loose"
    return Coverage(figures, len(linked), len(proved), unlinked, unproved)


def _related(scale: Scale) -> frozenset[str]:
    """Ids of figures that share a relation, or their quantity, with another printed number."""
    out: set[str] = set()
    for observations in scale.observed.values():
        if len(observations) > 1:
            out.update(o.figure for o in observations)
    for relation in scale.relations:
        stated = [q for q, _ in relation.terms if q in scale.observed]
        if len(stated) > 1 or len(relation.terms) == 1:
            for quantity in stated:
                out.update(o.figure for o in scale.observed[quantity])
        if relation.figure is not None and stated:
            out.add(relation.figure)
            if len(stated) == 1:
                out.update(o.figure for o in scale.observed[stated[0]])
    return frozenset(out)


def _tight(scale: Scale, key: str, interval: Interval) -> bool:
    """True if every value at least SLIP printed steps away would contradict the rest."""
    figure = scale.printings[key].figure
    assert figure is not None
    low, high = interval
    if low is None or high is None:
        return False
    if figure.is_money:
        step = figure.printed.step_fen
        value = figure.printed.fen
    else:
        step, value = 100, int(figure.value * 100)
    quantity = figure.quantity
    if quantity is not None:
        sign = next((o.sign for o in scale.observed.get(quantity, ()) if o.figure == key), 1)
        value *= sign
    margin = SLIP * step - step // 2 - 1
    return high <= value + margin and low >= value - margin
