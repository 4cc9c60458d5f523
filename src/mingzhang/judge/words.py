"""Words: equations and amounts as a reader of the book would write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingzhang.catalog.naming import short_name
from mingzhang.judge.weigh import Scale
from mingzhang.model.figure import Figure
from mingzhang.model.money import Unit
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Relation

_SHOWN = 12  # addends written out in full; a longer sum is cut in the middle


def amount(fen: int | None, unit: Unit, decimals: int) -> Decimal | None:
    """分 as a Decimal in ``unit`` with at least ``decimals`` places."""
    if fen is None:
        return None
    value = Decimal(fen) / Decimal(unit.fen if unit.is_money else 100)
    places = max(decimals, min(-value.normalize().as_tuple().exponent, 6))  # type: ignore[operator]
    return value.quantize(Decimal(1).scaleb(-places))


def number(value: Decimal) -> str:
    """With thousands commas, without trailing zeros beyond the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def stated_by(scale: Scale, quantity: Quantity) -> Figure | None:
    """A figure that states the quantity (the first of this book), None if it is not printed."""
    for observation in scale.stating(quantity):
        figure = scale.printings[observation.figure].figure
        if figure is not None:
            return figure
    return None


def unit_of(scale: Scale, relation: Relation) -> tuple[Unit, int]:
    """The unit and decimals in which to write a relation: those of its first printed term."""
    for quantity, _ in relation.terms:
        figure = stated_by(scale, quantity)
        if figure is not None and figure.is_money:
            return figure.printed.unit, figure.printed.decimals
    return Unit.WAN, 2


def term(
    scale: Scale,
    quantity: Quantity,
    unit: Unit,
    figures: Sequence[str] = (),
    converted: bool = False,
) -> str:
    """The printed number of a quantity, or its name in brackets where none is printed.

    One printed in another unit keeps it, or is ``converted``.
    """
    for observation in scale.stating(quantity):
        printing = scale.printings[observation.figure]
        if figures and observation.figure not in figures:
            continue
        figure = printing.figure
        if figure is None:
            return "0"
        value = figure.value * observation.sign
        if figure.printed.unit is unit or not figure.is_money:
            return number(value)
        if converted:
            return number(Decimal(figure.printed.fen * observation.sign) / unit.fen)
        return f"{number(value)}{figure.unit}"
    if figures:
        return term(scale, quantity, unit, (), converted)
    return f"［{short_name(quantity)}］"


def equation(scale: Scale, relation: Relation, figures: Sequence[str] = (), sign: str = "") -> str:
    """The relation with its printed numbers: ``5,255 ≠ 2,573 + 2,628``.

    For a percentage, the division that it states. ``sign`` stands for ≠ (≱, ≰) if given.
    """
    unit, _ = unit_of(scale, relation)
    if relation.figure is not None:
        (n, _), (d, _) = relation.terms
        figure = scale.printings[relation.figure].figure
        percent = figure.text if figure is not None else "?"
        if figure is not None and not percent.rstrip().endswith(("%", "%")):
            percent += "%"
        base = term(scale, d, unit, figures)
        if not scale.stating(d) and n.versus and n.level() in scale.observed:
            base = f"({term(scale, n.level(), unit)} - {term(scale, n, unit, figures)})".replace(
                "- -", "+ "
            )
        worked = _quotient(scale, n, d, figure.printed.decimals if figure is not None else 2)
        return f"{term(scale, n, unit, figures)} ÷ {base}{worked} {sign or '≠'} {percent}"
    left = [(q, c) for q, c in relation.terms if c > 0]
    right = [(q, -c) for q, c in relation.terms if c < 0]
    if len(left) > len(right):
        left, right = (right, left) if right else (left, right)
    if not sign:
        equal = relation.low is not None and relation.high is not None
        sign = "≠" if equal else "≱" if relation.terms[0] in left else "≰"
    words = f"{_sum(scale, left, unit, figures)} {sign} {_sum(scale, right, unit, figures)}"
    return words + _gap(scale, relation, unit, figures)


def _value(scale: Scale, quantity: Quantity, figures: Sequence[str] = ()) -> int | None:
    """The printed amount of a quantity in 分, that of ``figures`` first."""
    found = scale.stating(quantity)
    chosen = [o for o in found if o.figure in figures] or list(found)
    for observation in chosen:
        figure = scale.printings[observation.figure].figure
        if figure is None:
            return 0
        if figure.is_money:
            return figure.printed.fen * observation.sign
    return None


def _quotient(scale: Scale, n: Quantity, d: Quantity, decimals: int) -> str:
    top, bottom = _value(scale, n), _value(scale, d)
    if n.versus and (level := _value(scale, n.level())) is not None:
        bottom = level - top if bottom is None and top is not None else bottom
        top = level - bottom if top is None and bottom is not None else top
    if top is None or not bottom:
        return ""
    return f" = {Decimal(top) * 100 / Decimal(bottom):.{decimals + 1}f}%"


def _gap(scale: Scale, relation: Relation, unit: Unit, figures: Sequence[str]) -> str:
    """The difference of the two sides, where every term is printed and money."""
    if len(relation.terms) < 3 or not unit.is_money:
        return ""
    values = [_value(scale, q, figures) for q, _ in relation.terms]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return ""
    off = sum(c * v for (_, c), v in zip(relation.terms, known, strict=True))
    return f"（差 {number(abs(Decimal(off)) / unit.fen)}{unit.value}）" if off else ""


def _sum(
    scale: Scale, terms: Sequence[tuple[Quantity, int]], unit: Unit, figures: Sequence[str]
) -> str:
    if not terms:
        return "0"
    several = len(terms) > 1
    words = [
        (f"{c} × " if c != 1 else "") + term(scale, q, unit, figures, several) for q, c in terms
    ]
    if len(words) > _SHOWN:
        words = [*words[: _SHOWN - 3], f"…（{len(words) - _SHOWN + 1}）…", *words[-2:]]
    return " + ".join(words).replace("+ -", "- ")
