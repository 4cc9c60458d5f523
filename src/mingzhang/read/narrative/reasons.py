"""Reasons: what is said to explain a change, and the amounts inside it."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.model.claim import Direction, Parts
from mingzhang.model.money import Printed
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.draft import Draft, Reason, add_up, same_amount


def explain(reason: Reason, draft: Draft) -> None:
    """Give the reason to the directions it explains."""
    if not reason.text:
        return
    head = reason.head
    for number in range(reason.first, reason.last):
        direction = draft.directions[number]
        fits = head is None or head.open or direction.sign == head.sign
        if not direction.reason and fits:
            draft.directions[number] = replace(direction, reason=reason.text)


def link(reason: Reason, draft: Draft) -> None:
    """Link the amounts inside a reason, where together they make the change it explains.

    Where they do not, nobody knows what else changed, and they stay unlinked.
    """
    change = reason.change
    if change is None or not reason.amounts or reason.compact is None:
        return
    whole = draft.first_printed(change)
    way = next((d for d in draft.directions if d.quantity == change and d.figure), None)
    if whole is None or way is None:
        return
    signed = [(sign * way.sign, printed) for _, sign, printed, *_ in reason.amounts]
    if not add_up(whole, signed):
        return
    parts: list[Quantity] = []
    for figure_id, sign, printed, named, words, start in reason.amounts:
        quantity = named if named is not None and _confirmed(named, printed, draft) else None
        if quantity is None or quantity == change:
            part = f"{words.strip(',;:、').lstrip('是为')[:40]}#{len(parts)}"
            quantity = change.with_(part=part, local=reason.local)
        draft.relink(figure_id, quantity)
        parts.append(quantity)
        place = reason.compact.place(start, start + max(1, len(words)))
        draft.directions.append(Direction(quantity, sign, "", place, figure_id))
    place = reason.compact.place(reason.start, reason.start + max(1, len(reason.text)))
    draft.parts.append(Parts(change, tuple(parts), True, place, "原因"))


def _confirmed(quantity: Quantity, printed: Printed, draft: Draft) -> bool:
    known = draft.first_printed(quantity)
    return known is not None and same_amount(known, printed)
