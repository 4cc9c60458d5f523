"""Prose: what sentences say becomes relations of the one system, and figures that state them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mingzhang.model.book import Book
from mingzhang.model.claim import Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Observation, Reason, Relation


def observations(book: Book) -> Iterator[Observation]:
    """Every money figure and count with the quantity it states; −1 where the words say 减少."""
    signs = {
        c.figure: c.sign
        for c in book.claims
        if isinstance(c, Direction) and c.figure and c.sign < 0
    }
    for figure in book.figures:
        if figure.quantity is not None and not figure.is_percent:
            yield Observation(figure.id, figure.quantity, signs.get(figure.id, 1))


def claimed(book: Book, steps: Mapping[Quantity, int]) -> Iterator[Relation]:
    """Relations of all claims. ``steps``: quantity -> 分 in its printed unit."""
    figures = {f.id: f for f in book.figures}
    habit = _habit(book)
    yield from followed(book)
    for claim in book.claims:
        if isinstance(claim, Ratio):
            yield from _ratio(claim, figures[claim.figure], steps)
        elif isinstance(claim, Parts):
            terms = ((claim.whole, 1), *((p, -1) for p in claim.parts))
            reason = Reason("parts", (("words", claim.words),), (claim.place,))
            certain = claim.complete or claim.words not in _LOOSE
            yield Relation(terms, reason, 0, 0 if claim.complete else None, certain=certain)
            if not claim.complete and _verb(claim) in habit and len(claim.parts) > 1:
                yield Relation(terms, reason, certain=False)
        elif claim.sign == 0 and claim.figure is None and claim.quantity.versus:
            step = _step(claim.quantity, steps)
            reason = Reason("unchanged", (("words", claim.word),), (claim.place,))
            yield Relation(((claim.quantity, 1),), reason, -step, step)


_LOOSE = ("原因", "中标")  # what explains or divides loosely: a part that is more is odd, no error
_GOALS = "绩效目标"
_FOLLOWED = (_GOALS, "绩效跟踪", "绩效自评", "绩效评价")
_VERBS = ("主要包括", "具体包括", "包括")


def followed(book: Book) -> Iterator[Relation]:
    """Projects that are tracked or evaluated (绩效跟踪, 自评) are among those with goals (编报目标).

    As many projects of the one as of the other are the same projects, with the same money. The
    sentences may count other projects, so none of it is certain.
    """
    money: dict[str, set[Quantity]] = {}
    counts: dict[str, set[int]] = {}
    places: dict[str, Place] = {}
    for figure in book.figures:
        q = figure.quantity
        if q is None or not figure.in_prose:
            continue
        if q.measure == "count" and q.item.endswith("项目"):
            counts.setdefault(q.item.removesuffix("项目"), set()).add(int(figure.value))
        elif figure.is_money and q.nature == "project" and q.part in _FOLLOWED:
            money.setdefault(q.part, set()).add(q)
            places[q.part] = figure.place
    if any(len(quantities) > 1 for quantities in money.values()) or _GOALS not in money:
        return
    (whole,) = money.pop(_GOALS)
    for part, (quantity,) in sorted(money.items()):
        same = len(counts.get(part, ())) == 1 and counts.get(part) == counts.get(_GOALS)
        reason = Reason("parts", (("words", part),), (places[part],))
        terms = ((whole, 1), (quantity, -1))
        yield Relation(terms, reason, 0, 0 if same else None, certain=False)


def _verb(claim: Parts) -> str:
    return next((v for v in _VERBS if v in claim.words), "")


def _habit(book: Book) -> frozenset[str]:
    """The verbs whose lists in this book name all parts: then a list that does not add up is
    likelier a slip than the one list that leaves something out. Never certain."""
    seen: dict[str, list[bool]] = {}
    for claim in book.claims:
        if isinstance(claim, Parts) and _verb(claim):
            seen.setdefault(_verb(claim), []).append(claim.complete)
    return frozenset(
        v for v, done in seen.items() if sum(done) >= 2 and 3 * sum(done) >= 2 * len(done)
    )


def _step(q: Quantity, steps: Mapping[Quantity, int]) -> int:
    """How far the printed amounts behind ``q`` can lie from the true one, in 分."""
    if q in steps:
        return steps[q]
    base = q.base()
    if base is not None:
        return _step(q.level(), steps) + steps.get(base, 0)
    return max(
        (steps.get(q.with_(versus=v), 0) for v in {k.versus for k in steps if k.versus}), default=0
    )


def _ratio(claim: Ratio, figure: Figure, steps: Mapping[Quantity, int]) -> Iterator[Relation]:
    """low % of D <= N <= high % of D, in integers.

    The percentage may be worked out from the true amounts or from the printed ones (REFERENCE.md
    SH-13), rounded or cut off: so the printed steps of N and D are granted as slack.
    """
    scale = 10 ** (figure.printed.decimals + 1)
    value = int(figure.value * scale) * claim.sign
    low, high = value - 10, value + 10
    if value > 0 or (not value and claim.sign > 0):  # a percentage in a table bears its own sign
        low = value - 5
    else:
        high = value + 5
    whole = 100 * scale
    slack = whole * _step(claim.numerator, steps) + max(abs(low), abs(high)) * _step(
        claim.denominator, steps
    )
    reason = Reason(claim.kind, (("percent", f"{figure.text}"),), (figure.place,))
    n, d = claim.numerator, claim.denominator
    yield Relation(((n, whole), (d, -low)), reason, -slack, None, figure=figure.id)
    yield Relation(((n, whole), (d, -high)), reason, None, slack, figure=figure.id)
