"""Lines to paragraphs: by indentation, spacing and how full a line is; over page breaks too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.model.document import Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.tables import join_wrapped
from mingzhang.read.pdf.text import Line

FULL = 1.7  # sizes short of the right margin that still is a full line
INDENT = 0.8  # sizes right of the left margin from which a line is indented
LEADING = 1.5  # of the usual distance of lines: more is a gap between paragraphs
BIGGER = 1.12  # of the body's size: a heading
_LEADER = re.compile(r"(?:[.．…·‥]\s?){3,}\s*\d*$|\s\d{1,3}$")
_SENTENCE_END = "。；：！？!?;:"
_ITEM = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、．.)）]|第[一二三四五六七八九十\d]+[部章节条]|注[:：\d]"
)


@dataclass(frozen=True, slots=True)
class Body:
    """How the prose of a page or document is set: margins, size and distance of lines."""

    left: float
    right: float
    size: float
    leading: float


def tidy(lines: Sequence[Line]) -> list[Line]:
    """Lines of a page with pieces put together that only look apart.

    Letters of a widely spaced heading, and the page number at the end of a contents line.
    """
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and abs(last.base - line.base) < 0.3 * line.size:
            spaced = len(line.text) == 1 and len(last.text.replace(" ", "")) < 4
            number = line.text.isdigit() and len(line.text) <= 3 and not last.text.isdigit()
            if spaced or number:
                out[-1] = _glue(last, line)
                continue
        out.append(line)
    return out


def _glue(a: Line, b: Line) -> Line:
    box = (a.box[0], min(a.box[1], b.box[1]), b.box[2], max(a.box[3], b.box[3]))
    edges = (*a.edges, *b.edges)
    return Line(a.owner, f"{a.text} {b.text}", edges, box, a.base, max(a.size, b.size), a.bold)


def body_of(lines: Sequence[Line], otherwise: Body | None = None) -> Body:
    """The setting of the prose among ``lines``; ``otherwise`` where there is too little of it."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size * 2) / 2] += len(line.text)
    size = weight.most_common(1)[0][0] if weight else 10.5
    prose = [x for x in lines if abs(x.size - size) < 1 and len(x.text) >= 12]
    if len(prose) < 4 and otherwise is not None:
        return otherwise
    if not prose:
        return Body(0.0, 1e9, size, 1.8 * size)
    lefts = Counter(round(x.box[0] / 3) for x in prose)
    common = [at for at, count in lefts.items() if count >= max(2, 0.1 * len(prose))]
    left = 3.0 * min(common or lefts)
    right = sorted(x.box[2] for x in prose)[int(0.9 * (len(prose) - 1))]
    steps = sorted(
        b.base - a.base
        for a, b in zip(prose, prose[1:], strict=False)
        if 0 < b.base - a.base < 4 * size
    )
    leading = steps[len(steps) // 2] if steps else 1.8 * size
    return Body(left, right, size, leading)


@dataclass(slots=True)
class Builder:
    """Puts lines together into paragraphs, page after page."""

    origin: Place
    whole: Body
    lines: list[tuple[Page, Line, Body]]

    def add(self, page: Page, line: Line, body: Body) -> Paragraph | None:
        """Take the next line; the paragraph before it, if that is complete."""
        done = None
        if self.lines and not self._goes_on(page, line, body):
            done = self.finish()
        self.lines.append((page, line, body))
        return done

    def finish(self) -> Paragraph | None:
        """The paragraph that was being built."""
        if not self.lines:
            return None
        taken, self.lines = self.lines, []
        texts = [line.text for _, line, _ in taken]
        runs = []
        for k, (page, line, _) in enumerate(taken):
            text = line.text
            edges: tuple[float, ...] | None = line.edges
            if k + 1 < len(taken) and join_wrapped([text, texts[k + 1]]) != text + texts[k + 1]:
                text += " "
                edges = (*line.edges, line.edges[-1])
            if page.frame.turn != page.seen.turn:
                edges = None  # x runs down the page as seen
            place = Place(
                self.origin.source,
                self.origin.name,
                text,
                page.number,
                page.as_seen([line.box])[0],
            )
            runs.append(Run(text, place, edges))
        return Paragraph(tuple(runs), self._level(taken[0][1], len(taken)))

    def _goes_on(self, page: Page, line: Line, body: Body) -> bool:
        last_page, last, last_body = self.lines[-1]
        full = last.box[2] >= last_body.right - FULL * last.size
        indented = line.box[0] > body.left + INDENT * line.size
        if not full or indented or abs(line.size - last.size) > 0.12 * last.size:
            return False
        if _LEADER.search(last.text):
            return False
        if last.text[-1] in _SENTENCE_END and _ITEM.match(line.text):
            return False
        if page.number != last_page.number:
            return page.number == last_page.number + 1 and len(last.text) >= 12
        step = line.base - last.base
        return 0.5 * line.size < step <= LEADING * max(last_body.leading, 1.2 * line.size)

    def _level(self, line: Line, count: int) -> int:
        if count > 2 or len(line.text) > 60 or line.text[-1] in "。；，":
            return 0
        ratio = line.size / self.whole.size
        if ratio >= 1.45:
            return 1
        if ratio >= BIGGER:
            return 2
        return 3 if line.bold and count == 1 and len(line.text) <= 40 else 0
