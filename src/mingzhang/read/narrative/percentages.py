"""Percentages in a sentence: growth (增长 3%), shares (占 5%) and execution (完成预算的 98%)."""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.model.claim import Ratio
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step
from mingzhang.read.narrative.lists import within
from mingzhang.read.narrative.movement import Baseline, Move, baseline, move
from mingzhang.read.narrative.scope import at_time
from mingzhang.read.narrative.telling import Telling, number_of
from mingzhang.read.narrative.words import patterns

_SHARE_TAIL = re.compile(r"(?:的)?(?:比例|比重|比)?(?:为|约为|约|达|达到|是)?$")


def percentage(t: Telling, text: str, start: int, step: Step) -> None:
    """A percentage with ``text`` (at ``start``) before it."""
    if number_of(step).word == "个百分点":
        t.figure(step, None, "subject")
        return
    planned, t.planned = t.planned, None
    if planned is not None and text in ("", "的"):
        _carried_out(t, planned.with_(stage="final", local=""), planned, step)
        return
    done = patterns().execution.search(text)
    if done:
        _execution(t, done["base"] or "", text[: done.start()], step)
        return
    base = baseline(text)
    cut = base.end if base else 0
    way = move(text[cut:])
    stated = t.reason is None or bool(patterns().net.search(text))
    share = patterns().share.search(text)
    if way is not None and not way.reached and stated:
        named = (text[: base.start] if base else "") + text[cut : cut + way.start] + way.about
        _growth(t, named, start + cut + way.start, step, base, way)
    elif share and t.reason is None:
        _share(t, share["whole"], text[: share.start()], step)
    elif t.reason is None and not text and _labelled(t, step):
        return
    elif t.reason is None or not _repeated(t, step, way):
        t.figure(step, None, "subject" if t.reason is None else "reason")


def _labelled(t: Telling, step: Step) -> bool:
    """基本支出,59.35%: the label of a chart, alone in its paragraph, repeats a share told before."""
    if t.count or not t.named or t.subject is None or number_of(step).end != t.segment.end:
        return False
    told = [r for r in t.draft.ratios if r.kind == "share" and r.numerator == t.subject]
    if not told:
        return False
    figure = t.figure(step, t.draft.figures[told[-1].figure].quantity)
    t.draft.ratios.append(replace(told[-1], figure=figure.id))
    return True


def _repeated(t: Telling, step: Step, way: Move | None) -> bool:
    """减少10%，原因是…统一压减10%: the reason repeats the percentage it explains."""
    last = t.draft.ratios[-1] if t.draft.ratios else None
    if last is None or way is None or last.kind != "growth" or way.sign != last.sign:
        return False
    told = t.draft.figures[last.figure]
    if told.paragraph != t.index or told.value != number_of(step).printed.value:
        return False
    figure = t.figure(step, told.quantity)
    t.draft.ratios.append(replace(last, figure=figure.id))
    return True


def _growth(
    t: Telling, named: str, start: int, step: Step, base: Baseline | None, way: Move
) -> None:
    if patterns().other_basis.search(t.whole_sentence(step)):
        t.figure(step, None, "basis")
        return
    found = t.read(named)
    quantity = t.change
    if quantity is None or found.own or base is not None:
        level = t.level_of(found, moving=True)
        if level is None:
            t.figure(step, None, "subject")
            return
        versus = t.versus_of(base or t.pending, level) or t.versus or t.nowhere
        quantity = level.with_(versus=versus)
        t.change, t.versus = quantity, versus
        t.direct(quantity, way, start, None)
    if way.open and number_of(step).printed.value != 0:
        t.figure(step, None, "template")
        return
    denominator = quantity.base()
    assert denominator is not None
    figure = t.figure(step, quantity.with_(measure="percent"))
    t.draft.ratios.append(Ratio(figure.id, "growth", quantity, denominator, way.sign))


def _share(t: Telling, whole: str, before: str, step: Step) -> None:
    part = t.level
    if before:
        found = t.read(before)
        if found.candidates and found.own:
            part = at_time(t.prefer(found.candidates), found.year, found.stage)
    if part is None:
        t.figure(step, None, "subject")
        return
    denominator = _denominator(t, _SHARE_TAIL.sub("", whole), part)
    if denominator is None or denominator == part:
        t.figure(step, None, "whole")
        return
    stated = part.with_(measure="percent", local=f"share of {denominator.key}")
    figure = t.figure(step, stated)
    t.draft.ratios.append(Ratio(figure.id, "share", part, denominator))


def _denominator(t: Telling, name: str, part: Quantity) -> Quantity | None:
    """What a share is of: what is named, else the list it stands in, else what the section is about."""
    if name and name not in ("比", "其"):
        found = t.read(name)
        same = tuple(at_time(q, part.year, part.stage) for q in found.candidates)
        return t.prefer(same) if same else None
    wholes = [item.whole for item in reversed(t.outline.lists) if item.holds(part)]
    above = t.outline.subject()
    if above is not None and within(part, above):
        wholes.append(above)
    return at_time(wholes[0], part.year, part.stage) if wholes else None


def _execution(t: Telling, base: str, before: str, step: Step) -> None:
    found = t.read(before)
    if not found.candidates:
        t.figure(step, None, "subject")
        return
    level = t.level if not found.own else None
    if level is None or level.stage != "final":
        level = at_time(t.prefer(found.candidates), found.year, "final")
    adjusted = level.with_(stage="adjusted")
    named = "调整" in base or "全年" in base
    implied = "年初" not in base and adjusted in t.draft.printed
    denominator = adjusted if named or implied else level.with_(stage="budget")
    _carried_out(t, level, denominator, step)


def _carried_out(t: Telling, level: Quantity, planned: Quantity, step: Step) -> None:
    stated = level.with_(measure="percent", local=f"execution of {planned.stage}")
    figure = t.figure(step, stated)
    t.draft.ratios.append(Ratio(figure.id, "execution", level, planned))
