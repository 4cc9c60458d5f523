"""Segments: the clauses of one paragraph or numbered item, read one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from mingzhang.model.claim import Direction, Parts, Ratio
from mingzhang.model.figure import Figure
from mingzhang.model.money import Printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step, steps
from mingzhang.read.narrative.compact import Compact, Segment
from mingzhang.read.narrative.counts import count_of
from mingzhang.read.narrative.draft import Draft, Reason
from mingzhang.read.narrative.frames import Outline
from mingzhang.read.narrative.lists import IMPLIED, SOME, OpenList, split_opener
from mingzhang.read.narrative.movement import Baseline, Move, baseline, comparison, flat, move
from mingzhang.read.narrative.numbers import COUNT, PERCENT, Number
from mingzhang.read.narrative.reasons import explain
from mingzhang.read.narrative.subject import Scope, Subject, at, subject_of
from mingzhang.read.narrative.words import patterns

_BOTH_BASELINES = (re.compile(r"调整后?的?预算"), re.compile(r"初预算"))
_ENDS_INSIDE = re.compile(r"(?:之?中|里|内)$")
_OTHERS = re.compile(r"^(?:、|和|及|以及|与|,)?$")


@dataclass(slots=True)
class State:
    """What the sentence so far has established."""

    subject: Quantity | None = None  # in hand, in the book's own year and stage
    main: Quantity | None = None  # of the whole segment
    words: str = ""
    named: bool = False  # the sentence has named its subject
    level: Quantity | None = None  # the last amount stated
    sentence: int = 0
    counted: Quantity | None = None  # the last thing counted
    change: Quantity | None = None  # the last change stated in this sentence
    pending: Baseline | None = None
    versus: str = ""
    year: int | None = None  # the last year named in the sentence
    reason: Reason | None = None
    usage: bool = False
    modifier: str = ""
    queue: list[str] = field(default_factory=list)
    queued: Move | None = None


class SegmentReader:
    """Reads the steps of one segment into the draft."""

    def __init__(
        self,
        compact: Compact,
        segment: Segment,
        number: int,
        index: int,
        outline: Outline,
        draft: Draft,
    ) -> None:
        self.compact, self.segment, self.number, self.index = compact, segment, number, index
        self.outline, self.draft = outline, draft
        text = compact.text[segment.start : segment.end]
        self.both = all(p.search(text) for p in _BOTH_BASELINES)
        self.first_direction = len(draft.directions)
        self.depth = 0
        self.state = State(subject=outline.subject())
        self.state.main = self.state.subject
        self.saved: list[tuple[Quantity | None, str, Quantity | None]] = []
        self.count = 0

    # ------------------------------------------------------------------ the walk
    def read(self, figures: list[Number], earlier: int, before: Quantity | None) -> int:
        """Read all steps; ``earlier`` is how many figures the paragraph had before this segment.

        ``before`` is what the paragraph before was about, for a segment that goes on about it.
        Returns the number of figures so far.
        """
        self.count = earlier
        depth = 0
        carried, self.outline.carried = self.outline.carried, None
        if carried is not None and not self.segment.style:
            carried.start = self.segment.start
            self.state.reason = carried
        listed = steps(self.compact.text, self.segment.start, self.segment.end, figures)
        if self.state.subject is None and listed and _goes_on(listed[0].pre):
            self.state.subject = self.state.main = before
        for position, step in enumerate(listed):
            self._punctuation(step, depth)
            depth = self.depth = step.depth
            if step.number is None:
                self._clause(step, first=position == 0)
            else:
                self._figure(step)
        self._end_reason(self.segment.end)
        self.outline.end_segment(self.number, self.draft)
        return self.count

    def _punctuation(self, step: Step, depth: int) -> None:
        state = self.state
        for _ in range(step.depth - depth):
            self.saved.append((state.subject, state.words, state.level))
        for _ in range(depth - step.depth):
            if self.saved:
                state.subject, state.words, state.level = self.saved.pop()
                self.outline.leave_brackets(self.number, step.depth, self.draft)
        if step.new_sentence and step.start != self.segment.start:
            self._end_reason(step.start - 1)
            if any(
                item.segment == self.number and item.kind != IMPLIED for item in self.outline.lists
            ):
                state.subject = state.main
            self.outline.end_counts(self.number, self.draft)
            state.pending = state.change = None
            state.named = False
            state.sentence += 1
            state.usage, state.modifier, state.year = False, "", None
        elif step.opens == ";" and not patterns().again.match(step.pre):
            self._end_reason(step.start - 1)
            state.usage = False
            state.change = None

    # ------------------------------------------------------------------ clauses without a figure
    def _clause(self, step: Step, first: bool) -> None:
        text, state = step.pre, self.state
        reason = patterns().reason.search(text)
        if reason and state.reason is None:
            self._statement(text[: reason.start()], step, first)
            self._begin_reason(step.start + reason.end(), text[: reason.start()])
            return
        if state.reason is not None:
            return
        opened = self._open_list(text, step)
        if opened:
            return
        if patterns().usage.match(text):
            state.usage = True
            return
        self._statement(text, step, first)

    def _statement(self, text: str, step: Step, first: bool) -> None:
        """A clause that may name a subject, a baseline, or say that nothing changed."""
        state = self.state
        if not text:
            return
        compared = comparison(text)
        if compared is not None:
            self._compare(text, step, *compared)
            return
        base, unchanged = baseline(text), flat(text)
        if unchanged is not None and (base is not None or state.pending or state.versus):
            level = self._named(text[: base.start if base else unchanged.start], step, True)
            versus = self._versus(base or state.pending, level) if level is not None else ""
            if base is None and state.pending is None:
                versus = state.versus
            if level is not None and versus:
                self._direct(level.with_(versus=versus), 0, unchanged, step, None)
                state.versus = versus
            state.pending = None
            return
        if base is not None and not move(text[base.end :]):
            state.pending = base
            text = text[: base.start]
        if text and (first or step.new_sentence or _ENDS_INSIDE.search(text)):
            self._name_subject(text, step, first)
        elif text.endswith("的") and len(text) > 4:
            state.modifier = text.rstrip("的")

    def _name_subject(self, text: str, step: Step, first: bool) -> None:
        inside = _ENDS_INSIDE.search(text)
        found = subject_of(text[: inside.start()] if inside else text, self._scope())
        self.state.year = found.year or self.state.year
        if found.candidates and found.own and not found.coined:
            quantity = self._prefer(found.candidates)
            self._hold(quantity, found.words)
            if first:
                self.state.main = quantity
            if inside and step.closes in (",", ":", ""):
                self._list(at(quantity, found.year, found.stage), SOME, step.start, text)
        elif inside and not found.candidates:
            self._hold(None, found.words)
        elif first and not found.candidates and found.unknown:
            self.state.words = found.words

    def _compare(self, text: str, step: Step, way: Move, base: Baseline) -> None:
        level = self._named(text[: way.start], step)
        if level is None or way.open:
            return
        if self.outline.lexicon.stage == "final" and not base.last and base.year is None:
            level = level.with_(stage="final")
        versus = self._versus(base, level)
        if versus:
            self._direct(level.with_(versus=versus), way.sign, way, step, None)

    def _named(self, text: str, step: Step, moving: bool = False) -> Quantity | None:
        """The level that a clause without a figure speaks of."""
        found = subject_of(text, self._scope())
        if not found.candidates or found.coined:
            return None
        quantity = self._prefer(found.candidates, moving)
        if found.own:
            self._hold(quantity, found.words)
        return at(quantity, found.year, found.stage)

    # ------------------------------------------------------------------ clauses with a figure
    def _figure(self, step: Step) -> None:
        number = step.number
        assert number is not None
        if number.limit:
            self._add(step, None, number.limit)
            return
        text, state = step.pre, self.state
        reason = patterns().reason.search(text)
        if reason:
            if state.reason is None:
                self._statement(text[: reason.start()], step, False)
                self._begin_reason(step.start + reason.end(), text[: reason.start()])
            text = text[reason.end() :]
        if number.kind == COUNT:
            self._count(step)
        elif number.kind == PERCENT:
            self._percent(text, step)
        else:
            self._money(text, step)

    def _money(self, text: str, step: Step) -> None:
        state = self.state
        base = baseline(text)
        rest = text[base.end :] if base else text
        way = move(rest)
        compared = comparison(text)
        if compared is not None and not text[compared[1].end :]:
            way, base = compared
            rest = text
        if state.queued is not None and state.queue and _OTHERS.match(text):
            way, base = state.queued, None
        if state.reason is not None and not self._explicit(text, base, way):
            self._in_reason(text, step, way)
            return
        if way is not None and not way.reached and self._is_change(way):
            self._change(text, step, base, way, rest)
            return
        if way is not None and way.reached:
            text = text[: len(text) - len(rest) + way.start]
        self._level(text, step)

    def _is_change(self, way: Move) -> bool:
        if not way.about:
            return True
        return bool(subject_of(way.about, self._scope()).candidates)

    def _explicit(self, text: str, base: Baseline | None, way: Move | None) -> bool:
        """Inside a reason only what says by itself what it compares is read as a statement."""
        if way is None:
            return False
        if patterns().net.search(text):
            return True
        if base is None or not base.stage:
            return False
        found = subject_of(text[: base.start], self._scope())
        return bool(found.candidates) and bool(found.stage)

    def _change(self, text: str, step: Step, base: Baseline | None, way: Move, rest: str) -> None:
        state, number = self.state, step.number
        assert number is not None
        named = (text[: base.start] if base else "") + rest[: way.start] + way.about
        if rest is text and base is not None:
            named = text[: way.start]  # 本年数小于上年预算数 …
        named = patterns().net.sub("", named)
        if state.queue and _OTHERS.match(text):
            named = state.queue.pop(0)
        else:
            named = self._distribute(named, way)
        found = subject_of(named, self._scope())
        level = self._level_of(found, step)
        if patterns().other_basis.search(self._sentence(step)):
            self._add(step, None, "basis")
            return
        if level is None:
            self._add(step, None, "subject")
            return
        versus = self._versus(base or state.pending, level) or state.versus
        if base is None and state.pending is None and patterns().net.search(text):
            versus = state.versus
        if not versus:
            self._add(step, level.with_(versus="?", local=self._local()), "baseline")
            return
        if way.open and number.printed.value != 0:
            self._add(step, None, "template")
            return
        quantity = level.with_(versus=versus)
        figure = self._add(step, quantity, "")
        state.change, state.versus = quantity, versus
        self._direct(quantity, way.sign, way, step, figure.id, len(text) - len(rest))
        if found.twin is not None:
            self._tie(quantity.with_(flow="uses"), quantity, step)

    def _level(self, text: str, step: Step) -> None:
        state, number = self.state, step.number
        assert number is not None
        head, kind, tail = split_opener(text)
        if kind:
            self._open_list(head + text[len(head) : len(text) - len(tail)], step)
            text = tail
        usage = patterns().usage.match(text)
        if usage:
            state.usage, text = True, text[usage.end() :]
        if state.queue and _OTHERS.match(text):
            text = state.queue.pop(0)
        else:
            text = self._distribute(text, None)
        joined = step.start != step.clause_start and step.clause != step.pre and not kind
        if joined and not _OTHERS.match(text):
            text = split_opener(step.clause)[2] or step.clause
        found = subject_of(text, self._scope())
        if state.modifier and not found.own and found.candidates:
            found = Subject(
                tuple(q.with_(part=state.modifier) for q in found.candidates),
                state.modifier,
                found.year,
                found.stage,
                own=False,
            )
        self._state_level(found, step)

    def _state_level(self, found: Subject, step: Step) -> None:
        state, number = self.state, step.number
        assert number is not None
        state.year = found.year or state.year
        year = found.year
        goal = self._goal(step)
        if goal is not None and (not found.own or not found.candidates or "涉及" in step.pre):
            self._add(step, goal, "")
            state.level = goal
            return
        if not found.candidates:
            if state.usage or found.unknown == "":
                self._add(step, None, "subject")
                return
            quantity = self.outline.scope(None, year).base.with_(
                part=found.unknown, local=self._local(), stage=found.stage or self._stage()
            )
            self._hold(quantity, found.words)
            self._add(step, quantity, "subject")
            self._attach(quantity, step, understood=False)
            return
        candidates = tuple(at(q, year, found.stage) for q in found.candidates)
        quantity = self.draft.choose(candidates, number.printed) or candidates[0]
        chosen = found.candidates[candidates.index(quantity)]
        if found.own:
            self._hold(chosen, found.words)
        first = state.level is None
        if first and found.own:
            state.main = chosen
        self._add(step, quantity, "")
        state.level = quantity
        self._attach(quantity, step, understood=True)
        if found.twin is not None:
            self._tie(quantity.with_(flow="uses"), quantity, step)
        if first and found.own and self.segment.style and self.outline.frames:
            self._imply(quantity, step)
        if re.match(r"(?:相比|对比|比较)", step.post) and quantity.year is not None:
            state.pending = Baseline(0, 0, quantity.year, False, quantity.stage)

    def _percent(self, text: str, step: Step) -> None:
        state, number = self.state, step.number
        assert number is not None
        if number.word == "个百分点":
            self._add(step, None, "subject")
            return
        done = patterns().execution.search(text)
        if done:
            self._execution(done.group("base") or "", text[: done.start()], step)
            return
        base = baseline(text)
        rest = text[base.end :] if base else text
        way = move(rest)
        if (
            way is not None
            and not way.reached
            and (state.reason is None or patterns().net.search(text))
        ):
            self._growth(text, step, base, way, rest)
            return
        share = patterns().share.search(text)
        if share and state.reason is None:
            self._share(share.group("whole"), text[: share.start()], step)
            return
        self._add(step, None, "reason" if state.reason is not None else "subject")

    def _growth(self, text: str, step: Step, base: Baseline | None, way: Move, rest: str) -> None:
        state, number = self.state, step.number
        assert number is not None
        named = (text[: base.start] if base else "") + rest[: way.start] + way.about
        if patterns().other_basis.search(self._sentence(step)):
            self._add(step, None, "basis")
            return
        found = subject_of(named, self._scope())
        quantity = state.change
        if quantity is None or found.own or base is not None:
            level = self._level_of(found, step)
            versus = self._versus(base or state.pending, level) if level is not None else ""
            versus = versus or state.versus
            if level is None or not versus:
                self._add(step, None, "baseline" if level is not None else "subject")
                return
            quantity = level.with_(versus=versus)
            state.change, state.versus = quantity, versus
            self._direct(quantity, way.sign, way, step, None, len(text) - len(rest))
        if way.open and number.printed.value != 0:
            self._add(step, None, "template")
            return
        denominator = quantity.base()
        assert denominator is not None
        figure = self._add(step, quantity.with_(measure="percent"), "")
        self.draft.ratios.append(Ratio(figure.id, "growth", quantity, denominator, way.sign))

    def _share(self, whole: str, before: str, step: Step) -> None:
        state = self.state
        part = state.level
        if before:
            found = subject_of(before, self._scope())
            if found.candidates and found.own:
                part = at(self._prefer(found.candidates), found.year, found.stage)
        name = re.sub(r"(?:的)?(?:比例|比重|比)?(?:为|约为|约|达|达到|是)?$", "", whole)
        if part is None:
            self._add(step, None, "subject")
            return
        denominator = None
        if name and not re.fullmatch(r"比|其", name):
            found = subject_of(name, self._scope())
            if found.candidates:
                same = [at(q, part.year, part.stage) for q in found.candidates]
                denominator = self._prefer(tuple(same))
        else:
            holding = [i.whole for i in reversed(self.outline.lists) if i.holds(part)]
            if holding:
                denominator = holding[0].with_(year=part.year, stage=part.stage)
        if denominator is None or denominator == part:
            self._add(step, None, "whole")
            return
        quantity = part.with_(measure="percent", local=f"share of {denominator.key}")
        figure = self._add(step, quantity, "")
        self.draft.ratios.append(Ratio(figure.id, "share", part, denominator))

    def _execution(self, base: str, before: str, step: Step) -> None:
        state = self.state
        found = subject_of(before, self._scope())
        if not found.candidates:
            self._add(step, None, "subject")
            return
        level = state.level if not found.own else None
        if level is None or level.stage != "final":
            level = at(found.candidates[0], found.year, "final")
        stage = "budget"
        if (
            "调整" in base
            or "全年" in base
            or (base and "年初" not in base and level.with_(stage="adjusted") in self.draft.printed)
        ):
            stage = "adjusted"
        denominator = level.with_(stage=stage)
        figure = self._add(step, level.with_(measure="percent", local=f"execution of {stage}"), "")
        self.draft.ratios.append(Ratio(figure.id, "execution", level, denominator))

    def _count(self, step: Step) -> None:
        number = step.number
        assert number is not None
        said = self.compact.text[step.clause_start : number.start]
        self._retarget(step)
        quantity = count_of(
            said,
            step.post,
            number,
            self._scope(),
            self.state.year,
            self._local(),
            self._sentence(step),
        )
        if quantity is None or self.state.reason is not None:
            self._add(step, None, "count")
            return
        _head, kind, _ = split_opener(step.pre)
        if kind and self.state.counted is not None:
            self._list(self.state.counted, kind, step.start, step.pre)
        self._add(step, quantity, "")
        inside = self.outline.lists and self.outline.lists[-1].whole.measure == "count"
        if inside and self.outline.lists[-1].segment == self.number:
            if self.outline.lists[-1].unit in ("", number.word):
                self.outline.lists[-1].unit = number.word
                self.outline.lists[-1].add(quantity, number.printed)
        elif step.depth == 0:
            self.state.counted = quantity

    def _retarget(self, step: Step) -> None:
        """其中 opened on the last amount, but things are counted: the last count is the whole."""
        if not self.outline.lists or self.state.counted is None:
            return
        last = self.outline.lists[-1]
        if last.segment == self.number and not last.children and last.whole.measure != "count":
            last.whole = self.state.counted

    # ------------------------------------------------------------------ reasons
    def _begin_reason(self, start: int, head: str) -> None:
        first = self.first_direction
        way = move(head)
        if first == len(self.draft.directions) and way is not None:
            first = self.outline.first_direction  # 收支增加的主要原因 of the paragraph before
        told = self.draft.directions[first:]
        change = told[-1].quantity if told and told[-1].figure else None
        self.state.reason = Reason(start, first, len(self.draft.directions), change, way)

    def _in_reason(self, text: str, step: Step, way: Move | None) -> None:
        reason = self.state.reason
        assert reason is not None and step.number is not None
        figure = self._add(step, None, "reason")
        named = None
        if way is not None:
            found = subject_of(text[: way.start] + way.about, self._scope())
            if found.own and found.candidates and self.state.versus:
                named = at(found.candidates[0], found.year, found.stage)
                named = named.with_(versus=self.state.versus)
        sign = way.sign if way is not None else reason.sign
        reason.sign = sign
        reason.amounts.append((figure.id, sign, step.number.printed, named, text, step.start))

    def _end_reason(self, stop: int) -> None:
        reason = self.state.reason
        if reason is None:
            return
        reason.text = self.compact.text[reason.start : stop].strip(":,是为;。")
        reason.compact, reason.local = self.compact, self._local()
        self.state.reason = None
        if not reason.text and stop == self.segment.end and self.compact.text[stop - 1] == ":":
            self.outline.carried = reason  # the reason follows in a paragraph of its own
            return
        if not reason.text:
            place = self.compact.place(max(0, reason.start - 4), reason.start)
            self.draft.say("reason-missing", place.excerpt, place)
        explain(reason, self.draft)
        self.first_direction = len(self.draft.directions)
        self.draft.reasons.append(reason)

    # ------------------------------------------------------------------ lists

    def _open_list(self, text: str, step: Step) -> bool:
        head, kind, tail = split_opener(text)
        if not kind or (tail and step.number is None):
            return False
        whole = self.state.level if self.state.level is not None else self.state.subject
        if step.new_sentence and self.state.main is not None and self.state.level is None:
            whole = self.state.main
        if head:
            found = subject_of(head, self._scope())
            if not found.candidates:
                return True
            if found.own:
                whole = at(self._prefer(found.candidates), found.year, found.stage)
        elif step.new_sentence and self.state.main is not None and self.state.level is not None:
            whole = self.state.main.with_(year=self.state.level.year, stage=self.state.level.stage)
        if whole is not None and not whole.versus:
            self._list(whole, kind, step.start, text)
        return True

    def _list(self, whole: Quantity, kind: str, start: int, words: str) -> None:
        place = self.compact.place(start, min(start + max(1, len(words)), self.segment.end))
        last = start + len(words) + 1 >= self.segment.end
        if last and self.outline.aside:
            self.outline.leave_items(self.draft)
        self.outline.lists.append(
            OpenList(
                whole,
                kind,
                place,
                words,
                len(self.outline.frames),
                self.number,
                waiting=last,
                brackets=self.depth,
                sentence=self.state.sentence,
            )
        )

    def _imply(self, whole: Quantity, step: Step) -> None:
        number = step.number
        assert number is not None
        item = OpenList(
            whole,
            IMPLIED,
            self.compact.place(step.start, number.end),
            "",
            len(self.outline.frames),
            self.number,
            waiting=True,
        )
        mine = [i for i, o in enumerate(self.outline.lists) if o.segment == self.number]
        self.outline.lists.insert(mine[0] if mine else len(self.outline.lists), item)

    def _attach(self, quantity: Quantity, step: Step, understood: bool) -> None:
        number = step.number
        assert number is not None
        if self.state.reason is not None or self.state.usage:
            return
        for item in reversed(self.outline.lists):
            if item.kind == IMPLIED and item.segment == self.number:
                continue
            if not understood:
                if item.segment == self.number or item.waiting:
                    if not step.new_sentence or item.waiting:
                        item.add(quantity, number.printed, False)
                    return
                continue
            if item.holds(quantity):
                late = item.segment == self.number and item.sentence != self.state.sentence
                aside = self.outline.aside and item.segment != self.number
                if not (late or aside) or item.sibling(quantity) or self._begins(item):
                    item.add(quantity, number.printed)
                    if item.waiting and item.style is None and item.segment != self.number:
                        item.style = ""  # its parts are unnumbered paragraphs
                return

    def _begins(self, item: OpenList) -> bool:
        """An unnumbered sentence right below a numbered item may give its only part."""
        return item.kind == IMPLIED and not item.children and item.depth == len(self.outline.frames)

    # ------------------------------------------------------------------ small helpers
    def _distribute(self, text: str, way: Move | None) -> str:
        """A、B和C分别为 …: keep B and C for the figures that follow, return A."""
        if not text.endswith("分别") and "分别" not in text[-4:]:
            return text
        names = [n for n in re.split(r"[、和及与]", text[: text.rindex("分别")]) if n]
        if len(names) < 2:
            return text
        self.state.queue, self.state.queued = names[1:], way
        return names[0]

    def _scope(self) -> Scope:
        scope = self.outline.scope(self.state.subject, None)
        return replace(scope, going_on=self.state.named)

    def _stage(self) -> str:
        return self.outline.lexicon.stage

    def _local(self) -> str:
        return f"p{self.index}"

    def _hold(self, quantity: Quantity | None, words: str) -> None:
        self.state.subject, self.state.words = quantity, re.sub(r"(?:各|为|数为|的)$", "", words)
        self.state.named = True

    def _prefer(self, candidates: tuple[Quantity, ...], moving: bool = False) -> Quantity:
        """Among several readings the one in hand, else one that something states.

        What moves (``moving``) is the total in hand, even where the words leave out its fund.
        """
        held = self.state.subject
        for quantity in candidates:
            if held is None:
                break
            known = at(held, quantity.year, quantity.stage)
            if known == quantity or (moving and known.with_(fund="") == quantity):
                return known
        for quantity in candidates:
            if self.draft.known(quantity):
                return quantity
        return candidates[0]

    def _level_of(self, found: Subject, step: Step) -> Quantity | None:
        if not found.candidates:
            return None
        quantity = self._prefer(found.candidates, moving=True)
        if found.own and self.state.reason is None:
            self._hold(quantity, found.words)
        return at(quantity, found.year, found.stage)

    def _versus(self, base: Baseline | None, level: Quantity) -> str:
        """ "YYYY:stage" of a baseline; "" where the words do not tell."""
        if base is None or level.year is None:
            return ""
        default = self.outline.lexicon.stage
        stage = base.stage
        year = base.year
        if year is None and base.last:
            year = level.year - 1
        if year is None:
            other = level.stage != stage and (default == "final" or level.stage != default)
            year = level.year if other else level.year - 1
        if not stage:
            stage = level.stage if level.stage == "budget" else default
            if self.both and level.stage == "budget":
                stage = "adjusted"
        if (year, stage) == (level.year, level.stage):
            return ""
        return f"{year}:{stage}"

    def _goal(self, step: Step) -> Quantity | None:
        """项目 with performance goals: an amount said to be 涉及 by them."""
        from mingzhang.read.narrative.counts import goal_words

        if "涉及" not in step.pre:
            return None
        subject = self.state.subject
        if subject is not None and subject.nature == "project" and not subject.part:
            return None
        word = goal_words(self._sentence(step))
        if not word:
            return None
        whole = self.outline.scope(None, None).base.with_(
            flow="expenditure", nature="project", stage="budget"
        )
        quantity = whole.with_(part=word)
        number = step.number
        assert number is not None
        self.draft.parts.append(
            Parts(whole, (quantity,), False, self.compact.place(step.start, number.end), "涉及")
        )
        return quantity

    def _sentence(self, step: Step) -> str:
        text = self.compact.text
        start = max(
            text.rfind("。", 0, step.start), text.rfind(";", 0, step.start), self.segment.start - 1
        )
        end = text.find("。", step.start)
        stop = self.segment.end if end < 0 else min(end, self.segment.end)
        return text[start + 1 : stop]

    def _direct(
        self,
        quantity: Quantity,
        sign: int,
        way: Move,
        step: Step,
        figure: str | None,
        offset: int = 0,
    ) -> None:
        at_ = step.start + offset + way.start
        place = self.compact.place(at_, at_ + max(1, len(way.word)))
        said = self.draft.directions[self.first_direction :]
        if sign == 0 and any(d.quantity == quantity and d.sign == 0 for d in said):
            return  # 持平，零增长: once is enough
        self.draft.directions.append(Direction(quantity, sign, way.word, place, figure))

    def _tie(self, twin: Quantity, quantity: Quantity, step: Step) -> None:
        """One figure for income and expenditure at once: the two are one amount."""
        number = step.number
        assert number is not None
        place = self.compact.place(step.start, number.end)
        self.draft.parts.append(Parts(twin, (quantity,), True, place, "收支"))

    def _add(self, step: Step, quantity: Quantity | None, unread: str) -> Figure:
        number = step.number
        assert number is not None
        self.count += 1
        place: Place = self.compact.place(number.start, number.digits)
        printed = Printed(
            place.excerpt, number.printed.value, number.printed.unit, number.printed.decimals
        )
        figure = Figure(
            id=f"p{self.index}.{self.count}",
            printed=printed,
            place=place,
            label=self._label(step),
            quantity=quantity,
            paragraph=self.index,
            start=self.compact.original(number.start),
            unread=unread,
        )
        self.draft.add(figure)
        return figure

    def _label(self, step: Step) -> str:
        said = re.sub(r"^[、,和及]+", "", step.clause)[-40:]
        about = self.state.words[-30:]
        if about and about not in said and said not in about:
            return f"{about} {said}".strip()
        return said or about


def _goes_on(text: str) -> bool:
    """A paragraph that begins by comparing goes on about the one before it."""
    return bool(re.match(r"(?:比|较|与|同比|本项目|该项目|其中)", text))
