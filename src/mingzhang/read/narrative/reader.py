"""The entry point: paragraphs → figures, claims, and what was not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.model.book import Notice, Section
from mingzhang.model.claim import Claim
from mingzhang.model.document import Paragraph
from mingzhang.model.figure import Figure
from mingzhang.model.quantity import Quantity
from mingzhang.read.lexicon import Lexicon
from mingzhang.read.narrative.alike import relate_alike
from mingzhang.read.narrative.compact import Compact, compacted, segments
from mingzhang.read.narrative.draft import Draft
from mingzhang.read.narrative.frames import Outline
from mingzhang.read.narrative.numbers import leftovers, names_with_digits, numbers
from mingzhang.read.narrative.reasons import link
from mingzhang.read.narrative.segment import read_segment
from mingzhang.read.narrative.subject import ORGAN_END
from mingzhang.read.narrative.telling import Telling
from mingzhang.read.narrative.words import patterns

_APART = re.compile(r"对个人和家庭的?补助(?:支出)?[^,。;、]{0,8}\d")
_SHORT = re.compile(r"[省市区县州盟旗]")
_SPOKEN = re.compile(rf"([^\d,。;:、()]{{2,24}}?{ORGAN_END.pattern})(?=(?:19|20)\d\d年)")
_OFTEN = 3  # a name that begins so many paragraphs is the department's own
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Narration:
    """What the prose says: its figures, the claims about them, and what was not understood.

    Notices: template-leftover, amount-missing, reason-missing, stale-year.
    """

    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
    notices: tuple[Notice, ...]


def narrate(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section], lexicon: Lexicon
) -> Narration:
    """The figures and claims of a book's prose, in reading order.

    ``paragraphs`` are stitched over page ends and free of page furniture; ``sections`` index them.
    Every amount of money, percentage and count becomes a figure; one that was not understood has
    ``unread`` set to a code of narrative.toml [unread].
    """
    draft = Draft(lexicon)
    texts = [compacted(p) for p in paragraphs]
    apart = any(_APART.search(c.text) for c in texts)
    units = frozenset(q.entity for q in lexicon.stated) - {"", lexicon.entity}
    outline = Outline(lexicon, sections, _names(lexicon, units, texts), units, apart)
    headings = {s.first for s in sections}
    before: Quantity | None = None
    number = 0
    names = names_with_digits(lexicon.projects)
    for index, compact in enumerate(texts):
        level = paragraphs[index].level
        heading = index in headings or level > 0
        _notices(compact, draft)
        found = numbers(compact.text, names)
        earlier = 0
        for segment in segments(compact.text):
            text = compact.text[segment.start : segment.end]
            mine = [n for n in found if segment.start <= n.start < segment.end]
            first = segment.start <= len(segment.mark)
            numbered_line = bool(segment.style) and not mine and len(text) < _TITLE_LENGTH
            outline.enter(
                segment.style or (f"h{level}" if heading and first else ""),
                index,
                section=heading and first,
                title=segment.heading or (numbered_line and _is_title(text)),
                draft=draft,
            )
            if segment.heading or numbered_line or (heading and not mine):
                outline.head(text)
            silent = not mine and outline.carried is None and not patterns().speaks.search(text)
            if not (silent or segment.heading or (heading and not mine)):
                telling = Telling(compact, segment, number, index, outline, draft, earlier)
                read_segment(telling, mine, before)
                earlier, before = telling.count, telling.main or before
            number += 1
    outline.finish(draft)
    for reason in draft.reasons:
        link(reason, draft)
    relate_alike(draft.reasons, draft)
    return Narration(tuple(draft.figures.values()), draft.claims(), tuple(draft.notices))


def _is_title(text: str) -> bool:
    """A numbered line that ends without punctuation heads what follows."""
    return not text.endswith(("。", ";", ",", ":", "、"))


def _notices(compact: Compact, draft: Draft) -> None:
    for left in leftovers(compact.text, patterns().alternative, patterns().template):
        place = compact.place(left.start, left.end)
        draft.say(left.what, place.excerpt, place)


def _names(lexicon: Lexicon, units: frozenset[str], texts: Sequence[Compact]) -> tuple[str, ...]:
    """The department's names: whole, without what stands before it, and as its sentences begin."""
    whole = lexicon.entity
    found = {whole} if whole else set()
    found.update(whole[cut:] for cut in range(1, len(whole) - 3))
    found.update(whole[m.end() :] for m in _SHORT.finditer(whole) if len(whole) - m.end() >= 3)
    spoken = Counter(m[1] for m in map(_SPOKEN.match, (c.text for c in texts)) if m)
    found.update(n for n, times in spoken.items() if times >= _OFTEN and n not in units)
    full = {n + tail for n in found for tail in ("", "部门", "(本级)", "本级", "(单位)")}
    return tuple(sorted(full | units, key=len, reverse=True))
