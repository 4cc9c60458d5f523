"""An oracle for withholding: one mixed-integer program over all choices at once, by HiGHS.

Every protected amount gets two points; a binary for each witness says whether its rows bind them.
Written from Fischetti and Salazar (2001), sharing nothing with mingzhang.prove but its nouns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import highspy
import numpy as np

from mingzhang.prove import Protected, System

_BOX = 6.0  # how far an amount may go, in times of what its secret needs


def lightest(
    system: System,
    amounts: Sequence[int],
    protected: Sequence[Protected],
    weights: Mapping[int, int],
    fixed: Collection[int] = (),
    seconds: float = 30.0,
) -> int | None:
    """The least weight to withhold; None if the program found no proof of it in time."""
    witnesses = [w for w in system.witnesses if w not in fixed]
    switch = {w: k for k, w in enumerate(witnesses)}
    cost = [float(weights.get(w, 1)) for w in witnesses]
    low, high = [0.0] * len(cost), [1.0] * len(cost)
    entries: list[tuple[list[tuple[int, float]], float, float]] = []
    for one in protected:
        needs = float(one.needs(amounts))
        bases = (len(cost), len(cost) + system.n)
        for _ in bases:
            cost += [0.0] * system.n
            high += [_BOX] * system.n
            low += [
                max(-_BOX, -amounts[j] / needs) if j in system.nonnegative else -_BOX
                for j in range(system.n)
            ]
        for base in bases:
            for row in system.rows:
                total = sum(a * amounts[j] for j, a in row.terms)
                size = max(abs(a) for _, a in row.terms)
                terms = [(base + j, a / size) for j, a in row.terms]
                reach = _BOX * sum(abs(v) for _, v in terms)
                free = switch.get(row.witness) if row.witness is not None else None
                if row.high is not None:
                    loose = [] if free is None else [(free, -reach)]
                    entries.append((terms + loose, -np.inf, (row.high - total) / needs / size))
                if row.low is not None:
                    loose = [] if free is None else [(free, reach)]
                    entries.append((terms + loose, (row.low - total) / needs / size, np.inf))
        apart = [(bases[0] + j, float(-a)) for j, a in one.terms.items()]
        apart += [(bases[1] + j, float(a)) for j, a in one.terms.items()]
        entries.append((apart, 1.0, np.inf))
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(cost), len(entries)
    program.col_cost_ = np.array(cost)
    program.col_lower_, program.col_upper_ = np.array(low), np.array(high)
    program.row_lower_ = np.array([e[1] for e in entries])
    program.row_upper_ = np.array([e[2] for e in entries])
    start = np.cumsum([0, *(len(e[0]) for e in entries)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = start.astype(np.int32)
    program.a_matrix_.index_ = np.array([j for e in entries for j, _ in e[0]], np.int32)
    program.a_matrix_.value_ = np.array([v for e in entries for _, v in e[0]])
    whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
    program.integrality_ = [whole if j < len(switch) else real for j in range(len(cost))]
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", seconds)
    highs.passModel(program)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(highs.getInfo().objective_function_value)
