"""HiGHS for whole numbers: the other door, with presolve, and branch and bound where it is needed.

As with ``solver``, what comes out is a proposal that somebody else has to certify. No clock is
involved: work is limited by counts, so that the same question always gets the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from mingzhang.prove.matrix import Floats
from mingzhang.prove.solver import Problem, Quiet

_OPTIONS = {
    "output_flag": False,
    "parallel": "off",
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-7,
}
_LIMITS = (
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kIterationLimit,
    highspy.HighsModelStatus.kTimeLimit,
)

_FEASIBLE = 2
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Answer:
    """status: optimal, limited (the best found when the search ended early), infeasible, unknown.

    ``x`` are the column values, None without any; ``dual`` the row duals of a relaxed optimum.
    """

    status: str
    x: Floats | None = None
    dual: Floats | None = None


def relaxed(problem: Problem) -> Answer:
    """The problem without the demand for whole numbers: a vertex and its duals."""
    highs = _loaded(problem)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        solution = highs.getSolution()
        return Answer("optimal", np.asarray(solution.col_value), np.asarray(solution.row_dual))
    return Answer("infeasible" if status == highspy.HighsModelStatus.kInfeasible else "unknown")


def whole_numbers(problem: Problem, nodes: int, slack: float = 0.0) -> Answer:
    """The problem in whole numbers: at most so many nodes of branch and bound, fewer when what was
    found costs at most ``slack`` more than the least possible.
    """
    highs = _loaded(problem)
    columns = len(problem.cost)
    highs.changeColsIntegrality(
        columns,
        np.arange(columns, dtype=np.int32),
        np.full(columns, highspy.HighsVarType.kInteger),
    )
    highs.setOptionValue("mip_max_nodes", nodes)
    highs.setOptionValue("mip_abs_gap", slack)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer("infeasible")
    info = highs.getInfo()
    optimal = status == highspy.HighsModelStatus.kOptimal
    if optimal or (status in _LIMITS and info.primal_solution_status == _FEASIBLE):
        best = optimal and info.objective_function_value - info.mip_dual_bound < _SAME
        x = np.asarray(highs.getSolution().col_value)
        return Answer("optimal" if best else "limited", x)
    return Answer("unknown")


def _loaded(problem: Problem) -> highspy.Highs:
    highs = Quiet()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
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
    highs.passModel(lp)
    return highs
