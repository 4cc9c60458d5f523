"""Lists: a whole and the parts that 包括, 其中 or a numbered outline divides it into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mingzhang.catalog.dimensions import ancestors
from mingzhang.model.claim import Parts
from mingzhang.model.money import Printed
from mingzhang.model.place import Place
from mingzhang.model.quantity import Quantity
from mingzhang.read.narrative.compact import Compact
from mingzhang.read.narrative.draft import Draft, add_up
from mingzhang.read.narrative.words import patterns, table

WHOLE, SOME, IMPLIED = "whole", "some", "implied"
_TREES = ("fund", "nature", "item", "procurement", "reserved")
_FREE = ("entity", "project", "part")


@dataclass(slots=True)
class OpenList:
    """A list being read. ``kind``: whole (包括), some (其中), implied (a numbered outline).

    ``start:end`` of ``compact`` are the words that open it. ``depth`` is the number of frames when it opened; ``segment`` the segment it opened in;
    ``waiting`` is True while its parts are to follow in the next paragraphs.
    """

    whole: Quantity
    kind: str
    compact: Compact
    start: int
    end: int
    depth: int
    segment: int
    waiting: bool = False
    brackets: int = 0
    sentence: int = 0
    unit: str = ""  # the counting word of its parts
    style: str | None = None
    children: list[tuple[Quantity, Printed, bool]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words that open it; "" for one that is implied."""
        return "" if self.kind == IMPLIED else self.compact.text[self.start : self.end]

    @property
    def place(self) -> Place:
        """Where it opens."""
        return self.compact.place(self.start, self.end)

    def holds(self, quantity: Quantity) -> bool:
        """True if ``quantity`` can be a part of this whole."""
        return within(quantity, _total(self.whole, (quantity,)))

    def add(self, quantity: Quantity, printed: Printed, understood: bool = True) -> None:
        """One more part, if it is not there already."""
        if all(quantity != known for known, _, _ in self.children):
            self.children.append((quantity, printed, understood))

    def sibling(self, quantity: Quantity) -> bool:
        """True if ``quantity`` differs from the whole just where the parts so far do."""
        return bool(self.children) and _differences(quantity, self.whole) == _differences(
            self.children[0][0], self.whole
        )


def split_opener(text: str) -> tuple[str, str, str]:
    """(words before a list opener, kind, words after it); kind "" if there is none."""
    for kind, pattern in ((SOME, patterns().list_some), (WHOLE, patterns().list_whole)):
        for match in pattern.finditer(text):
            before = text[: match.start()]
            if before.count("(") == before.count(")"):
                return before, kind, text[match.end() :]
    first = patterns().list_first.match(text)
    if first:
        return "", SOME, text[first.end() :]
    return text, "", ""


def _differences(part: Quantity, whole: Quantity) -> frozenset[str]:
    names = (*_TREES, *_FREE, "function", "economic", "measure")
    return frozenset(n for n in names if getattr(part, n) != getattr(whole, n))


def within(part: Quantity, whole: Quantity) -> bool:
    """True if ``part`` lies inside ``whole`` by its coordinates (year and stage left aside)."""
    if part.versus or whole.versus or part.measure != whole.measure or part.local != whole.local:
        return False
    if part.flow != whole.flow and whole.flow not in ancestors("flow", part.flow):
        return False
    same = part.flow == whole.flow
    for name in _TREES:
        a, b = getattr(part, name), getattr(whole, name)
        if a == b:
            continue
        if b not in (*ancestors(name, a), "") or not a:
            return False
        same = False
    for name in ("function", "economic"):
        a, b = getattr(part, name), getattr(whole, name)
        if a == b:
            continue
        if not a.startswith(b):
            return False
        same = False
    for name in _FREE:
        a, b = getattr(part, name), getattr(whole, name)
        if a == b:
            continue
        if b:
            return False
        same = False
    return not same or part.flow != whole.flow


def close(done: OpenList, draft: Draft) -> None:
    """Turn a finished list into Parts: one per year and stage that its parts speak of."""
    groups: dict[tuple[int | None, str], list[tuple[Quantity, Printed, bool]]] = {}
    for child in done.children:
        groups.setdefault((child[0].year, child[0].stage), []).append(child)
    for (year, stage), children in groups.items():
        whole = done.whole.with_(year=year, stage=stage)
        if year != done.whole.year and draft.first_printed(whole) is None:
            continue
        kept = [c for c in children if not any(_inside(c[0], o[0]) for o in children)]
        _settle(whole, kept, done, draft)


def _inside(a: Quantity, b: Quantity) -> bool:
    return a != b and within(a, b)


def _settle(
    whole: Quantity, children: list[tuple[Quantity, Printed, bool]], done: OpenList, draft: Draft
) -> None:
    parts = tuple(c[0] for c in children)
    if not parts or (len(parts) == 1 and parts[0] == whole):
        return
    whole = _total(whole, parts)
    printed = draft.first_printed(whole)
    if printed is None and whole.procurement and whole.stage == "final":
        whole = whole.with_(stage="budget")  # what is bought stays within its procurement budget
    adds_up = printed is not None and add_up(printed, [(1, p) for _, p, _ in children])
    understood = all(c[2] for c in children)
    if len(parts) == 1:
        complete = done.kind == WHOLE and adds_up
    elif done.kind == WHOLE:
        complete = understood or adds_up
    else:
        complete = adds_up or (done.kind == SOME and exhausts(whole, parts))
    if complete or (done.kind != IMPLIED and understood):
        draft.parts.append(Parts(whole, parts, complete, done.place, done.words))


def _total(whole: Quantity, parts: Iterable[Quantity]) -> Quantity:
    """本年收入 that lists 上年结转 among its parts means all sources; likewise 本年支出."""
    flows = {p.flow for p in parts}
    if whole.flow == "income" and flows & {"carry_in", "reserve_used"}:
        return whole.with_(flow="sources")
    if whole.flow == "expenditure" and flows & {"carry_out", "distribution"}:
        return whole.with_(flow="uses")
    return whole


def exhausts(whole: Quantity, parts: Iterable[Quantity]) -> bool:
    """True if ``parts`` are, in one dimension, all that the catalog knows of ``whole``."""
    listed = tuple(parts)
    for name, sets in table()["exhaust"].items():
        values = {getattr(p, name) for p in listed}
        others = {p.with_(**{name: ""}) for p in listed}
        alike = len(others) == 1 and len(values) == len(listed)
        if alike and any(set(wanted) <= values for wanted in sets):
            return True
    return False
