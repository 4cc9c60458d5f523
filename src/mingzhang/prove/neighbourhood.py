"""A linear program of the variables that may move; all others stay where they are.

Everything is measured from an exact point, in a unit of the size of the slack at hand, so that the
solver sees numbers near 1 whatever the amounts are. Each variable is split into a step up and a
step down: standing still is a vertex, and the least movement the objective.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median_low

import numpy as np

from mingzhang.prove.exact import Exact
from mingzhang.prove.matrix import Floats, Ints
from mingzhang.prove.point import Trial
from mingzhang.prove.solver import Problem, Proposal


def _gather(pointer: Ints, index: Ints, value: Floats, which: Ints) -> tuple[Ints, Ints, Floats]:
    """The entries of some rows (or columns) of a compressed matrix: start, index, value."""
    counts = pointer[which + 1] - pointer[which]
    start = np.zeros(len(which) + 1, np.int64)
    np.cumsum(counts, out=start[1:])
    places = np.arange(start[-1]) + np.repeat(pointer[which] - start[:-1], counts)
    return start, index[places], value[places]


class Neighbourhood:
    """The program in which ``active`` variables may move away from ``trial``.

    ``rows`` are the long rows they touch; ``up`` and ``down`` the variables that have room.
    """

    def __init__(self, trial: Trial, active: Iterable[int], unit: float | None = None) -> None:
        self.trial = trial
        view = trial.view
        matrix = view.matrix
        ups: list[int] = []
        downs: list[int] = []
        up_room: list[float] = []
        down_room: list[float] = []
        for j in active:
            value, low, high = trial.value(j), view.lo(j), view.hi(j)
            if high is None or high > value:
                ups.append(j)
                up_room.append(np.inf if high is None else float(high - value))
            if low is None or low < value:
                downs.append(j)
                down_room.append(np.inf if low is None else float(value - low))
        self.up = np.array(ups, np.int64)
        self.down = np.array(downs, np.int64)
        pointer, index, value_ = matrix.by_column
        start, touched, coefficient = _gather(
            pointer, index, value_, np.concatenate((self.up, self.down))
        )
        if len(self.down):
            coefficient[start[len(self.up)] :] *= -1.0
        self.rows, local = np.unique(touched, return_inverse=True)
        self.scale = matrix.scale[self.rows]
        self.row_low, self.row_high = self._slack()
        self.unit = unit or self._unit(up_room + down_room)
        self.room = np.array(up_room + down_room) / self.unit
        self.row_low /= self.unit
        self.row_high /= self.unit
        self._matrix = (start, local, coefficient)

    def _slack(self) -> tuple[Floats, Floats]:
        """How far each row may go down and up from where it is, next to its scale."""
        view, trial = self.trial.view, self.trial
        down: list[float] = []
        up: list[float] = []
        for i in self.rows.tolist():
            total, low, high = trial.total(i), view.low(i), view.high(i)
            down.append(-np.inf if low is None else float(low - total))
            up.append(np.inf if high is None else float(high - total))
        return np.array(down) / self.scale, np.array(up) / self.scale

    def _unit(self, rooms: list[float]) -> float:
        """The median of all room there is and of all that is missing."""
        sizes = [room for room in rooms if 0 < room < np.inf]
        for missing in (self.row_low, -self.row_high):
            sizes += missing[(missing > 0) & (missing < np.inf)].tolist()
        return max(1.0, median_low(sizes)) if sizes else 1.0

    def problem(self, cost: Floats | None = None) -> Problem:
        """Move as little as can be, or whatever else ``cost`` demands of the columns."""
        cost = np.ones(len(self.room)) if cost is None else cost
        return Problem(cost, self.room, self.row_low, self.row_high, *self._matrix)

    def towards(self, form: Mapping[int, int]) -> Floats:
        """The cost of columns that leads to where the form is least."""
        up = [float(form.get(j, 0)) for j in self.up.tolist()]
        return np.array(up + [-float(form.get(j, 0)) for j in self.down.tolist()])

    def moves(self, proposal: Proposal) -> dict[int, float]:
        """How far each variable that the proposal moves goes."""
        steps = proposal.x * self.unit
        moved: dict[int, float] = {}
        for j, step in zip(self.up.tolist(), steps.tolist(), strict=False):
            if step:
                moved[j] = step
        for j, step in zip(self.down.tolist(), steps[len(self.up) :].tolist(), strict=True):
            if step:
                moved[j] = moved.get(j, 0.0) - step
        return moved

    def basis(self, proposal: Proposal) -> tuple[set[int], list[tuple[int, Exact]]]:
        """The variables that the basis leaves open and the rows (with their side) that fix them."""
        names = np.concatenate((self.up, self.down))
        basic = proposal.basic
        open_ = set(names[basic[basic >= 0]].tolist())
        tight = np.ones(len(self.rows), bool)
        tight[-1 - basic[basic < 0]] = False
        sides: list[tuple[int, Exact]] = []
        view = self.trial.view
        for local in np.flatnonzero(tight).tolist():
            i = int(self.rows[local])
            low, high = view.low(i), view.high(i)
            above = proposal.activity[local] - self.row_low[local]
            below = self.row_high[local] - proposal.activity[local]
            side = low if high is None or (low is not None and above <= below) else high
            if side is not None:
                sides.append((i, side))
        return open_, sides

    def combination(self, dual: Floats) -> dict[int, float]:
        """What the rows with these multipliers add up to, over all variables of these rows."""
        used = np.flatnonzero(dual)
        pointer, index, value = self.trial.view.matrix.by_row
        start, columns, coefficient = _gather(pointer, index, value, self.rows[used])
        weighted = coefficient * np.repeat(dual[used], np.diff(start))
        names, local = np.unique(columns, return_inverse=True)
        return dict(zip(names.tolist(), np.bincount(local, weights=weighted).tolist(), strict=True))

    def multipliers(self, dual: Floats) -> dict[int, float]:
        """The multipliers of the long rows as they stand in the matrix (the program scales them)."""
        scaled = (dual / self.scale).tolist()
        return {i: v for i, v in zip(self.rows.tolist(), scaled, strict=True) if v}

    def objective(self, proposal: Proposal, form: Mapping[int, int]) -> float:
        """What the form comes to where the proposal goes."""
        moves = self.moves(proposal)
        return sum(a * (float(self.trial.value(j)) + moves.get(j, 0.0)) for j, a in form.items())
