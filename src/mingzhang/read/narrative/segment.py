"""Segments: the clauses of one paragraph or numbered item, read one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.amounts import money
from mingzhang.read.narrative.clauses import Step, steps
from mingzhang.read.narrative.counts import count_of
from mingzhang.read.narrative.listing import add_list, attach_count, open_list, retarget
from mingzhang.read.narrative.lists import IMPLIED, SOME, split_opener
from mingzhang.read.narrative.movement import Baseline, Move, baseline, comparison, flat, move
from mingzhang.read.narrative.numbers import COUNT, PERCENT, Number
from mingzhang.read.narrative.percentages import percentage
from mingzhang.read.narrative.reasons import begin_reason, end_reason
from mingzhang.read.narrative.scope import at_time
from mingzhang.read.narrative.telling import Telling, number_of
from mingzhang.read.narrative.words import patterns

_INSIDE = re.compile(r"(?:之?中|里|内)$")
_NO_AMOUNT = re.compile(r"(?:万元|亿元)$")  # an amount that was never filled in
_GOES_ON = re.compile(r"(?:比|较|与|同比|本项目|该项目|其中)")


def read_segment(t: Telling, figures: Sequence[Number], before: Quantity | None) -> None:
    """Read all clauses of a segment; ``figures`` are the numbers in it, in order.

    ``before`` is what the paragraph before was about, for one that goes on about it.
    """
    carried, t.outline.carried = t.outline.carried, None
    if carried is not None and not t.segment.style:
        carried.start = t.segment.start
        t.reason = carried
    listed = steps(t.compact.text, t.segment.start, t.segment.end, figures)
    if t.subject is None and listed and _GOES_ON.match(listed[0].pre):
        t.subject = t.main = before
    for number, step in enumerate(listed):
        _punctuation(t, step)
        if step.number is None:
            _clause(t, step, first=number == 0)
        else:
            _figure(t, step)
            _reason_behind(t, step)
    end_reason(t, t.segment.end)
    t.outline.end_segment(t.number, t.draft)


def _punctuation(t: Telling, step: Step) -> None:
    """What a full stop, a semicolon or a bracket before this step ends."""
    for _ in range(step.depth - t.depth):
        t.saved.append((t.subject, t.words, t.level))
    for _ in range(min(t.depth - step.depth, len(t.saved))):
        t.subject, t.words, t.level = t.saved.pop()
        t.outline.leave_brackets(t.number, step.depth, t.draft)
    t.depth = step.depth
    if step.new_sentence and step.start != t.segment.start:
        end_reason(t, step.start - 1)
        if any(i.segment == t.number and i.kind != IMPLIED for i in t.outline.lists):
            t.subject = t.main  # after its parts, the whole again
        t.outline.end_counts(t.number, t.draft)
        t.pending = t.change = t.year = None
        t.named = t.usage = False
        t.modifier = ""
        t.sentence += 1
    elif step.opens == ";" and not patterns().again.match(step.pre):
        end_reason(t, step.start - 1)
        t.usage, t.change = False, None


# ---------------------------------------------------------------------- clauses without a figure
def _clause(t: Telling, step: Step, first: bool) -> None:
    text = step.pre
    if t.reason is not None:
        return
    reason = patterns().reason.search(text)
    if reason:
        _statement(t, text[: reason.start()], step, first)
        begin_reason(t, step.start + reason.end(), text[: reason.start()])
    elif open_list(t, text, step):
        return
    elif patterns().usage.match(text):
        t.usage = True
    else:
        _statement(t, text, step, first)


def _statement(t: Telling, text: str, step: Step, first: bool) -> None:
    """A clause that may name a subject or a baseline, or say that nothing changed."""
    if not text:
        return
    compared = comparison(text)
    if compared is not None:
        _compare(t, text, step, *compared)
        return
    base, unchanged = baseline(text), flat(text)
    if unchanged is not None and (base is not None or t.pending or t.versus):
        _unchanged(t, text, step, base, unchanged)
        return
    if base is not None and not move(text[base.end :]):
        t.pending = base
        text = text[: base.start]
    if text and (first or step.new_sentence or _INSIDE.search(text)):
        _name_subject(t, text, step, first)
    elif text.endswith("的") and len(text) > 4:
        t.modifier = text.rstrip("的")


def _unchanged(t: Telling, text: str, step: Step, base: Baseline | None, way: Move) -> None:
    """与上年预算持平."""
    level = _named(t, text[: base.start if base else way.start], moving=True)
    if level is not None:
        said = base or t.pending
        versus = t.versus_of(said, level) if said else t.versus
        if versus:
            t.direct(level.with_(versus=versus), way, step.start + way.start, None)
            t.versus = versus
    t.pending = None


def _compare(t: Telling, text: str, step: Step, way: Move, base: Baseline) -> None:
    """决算数小于预算数."""
    level = _named(t, text[: way.start])
    if level is None or way.open:
        return
    if t.outline.lexicon.stage == "final" and not base.last and base.year is None:
        level = level.with_(stage="final")
    versus = t.versus_of(base, level)
    if versus:
        t.direct(level.with_(versus=versus), way, step.start + way.start, None)


def _named(t: Telling, text: str, moving: bool = False) -> Quantity | None:
    """The level that a clause without a figure speaks of; it may not coin a name."""
    found = t.read(text)
    return None if found.coined else t.level_of(found, moving)


def _name_subject(t: Telling, text: str, step: Step, first: bool) -> None:
    text = _NO_AMOUNT.sub("", text)
    inside = _INSIDE.search(text)
    found = t.read(text[: inside.start()] if inside else text)
    t.year = found.year or t.year
    if found.candidates and found.own and not found.coined:
        quantity = t.prefer(found.candidates)
        t.hold(quantity, found.words)
        if first:
            t.main = quantity
        if inside and step.closes in (",", ":", ""):
            add_list(t, at_time(quantity, found.year, found.stage), SOME, step.start, text)
    elif inside and not found.candidates:
        t.hold(None, found.words)
        t.outline.end_segment(t.number, t.draft)  # what follows is part of something else
    elif first and not found.candidates and found.unknown:
        t.words = found.words


# ---------------------------------------------------------------------- clauses with a figure
def _figure(t: Telling, step: Step) -> None:
    number = number_of(step)
    text, start = step.pre, step.start
    reason = patterns().reason.search(text)
    if reason:
        if t.reason is None:
            _statement(t, text[: reason.start()], step, False)
            begin_reason(t, start + reason.end(), text[: reason.start()])
        start += reason.end()
        text = text[reason.end() :]
    if number.limit:
        t.figure(step, None, number.limit)
    elif number.kind == COUNT:
        _count(t, step)
    elif number.kind == PERCENT:
        percentage(t, text, start, step)
    else:
        money(t, text, start, step)


def _reason_behind(t: Telling, step: Step) -> None:
    """…减少1万元主要是厉行节约: a reason without a comma before it."""
    reason = patterns().reason.search(step.post)
    if reason and t.reason is None:
        begin_reason(t, number_of(step).end + reason.end(), "")


def _count(t: Telling, step: Step) -> None:
    number = number_of(step)
    said = t.compact.text[step.clause_start : number.start]
    retarget(t)
    sentence = t.whole_sentence(step)
    quantity = count_of(said, step.post, number, t.scope(), t.year, t.local, sentence)
    if quantity is None or t.reason is not None:
        t.figure(step, None, "count")
        return
    _, kind, _ = split_opener(step.pre)
    if kind and t.counted is not None:
        add_list(t, t.counted, kind, step.start, step.pre)
    elif kind:
        open_list(t, step.pre, step)
    t.figure(step, quantity)
    attach_count(t, quantity, step)
