"""Prose: the passages of a book, filled from the ledger's figures.

A passage is Markdown with Jinja placeholders (sandboxed: a ledger may come from anywhere). What a
placeholder stands for is put in as a mark and replaced by spans after the text is cut into
paragraphs, so that every figure of the prose keeps its quantity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mingzhang.catalog.forms import Layout
from mingzhang.compile.amounts import Amounts
from mingzhang.compile.faults import CompileFault, fault
from mingzhang.compile.phrases import Phrase, Phrases
from mingzhang.compile.printing import Printer
from mingzhang.compile.rows import (
    goal_text,
    hidden_projects,
    names,
    ordinal,
    public_projects,
    quantity_at,
)
from mingzhang.compile.templating import fill
from mingzhang.compile.words import UnknownWord, quantity_of
from mingzhang.model.edition import Block, Heading, Prose, Span
from mingzhang.model.ledger import Ledger, Passage
from mingzhang.model.quantity import Quantity

# noncharacters of Unicode: no text has them (compile.texts refuses one that does)
_MARK = re.compile("\ufdd0([0-9]{1,6})\ufdd1")
_TABLE = re.compile("\ufdd2(\\w+)\ufdd3")
_HEADING = re.compile(r"^\s*#{1,4}\s+(.*)", re.MULTILINE)


@dataclass
class Filling:
    """One passage being filled: the phrases that its marks stand for, and what was wrong.

    It lives for the filling of one passage and is the only thing here that changes.
    """

    phrases: list[Phrase] = field(default_factory=list)
    faults: list[CompileFault] = field(default_factory=list)

    def mark(self, phrase: Phrase) -> str:
        """The mark that stands in the text for this phrase."""
        self.phrases.append(phrase)
        return f"\ufdd0{len(self.phrases) - 1}\ufdd1"


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a project as a passage sees it."""

    名称: str
    用途: str
    金额: str


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as a passage sees it (项目)."""

    名称: str
    用途: str
    依据: str
    原因: str
    目标: str
    序号: str
    金额: str
    明细: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """An account code with money, as a passage sees it (科目)."""

    编码: str
    名称: str
    类: str
    款: str
    项: str
    序号: str
    金额: str
    变化: str
    原因: str
    有变化: bool


def blocks_of(
    passage: Passage,
    layout: Layout,
    amounts: Amounts,
    printer: Printer,
) -> tuple[tuple[Block | str, ...], tuple[CompileFault, ...]]:
    """The headings and paragraphs of one passage (a str is the kind of a table to stand there)."""
    ledger = amounts.ledger
    filling = Filling()
    phrases = Phrases(printer, layout.prose, ledger.year, layout.withheld_mark)
    words = dict(_words(ledger, amounts, phrases, filling, passage))
    try:
        text = fill(passage.text, words)
    except UnknownWord as error:
        return (), (fault("unknown-word", passage.place, name=error.args[0], value=error.args[1]),)
    except ValueError as error:
        return (), (fault("template", passage.place, error=str(error)[:200]),)
    for heading in _HEADING.findall(text):
        # a heading is text alone: a figure in it would be rounded and audited by nobody
        if _MARK.search(heading):
            words = {"heading": _plain(heading, filling.phrases)}
            filling.faults.append(fault("figure-in-heading", passage.place, **words))
    return tuple(_blocks(text, filling.phrases)), tuple(filling.faults)


def _blocks(text: str, phrases: list[Phrase]) -> Iterator[Block | str]:
    for piece in re.split(r"\n\s*\n", text.strip()):
        for line in _paragraphs(piece):
            heading = re.match(r"(#{1,4})\s+(.*)", line)
            table = _TABLE.fullmatch(line.strip())
            if heading:
                yield Heading(len(heading[1]) + 2, _plain(heading[2], phrases))
            elif table:
                yield table[1]
            elif line.strip():
                yield Prose(tuple(_spans(line.strip(), phrases)))


def _paragraphs(piece: str) -> Iterator[str]:
    """A paragraph may run over several lines; headings, list items and tables stand alone."""
    held: list[str] = []
    for line in piece.splitlines():
        alone = re.match(r"\s*(#{1,4}\s|\d+[.、]|（[一二三四五六七八九十]+）|\ufdd2)", line)
        if alone and held:
            yield "".join(held)
            held = []
        held.append(line.strip())
        if re.match(r"\s*(#{1,4}\s|\ufdd2)", line):
            yield "".join(held)
            held = []
    if held:
        yield "".join(held)


def _spans(line: str, phrases: list[Phrase]) -> Iterator[Span]:
    at = 0
    for mark in _MARK.finditer(line):
        if mark.start() > at:
            yield Span(line[at : mark.start()])
        yield from phrases[int(mark[1])] if int(mark[1]) < len(phrases) else ()
        at = mark.end()
    if at < len(line):
        yield Span(line[at:])


def _plain(line: str, phrases: list[Phrase]) -> str:
    return "".join(span.text for span in _spans(line, phrases))


def _words(
    ledger: Ledger, amounts: Amounts, phrases: Phrases, filling: Filling, passage: Passage
) -> Iterator[tuple[str, Any]]:
    """The words of the template language."""
    mark = filling.mark
    reasons = {reason.subject: one_line(reason.text) for reason in ledger.reasons}
    last = f"{ledger.year - 1}:{ledger.stage}"
    hidden = hidden_projects(ledger)
    secret = any(line.withheld for line in ledger.lines)

    def amount(**words: Any) -> str:
        return mark(phrases.amount(quantity_of(ledger, words)))

    def number(**words: Any) -> int:
        if secret:  # exact, and as a number no audit would see it
            raise ValueError("分() is not for ledgers that withhold something")
        return amounts.of(quantity_of(ledger, words))

    def change(
        原因: str = "", 百分比: bool = True, 基准: str = "", 须有原因: bool = True, **words: Any
    ) -> str:
        versus = last if not 基准 else f"{ledger.year - 1}:{quantity_stage(基准)}"
        quantity = quantity_of(ledger, words, versus)
        phrase = phrases.change(quantity, 百分比, f"{ledger.year - 1}年{基准}" if 基准 else "")
        moved = phrases.signed(quantity) != 0
        if not moved:
            return mark(phrase)
        if not 原因 and 须有原因:
            filling.faults.append(
                fault("no-reason", passage.place, subject=_subject(quantity), words=_said(phrase))
            )
        if not 原因:
            return mark(phrase)
        return mark((*phrase, Span(f"，主要原因是{原因.rstrip('。')}")))

    def share(部分: dict[str, Any], 整体: dict[str, Any]) -> str:
        return mark(phrases.share(quantity_of(ledger, 部分), quantity_of(ledger, 整体)))

    yield from {
        "金额": amount,
        "分": number,
        "变化": change,
        "占比": share,
        "理由": lambda subject: reasons.get(subject, ""),
        "事实": lambda name, default="": ledger.facts.get(name, default),
        "表": lambda kind: f"\ufdd2{kind}\ufdd3",
        "序号": ordinal,
        "年": ledger.year,
        "上年": ledger.year - 1,
        "部门": ledger.department,
        "主管部门": ledger.supervisor or ledger.department,
        "单位": ledger.entities,
        "人员": _staff(ledger),
        "本级": ledger.single,
        "资产": ledger.assets,
        "资产时点": ledger.assets_as_of,
        "项目": _projects(ledger, amounts, phrases, mark),
        "目标": tuple(goal for goal in ledger.goals if goal.project not in hidden),
        "科目": _codes_word(ledger, amounts, phrases, mark, reasons),
        "经济科目名": _economic_names(ledger, amounts),
        "涉密": secret,
        "涉密计入": secret and ledger.protection.totals == "included",
        "有": lambda **words: amounts.of(quantity_of(ledger, words)) != 0,
        "独立取整": ledger.rounding == "independent",
    }.items()


def one_line(text: str) -> str:
    """A text of several lines as it can stand within a sentence: "甲\\n- 乙" → "甲；乙"."""
    out = ""
    for line in filter(None, (re.sub(r"^[-*•]\s+", "", x.strip()) for x in text.splitlines())):
        out += f"；{line}" if out and out[-1] not in "，、；。：" else line
    return out


def _staff(ledger: Ledger) -> dict[str, int]:
    """编制 and people of all units together, by name."""
    out: dict[str, int] = {}
    for entity in ledger.entities:
        for name, count in entity.staff.items():
            out[name] = out.get(name, 0) + count
    return out


def quantity_stage(word: str) -> str:
    """年初预算 → budget, 调整后预算 → adjusted, 决算 → final."""
    return {
        "年初": "budget",
        "年初预算": "budget",
        "调整后": "adjusted",
        "调整后预算": "adjusted",
    }.get(word, "final" if "决算" in word else "budget")


def _subject(quantity: Quantity) -> str:
    from mingzhang.catalog.naming import short_name

    return short_name(quantity.level())


def _said(phrase: Phrase) -> str:
    return "".join(span.text for span in phrase)


def _projects(
    ledger: Ledger, amounts: Amounts, phrases: Phrases, mark: Callable[[Phrase], str]
) -> tuple[ProjectView, ...]:
    views: list[ProjectView] = []
    for project in public_projects(ledger):
        where = {"project": project.name, "nature": "project", "flow": "expenditure"}
        if not amounts.of(quantity_at(ledger, where)):
            continue
        parts = []
        for part in project.parts:
            quantity = quantity_at(ledger, where, {"part": part.name})
            if amounts.of(quantity):
                purpose = one_line(part.purpose)
                parts.append(PartView(part.name, purpose, mark(phrases.amount(quantity))))
        views.append(
            ProjectView(
                project.name,
                one_line(project.purpose),
                one_line(project.basis),
                one_line(project.reason),
                one_line(goal_text(ledger, project.name)),
                ordinal(len(views) + 1),
                mark(phrases.amount(quantity_at(ledger, where))),
                tuple(parts),
            )
        )
    return tuple(views)


def _codes_word(
    ledger: Ledger,
    amounts: Amounts,
    phrases: Phrases,
    mark: Callable[[Phrase], str],
    reasons: dict[str, str],
) -> Callable[..., list[CodeView]]:
    def codes(位数: int = 7, 百分比: bool = True, **words: Any) -> list[CodeView]:
        within = quantity_of(ledger, words)
        views: list[CodeView] = []
        present = [c for c in amounts.present("function", within) if len(c) == 位数]
        for code in present:
            quantity = within.with_(function=code)
            moved = quantity.with_(versus=f"{ledger.year - 1}:{ledger.stage}")
            levels = [names(ledger, "function", code[:n]) for n in (3, 5, 7) if len(code) >= n]
            section, item = [*levels[1:], "", ""][:2]
            views.append(
                CodeView(
                    code,
                    levels[-1],
                    levels[0],
                    section,
                    item,
                    ordinal(len(views) + 1),
                    mark(phrases.amount(quantity)),
                    mark(phrases.change(moved, 百分比)),
                    reasons.get(code, ""),
                    phrases.signed(moved) != 0,
                )
            )
        return views

    return codes


def _economic_names(ledger: Ledger, amounts: Amounts) -> Callable[..., str]:
    def listed(前缀: str, **words: Any) -> str:
        within = quantity_of(ledger, words)
        found = [c for c in amounts.present("economic", within) if len(c) == 5]
        return "、".join(names(ledger, "economic", c) for c in found if c.startswith(前缀))

    return listed
