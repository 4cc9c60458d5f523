"""Reasons: what is said to explain a change, and the amounts inside it."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.model.claim import Direction, Parts
from mingzhang.model.money import Printed
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step
from mingzhang.read.narrative.draft import Draft, Reason, add_up, same_amount
from mingzhang.read.narrative.movement import Move, move
from mingzhang.read.narrative.scope import at_time
from mingzhang.read.narrative.telling import Telling, number_of


def begin_reason(t: Telling, start: int, head: str) -> None:
    """A reason begins at ``start``; ``head`` are the words before 原因 (收支增加的主要)."""
    way = move(head)
    first = t.first_direction
    if first == len(t.draft.directions) and way is not None:
        first = t.outline.first_direction  # of the paragraphs before, in the same section
    told = t.draft.directions[first:]
    last = told[-1] if told and told[-1].figure else None
    change = last.quantity if last else None
    sign = last.sign if last else 1
    t.reason = Reason(start, first, len(t.draft.directions), change, way, sign=sign)


def note_amount(t: Telling, text: str, start: int, step: Step, way: Move | None) -> None:
    """An amount inside a reason: kept until it is known what the reason's amounts add up to."""
    reason = t.reason
    assert reason is not None
    figure = t.figure(step, None, "reason")
    named = None
    if way is not None and t.versus:
        found = t.read(text[: way.start] + way.about)
        if found.own and found.candidates:
            level = at_time(found.candidates[0], found.year, found.stage)
            named = level.with_(versus=t.versus)
    reason.sign = way.sign if way is not None else reason.sign
    printed = number_of(step).printed
    reason.amounts.append((figure.id, reason.sign, printed, named, text, start))


def end_reason(t: Telling, stop: int) -> None:
    """The reason, if one is open, ends at ``stop``."""
    reason = t.reason
    if reason is None:
        return
    t.reason = None
    reason.text = t.compact.text[reason.start : stop].strip(":,是为;。")
    reason.compact, reason.local = t.compact, t.local
    if not reason.text and stop == t.segment.end and t.compact.text[stop - 1 : stop] == ":":
        t.outline.carried = reason  # it follows in a paragraph of its own
        return
    if not reason.text:
        place = t.compact.place(max(t.segment.start, reason.start - 4), reason.start)
        t.draft.say("reason-missing", place.excerpt, place)
    _explain(reason, t.draft)
    t.first_direction = len(t.draft.directions)
    t.draft.reasons.append(reason)


def _explain(reason: Reason, draft: Draft) -> None:
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
