"""Indicators 绩效指标 of the book's goal tables, and what each target demands, as two resources.

Only what is printed: levels, target, and of self-evaluations the actual value, weight and score; beside
it the target as understood (goals.targets), which anybody can find again from its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.catalog.normal import bare
from mingzhang.catalog.performance import form_words
from mingzhang.goals.targets import parse_target
from mingzhang.model.edition import Edition, Table
from mingzhang.model.goal import Target
from mingzhang.publish.data.resource import Field, Link, Resource, Row

_LEVELS = ("一级指标", "二级指标")
_OPTIONAL = {"actual": "actual_header", "weight": "weight_header", "score": "score_header"}


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A row of a goal table as printed. ``row`` counts from 1, header rows included; what the table
    has no column for is None."""

    statement: int
    row: int
    levels: tuple[str, str]
    name: str
    target: str
    actual: str | None
    weight: str | None
    score: str | None


def indicator_resources(edition: Edition) -> tuple[Resource, Resource]:
    """The indicators, and the conditions of their targets; both may be empty."""
    found = [(n, one, parse_target(one.target)) for n, one in enumerate(_indicators(edition), 1)]
    fields = (
        Field("indicator", "integer", "序号", True),
        Field("statement", "integer", "报表序号", True),
        Field("row", "integer", "行号，表头第一行为 1", True),
        Field("level1", "string", "一级指标"),
        Field("level2", "string", "二级指标"),
        Field("level3", "string", "三级指标", True),
        Field("target", "string", "目标值原文"),
        Field("kind", "string", "目标值的类型：quantitative 定量，qualitative 定性，trend 趋势，described 文字，none 没有", True),
        Field("change", "string", "趋势：+ 提高，- 降低"),
        Field("against", "string", "趋势与哪一年比：last 上年"),
        Field("scale", "string", "定性目标的档次表"),
        Field("rest", "string", "条件没有包括的文字"),
        Field("actual", "string", "实际完成值原文"),
        Field("weight", "string", "分值原文"),
        Field("score", "string", "得分原文"),
    )  # fmt: skip
    rows = tuple(_row(n, one, target) for n, one, target in found)
    statement = Link("statement", "statements", "statement")
    indicators = Resource("indicators", "绩效指标", fields, rows, ("indicator",), (statement,))
    return indicators, _conditions([(n, target) for n, _, target in found])


def _row(number: int, one: _Indicator, target: Target) -> Row:
    understood = (target.kind, target.change, target.against, target.scale, target.rest)
    where = (number, one.statement, one.row, *one.levels, one.name, one.target)
    return (*where, *understood, one.actual, one.weight, one.score)


def _conditions(targets: Sequence[tuple[int, Target]]) -> Resource:
    fields = (
        Field("indicator", "integer", "指标序号", True),
        Field("condition", "integer", "条件序号，从 1 起", True),
        Field("operator", "string", "≥、≤、=、>、<，或 range（两端都含）", True),
        Field("value", "number", "数值；日期写成 20231231 或 1231", True),
        Field("upper", "number", "range 的上端"),
        Field("unit", "string", "计量单位"),
        Field("subject", "string", "目标值自己写明的对象"),
        Field("change", "string", "比基期提高（+）或降低（-）多少；水平值为空"),
        Field("text", "string", "原文"),
    )
    rows = tuple(
        (n, at, c.operator, c.value, c.upper, c.unit, c.subject, c.change, c.text)
        for n, target in targets
        for at, c in enumerate(target.conditions, 1)
    )
    links = (Link("indicator", "indicators", "indicator"),)
    key = ("indicator", "condition")
    return Resource("conditions", "绩效指标的条件", fields, rows, key, links)


def _indicators(edition: Edition) -> Iterator[_Indicator]:
    for number, table in enumerate(edition.tables, 1):
        yield from _of_table(number, table)


def _of_table(number: int, table: Table) -> Iterator[_Indicator]:
    """The rows below a header that names indicator and target."""
    heads: dict[str, int] = {}
    levels = ("", "")
    for row, texts in enumerate(_lines(table), 1):
        labels = {bare(text): column for column, text in enumerate(texts) if bare(text)}
        found = _columns(labels)
        if found:
            heads, levels = found, ("", "")
            continue
        name = texts[heads["name"]].strip() if heads else ""
        if not name:
            continue
        levels = _levels(texts, heads, levels)
        more = {key: texts[heads[key]].strip() if key in heads else None for key in _OPTIONAL}
        yield _Indicator(number, row, levels, name, texts[heads["target"]].strip(), **more)


def _lines(table: Table) -> Iterator[Sequence[str]]:
    """Header rows, then body rows, a text for each column; covered positions are blank."""
    for row in range(table.depth):
        yield [c.header[row] if row < len(c.header) else "" for c in table.columns]
    for body in table.rows:
        yield [cell.text for cell in body.cells]


def _columns(labels: dict[str, int]) -> dict[str, int]:
    """What stands in which column, by a row of labels; nothing if it is no header of indicators."""
    out = {}
    for key, words in {"name": "indicator_header", "target": "target_header", **_OPTIONAL}.items():
        column = next((at for text, at in labels.items() if text in form_words(words)), None)
        if column is not None:
            out[key] = column
    if "name" not in out or "target" not in out or out["name"] >= out["target"]:
        return {}
    for at, word in enumerate(_LEVELS):
        if word in labels:
            out[f"level{at}"] = labels[word]
    return out


def _levels(
    texts: Sequence[str], heads: dict[str, int], before: tuple[str, str]
) -> tuple[str, str]:
    """Both levels of a row; a blank repeats the one above, but no second level of another first."""
    first, second = (
        texts[heads[f"level{n}"]].strip() if f"level{n}" in heads else "" for n in range(2)
    )
    if first and first != before[0]:
        return first, second
    return before[0], second or before[1]
