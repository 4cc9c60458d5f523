"""Clauses: a segment of text cut into steps of at most one figure each, with their punctuation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.read.narrative.numbers import Number

_STOPS = frozenset("。!?！？")
_MARKS = frozenset(",;:。!?")


@dataclass(frozen=True, slots=True)
class Step:
    """``pre`` [number] ``post``: what is said before a figure, the figure, and what follows it.

    ``start`` is where ``pre`` begins. ``opens``/``closes`` are the punctuation before and after:
    one of , ; : 。 、 ( ) or "" at the ends and between two figures of one clause. ``depth``
    counts the brackets it stands in. ``clause`` is the clause up to here without earlier numbers;
    it begins at ``clause_start``.
    """

    pre: str
    number: Number | None
    post: str
    start: int
    opens: str
    closes: str
    depth: int
    clause: str
    clause_start: int

    @property
    def new_sentence(self) -> bool:
        """True if a full stop (or the beginning of the segment) stands before it."""
        return self.opens in ("", "。") and self.start == self.clause_start


def quiet_brackets(text: str, start: int, end: int, figures: Sequence[Number]) -> set[int]:
    """Positions inside brackets that hold no figure: punctuation there divides nothing."""
    quiet: set[int] = set()
    stack: list[int] = []
    for position in range(start, end):
        if text[position] == "(":
            stack.append(position)
        elif text[position] == ")" and stack:
            opened = stack.pop()
            inside = any(opened < n.start < position for n in figures)
            if not inside:
                quiet.update(range(opened, position + 1))
    quiet.update(stack)  # an unclosed bracket divides nothing either
    return quiet


def steps(text: str, start: int, end: int, figures: Sequence[Number]) -> list[Step]:
    """The steps of ``text[start:end]``; ``figures`` are the numbers inside it, in order."""
    quiet = quiet_brackets(text, start, end, figures)
    out: list[Step] = []
    begin, opens, depth, clause, clause_start = start, "", 0, "", start
    queue = list(figures)
    position = start
    pending: Number | None = None
    while position <= end:
        if queue and position == queue[0].start:
            if pending is not None:
                out.append(
                    _step(text, begin, pending, pending.end, opens, "", depth, clause, clause_start)
                )
                clause += text[begin : pending.start]
                begin, opens = pending.end, ""
            pending = queue.pop(0)
            position = pending.end
            continue
        mark = text[position] if position < end else "end"
        if mark == "end" or _divides(mark, position, quiet, pending):
            closes = "。" if mark in _STOPS else "" if mark == "end" else mark
            if pending is not None or position > begin:
                out.append(
                    _step(
                        text, begin, pending, position, opens, closes, depth, clause, clause_start
                    )
                )
            depth += (mark == "(") - (mark == ")")
            begin, opens, clause, pending = position + 1, closes, "", None
            clause_start = begin
        position += 1
    return out


def _divides(mark: str, position: int, quiet: set[int], pending: Number | None) -> bool:
    if position in quiet:
        return False
    if mark in _MARKS or mark in _STOPS or mark in "()":
        return True
    return mark == "、" and pending is not None and pending.end == position


def _step(
    text: str,
    begin: int,
    number: Number | None,
    stop: int,
    opens: str,
    closes: str,
    depth: int,
    clause: str,
    clause_start: int,
) -> Step:
    if number is None:
        pre, post = text[begin:stop], ""
    else:
        pre, post = text[begin : number.start], text[number.end : stop]
    return Step(pre, number, post, begin, opens, closes, depth, clause + pre, clause_start)
