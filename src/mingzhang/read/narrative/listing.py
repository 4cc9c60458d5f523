"""Opening lists and putting amounts into them, while a segment is read."""

from __future__ import annotations

import re

from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step
from mingzhang.read.narrative.lists import IMPLIED, OpenList, split_opener
from mingzhang.read.narrative.movement import Move
from mingzhang.read.narrative.scope import at_time
from mingzhang.read.narrative.telling import Telling, number_of


def open_list(t: Telling, text: str, step: Step) -> bool:
    """Open the list that ``text`` announces (其中, 包括 …); False if it announces none."""
    head, kind, tail = split_opener(text)
    if not kind or (tail and step.number is None):
        return False
    whole = t.level or t.subject or t.counted
    if head:
        found = t.read(head)
        if not found.candidates:
            return True  # a list of something nobody knows
        if found.own:
            whole = at_time(t.prefer(found.candidates), found.year, found.stage)
    elif step.new_sentence and t.main is not None:
        whole = t.main
        if t.level is not None:
            whole = at_time(t.main, t.level.year, t.level.stage)
    if whole is not None and not whole.versus:
        add_list(t, whole, kind, step.start, text)
    return True


def add_list(t: Telling, whole: Quantity, kind: str, start: int, words: str) -> None:
    """A list of the parts of ``whole``; it waits for the next paragraphs if the segment ends here."""
    waiting = start + len(words) + 1 >= t.segment.end
    if waiting and t.outline.aside:
        t.outline.leave_items(t.draft)
    t.outline.lists.append(
        OpenList(
            whole,
            kind,
            t.compact,
            start,
            min(start + max(1, len(words)), t.segment.end),
            len(t.outline.frames),
            t.number,
            waiting=waiting,
            brackets=t.depth,
            sentence=t.sentence,
        )
    )


def imply_list(t: Telling, whole: Quantity, step: Step) -> None:
    """A numbered item with an amount is the whole of the items numbered below it, if they add up."""
    depth = len(t.outline.frames)
    item = OpenList(
        whole, IMPLIED, t.compact, step.start, number_of(step).end, depth, t.number, waiting=True
    )
    mine = [i for i, o in enumerate(t.outline.lists) if o.segment == t.number]
    t.outline.lists.insert(mine[0] if mine else len(t.outline.lists), item)


def attach(t: Telling, quantity: Quantity, step: Step, understood: bool) -> None:
    """Put an amount into the innermost open list it can be a part of."""
    printed = number_of(step).printed
    if t.reason is not None or t.usage:
        return
    for item in reversed(t.outline.lists):
        mine = item.segment == t.number
        if item.kind == IMPLIED and mine:
            continue
        if not understood:
            if mine or item.waiting:
                if item.waiting or not step.new_sentence:
                    item.add(quantity, printed, False)
                return
        elif item.holds(quantity):
            late = mine and item.sentence != t.sentence
            aside = t.outline.aside and not mine
            if not (late or aside) or item.sibling(quantity) or _begins(t, item):
                item.add(quantity, printed)
                if item.waiting and item.style is None and not mine:
                    item.style = ""  # its parts are unnumbered paragraphs
            return


def _begins(t: Telling, item: OpenList) -> bool:
    """An unnumbered sentence right below a numbered item may give its only part."""
    return item.kind == IMPLIED and not item.children and item.depth == len(t.outline.frames)


def attach_count(t: Telling, quantity: Quantity, step: Step) -> None:
    """Put a number of things into the list of things being counted, or remember it as a whole."""
    number = number_of(step)
    last = t.outline.lists[-1] if t.outline.lists else None
    if last is not None and last.whole.measure == "count" and last.segment == t.number:
        if last.unit in ("", number.word):
            last.unit = number.word
            last.add(quantity, number.printed)
    elif step.depth == 0:
        t.counted = quantity


def retarget(t: Telling) -> None:
    """其中 opened on the last amount, but things are counted: the last count is the whole."""
    last = t.outline.lists[-1] if t.outline.lists else None
    if last is None or t.counted is None or last.children:
        return
    if last.segment == t.number and last.whole.measure != "count":
        last.whole = t.counted


def distribute(t: Telling, text: str, way: Move | None) -> str:
    """A、B和C分别为 …: keep B and C for the figures that follow, return A."""
    if "分别" not in text[-5:]:
        return text
    names = [n for n in re.split(r"[、和及与]", text[: text.rindex("分别")]) if n]
    if len(names) < 2:
        return text
    t.queue, t.queued = names[1:], way
    return names[0]
