"""Lines to paragraphs: by indentation, spacing and how full a line is; over page breaks too."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.model.document import Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.pdf.page import Page
from mingzhang.read.pdf.tables import join_wrapped
from mingzhang.read.pdf.text import Line

INDENT = 0.8  # sizes right of the left margin from which a line is indented
LEADING = 1.5  # of the usual distance of lines: more is a gap between paragraphs
BIGGER = 1.12  # of the body's size: a heading
BIG = 1.45  # of the body's size: a title
_LEADER = re.compile(r"(?:[.．…·‥]\s?){3,}\s*\d*$|\s\d{1,3}$")
_DOTS = re.compile(r"(?:[.．…·‥]\s?){5,}")
_PART = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:部分|章)")
_STOP = re.compile("[，。；]")
_SENTENCE_END = "。；：！？!?;:"
_OPENING = "“‘（(《〈[【「『〔"
_CLOSING = "，。、；：！？）)》〉]】」』〕”’%％,.;:"
# what typesetting never parts: a number or word, or one character, with its brackets and stops
_TOKEN = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9.,%+\-]+|.)[{re.escape(_CLOSING)}]*", re.S
)
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_ITEM = re.compile(
    r"(?P<open>[（(]?)(?:第(?P<ord>[一二三四五六七八九十]{1,3}|\d{1,2})[部章节条款项]"
    r"|(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<close>[、．.)）]))"
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

    Letters of a widely spaced heading; the page number at the end of a contents line; a caption
    that wraps beside another text that stands at half its height.
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
    for k in range(len(out) - 2):
        a, b, c = out[k : k + 3]
        between = a.base + 0.15 * a.size < b.base < c.base - 0.15 * a.size
        if (
            between
            and c.base - a.base < 2 * a.size
            and abs(a.box[0] - c.box[0]) < 2 < b.box[0] - a.box[2]
        ):
            out[k : k + 3] = [a._replace(wraps=True), c, b]
    return out


def _glue(a: Line, b: Line) -> Line:
    box = (a.box[0], min(a.box[1], b.box[1]), b.box[2], max(a.box[3], b.box[3]))
    edges = (*a.edges, *b.edges)
    return a._replace(text=f"{a.text} {b.text}", edges=edges, box=box, size=max(a.size, b.size))


def body_of(lines: Sequence[Line], otherwise: Body | None = None) -> Body:
    """The setting of the prose among ``lines``; ``otherwise`` where there is too little of it."""
    weight: Counter[float] = Counter()
    for line in [x for x in lines if not _DOTS.search(x.text)] or lines:  # not a contents list
        weight[round(line.size * 2) / 2] += len(line.text)
    size = weight.most_common(1)[0][0] if weight else 10.5
    prose = [x for x in lines if abs(x.size - size) < 1 and len(x.text) >= 12]
    if not prose and otherwise is not None:
        return otherwise
    if not prose:
        return Body(0.0, 1e9, size, 1.8 * size)
    lefts = Counter(round(x.box[0] / 3) for x in prose)
    common = [at for at, count in lefts.items() if count >= max(2, 0.1 * len(prose))]
    left = 3.0 * min(common or lefts)
    right = sorted(x.box[2] for x in prose)[round(0.75 * (len(prose) - 1))]
    full = sum(abs(x.box[2] - right) < 1.5 * size for x in prose)
    if full < max(2, 0.25 * len(prose)) and otherwise is not None:
        return otherwise  # ragged (a list of titles), or too little to tell
    steps = sorted(
        b.base - a.base for a, b in itertools.pairwise(prose) if 0 < b.base - a.base < 4 * size
    )
    leading = steps[len(steps) // 2] if steps else 1.8 * size
    return Body(left, right, size, leading)


def item_number(text: str) -> tuple[str, int] | None:
    """The style and value of the number an item begins with: 一、 （二） 3. 第四部分."""
    match = _ITEM.match(text)
    if match is None:
        return None
    written = match["ord"] or match["n"]
    style = "第" if match["ord"] else match["open"] + match["close"]
    if written.isdigit():
        return style + "0", int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return (style, _NUMERALS[written]) if len(written) == 1 else None
    return style, (_NUMERALS.get(tens, 1)) * 10 + _NUMERALS.get(ones, 0)


def _first_word(line: Line) -> float:
    """The width of what could not be parted from the beginning of a line."""
    token = _TOKEN.match(line.text)
    end = token.end() if token else 1
    return (line.edges[end] if end < len(line.edges) else line.box[2]) - line.box[0]


@dataclass(slots=True)
class Builder:
    """Puts lines together into paragraphs, page after page."""

    origin: Place
    whole: Body
    lines: list[tuple[Page, Line, Body]]

    def add(self, page: Page, line: Line, body: Body) -> Iterator[Paragraph]:
        """Take the next line; gives the paragraph before it, if that is complete."""
        if self.lines and not self._goes_on(page, line, body):
            yield from self.finish()
        self.lines.append((page, line, body))

    def finish(self) -> Iterator[Paragraph]:
        """Gives the paragraph that was being built, if there is one."""
        if not self.lines:
            return
        taken, self.lines = self.lines, []
        texts = [line.text for _, line, _ in taken]
        runs = []
        for k, (page, line, _) in enumerate(taken):
            text = line.text
            edges: tuple[float, ...] | None = line.edges
            if k + 1 < len(taken) and join_wrapped([text, texts[k + 1]]) != text + texts[k + 1]:
                text += " "
                edges = (*line.edges, line.edges[-1])
            if page.frame.turn != page.seen.turn or edges is None or len(edges) != len(text) + 1:
                edges = None  # x runs down the page as seen
            box = page.as_seen([line.box])[0]
            place = Place(self.origin.source, self.origin.name, text, page.number, box)
            runs.append(Run(text, place, edges))
        yield Paragraph(tuple(runs), self._level(taken[0][1], len(taken)))

    def _goes_on(self, page: Page, line: Line, body: Body) -> bool:
        last_page, last, last_body = self.lines[-1]
        if last.wraps:
            return True
        if abs(line.size - last.size) > 0.12 * last.size:
            return False
        step = line.base - last.base
        same_page = page.number == last_page.number
        if same_page and self._title_goes_on(last, line, last_body, step):
            return True
        if line.box[0] > body.left + INDENT * line.size or not self._is_full(last, line, last_body):
            return False
        if _LEADER.search(last.text) or self._next_item(last, line):
            return False
        if not same_page:
            return page.number == last_page.number + 1 and len(last.text) >= 12
        return 0.5 * line.size < step <= LEADING * max(last_body.leading, 1.2 * line.size)

    @staticmethod
    def _is_full(last: Line, line: Line, body: Body) -> bool:
        """True if the first word of ``line`` would not have fitted into ``last``."""
        if last.box[0] > body.left + 5 * last.size:
            return False
        return last.box[2] + _first_word(line) > body.right - 0.4 * last.size

    def _next_item(self, last: Line, line: Line) -> bool:
        """True if ``line`` begins the next item of a list."""
        number = item_number(line.text)
        if number is None:
            return False
        if last.text[-1] in _SENTENCE_END or _PART.match(line.text):
            return True
        first = item_number(self.lines[0][1].text)
        if first is None:
            return False
        title = len(self.lines) == 1 and not _STOP.search(last.text)
        return title or (first[0] == number[0] and number[1] == first[1] + 1)

    def _title_goes_on(self, last: Line, line: Line, body: Body, step: float) -> bool:
        """True if a centred title runs on in a second line."""
        if len(self.lines) > 1 or last.size < BIGGER * self.whole.size or body.right > 1e8:
            return False
        middle = (body.left + body.right) / 2
        centred = all(
            abs((x.box[0] + x.box[2]) / 2 - middle) < 1.5 * x.size and x.bold == last.bold
            for x in (last, line)
        )
        wide = last.box[2] - last.box[0] + _first_word(line) > 0.95 * (body.right - body.left)
        return centred and wide and step < 2.2 * last.size and item_number(line.text) is None

    def _level(self, line: Line, count: int) -> int:
        if count > 2 or len(line.text) > 60 or line.text[-1] in "。；，":
            return 0
        ratio = line.size / self.whole.size
        if ratio >= BIG:
            return 1
        if ratio >= BIGGER:
            return 2
        return 3 if line.bold and count == 1 and len(line.text) <= 40 else 0
