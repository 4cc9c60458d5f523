"""Years 跨年: the books given together joined by the quantities that both speak of.

What this book says of last year, and what last year's book printed, are kept as two quantities with
a relation between them that says why they are one: so a difference between two books is told as
that, with both places. Renumbered codes are joined by catalog/succession.py; amounts whose definition
changed are not joined at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.catalog.succession import Succession, redefined, succession
from mingzhang.model.claim import Ratio
from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation
from mingzhang.relate.baseline import said
from mingzhang.relate.tale import Tale, as_printed

SCHEMES = ("function", "economic")


def across(tellers: Sequence[Tale], owner: Tale) -> tuple[Tale, list[Relation]]:
    """``owner`` with its amounts set apart from what others say of them, and what joins the two."""
    names = {q: as_printed(q, owner.index) for q in owner.at(*owner.time)}
    return owner.renamed(names), [r for teller in tellers for r in _joins(teller, owner)]


def _joins(teller: Tale, owner: Tale) -> Iterator[Relation]:
    told = sorted(teller.at(*owner.time), key=lambda q: q.order)
    spoken = said(teller.book) if told else frozenset()
    grown = _grown(teller)
    mine = owner.at(*owner.time)
    years = _years(teller, owner)
    for quantity in told:
        changed = redefined(quantity, *years, teller.book.layout) if years else None
        if changed is not None:
            yield _apart("definition", quantity, owner, (("zh", changed.zh), ("en", changed.en)))
            continue
        moved = _moved(quantity, years)
        if moved:
            yield from _succeeded(quantity, moved, told, owner)
        elif quantity in mine:
            terms = ((quantity, 1), (as_printed(quantity, owner.index), -1))
            yield Relation(terms, _reason("as-printed", owner), certain=quantity in spoken)
        elif quantity not in grown and _not_listed(quantity, owner):
            yield Relation(((quantity, 1),), _reason("not-listed", owner), certain=False)


def _years(teller: Tale, owner: Tale) -> tuple[int, int] | None:
    """From which year to which, earlier first; None for books of one year, or of none."""
    a, b = owner.book.year, teller.book.year
    return None if a is None or b is None or a == b else (min(a, b), max(a, b))


def _grown(teller: Tale) -> frozenset[Quantity]:
    """What a percentage was worked out from: that was not zero."""
    return frozenset(
        c.denominator for c in teller.book.claims if isinstance(c, Ratio) and c.kind == "growth"
    )


def _moved(quantity: Quantity, years: tuple[int, int] | None) -> list[tuple[str, Succession]]:
    if years is None:
        return []
    return [
        (scheme, event)
        for scheme in SCHEMES
        if (code := getattr(quantity, scheme))
        for event in succession(code, *years, scheme)
    ]


def _succeeded(
    quantity: Quantity,
    moved: Sequence[tuple[str, Succession]],
    told: Sequence[Quantity],
    owner: Tale,
) -> Iterator[Relation]:
    """The amounts of the old codes, as printed, are those of the new, as this book tells of them.

    Only where one event tells the whole story, and every code of the new side is spoken of; a code
    of the old side that is not printed had no money.
    """
    (scheme, event), *more = moved
    mine = owner.at(*owner.time)
    new = [quantity.with_(**{scheme: code}) for code in event.new]
    old = [q for code in event.old if (q := quantity.with_(**{scheme: code})) in mine]
    params = (
        ("old", "+".join(event.old)),
        ("new", "+".join(event.new)),
        ("from", str(event.year)),
        ("confidence", "seen" if event.seen else "memory"),
    )
    if more or not event.whole or not old or quantity not in new or any(q not in told for q in new):
        yield _apart("succession", quantity, owner, params)
    elif quantity == new[0]:
        terms = (*((q, 1) for q in new), *((as_printed(q, owner.index), -1) for q in old))
        yield Relation(terms, _reason("succession", owner, params), certain=False)


def _not_listed(quantity: Quantity, owner: Tale) -> bool:
    """True if the owner lists lines like this one with their total, and not this one.

    A line with a growth percentage is not asked: whoever divided by last year's amount had one.
    """
    for scheme in SCHEMES:
        code = getattr(quantity, scheme)
        if len(code) >= 5 and not quantity.project:
            whole = quantity.with_(**{scheme: ""})
            return whole in owner.printed and any(
                len(getattr(q, scheme)) == len(code) and q.with_(**{scheme: ""}) == whole
                for q in owner.printed
            )
    return False


def _apart(
    kind: str, quantity: Quantity, owner: Tale, params: tuple[tuple[str, str], ...]
) -> Relation:
    """No bounds: it only says why what is told is not held against what was printed."""
    return Relation(((quantity, 1),), _reason(kind, owner, params), None, None, certain=False)


def _reason(kind: str, owner: Tale, params: tuple[tuple[str, str], ...] = ()) -> Reason:
    return Reason(kind, (("book", owner.book.title), *params))
