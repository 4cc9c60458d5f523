"""Telling: what one segment has said so far, and how a figure and its claims are written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingzhang.model.claim import Direction, Parts
from mingzhang.model.figure import Figure
from mingzhang.model.money import Printed
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.clauses import Step
from mingzhang.read.narrative.compact import Compact, Segment
from mingzhang.read.narrative.draft import Draft, Reason
from mingzhang.read.narrative.frames import Outline
from mingzhang.read.narrative.movement import Baseline, Move
from mingzhang.read.narrative.numbers import Number
from mingzhang.read.narrative.scope import Scope, Subject, at_time
from mingzhang.read.narrative.subject import subject_of

_BOTH_BASELINES = (re.compile(r"调整后?的?预算"), re.compile(r"初预算"))
_JOINTS = re.compile(r"^[、,和及]+|(?:主要|具体)?包括|其中")
_EMPTY_TAIL = re.compile(r"(?:各|为|数为|的)$")


@dataclass(slots=True)
class Telling:
    """One segment (a paragraph, or a numbered item of it) while it is read.

    ``subject`` is the quantity in hand and ``main`` that of the whole segment, both in the book's
    own year and stage; ``level``, ``counted`` and ``change`` are what was stated last; ``pending``
    is a baseline that waits for its change (与上年相比，…) and ``versus`` the last one used;
    ``planned`` is the budget just named of which a percentage was carried out (完成预算 5 万元的 …).
    """

    compact: Compact
    segment: Segment
    number: int
    index: int
    outline: Outline
    draft: Draft
    count: int = 0  # figures of this paragraph so far
    first_direction: int = 0
    both: bool = False  # the segment names the budget and the adjusted budget
    sentence: int = 0
    depth: int = 0
    subject: Quantity | None = None
    main: Quantity | None = None
    words: str = ""
    named: bool = False  # this sentence has named its subject
    level: Quantity | None = None
    counted: Quantity | None = None
    change: Quantity | None = None
    pending: Baseline | None = None
    versus: str = ""
    planned: Quantity | None = None
    year: int | None = None  # the last year this sentence named
    reason: Reason | None = None
    usage: bool = False  # inside 主要用于 …: no parts
    modifier: str = ""  # 由中小企业中标的，
    queue: list[str] = field(default_factory=list)  # subjects that 分别 has announced
    queued: Move | None = None
    saved: list[tuple[Quantity | None, str, Quantity | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = self.compact.text[self.segment.start : self.segment.end]
        self.both = all(p.search(text) for p in _BOTH_BASELINES)
        self.first_direction = len(self.draft.directions)
        self.subject = self.main = self.outline.subject()

    # ------------------------------------------------------------------ what a phrase means here
    @property
    def local(self) -> str:
        """The key of quantities that must meet none outside this paragraph."""
        return f"p{self.index}"

    @property
    def nowhere(self) -> str:
        """The baseline of a change that does not say one: its own paragraph's."""
        return f"?:{self.local}"

    def scope(self) -> Scope:
        """The surroundings of the next phrase."""
        return self.outline.scope(self.subject, self.named)

    def read(self, text: str) -> Subject:
        """What a phrase names, here."""
        return subject_of(text, self.scope())

    def hold(self, quantity: Quantity | None, words: str) -> None:
        """From now on ``quantity`` is the subject in hand."""
        self.subject, self.words = quantity, _EMPTY_TAIL.sub("", words)
        self.named = True

    def prefer(self, candidates: tuple[Quantity, ...], moving: bool = False) -> Quantity:
        """Among several readings the one in hand, else one that something states, else the first.

        What moves (``moving``) is the total in hand, even where the words leave out its fund.
        """
        held = self.subject
        for quantity in candidates:
            if held is None:
                break
            known = at_time(held, quantity.year, quantity.stage)
            if known == quantity or (moving and known.with_(fund="") == quantity):
                return known
        return next((q for q in candidates if self.draft.known(q)), candidates[0])

    def level_of(self, found: Subject, moving: bool = False) -> Quantity | None:
        """The amount a phrase speaks of, which is in hand from now on; None if not understood."""
        if not found.candidates:
            return None
        quantity = self.prefer(found.candidates, moving)
        if found.own and self.reason is None:
            self.hold(quantity, found.words)
        return at_time(quantity, found.year, found.stage)

    def versus_of(self, base: Baseline | None, level: Quantity) -> str:
        """ "YYYY:stage" of a baseline; "" where the words do not tell.

        Without a stage the same one is meant: 年初预算 in a budget, 决算 in a final account; but the
        adjusted budget where the segment names both (docs/decisions/0002).
        """
        if base is None or level.year is None:
            return ""
        default = self.outline.lexicon.stage
        year, stage = base.year, base.stage
        if year is None and base.last:
            year = level.year - 1
        if year is None:
            other = level.stage != stage and (default == "final" or level.stage != default)
            year = level.year if other else level.year - 1
        if not stage:
            stage = level.stage if level.stage == "budget" else default
            if self.both and level.stage == "budget":
                stage = "adjusted"
        return "" if (year, stage) == (level.year, level.stage) else f"{year}:{stage}"

    def whole_sentence(self, step: Step) -> str:
        """The text between the full stops (or semicolons) around a step."""
        text = self.compact.text
        before = (text.rfind("。", 0, step.start), text.rfind(";", 0, step.start))
        end = text.find("。", step.start)
        stop = self.segment.end if end < 0 else min(end, self.segment.end)
        return text[max(*before, self.segment.start - 1) + 1 : stop]

    # ------------------------------------------------------------------ writing down
    def figure(self, step: Step, quantity: Quantity | None, unread: str = "") -> Figure:
        """The figure of a step, stating ``quantity``, or not read for the reason ``unread``."""
        number = number_of(step)
        self.count += 1
        place = self.compact.place(number.start, number.digits)
        read = number.printed
        printed = Printed(place.excerpt, read.value, read.unit, read.decimals)
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
        said = _JOINTS.sub("", step.clause)[-40:]
        about = self.words[-30:]
        held = self.subject
        if held is not None and held.part and held.project and held.project not in said:
            about = held.project
        if about and about not in said and said not in about:
            return f"{about} · {said}" if said else about
        return said or about

    def direct(
        self, quantity: Quantity, way: Move, start: int, figure: str | None, sign: int | None = None
    ) -> None:
        """A direction word at ``start`` of the compact text says how ``quantity`` moves."""
        sign = way.sign if sign is None else sign
        place = self.compact.place(start, start + max(1, len(way.word)))
        if way.open:
            return  # 增加（减少）: no direction was chosen
        told = self.draft.directions[self.first_direction :]
        if sign == 0 and any(d.quantity == quantity and d.sign == 0 for d in told):
            return  # 持平，零增长: once is enough
        self.draft.directions.append(Direction(quantity, sign, way.word, place, figure))

    def tie(self, quantity: Quantity, step: Step) -> None:
        """One figure for income and expenditure at once: the two are one amount."""
        place = self.compact.place(step.start, number_of(step).end)
        twin = quantity.with_(flow="uses")
        self.draft.parts.append(Parts(twin, (quantity,), True, place, "收支"))


def number_of(step: Step) -> Number:
    """The figure of a step that has one."""
    assert step.number is not None
    return step.number
