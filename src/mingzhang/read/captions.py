"""Captions: the lines around a table that name it, number it, date it and give its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.catalog.normal import plain
from mingzhang.catalog.statements import NUMBER, kind_of
from mingzhang.model.document import Paragraph
from mingzhang.model.money import Unit
from mingzhang.model.place import Place

_UNIT = re.compile(r"(?:金额)?单位[:：](?:人民币)?\s*([(]?(?:亿元|万元|千元|元|分)[)]?)")
_NUMBER = re.compile(rf"^(?:{NUMBER}|附件\d{{1,2}}(?:-\d{{1,2}})?)$")
_NUMBERED_TITLE = re.compile(rf"^(?:{NUMBER})[:：、.]?(?=.{{3,}})")
_ENTITY = re.compile(
    r"(?:部门名称|编制部门|部门|预算部门|填报单位|编制单位|预算单位|单位名称|主管部门|公开部门)"
    r"(?:[(][^)]*[)])?[:：]\s*(\S*?)(?=(?:金额)?单位[:：]|\d{4}年|$)"
)
_LABEL = re.compile(_ENTITY.pattern.split(r"\s*(\S")[0])  # the label alone, its value beside it
_YEAR = re.compile(r"^((?:19|20)\d{2})年(?:度)?$")
_NOTE = re.compile(r"^(?:注|备注|说明|附注)\d*[:：]")
_ROUNDING = re.compile(r"尾数|四舍五入")
_BRACKET_UNIT = re.compile(r"[(](?:单位:)?(?:人民币)?(亿元|万元|千元|元)[)]")


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines before a table say; empty strings and None where they do not."""

    number: str = ""
    title: str = ""
    unit: str = ""
    entity: str = ""
    year: int | None = None
    place: Place | None = None
    used: int = 0  # how many paragraphs before the table belong to it


def unit_in(text: str) -> str:
    """The unit a "单位：万元" line names, "" if none."""
    found = _UNIT.search(plain(text))
    return found.group(1).strip("()") if found else ""


def unit_in_brackets(text: str) -> str:
    """The unit in a header such as "预算数（万元）", "" if none."""
    found = _BRACKET_UNIT.search(plain(text))
    return found.group(1) if found else ""


def as_unit(text: str) -> Unit | None:
    """The money unit with that name."""
    return next((u for u in Unit if u.is_money and u.value == text), None)


def is_note(text: str) -> bool:
    """A remark under a table: 注：… or the remark on 尾数误差."""
    words = plain(text)
    return bool(_NOTE.match(words)) or (is_rounding_note(text) and len(words) < 60)


def is_rounding_note(text: str) -> bool:
    """The printed remark that unit conversion leaves differences in the last digit."""
    return bool(_ROUNDING.search(plain(text))) and "误差" in plain(text)


def is_title(text: str) -> bool:
    """A line that looks like the title of a statement."""
    words = plain(text)
    if len(words) > 60 or words.endswith(("。", "；", "，", ";", ",")):
        return False
    if kind_of(words) is not None:
        return True
    return (
        bool(re.search(r"表(?:[(][^)]*[)])?$", words)) and len(words) <= 40 and "如下" not in words
    )


def read_caption(before: Sequence[Paragraph]) -> Caption:
    """The caption in the paragraphs just before a table, nearest last."""
    number = title = unit = entity = ""
    year: int | None = None
    place: Place | None = None
    used = 0
    lines = list(before[-8:])
    while lines:
        paragraph = lines.pop()
        words = plain(paragraph.text)
        if lines and not entity and _LABEL.fullmatch(plain(lines[-1].text)):
            entity = words
            lines.pop()
            used += 2
            continue
        if _NUMBER.match(words) or (re.fullmatch(r"表\d{1,3}", words)):
            if number:
                break
            number = paragraph.text.strip()
            place = paragraph.place
            used += 1
            if title:
                break
            continue
        has_unit, has_entity = unit_in(words), _ENTITY.search(words)
        dated = _YEAR.match(words)
        if is_title(words) and not has_unit and not has_entity:
            if title:
                break
            title, place = paragraph.text.strip(), paragraph.place
            numbered = _NUMBERED_TITLE.match(words)
            if numbered and not number:
                number = numbered.group().rstrip(":：、.")
            used += 1
            continue
        if dated and year is None:
            year = int(dated.group(1))
        elif has_unit and not unit:
            unit = has_unit
            if has_entity and has_entity.group(1):
                entity = entity or has_entity.group(1)
        elif has_entity and len(words) < 60 and not entity:
            entity = has_entity.group(1)
        elif re.fullmatch(r"(?:公开|预算|财决)\S{0,6}表\S{0,8}", words) and not number:
            number = paragraph.text.strip()
        else:
            break
        used += 1
    return Caption(number, title, unit, entity, year, place, used)
