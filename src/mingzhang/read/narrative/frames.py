"""Frames: what the headings and numbered items above a sentence say, and the lists that are open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.model.book import Section
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.draft import Draft
from mingzhang.read.narrative.lists import IMPLIED, OpenList, close
from mingzhang.read.narrative.subject import Scope, subject_of

_ORGAN = re.compile(
    r"[^\d,。;:、]{2,24}(?:局|厅|委|院|办公室|委员会|中心|所|站|处|校|学院|大学|队|馆|台|社|会|政府|街道)(?:\(?本级\)?|机关)?"
)


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
    apart: bool
    frames: list[Frame] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)

    def enter(self, style: str, paragraph: int, heading: bool, draft: Draft) -> None:
        """A new paragraph or item begins: leave the frames it does not belong to."""
        keep = len(self.frames)
        if heading:
            above = {
                s.first for s in self.sections if s.first < paragraph <= s.last
            }
            keep = next((i for i, f in enumerate(self.frames) if f.paragraph not in above or not f.heading), keep)
        elif style:
            same = [i for i, f in enumerate(self.frames) if f.style == style]
            keep = same[-1] if same else keep
        elif not self._waiting_for_plain():
            keep = next((i for i, f in enumerate(self.frames) if not f.heading), keep)
        del self.frames[keep:]
        self._close(draft, style, heading)
        if heading or style:
            self.frames.append(Frame(style, paragraph, heading))

    def _waiting_for_plain(self) -> bool:
        return bool(self.lists) and (
            (self.lists[-1].waiting and self.lists[-1].style in (None, ""))
        )

    def _close(self, draft: Draft, style: str, heading: bool) -> None:
        depth = len(self.frames)
        while self.lists:
            last = self.lists[-1]
            out = depth < last.depth
            if depth == last.depth:
                fits = last.waiting and not heading and last.style in (None, style)
                out = not fits
                if fits:
                    last.style = style
            if not out:
                return
            close(self.lists.pop(), draft)

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

    def scope(self, subject: Quantity | None, year: int | None) -> Scope:
        """The surroundings of a phrase here."""
        entity = next((f.entity for f in reversed(self.frames) if f.entity is not None), "")
        funds = [f.fund for f in self.frames if f.fund is not None]
        sides = [f.side for f in self.frames if f.side]
        accounts = [f.account for f in self.frames if f.account]
        base = Quantity(year=year or self.lexicon.year, stage=self.lexicon.stage, entity=entity)
        buying = any(f.subject is not None and f.subject.procurement for f in self.frames)
        return Scope(
            self.lexicon,
            base,
            self.names,
            subject,
            tuple(item.whole for item in reversed(self.lists)),
            funds[-1] if funds else "",
            sides[-1] if sides else "",
            buying,
            account=accounts[-1] if accounts else "",
            apart=self.apart,
        )

    def subject(self) -> Quantity | None:
        """What the innermost heading or item is about."""
        for frame in reversed(self.frames):
            if frame.subject is not None:
                return frame.subject
            if frame.heading:
                return None
        return None

    def head(self, text: str) -> None:
        """Take in the words of a heading or of an item without figures."""
        if not self.frames:
            return
        frame = self.frames[-1]
        title = re.sub(r"[:;。,、]+$", "", text)
        if _ORGAN.fullmatch(title) and not any(title.endswith(n) for n in self.names):
            reading = subject_of(title, self.scope(None, None))
            if not reading.candidates and frame.heading:
                frame.entity = title
                return
        found = subject_of(title, self.scope(None, None))
        if found.twin is not None:
            frame.fund = found.candidates[0].fund
            return
        if not found.candidates or not found.own:
            return
        quantity = found.candidates[0]
        bare_total = quantity.flow in ("sources", "uses") and not quantity.fund
        frame.side = {"sources": "in", "income": "in", "uses": "out", "expenditure": "out"}.get(quantity.flow, "")
        if quantity.function:
            frame.account = quantity.function
        if bare_total:
            frame.fund = ""
            return
        frame.subject = quantity
        if not (quantity.item or quantity.procurement):
            frame.fund = quantity.fund
