"""The linear program of a printing, judged in whole numbers, and the choice among equal optima."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mingzhang.prove.grid import Demand, Piece, Program
from mingzhang.prove.integer import relaxed
from mingzhang.prove.matrix import Floats
from mingzhang.prove.printing import Printing

_MIXER = 2_654_435_761
_TIE = 1 << 20
_NEAR = 1e-6


class Relaxation(NamedTuple):
    """``steps`` are the columns' values, ``doubtful`` those that are not whole; ``bound`` is what
    whole multipliers prove every solution to cost at least, ``reduced`` by how much more (next to
    that) one step of each column does.
    """

    steps: tuple[int, ...]
    doubtful: frozenset[int]
    bound: int
    reduced: tuple[int, ...]


def relaxation(printing: Printing, program: Program) -> Relaxation | None:
    """The cheapest vertex without the demand for whole numbers; None if there is no point at all.

    Among equally cheap ones that are whole, the one where most cells print what they would by
    themselves, then the one that fixed numbers of the cells choose: not the one where the solver
    happens to end.
    """
    if not program.pieces:
        return Relaxation((), frozenset(), 0, ())
    answer = relaxed(program.problem())
    if answer.x is None or answer.dual is None:
        return None
    steps, doubtful = _steps(program, answer.x)
    multipliers = [round(v) for v in (answer.dual * program.scale).tolist()]
    bound, reduced = least_cost(program, multipliers)
    if not doubtful and bound == program.cost(steps):
        steps = _chosen(printing, program, steps, multipliers, reduced)
    return Relaxation(steps, doubtful, bound, tuple(reduced))


def _steps(program: Program, x: Floats) -> tuple[tuple[int, ...], frozenset[int]]:
    steps = tuple(
        min(max(round(v), 0), piece.upper)
        for v, piece in zip(x.tolist(), program.pieces, strict=True)
    )
    off = (abs(v - step) for v, step in zip(x.tolist(), steps, strict=True))
    return steps, frozenset(j for j, far in enumerate(off) if far > _NEAR)


def least_cost(program: Program, multipliers: Sequence[int]) -> tuple[int, list[int]]:
    """What whole multipliers of the rows prove the columns to cost at least, and the columns'
    reduced costs. A positive multiplier uses its row's low side, a negative one the high.
    """
    bound = 0
    reduced = [piece.cost for piece in program.pieces]
    for (terms, low, high), m in zip(program.rows, multipliers, strict=True):
        side = low if m > 0 else high
        if m and side is not None:
            bound += m * side
            for j, a in terms:
                reduced[j] -= m * a
    bound += sum(min(0, d) * piece.upper for d, piece in zip(reduced, program.pieces, strict=True))
    return bound, reduced


def _chosen(
    printing: Printing,
    program: Program,
    steps: tuple[int, ...],
    multipliers: Sequence[int],
    reduced: Sequence[int],
) -> tuple[int, ...]:
    """The one optimum to take. Optima are the points where every column with a reduced cost, and
    the side of every row with a multiplier, stay as they are (complementary slackness).
    """
    rows = [
        Demand(terms, low if m >= 0 else high, high if m <= 0 else low)
        for (terms, low, high), m in zip(program.rows, multipliers, strict=True)
    ]
    open_ = [j for j, d in enumerate(reduced) if not d]
    face = replace(program, rows=tuple(rows)).around(steps, open_)
    if not face.pieces:
        return steps
    wishes = [_wish(printing, program, piece) for piece in face.pieces]
    answer = relaxed(face.problem(wishes))
    if answer.x is None:
        return steps
    found, doubtful = _steps(face, answer.x)
    chosen = list(steps)
    for j, step in zip(open_, found, strict=True):
        chosen[j] = step
    same = not doubtful and face.holds(found) and program.cost(chosen) == program.cost(steps)
    return tuple(chosen) if same else steps


def _wish(printing: Printing, program: Program, piece: Piece) -> int:
    """Below 0 if the step leads to what the cell would print by itself; its size tells ties apart."""
    cell = printing.cells[piece.cell]
    size = _TIE + piece.cell * _MIXER % _TIE
    leads = piece.sign > 0 and cell.nearest > program.base[piece.cell] * cell.step
    return -size if leads else size
