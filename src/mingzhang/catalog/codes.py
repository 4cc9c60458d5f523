"""Account codes 收支分类科目: function and economic classification by code, name and year.

Every row keeps the confidence with which it is known (REFERENCE.md part D): only rows seen in a
published book or on an official page count as confirmed; the rest may help to read, never to blame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mingzhang.catalog import source
from mingzhang.catalog.normal import bare


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a classification; ``first``/``last`` year of validity where known."""

    code: str
    name: str
    level: str
    first: int | None
    last: int | None
    confidence: str
    error: bool  # a spelling seen in a book and known to be wrong

    @property
    def confirmed(self) -> bool:
        """Seen in a published book or official page, and not as an error."""
        return self.confidence.startswith(("A-", "B-page")) and not self.error

    def holds(self, year: int | None) -> bool:
        """True if the row is valid in ``year`` as far as is known."""
        if year is None:
            return True
        return (self.first is None or self.first <= year) and (
            self.last is None or year <= self.last
        )


def _year(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None


@cache
def _table(filename: str) -> Mapping[str, tuple[Code, ...]]:
    out: dict[str, list[Code]] = {}
    for row in source.rows(f"codes/{filename}"):
        code = Code(
            row["code"],
            row["name"],
            row["level"],
            _year(row.get("valid_from") or ""),
            _year(row.get("valid_to") or ""),
            row["confidence"],
            "variant" in row["confidence"],
        )
        out.setdefault(code.code, []).append(code)
    return {key: tuple(found) for key, found in out.items()}


def functions() -> Mapping[str, tuple[Code, ...]]:
    """支出功能分类: code (3/5/7 digits) -> rows."""
    return _table("expenditure_function.csv")


def economics() -> Mapping[str, tuple[Code, ...]]:
    """支出经济分类, both 部门 (3xx) and 政府 (5xx): code (3/5 digits) -> rows."""
    return _both_economics()


@cache
def _both_economics() -> Mapping[str, tuple[Code, ...]]:
    return {
        **_table("expenditure_economic_department.csv"),
        **_table("expenditure_economic_government.csv"),
    }


@cache
def _by_name(scheme: str) -> Mapping[str, tuple[str, ...]]:
    table = functions() if scheme == "function" else economics()
    out: dict[str, dict[str, None]] = {}
    for code, rows in table.items():
        for row in rows:
            if not row.error:
                out.setdefault(bare(row.name), {})[code] = None
    if scheme == "function":
        for code, name in _class_names():
            out.setdefault(bare(name), {})[code] = None
    return {name: tuple(codes) for name, codes in out.items()}


def _class_names() -> list[tuple[str, str]]:
    """(code, name) of the 类 as books of several years printed them (renamed in 2019 and after)."""
    rows = source.rows("codes/function_class_names_by_year.csv")
    return [(row["code(assigned)"], row["name_as_printed"]) for row in rows]


def codes_named(scheme: str, name: str) -> tuple[str, ...]:
    """All codes of "function" or "economic" with that name (normal form); () if none."""
    return _by_name(scheme).get(bare(name), ())
