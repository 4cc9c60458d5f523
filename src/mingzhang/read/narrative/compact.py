"""Compact text: a paragraph without white space and quotes, each character with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.model.document import Paragraph
from mingzhang.model.place import Place

_DROPPED = frozenset("“”\"‘’'「」『』\u200b\ufeff")
_DROP = "\0"
_ODD = {"−": "-", "﹣": "-", "﹝": "〔", "﹞": "〕"}
_NUMBERING = (
    r"第[一二三四五六七八九十百]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]{1,3}\)[、.]?|\(\d{1,2}\)[、.]?"
    r"|\d{1,2}、|\d{1,2}\.(?!\d)|\d{1,2}\.(?=(?:19|20)\d\d年)|[①-⑳]"
)
# A heading and its first sentence run together by a file that lost the line break.
_GLUED = re.compile(r"[^,。;:()]{4,50}?情况(?:的)?说明(?=[^,。;:表]{4,})")
_AT_START = re.compile(_NUMBERING)
_INSIDE = re.compile(rf"(?<=[。;:])(?:{_NUMBERING})")


class _Plain(dict[int, str]):
    """Character -> its plain form: half-width, one kind of brackets, blanks, "\\0" for quotes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if char in _DROPPED or char == _DROP:
            plain = _DROP
        elif char.isspace():
            plain = " "
        elif len(plain) != 1 or unicodedata.category(char) == "No":
            plain = char
        self[code] = _ODD.get(char, plain)
        return self[code]


_PLAIN = _Plain()
_GAP = re.compile(r"(?<=\d) +(?=\d)")


@dataclass(frozen=True, slots=True)
class Compact:
    """``text`` with ``index[i]`` = where character i stands in the paragraph's own text."""

    text: str
    index: Sequence[int]
    paragraph: Paragraph

    def place(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``, quoting it as printed."""
        if not self.index:
            return self.paragraph.place
        first = self.index[min(start, len(self.index) - 1)]
        last = self.index[min(max(end, start + 1), len(self.index)) - 1] + 1
        return self.paragraph.at(first, last)

    def original(self, start: int) -> int:
        """Where character ``start`` stands in the paragraph's own text."""
        return self.index[start]


def compacted(paragraph: Paragraph) -> Compact:
    """The compact text of a paragraph. A space between two digits is kept as one space."""
    plain = paragraph.text.translate(_PLAIN)
    if " " not in plain and _DROP not in plain:
        return Compact(plain, range(len(plain)), paragraph)
    kept = {gap.start() for gap in _GAP.finditer(plain)}
    index = [i for i, c in enumerate(plain) if (c != " " and c != _DROP) or i in kept]
    return Compact("".join([plain[i] for i in index]), index, paragraph)


@dataclass(frozen=True, slots=True)
class Segment:
    """A numbered item, or the text before the first: ``text[start:end]`` after its ``mark``.

    ``style`` tells which numbering it is ("一、", "(一)", "1.", "(1)", "①"), "" for none.
    ``heading`` is True for a heading that runs on into a sentence.
    """

    start: int
    end: int
    mark: str
    style: str
    heading: bool = False


def style_of(mark: str) -> str:
    """The style of a numbering mark; "" for none."""
    if not mark:
        return ""
    if mark[0] == "第":
        return "第"
    if mark[0] == "(":
        return "(1)" if mark[1].isdigit() else "(一)"
    if mark[0].isdigit():
        return "1."
    return "一、" if mark[0] in "一二三四五六七八九十" else "①"


def segments(text: str) -> Iterator[Segment]:
    """The text cut before every numbering that stands at its start or after 。 ； or ：."""
    cuts: list[tuple[int, str]] = []
    first = _AT_START.match(text)
    cuts.append((0, first.group() if first else ""))
    cuts.extend((m.start(), m.group()) for m in _INSIDE.finditer(text) if m.start() > 0)
    for segment in _between(cuts, len(text)):
        glued = _GLUED.match(text, segment.start, segment.end) if segment.style else None
        if glued:
            yield Segment(segment.start, glued.end(), segment.mark, segment.style, True)
            yield Segment(glued.end(), segment.end, "", "")
        else:
            yield segment


def _between(cuts: Sequence[tuple[int, str]], end: int) -> Iterator[Segment]:
    for number, (start, mark) in enumerate(cuts):
        stop = cuts[number + 1][0] if number + 1 < len(cuts) else end
        yield Segment(start + len(mark), stop, mark, style_of(mark))
