"""Echoes: a percentage that was worked out from a wrong amount is wrong with it, not besides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.judge.ratios import Range, fits
from mingzhang.judge.weigh import Scale
from mingzhang.model.finding import Finding
from mingzhang.model.quantity import Quantity
from mingzhang.prove import Cluster


def without_echoes(scale: Scale, told: Sequence[tuple[Cluster, Finding]]) -> list[Finding]:
    """The findings, those left out that only repeat another.

    Where one figure is named as the wrong one, and the percentages of another contradiction fit
    that figure as it is printed, they follow from it; its finding takes up their figures.
    """
    named = [
        (index, f.suspects[0].figure) for index, (_, f) in enumerate(told) if len(f.suspects) == 1
    ]
    echo_of: dict[int, int] = {}
    for index, (cluster, _) in enumerate(told):
        percents = [
            r
            for r in scale.relations
            if r.figure is not None and scale.witness_of[r.figure] in cluster.witnesses
        ]
        if not percents:
            continue
        for source, figure in named:
            quantity, printed = _printed(scale, figure)
            if source == index or quantity is None or printed is None:
                continue
            about = [r for r in percents if _speaks_of(r.terms[0][0], r.terms[1][0], quantity)]
            if len(about) == len(percents) and all(
                fits(scale, r, {quantity: printed}) for r in percents
            ):
                echo_of[index] = source
                break
    out = [f for _, f in told]
    for index, source in echo_of.items():
        if source not in echo_of:
            figures = dict.fromkeys((*out[source].figures, *told[index][1].figures))
            out[source] = replace(out[source], figures=tuple(figures))
    return [f for index, f in enumerate(out) if echo_of.get(index, -1) in (-1, *echo_of)]


def _speaks_of(n: Quantity, d: Quantity, quantity: Quantity) -> bool:
    return quantity in (n, d) or (bool(n.versus) and n.level() == quantity)


def _printed(scale: Scale, figure: str) -> tuple[Quantity | None, Range | None]:
    """The quantity of a figure, and the amounts that it alone allows."""
    one = scale.printings[figure].figure
    if one is None or one.quantity is None or not one.is_money:
        return None, None
    for observation in scale.observed.get(one.quantity, ()):
        if observation.figure == figure:
            row = scale.system.rows[scale.row_of(observation)]
            if row.low is not None and row.high is not None:
                return one.quantity, (row.low, row.high)
    return None, None
