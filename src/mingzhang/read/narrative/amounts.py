"""Amounts of money in a sentence: levels (…为 5 万元) and changes (比上年增加 5 万元)."""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.model.claim import Parts
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step
from mingzhang.read.narrative.counts import goal_words
from mingzhang.read.narrative.listing import attach, distribute, imply_list, open_list
from mingzhang.read.narrative.lists import split_opener
from mingzhang.read.narrative.movement import Baseline, Move, baseline, comparison, move
from mingzhang.read.narrative.reasons import note_amount
from mingzhang.read.narrative.scope import Subject, at_time
from mingzhang.read.narrative.telling import Telling, number_of
from mingzhang.read.narrative.words import patterns

_NEXT = re.compile(r"^(?:、|和|及|以及|与|,)?$")
_FROM = re.compile(r"[由从](?:(?:19|20)\d\d|上)年")
_PURPOSE = 30  # so much of 用于 … names a part that has no other name
_COMPARED = re.compile(r"(?:相比|对比|比较)")


def money(t: Telling, text: str, start: int, step: Step) -> None:
    """An amount with ``text`` (at ``start``) before it."""
    t.planned = None
    done = patterns().planned.search(text)
    if done and t.reason is None:
        _planned(t, text[: done.start()], done["base"], step)
        return
    base = baseline(text)
    cut = base.end if base else 0
    way = move(text[cut:])
    named = text[: base.start] if base else ""
    if way is not None:
        named += text[cut : cut + way.start] + way.about
        way = replace(way, start=way.start + cut)
    compared = comparison(text)
    if compared is not None and compared[1].end == len(text):
        way, base = compared
        named = text[: way.start]
    if (
        t.queue
        and t.queued is not None
        and (_NEXT.match(text) or (way and not named.strip("和及、")))
    ):
        way = way or t.queued
        named = t.queue.pop(0)
        base = None
    if t.reason is not None and not _explicit(t, text, base, way):
        note_amount(t, text, start, step, way)
    elif way is not None and not way.reached and (not way.about or t.read(way.about).candidates):
        _change(t, patterns().net.sub("", named), start, step, base, way)
    elif base is not None and way is None and base.end == len(text) and t.subject is not None:
        _was(t, text[: base.start], step, base)
    else:
        if way is not None and way.reached:
            text = text[: way.start]
        _level(t, text, step)


def _planned(t: Telling, named: str, base: str, step: Step) -> None:
    """…决算 4 万元，完成全年预算 5 万元的 80%: the budget of the subject in hand, of the stage that
    the words name; where they name none, of the one that states this amount, else of its own."""
    level = t.level_of(t.read(named))
    if level is None:
        t.figure(step, None, "subject")
        return
    early, late = level.with_(stage="budget"), level.with_(stage="adjusted")
    printed = number_of(step).printed
    if "年初" in base:
        quantity = early
    elif "调整" in base or "全年" in base:
        quantity = late
    else:
        stated = [q for q in (early, late) if t.draft.agrees(q, printed)]
        quantity = stated[0] if stated else late.with_(local=t.local)
    t.figure(step, quantity)
    t.planned = quantity


def _explicit(t: Telling, text: str, base: Baseline | None, way: Move | None) -> bool:
    """Inside a reason only what says by itself what it compares is read as a statement."""
    if way is None:
        return False
    if patterns().net.search(text):
        return True
    if base is None or not base.stage:
        return False
    found = t.read(text[: base.start])
    return bool(found.candidates and found.stage)


def _change(
    t: Telling, named: str, start: int, step: Step, base: Baseline | None, way: Move
) -> None:
    number = number_of(step)
    found = t.read(distribute(t, named, way))
    level = t.level_of(found, moving=True)
    if patterns().other_basis.search(t.whole_sentence(step)):
        t.figure(step, None, "basis")
        return
    if level is None:
        t.figure(step, None, "subject")
        return
    versus = t.versus_of(base or t.pending, level) or t.versus or t.nowhere
    if way.open and number.printed.value != 0:
        t.figure(step, None, "template")
        return
    quantity = level.with_(versus=versus)
    figure = t.figure(step, quantity)
    t.change, t.versus = quantity, versus
    t.direct(quantity, way, start + way.start, figure.id)
    if found.twin:
        t.tie(quantity, step)


def _was(t: Telling, named: str, step: Step, base: Baseline) -> None:
    """比2022年 100 万元 增加 …: the amount of the year it is compared with."""
    level = t.level_of(t.read(named))
    versus = t.versus_of(base, level) if level is not None else ""
    if level is None or not versus:
        t.figure(step, None, "subject")
        return
    then = level.with_(versus=versus).base()
    t.figure(step, then)
    t.pending, t.versus = base, versus


def _level(t: Telling, text: str, step: Step) -> None:
    _, kind, tail = split_opener(text)
    if kind:
        open_list(t, text, step)
        text = tail
    usage = patterns().usage.match(text)
    if usage:
        t.usage, text = True, text[usage.end() :]
    if t.queue and _NEXT.match(text):
        text = t.queue.pop(0)
    else:
        text = distribute(t, text, None)
        joined = step.start != step.clause_start and not kind and not t.queue
        if joined and not _NEXT.match(text):
            text = split_opener(step.clause)[2] or step.clause  # 社工 24 名支出 396 万元
    found = t.read(text)
    if t.modifier and not found.own and found.candidates:
        parts = tuple(q.with_(part=t.modifier) for q in found.candidates)
        found = replace(found, candidates=parts, words=t.modifier)
    t.year = found.year or t.year
    goal = _goal(t, step)
    if goal is not None:
        t.figure(step, goal)
        t.level = goal
    elif found.candidates and not _for_a_purpose(t, found, step):
        _state(t, found, step)
    else:
        _unknown(t, found, step)


def _for_a_purpose(t: Telling, found: Subject, step: Step) -> bool:
    """…150 万元，其中安排 100 万元用于修缮: a part of the subject in hand, not the subject again."""
    if found.own or found.year or found.stage or t.level is None:
        return False
    return bool(patterns().usage.match(step.post))


def _unknown(t: Telling, found: Subject, step: Step) -> None:
    """An amount of something nobody knows still counts in its own sentence."""
    name = found.unknown or step.post[:_PURPOSE]
    if t.modifier and t.outline.scope(None).procurement:
        _awarded(t, found, step)
        return
    if t.usage or not name:
        t.figure(step, None, "subject")
        return
    base = at_time(t.outline.scope(None).base, found.year, found.stage)
    quantity = base.with_(part=name, local=t.local)
    if found.unknown:
        t.hold(quantity, found.words)
    t.figure(step, quantity, "subject")
    attach(t, quantity, step, understood=False)


def _awarded(t: Telling, found: Subject, step: Step) -> None:
    """在其他采购项目中，由中小企业中标的，采购金额 5 万元: a part of all that was bought."""
    bought = t.outline.scope(None).base.with_(flow="expenditure", procurement="all")
    bought = at_time(bought, found.year, found.stage)
    quantity = bought.with_(part=t.modifier, local=t.local)
    t.figure(step, quantity)
    place = t.compact.place(step.start, number_of(step).end)
    t.draft.parts.append(Parts(bought, (quantity,), False, place, "中标"))


def _state(t: Telling, found: Subject, step: Step) -> None:
    printed = number_of(step).printed
    found = _stale(t, found, step)
    candidates = tuple(at_time(q, found.year, found.stage) for q in found.candidates)
    quantity = t.draft.choose(candidates, printed)
    chosen = found.candidates[candidates.index(quantity)]
    first = t.level is None
    if found.own:
        t.hold(chosen, found.words)
        if first:
            t.main = chosen
    t.figure(step, quantity)
    t.level = quantity
    attach(t, quantity, step, understood=True)
    if found.twin:
        t.tie(quantity, step)
    if first and found.own and t.segment.style and t.outline.frames:
        imply_list(t, quantity, step)
    compared = _COMPARED.match(step.post) or (found.year and _FROM.search(step.pre))
    if compared and quantity.year is not None:
        t.pending = Baseline(0, 0, quantity.year, False, quantity.stage)


def _stale(t: Telling, found: Subject, step: Step) -> Subject:
    """A year left over from last year's book: the tables of this year state just this amount."""
    printed, own = number_of(step).printed, t.outline.lexicon.year
    if found.year in (None, own) or own is None or not found.own or printed.value == 0:
        return found
    now = [at_time(q, own, found.stage) for q in found.candidates]
    then = [at_time(q, found.year, found.stage) for q in found.candidates]
    if any(t.draft.known(q) for q in then) or not any(t.draft.agrees(q, printed) for q in now):
        return found
    place = t.compact.place(step.clause_start, number_of(step).end)
    t.draft.say("stale-year", f"{found.year}", place)
    return replace(found, year=own)


def _goal(t: Telling, step: Step) -> Quantity | None:
    """What projects with performance goals 涉及: a part of all project money; None if not said so."""
    if "涉及" not in step.pre:
        return None
    held = t.subject
    if held is not None and held.nature == "project" and not held.part:
        return None  # 所有项目支出 … 涉及: all of it
    word = goal_words(t.whole_sentence(step))
    if not word:
        return None
    base = t.outline.scope(None).base
    whole = base.with_(flow="expenditure", nature="project", stage="budget")
    quantity = whole.with_(part=word)
    place = t.compact.place(step.start, number_of(step).end)
    t.draft.parts.append(Parts(whole, (quantity,), False, place, "涉及"))
    return quantity
