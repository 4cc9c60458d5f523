"""Columns of a goal form: which one holds the indicator's name, its target, operator, unit.

Forms of self-evaluation 自评表 and some goal forms print more than a target: an operator and a unit of
their own, the actual value, weights, reasons. There the header says where the target is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog import source
from mingzhang.catalog.normal import bare, plain
from mingzhang.read.stitch import Row, texts


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The lists of words of performance.toml, in normal form."""
    return {
        key: frozenset(bare(w) for w in found)
        for key, found in source.table("performance.toml").items()
        if isinstance(found, list)
    }


def filled_cells(row: Row) -> list[tuple[int, str]]:
    """(column, text in normal form) of the cells with text, merged ones once."""
    out: list[tuple[int, str]] = []
    for index, (cell, text) in enumerate(zip(row, texts(row), strict=True)):
        if text.strip() and (index == 0 or cell is not row[index - 1]):
            out.append((index, bare(text)))
    return out


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a row of such a form has what; None where the form has no such column. ``first`` is the
    column of 一级指标."""

    name: int
    target: int
    operator: int | None = None
    unit: int | None = None
    actual: int | None = None
    weight: int | None = None
    score: int | None = None
    first: int | None = None

    def read(self, row: Row) -> tuple[str, str]:
        """Name and target 目标值 of a row; operator and unit of their own columns are part of the
        target ("≥", "98", "%" -> "≥98%"). A cell that runs in from the left, or on into the target,
        is no name."""
        printed = texts(row)
        merged = (
            self.name > 0 and row[self.name] is not None and row[self.name] is row[self.name - 1]
        )
        wide = row[self.name] is not None and row[self.name] is row[self.target]
        name = "" if merged or wide else printed[self.name].strip()
        target = printed[self.target].strip()
        sign = printed[self.operator].strip() if self.operator is not None else ""
        unit = printed[self.unit].strip() if self.unit is not None else ""
        if plain(sign) in _signs() and target[:1].isdigit():
            target = sign + target
        if unit and plain(target)[-1:].isdigit():
            target += unit
        return name, target

    def evaluated(self, row: Row) -> dict[str, str | None]:
        """Actual value 实际完成值, weight 分值 and score 得分 of a row as printed; None: no such column."""
        printed = texts(row)
        found = {"actual": self.actual, "weight": self.weight, "score": self.score}
        return {k: None if at is None else printed[at].strip() for k, at in found.items()}


@cache
def _signs() -> frozenset[str]:
    prefixes = source.table("performance.toml")["target_prefix"]
    return frozenset(plain(w) for found in prefixes.values() for w in found)


def columns_of(header: Row) -> Columns | None:
    """The columns that a header row of indicators names; None if the target is simply the last cell
    of a row (such tables may shift their columns at a page break)."""
    labels = filled_cells(header)
    target = next((i for i, t in labels if t in words()["target_header"]), None)
    if target is None:
        return None
    names = [i for i, t in labels if t in words()["indicator_header"] and i < target]
    operator = next((i for i, t in labels if t in words()["operator_header"]), None)
    unit = next((i for i, t in labels if t in words()["unit_header"]), None)
    more = operator is not None or unit is not None or any(i > target for i, _ in labels)
    if not names or not more:
        return None
    after = [(i, t) for i, t in labels if i > target]

    def beyond(key: str) -> int | None:
        return next((i for i, t in after if t in words()[key]), None)

    return Columns(
        names[-1],
        target,
        operator,
        unit,
        beyond("actual_header"),
        beyond("weight_header"),
        beyond("score_header"),
        next((i for i, t in labels if t == "一级指标"), None),
    )
