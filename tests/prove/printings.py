"""Printings to test with: small messy ones, and tables of several directions."""

from __future__ import annotations

import random
from itertools import product

from mingzhang.prove import Cell, Link, Printing, Row


def messy(seed: int) -> Printing:
    """Few cells, any rows that the amounts obey, several precisions, some cells fixed: often there
    is no strict rounding, sometimes none at all.
    """
    r = random.Random(seed)
    step = r.choice([2, 10, 100, 1000])
    fine = r.choice([1, 2]) if step > 2 else 1
    n = r.randint(1, 7)
    values = [r.choice([0, step, 3 * step, r.randrange(-3 * step, 9 * step)]) for _ in range(n)]
    cells = [
        Cell(
            v,
            step,
            r.choice([1, 1, 3]),
            (v // step + r.randint(-1, 1)) * step if r.random() < 0.1 else None,
        )
        for v in values
    ]
    rows = []
    for _ in range(r.randint(0, 4)):
        terms = tuple((c, r.choice([1, 1, -1, 2])) for c in r.sample(range(n), r.randint(1, n)))
        total = sum(a * values[c] for c, a in terms)
        if r.random() < 0.5:
            values.append(total)
            cells.append(Cell(total, step, r.choice([1, 2])))
            rows.append(Row((*terms, (len(cells) - 1, -1))))
        else:
            away = r.randrange(2 * step)
            rows.append(
                Row(terms, total - away, None)
                if r.random() < 0.5
                else Row(terms, None, total + away)
            )
    links = []
    for c in range(len(cells)):
        if r.random() < 0.3:
            links.append(Link(c, len(cells), r.choice([None, None, step])))
            cells.append(Cell(values[c], fine))
    return Printing(tuple(cells), tuple(rows), tuple(links))


def table(seed: int, sides: tuple[int, ...], step: int = 100) -> Printing:
    """A table of so many sides with all its margins; a cell's amount of 0 occurs."""
    r = random.Random(seed)
    place = {at: k for k, at in enumerate(product(*(range(side + 1) for side in sides)))}
    values = dict.fromkeys(place, 0)
    inner = list(product(*(range(side) for side in sides)))
    for at in inner:
        amount = r.choice([0, r.randrange(5 * step), r.randrange(step)])
        for margin in product(*((k, side) for k, side in zip(at, sides, strict=True))):
            values[margin] += amount
    rows = []
    for axis, side in enumerate(sides):
        for at in place:
            if at[axis] == side:
                line = tuple((place[(*at[:axis], k, *at[axis + 1 :])], 1) for k in range(side))
                rows.append(Row((*line, (place[at], -1))))
    cells = tuple(Cell(v, step, 3 if side in at else 1) for at, v in values.items())
    return Printing(cells, tuple(rows))
