"""Placing: money of the ledger that a layout has no row or column for.

A statement whose total contains what none of its parts shows does not add up. Better no book than
such a one: the officer is told which money it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.catalog.dimensions import ancestors
from mingzhang.catalog.dimensions import name as called
from mingzhang.catalog.forms import Layout, shown_values
from mingzhang.compile.amounts import SELECTING, Amounts
from mingzhang.compile.faults import CompileFault, fault

_PLACED = ("flow", "fund", "nature")


def unplaced(amounts: Amounts, chosen: Layout) -> Iterator[CompileFault]:
    """An error for each flow, fund or nature with money this year that no statement shows, or that
    is left out where the statements divide what it belongs to (国有资本 where 财政拨款 is divided
    into 一般公共预算 and 政府性基金)."""
    ledger = amounts.ledger
    flow = SELECTING.index("flow")
    for name in _PLACED:
        place = SELECTING.index(name)
        shown = shown_values(chosen, name)
        divided = {up for value in shown for up in ancestors(name, value)[:1]}
        missing: dict[str, dict[str, int]] = {}
        for atom in amounts.atoms:
            fen = atom.amounts.get((0, ledger.stage), 0)
            values = atom.values[place]
            nearest = next((v for v in values if v in shown), "")
            if fen and values and (not nearest or (nearest in divided and nearest != values[0])):
                by_flow = missing.setdefault(values[0], {})
                by_flow[atom.values[flow][0]] = by_flow.get(atom.values[flow][0], 0) + fen
        for value, by_flow in missing.items():
            fen = max(by_flow.values(), key=abs)  # what is spent came in: it is told once
            words = {"what": called(name, value), "amount": f"{fen / 100:,.2f}"}
            yield fault("no-place", ledger.source, **words)
