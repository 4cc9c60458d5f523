"""Relations as equations that a person can read: what stands left and right, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingzhang.model.finding import Checked
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.report.amounts import money
from mingzhang.report.quantities import in_words
from mingzhang.report.view import View


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its positive factor, which side of the difference, its figures, and where this book
    prints none of them, what it is in words."""

    factor: int
    minus: bool
    figures: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Equation:
    """``left sign right``; ``sign`` is "" where terms only determine a percentage together.

    ``difference`` and ``allowed`` (what rounding can explain) are in the book's unit, or "".
    """

    reasons: tuple[str, ...]
    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]
    constant: str
    state: str
    difference: str
    allowed: str
    certain: bool
    percentage: str | None


def _terms(checked: Checked, view: View) -> list[Term]:
    known: dict[str, Quantity] = {q.key: q for q, _ in checked.relation.terms}
    out = []
    for coefficient, figures, key in checked.terms:
        words = ""
        if not any(view.printing(figure) for figure in figures):
            words = in_words(known[key], view.words) if key in known else key
        out.append(Term(abs(coefficient), coefficient < 0, figures, words))
    return out


def _unit(checked: Checked, view: View) -> Unit | None:
    """The unit of the first printed figure: what the relation's difference is shown in."""
    for _, figures, _ in checked.terms:
        for figure_id in figures:
            figure = view.figures.get(figure_id)
            if figure is not None and figure.is_money:
                return figure.printed.unit
    return None


def _constant(checked: Checked, left_is_minus: bool, unit: Unit | None) -> str:
    """The bound that stands to the right with its sign, "" for zero."""
    relation = checked.relation
    bound = relation.high if relation.low is None else relation.low
    if not bound or unit is None:
        return ""
    shown = -bound if left_is_minus else bound
    return f"{'−' if shown < 0 else '+'} {money(abs(shown), unit)}"


def _sign(checked: Checked, left_is_minus: bool) -> str:
    """= or the direction of the bound as it reads from left to right."""
    low, high = checked.relation.low, checked.relation.high
    if low is not None and high is not None:
        return "=" if low == high else "≈"
    at_most = (low is None) != left_is_minus
    return "≤" if at_most else "≥"


def equation(checked: Checked, view: View) -> Equation:
    """``checked`` as an equation to show: total = part + part, the lonelier side to the left."""
    terms = _terms(checked, view)
    unit, percentage = _unit(checked, view), checked.relation.figure
    minus = tuple(term for term in terms if term.minus)
    plus = tuple(term for term in terms if not term.minus)
    left_is_minus = not plus or 0 < len(minus) <= len(plus)
    left, right = (minus, plus) if left_is_minus else (plus, minus)
    # With factors other than one the difference is in no unit that anybody prints.
    simple = unit is not None and percentage is None and all(t.factor == 1 for t in terms)
    difference = allowed = ""
    if simple and unit is not None and checked.residual:
        difference = money(abs(checked.residual), unit)
        allowed = "" if checked.bound is None else money(checked.bound, unit)
    together = percentage is not None
    return Equation(
        reasons=tuple(view.reasons(checked)),
        left=tuple(replace(term, factor=1) for term in terms) if together else left,
        sign="" if together else _sign(checked, left_is_minus),
        right=() if together else right,
        constant="" if together else _constant(checked, left_is_minus, unit),
        state=checked.state,
        difference=difference,
        allowed=allowed,
        certain=checked.relation.certain,
        percentage=percentage,
    )
