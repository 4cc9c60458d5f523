"""Quantities in words: coordinates named with the catalog's names, for a person to read."""

from __future__ import annotations

from collections.abc import Mapping

from mingzhang.catalog.codes import Code, economics, functions
from mingzhang.catalog.dimensions import name
from mingzhang.model.quantity import COORDINATES, Quantity
from mingzhang.report.words import Words

_CATALOGUED = frozenset(("flow", "fund", "nature", "procurement", "reserved", "item", "stage"))
# The order in which a budget officer would say it: when, what flow, whose money, on what.
_FIRST = ("entity", "year", "stage", "versus")
_UNSPOKEN = ("measure", "local")
_SPOKEN = (*_FIRST, *(c for c in COORDINATES if c not in _FIRST + _UNSPOKEN))


def _account(codes: Mapping[str, tuple[Code, ...]], code: str, year: int | None) -> str:
    rows = [row for row in codes.get(code, ()) if not row.error]
    valid = [row for row in rows if row.holds(year)] or rows
    return f"{code} {valid[0].name}" if valid else code


def _value(coordinate: str, quantity: Quantity, words: Words) -> str:
    value = getattr(quantity, coordinate)
    if coordinate == "year":
        return words("phrase", "year", value=value)
    if coordinate == "function":
        return _account(functions(), value, quantity.year)
    if coordinate == "economic":
        return _account(economics(), value, quantity.year)
    if coordinate == "versus":
        year, _, stage = str(value).partition(":")
        stage_name = name("stage", stage, words.lang) if stage else ""
        return words("phrase", "versus", year=year, stage=stage_name)
    if coordinate in _CATALOGUED:
        return name(coordinate, value, words.lang)
    return str(value)


def coordinates(quantity: Quantity, words: Words) -> list[tuple[str, str]]:
    """(coordinate name, value in words) for every coordinate that says something."""
    out = []
    for coordinate in _SPOKEN:
        if getattr(quantity, coordinate) not in ("", None):
            out.append((words("coordinate", coordinate), _value(coordinate, quantity, words)))
    if quantity.measure != "money":
        out.append((words("coordinate", "measure"), words.known("measure", quantity.measure)))
    return out


def in_words(quantity: Quantity, words: Words) -> str:
    """One line: 2023 年 · 年初预算 · 本年支出 · 一般公共预算 · 2010308 信访事务 · 项目支出."""
    spoken = [value for _, value in coordinates(quantity, words)]
    return " · ".join(spoken) or words("phrase", "nothing")
