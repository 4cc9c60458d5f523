"""Frames: what the headings and numbered items above a sentence say, and the lists that are open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.model.book import Section
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.draft import Draft, Reason
from mingzhang.read.narrative.lists import IMPLIED, OpenList, close
from mingzhang.read.narrative.scope import Scope
from mingzhang.read.narrative.subject import ORGAN_END, subject_of, unit_named

_ORGAN = re.compile(rf"[^\d,。;:、]{{2,24}}{ORGAN_END.pattern}")


@dataclass(slots=True)
class Frame:
    """One level of the outline: its numbering ``style`` and what its heading or item is about.

    ``fund`` is None where the heading says nothing of funds. ``paragraph`` is where it stands.
    """

    style: str
    paragraph: int
    heading: bool
    subject: Quantity | None = None
    fund: str | None = None
    side: str = ""
    account: str = ""
    entity: str | None = None


@dataclass(slots=True)
class Outline:
    """The frames and lists that are open while a book is read."""

    lexicon: Lexicon
    sections: Sequence[Section]
    names: tuple[str, ...]
    units: frozenset[str]
    apart: bool
    frames: list[Frame] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    first_direction: int = 0
    carried: Reason | None = None
    aside: bool = False

    def enter(self, style: str, paragraph: int, section: bool, title: bool, draft: Draft) -> None:
        """A new paragraph or item begins: leave the frames it does not belong to.

        ``section``: it heads one of ``sections``; ``title``: it only looks like a heading.
        """
        heading = section or title
        keep = len(self.frames)
        if heading:
            self.first_direction = len(draft.directions)
        if section:
            above = {s.first for s in self.sections if s.first < paragraph <= s.last}
            keep = next(
                (i for i, f in enumerate(self.frames) if f.paragraph not in above or not f.heading),
                keep,
            )
        elif style:
            same = [i for i, f in enumerate(self.frames) if f.style == style]
            keep = same[-1] if same else keep
        self.aside = not (heading or style or self._waiting_for_plain())
        if self.aside:
            return
        del self.frames[keep:]
        self._close(draft, style, heading)
        if heading or style:
            self.frames.append(Frame(style, paragraph, heading))

    def _waiting_for_plain(self) -> bool:
        if not self.lists:
            return False
        last = self.lists[-1]
        return last.waiting and last.kind != IMPLIED and last.style in (None, "")

    def _close(self, draft: Draft, style: str, heading: bool) -> None:
        depth = len(self.frames)
        while self.lists:
            last = self.lists[-1]
            out = depth < last.depth
            if depth == last.depth:
                fits = last.waiting and last.style in (None, style)
                if not style and (heading or last.kind == IMPLIED):
                    fits = False
                out = not fits
                if fits and style:
                    last.style = style
            if not out:
                return
            close(self.lists.pop(), draft)

    def leave_items(self, draft: Draft) -> None:
        """The numbered items above are over: only headings are left."""
        keep = next((i for i, f in enumerate(self.frames) if not f.heading), len(self.frames))
        del self.frames[keep:]
        while self.lists and self.lists[-1].depth > keep:
            close(self.lists.pop(), draft)
        self.aside = False

    def _seen(self) -> list[Frame]:
        """The frames that an unnumbered sentence stands under: the headings."""
        return [f for f in self.frames if f.heading or not self.aside]

    def finish(self, draft: Draft) -> None:
        """The book ends: all lists are complete."""
        while self.lists:
            close(self.lists.pop(), draft)

    def end_segment(self, segment: int, draft: Draft) -> None:
        """Lists that opened inside this segment and have their parts in it are complete."""
        keep: list[OpenList] = []
        for item in self.lists:
            if item.segment == segment and not item.waiting and item.kind != IMPLIED:
                close(item, draft)
            else:
                keep.append(item)
        self.lists[:] = keep

    def end_counts(self, segment: int, draft: Draft) -> None:
        """A sentence ends, and with it the lists of things counted in it."""
        while self.lists and self.lists[-1].segment == segment:
            if self.lists[-1].whole.measure != "count":
                return
            close(self.lists.pop(), draft)

    def leave_brackets(self, segment: int, depth: int, draft: Draft) -> None:
        """A bracket ends, and with it the lists inside it."""
        while self.lists and self.lists[-1].segment == segment and self.lists[-1].brackets > depth:
            close(self.lists.pop(), draft)

    def scope(self, subject: Quantity | None, going_on: bool = False) -> Scope:
        """The surroundings of a phrase here."""
        frames = self._seen()
        entity, fund, side, account, buying = "", "", "", "", False
        for frame in frames:
            entity = entity if frame.entity is None else frame.entity
            fund = fund if frame.fund is None else frame.fund
            side, account = frame.side or side, frame.account or account
            buying = buying or (frame.subject is not None and bool(frame.subject.procurement))
        depth = len(frames)
        wholes = [
            i.whole
            for i in reversed(self.lists)
            if i.depth <= depth or (i.kind != IMPLIED and not i.waiting)
        ]
        return Scope(
            lexicon=self.lexicon,
            base=Quantity(year=self.lexicon.year, stage=self.lexicon.stage, entity=entity),
            names=self.names,
            units=self.units,
            subject=subject,
            wholes=tuple(wholes),
            fund=fund,
            side=side,
            procurement=buying,
            account=account,
            apart=self.apart,
            going_on=going_on,
        )

    def subject(self) -> Quantity | None:
        """What the innermost heading or item is about."""
        found = (f.subject for f in reversed(self._seen()) if f.subject is not None)
        return next(found, None)

    def head(self, text: str) -> None:
        """Take in the words of a heading or of an item without figures."""
        if not self.frames:
            return
        frame = self.frames[-1]
        title = re.sub(r"[:;。,、]+$", "", text)
        if title in self.units:
            frame.entity = title
            return
        if _ORGAN.fullmatch(title) and not any(title.endswith(n) for n in self.names):
            reading = subject_of(title, self.scope(None))
            if not reading.candidates and frame.heading:
                frame.entity = unit_named(title, self.scope(None))
                return
        found = subject_of(title, self.scope(None))
        if found.twin:
            frame.fund = found.candidates[0].fund
            return
        if not found.candidates or not found.own:
            return
        quantity = found.candidates[0]
        bare_total = quantity.flow in ("sources", "uses") and not quantity.fund
        frame.side = {"sources": "in", "income": "in", "uses": "out", "expenditure": "out"}.get(
            quantity.flow, ""
        )
        if quantity.function:
            frame.account = quantity.function
        if bare_total:
            frame.fund = ""
            return
        frame.subject = quantity
        if not (quantity.item or quantity.procurement):
            frame.fund = quantity.fund
