"""Relations as tested: the printed difference of each, and how much of it rounding explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingzhang.catalog.messages import both
from mingzhang.judge.weigh import Scale
from mingzhang.judge.words import equation, number, stated_by, unit_of
from mingzhang.model.figure import Figure
from mingzhang.model.finding import Checked, Finding
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation


def tested(scale: Scale) -> tuple[Checked, ...]:
    """Every relation with the figures that state its terms and what came of it."""
    return tuple(test_of(scale, relation) for relation in scale.relations)


def test_of(scale: Scale, relation: Relation) -> Checked:
    """One relation with the figures that state its terms and what came of it."""
    terms = []
    residual: int | None = 0
    slack: int | None = 0
    for quantity, coefficient in relation.terms:
        stated = scale.observed.get(quantity, ())
        ids = tuple(o.figure for o in stated)
        terms.append((coefficient, ids, quantity.key))
        if not stated or residual is None or slack is None:
            residual = slack = None
            continue
        value, low, high = _printed(scale, quantity)
        residual += coefficient * value
        slack += abs(coefficient) * max(value - low, high - value)
    apart = relation.low is None and relation.high is None
    if residual is None or slack is None or apart:
        return Checked(relation, tuple(terms), None, None, "open")
    off = _beyond(residual, relation)
    if off == 0:
        return Checked(relation, tuple(terms), off, slack, "exact")
    state = "rounding" if abs(off) <= slack else "violated"
    return Checked(relation, tuple(terms), off, slack, state)


def _beyond(value: int, relation: Relation) -> int:
    """How far a value lies outside of what the relation allows, with its sign."""
    if relation.low is not None and value < relation.low:
        return value - relation.low
    if relation.high is not None and value > relation.high:
        return value - relation.high
    return 0


def _printed(scale: Scale, quantity: Quantity) -> tuple[int, int, int]:
    """(value, low, high) of the most precise printing of a quantity."""
    best: tuple[int, int, int] | None = None
    for observation in scale.observed[quantity]:
        row = scale.system.rows[scale.row_of(observation)]
        assert row.low is not None and row.high is not None
        figure = scale.printings[observation.figure].figure
        if figure is None:
            value = 0
        elif figure.is_money:
            value = figure.printed.fen * observation.sign
        else:
            value = int(figure.value * 100) * observation.sign
        if best is None or row.high - row.low < best[2] - best[1]:
            best = (value, row.low, row.high)
    assert best is not None
    return best


def rounding_notes(scale: Scale, checked: tuple[Checked, ...]) -> Iterator[Finding]:
    """A note for every relation that only rounding explains."""
    for relation, test in zip(scale.relations, checked, strict=True):
        if test.state != "rounding" or test.residual is None or test.bound is None:
            continue
        unit, _ = unit_of(scale, relation)
        if relation.figure is not None or not unit.is_money:
            continue  # a percentage has its own precision; it is no difference of amounts
        places = []
        ids: list[str] = []
        for quantity, _ in relation.terms:
            figure = stated_by(scale, quantity)
            if figure is not None:
                places.append(figure.place)
                ids.append(figure.id)
        if len(relation.terms) == 2 and _converted(
            [stated_by(scale, q) for q, _ in relation.terms]
        ):
            continue
        words = equation(scale, relation, sign="≈")
        facts = {
            "difference": number(Decimal(abs(test.residual)) / unit.fen),
            "bound": number(Decimal(test.bound) / unit.fen),
            "unit": unit.value,
        }
        yield Finding(
            "MZ010",
            "note",
            both("finding", "rounding", facts),
            tuple(places) or relation.reason.places,
            tuple(ids),
            words,
            subject=" ".join(q.key for q, _ in relation.terms),
            facts=facts,
        )
    yield from _precision_notes(scale)


def _converted(figures: Sequence[Figure | None]) -> bool:
    """True if the figures differ in unit and nothing else: each is the finest one, rounded half up.

    元 in the tables and 万元 in the text is how these books are written; a note on each would bury
    the others.
    """
    money = [f.printed for f in figures if f is not None and f.is_money]
    if len({p.unit for p in money}) < 2:
        return False
    finest = min(money, key=lambda p: p.step_fen)
    exact = abs(finest.fen)
    return all(
        (2 * exact + p.step_fen) // (2 * p.step_fen) * p.step_fen == abs(p.fen) for p in money
    )


def _precision_notes(scale: Scale) -> Iterator[Finding]:
    """One quantity printed with several values that agree within their precision."""
    for quantity, observations in scale.observed.items():
        figures = [
            scale.printings[o.figure].figure
            for o in observations
            if scale.printings[o.figure].figure is not None
        ]
        values = {abs(f.printed.fen) for f in figures if f is not None and f.is_money}
        if len(values) < 2 or _converted(figures):
            continue
        rows = [scale.system.rows[scale.row_of(o)] for o in observations]
        lows = [r.low for r in rows if r.low is not None]
        highs = [r.high for r in rows if r.high is not None]
        if max(lows) > min(highs):
            continue  # a contradiction, told elsewhere
        shown = list(dict.fromkeys(f"{f.text}{f.unit}" for f in figures if f is not None))
        places = tuple(f.place for f in figures if f is not None)
        yield Finding(
            "MZ010",
            "note",
            both("finding", "precision", {"texts": "、".join(shown)}),
            places,
            tuple(f.id for f in figures if f is not None),
            " ≈ ".join(shown),
            subject=quantity.key,
        )
