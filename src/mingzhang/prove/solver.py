"""The only door to HiGHS. What comes out of it is a proposal: floats, believed by nobody.

HiGHS (highspy, MIT licence) is called with whole arrays, one thread, no presolve: so an infeasible
problem always comes with a dual ray, and a solved one with a basis.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from mingzhang.prove.matrix import Floats, Ints

_OPTIONS = {
    "output_flag": False,
    "presolve": "off",
    "solver": "simplex",
    "parallel": "off",
    "threads": 1,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}
_DUAL, _PRIMAL = 1, 4
_STATUS = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Minimise ``cost``: columns from 0 to ``upper``, rows within bounds, compressed columns."""

    cost: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats


@dataclass(frozen=True, slots=True)
class Proposal:
    """HiGHS's answer. status: optimal, infeasible, unbounded, unknown.

    ``x`` and ``activity`` are column and row values, ``basic`` the basic columns as they are and
    basic rows as -1 - row, ``dual`` the row duals of an optimum, or the dual ray (either sign) of
    an infeasible problem, or None.
    """

    status: str
    x: Floats
    activity: Floats
    basic: Ints
    dual: Floats | None


class Quiet(highspy.Highs):  # type: ignore[misc]
    """HiGHS without a word: since 1.16 it prints a banner as soon as it is made, on the standard
    output of whoever asked for JSON there. Its constructor calls ``enableCallbacks`` first."""

    def enableCallbacks(self) -> None:
        """As HiGHS has it, silenced before."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


class Solver:
    """One HiGHS instance, used again and again."""

    def __init__(self, *, presolve: bool = False) -> None:
        """``presolve``: quicker on large problems whose duals nobody asks for."""
        self._highs = Quiet()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        if presolve:
            self._highs.setOptionValue("presolve", "on")
        self._columns = np.zeros(0, np.int32)

    def solve(self, problem: Problem, *, primal: bool = False) -> Proposal:
        """``primal``: columns at their lower bounds are a feasible start, so walk from there."""
        highs = self._highs
        lp = highspy.HighsLp()
        lp.num_col_ = len(problem.cost)
        lp.num_row_ = len(problem.row_lower)
        lp.col_cost_ = problem.cost
        lp.col_lower_ = np.zeros(len(problem.cost))
        lp.col_upper_ = problem.upper
        lp.row_lower_ = problem.row_lower
        lp.row_upper_ = problem.row_upper
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = problem.start.astype(np.int32)
        lp.a_matrix_.index_ = problem.index.astype(np.int32)
        lp.a_matrix_.value_ = problem.value
        highs.setOptionValue("simplex_strategy", _PRIMAL if primal else _DUAL)
        highs.setOptionValue("simplex_iteration_limit", 2000 + 20 * (lp.num_col_ + lp.num_row_))
        highs.passModel(lp)
        self._columns = np.arange(lp.num_col_, dtype=np.int32)
        return self._run()

    def resolve(self, cost: Floats) -> Proposal:
        """The last problem again with another cost, from the vertex where it ended."""
        self._highs.changeColsCost(len(cost), self._columns, cost)
        return self._run()

    def _run(self) -> Proposal:
        highs = self._highs
        highs.run()
        status = _STATUS.get(highs.getModelStatus(), "unknown")
        dual: Floats | None = None
        solution = highs.getSolution()
        if status == "infeasible":
            _, found, ray = highs.getDualRay()
            dual = np.asarray(ray) if found else None
        elif status == "optimal":
            dual = np.asarray(solution.row_dual)
        return Proposal(
            status,
            np.asarray(solution.col_value),
            np.asarray(solution.row_value),
            np.asarray(highs.getBasicVariables()[1]),
            dual,
        )
