"""Outline: title, contents list 目录 and the numbered sections of a book's prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingzhang.catalog.normal import bare, numbering, numbering_level, plain
from mingzhang.catalog.statements import kind_of
from mingzhang.model.book import Announced, Section
from mingzhang.model.document import Paragraph, Run

_TITLE = re.compile(r"((?:19|20)\d{2})年?(?:度)?(\S*?)(?:部门|单位)?(?:汇总)?(预算|决算)")
_TITLE_AFTER = re.compile(r"^(\S*?)((?:19|20)\d{2})年(?:度)?(?:部门|单位)?(?:汇总)?(预算|决算)")
_LEADERS = re.compile(r"[.…·。・\-—_\s]{2,}\d*$|(?<=\D)\s+\d{1,3}$")
_NAME = re.compile(r"[\u4e00-\u9fff（）()]{4,30}")
_END = tuple("。；：，、,;:!！?？")


@dataclass(frozen=True, slots=True)
class Outline:
    """The prose of a book in order, with what its headings and contents list say."""

    title: str
    entity: str
    year: int | None
    stage: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    contents: tuple[Announced, ...]


def outline(paragraphs: Sequence[Paragraph]) -> tuple[Outline, tuple[int, ...]]:
    """The outline, and for each given paragraph the index of the paragraph it became part of."""
    start, contents = read_contents(paragraphs)
    joined, where = join_broken(paragraphs)
    title, entity, year, stage = read_title(paragraphs)
    sections = read_sections(joined, where[start] if start < len(where) else len(joined))
    return Outline(title, entity, year, stage, joined, sections, contents), where


def read_title(paragraphs: Sequence[Paragraph]) -> tuple[str, str, int | None, str]:
    """(title, entity, year, stage) from the first lines that say 年 … 预算/决算.

    A department's name may stand on a line of its own above.
    """
    for first in range(min(12, len(paragraphs))):
        for count in (1, 2, 3):  # a title may be set on several lines
            group = paragraphs[first : first + count]
            words = "".join(plain(p.text) for p in group)
            if len(words) > 60 or any(p.text.strip().endswith(_END) for p in group):
                continue
            found, after = _TITLE.search(words), _TITLE_AFTER.match(words)
            if after and after.group(1):
                entity, year, what = after.group(1), int(after.group(2)), after.group(3)
            elif found:
                entity, year, what = found.group(2), int(found.group(1)), found.group(3)
            else:
                continue
            if not entity and first and _NAME.fullmatch(plain(paragraphs[first - 1].text)):
                entity = plain(paragraphs[first - 1].text)
                words = entity + words
            return words, entity.removesuffix("本级"), year, "final" if what == "决算" else "budget"
    return "", "", None, "budget"


def read_contents(paragraphs: Sequence[Paragraph]) -> tuple[int, tuple[Announced, ...]]:
    """The lines of the contents list and the index of the first paragraph after it.

    The list ends where one of its own lines is met again: as the heading that it announced.
    """
    start = next((i for i, p in enumerate(paragraphs[:60]) if plain(p.text) == "目录"), None)
    if start is None:
        return 0, ()
    seen: dict[str, int] = {}
    out: list[Announced] = []
    for index in range(start + 1, len(paragraphs)):
        text = _LEADERS.sub("", paragraphs[index].text.strip())
        key = bare(text)
        if not key:
            continue
        if key in seen or len(key) > 60 or paragraphs[index].text.strip().endswith(("。", "；")):
            return index, tuple(out)
        seen[key] = index
        kind = kind_of(text)
        is_statement = kind is not None and "表" in key
        place = paragraphs[index].place
        out.append(
            Announced(
                numbering(text), key, is_statement, place, kind.id if is_statement and kind else ""
            )
        )
    return start + 1, ()


def join_broken(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], tuple[int, ...]]:
    """Paragraphs that a page end cut in two, joined; and where each original went."""
    out: list[Paragraph] = []
    where: list[int] = []
    for paragraph in paragraphs:
        if out and _broken(out[-1], paragraph):
            out[-1] = Paragraph(out[-1].runs + _flush(paragraph).runs, out[-1].level)
        else:
            out.append(paragraph)
        where.append(len(out) - 1)
    return tuple(out), tuple(where)


def _flush(paragraph: Paragraph) -> Paragraph:
    first = paragraph.runs[0]
    return Paragraph((Run(first.text, first.place, first.edges), *paragraph.runs[1:]))


def _broken(before: Paragraph, after: Paragraph) -> bool:
    a, b = before.text.strip(), after.text.strip()
    if before.place.sheet is not None:  # cells are whole: no page end cuts them
        return False
    if before.level or after.level or len(plain(a)) < 20 or a.endswith(_END) or not b:
        return False
    if (
        numbering(b)
        or kind_of(b) is not None
        or re.match(r"^(?:注|备注|表|附件|单位)\S{0,3}[:：\d]?", b)
    ):
        return False
    if a.endswith(("”", "）", ")")) and len(b) < 12:
        return False
    return b.endswith(_END) or len(plain(b)) > 15 or "。" in b


def is_heading(paragraph: Paragraph) -> bool:
    """A line that heads a section: marked as such, or short, numbered and without a full stop."""
    words = plain(paragraph.text)
    if paragraph.level:
        return True
    if len(words) > 40 or words.endswith(_END) or "万元" in words:
        return False
    return numbering_level(words) in (1, 2)


def read_sections(paragraphs: Sequence[Paragraph], start: int) -> tuple[Section, ...]:
    """Sections by their headings after the contents list, nested by numbering."""
    found: list[Section] = []
    stack: list[int] = []
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        if not is_heading(paragraph):
            continue
        mark = numbering(paragraph.text)
        level = _level(mark, paragraph.level)
        while stack and found[stack[-1]].level >= level:
            done = stack.pop()
            found[done] = replace(found[done], last=index - 1)
        stack.append(len(found))
        found.append(
            Section(bare(paragraph.text), mark, level, index, len(paragraphs) - 1, paragraph.place)
        )
    return tuple(found)


def _level(mark: str, level: int) -> int:
    if mark.startswith("第"):
        return 1
    if mark and not mark.startswith("(") and not mark[0].isdigit():
        return 2
    if mark.startswith("("):
        return 3
    return level or 4
