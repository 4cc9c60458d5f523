"""Leeway: the lightest figures to take away so that an amount can lie far enough from where it is.

A linear program moves the amounts away from the true ones; figures that stand in the way give, at
their price for each unit by which the move breaks them. Priced again by how far each was broken,
a few times over, what is broken gets sparse (reweighted l1, Candès, Wakin and Boyd 2008): those
figures are the proposal. Nothing here is proved: whoever withholds them audits the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from mingzhang.model.money import Interval
from mingzhang.prove.exact import Exact
from mingzhang.prove.matrix import Floats, Ints
from mingzhang.prove.solver import Problem, Proposal, Solver
from mingzhang.prove.system import Row, System

_ROUNDS = 8
_STALLED = 2
"""Rounds that find nothing lighter before the search ends."""
_SMOOTH = 1e-2
"""Figures that are not broken are as dear as if they were broken by this part of the way."""
_KEPT = 1e-8
"""A figure broken by less than this part of the way is not broken: what the solver's tolerance is."""
_FREE = 1e-3
"""The part of its price that a figure costs which is withheld in any case."""
_MARGIN = 1e-6
"""How much further than asked the move goes, against the same tolerance."""


class Leeway:
    """Moves away from the true ``amounts``, which obey every row of ``system``.

    Figures in ``fixed`` and rows that nobody says never give.
    """

    def __init__(
        self, system: System, amounts: Sequence[Exact], fixed: Collection[int] = ()
    ) -> None:
        self._system = system
        rows = _distinct(system)
        scale = [float(max(abs(a) for _, a in row.terms)) for row in rows]
        down, up = [], []
        for row in rows:
            total = sum(a * amounts[j] for j, a in row.terms)
            down.append(-np.inf if row.low is None else float(row.low - total))
            up.append(np.inf if row.high is None else float(row.high - total))
        self._down = np.array(down) / np.array(scale)
        self._up = np.array(up) / np.array(scale)
        gives = [
            (i, row.witness)
            for i, row in enumerate(rows)
            if row.witness is not None and row.witness not in fixed
        ]
        self._witness = [w for _, w in gives]
        self._entries = _columns(system.n, rows, scale, [i for i, _ in gives])
        self._room = np.full(2 * (system.n + len(gives)), np.inf)
        for j in system.nonnegative:
            self._room[system.n + j] = float(amounts[j])

    def opened(
        self,
        form: Mapping[int, int],
        distance: Exact,
        weights: Mapping[int, int],
        free: Collection[int] = (),
        *,
        apart: bool = False,
    ) -> frozenset[int] | None:
        """The witnesses that give way when ``form`` grows by ``distance``; those in ``free``, withheld
        in any case, cost next to nothing.

        ``apart``: it need not grow, but has two values so far from each other.
        None if the solver finds no such move: what never gives stands in the way.
        """
        worth = {w: weights.get(w, 1) for w in self._witness}
        prices = np.array([worth[w] * (_FREE if w in free else 1.0) for w in self._witness])
        copies = 2 if apart else 1
        solver = Solver()
        proposal = solver.solve(self._problem(form, float(distance), prices, copies))
        best: frozenset[int] | None = None
        lightest, stalled = 0, 0
        for _ in range(_ROUNDS):
            if proposal.status != "optimal":
                break
            broken = self._broken(proposal, copies)
            chosen = frozenset(broken)
            weight = sum(worth[w] for w in chosen.difference(free))
            if best is None or weight < lightest:
                best, lightest, stalled = chosen, weight, 0
            else:
                stalled += 1
            if stalled == _STALLED or not weight:
                break
            far = np.array([broken.get(w, 0.0) for w in self._witness])
            proposal = solver.resolve(self._cost(prices / (far + _SMOOTH), copies))
        return best

    def _broken(self, proposal: Proposal, copies: int) -> dict[int, float]:
        """How far each figure gives, where it does."""
        given = proposal.x.reshape(copies, -1)[:, 2 * self._system.n :]
        most = given.reshape(2 * copies, -1).max(axis=0).tolist()
        out: dict[int, float] = {}
        for w, far in zip(self._witness, most, strict=True):
            if far > _KEPT:
                out[w] = max(out.get(w, 0.0), far)
        return out

    def _cost(self, prices: Floats, copies: int) -> Floats:
        return np.tile(np.concatenate((np.zeros(2 * self._system.n), prices, prices)), copies)

    def _problem(
        self, form: Mapping[int, int], distance: float, prices: Floats, copies: int
    ) -> Problem:
        """All columns of a copy, for each copy. The last row is the move itself. In units of
        ``distance``."""
        n, m, width = self._system.n, len(self._down), len(self._room)
        moved = np.array(list(form), np.int64)
        by = np.array([float(a) for a in form.values()])
        row, column, value = self._entries
        rows = [row + k * m for k in range(copies)]
        columns = [column + k * width for k in range(copies)]
        values = [value] * copies
        for k in range(copies):
            rows.append(np.full(2 * len(moved), copies * m))
            columns.append(np.concatenate((moved, moved + n)) + k * width)
            values.append(np.concatenate((by, -by)) * (-1) ** k)
        places = np.concatenate(columns)
        order = np.argsort(places, kind="stable")
        start = np.zeros(copies * width + 1, np.int64)
        np.cumsum(np.bincount(places, minlength=copies * width), out=start[1:])
        return Problem(
            self._cost(prices, copies),
            np.tile(self._room / distance, copies),
            np.append(np.tile(self._down / distance, copies), 1.0 + _MARGIN),
            np.append(np.tile(self._up / distance, copies), np.inf),
            start,
            np.concatenate(rows)[order],
            np.concatenate(values)[order],
        )


def _columns(
    n: int, rows: Sequence[Row], scale: Sequence[float], gives: Sequence[int]
) -> tuple[Ints, Ints, Floats]:
    """Every entry as row, column, value. The columns: each amount up, each amount down, how far each
    row that gives is passed above, and below."""
    entries = [(i, j, a / scale[i]) for i, row in enumerate(rows) for j, a in row.terms]
    row = np.array([i for i, _, _ in entries], np.int64)
    column = np.array([j for _, j, _ in entries], np.int64)
    value = np.array([a for _, _, a in entries])
    places = np.array(gives, np.int64)
    give, ones = np.arange(2 * n, 2 * n + len(gives)), np.ones(len(gives))
    return (
        np.concatenate((row, row, places, places)),
        np.concatenate((column, column + n, give, give + len(gives))),
        np.concatenate((value, -value, -ones, ones)),
    )


def _distinct(system: System) -> list[Row]:
    """The rows, what one witness says of one sum several times said once: else it would cost more."""
    found: dict[tuple[tuple[tuple[int, int], ...], int | None], Row] = {}
    for row in system.rows:
        if row.terms and not row.says_nothing:
            key = tuple(sorted(row.terms)), row.witness
            old = found.get(key, row)
            low, high = Interval(old.low, old.high).cut(Interval(row.low, row.high))
            found[key] = Row(key[0], low, high, row.witness)
    return list(found.values())
