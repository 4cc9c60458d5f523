"""Naming: a quantity in the words of the field, short enough to stand in an equation."""

from __future__ import annotations

from mingzhang.catalog.codes import economics, functions
from mingzhang.catalog.dimensions import name
from mingzhang.model.quantity import Quantity

_BY_CATALOG = ("fund", "nature", "procurement", "reserved", "item")


def short_name(q: Quantity, lang: str = "zh") -> str:
    """2022年 本年支出 一般公共预算 2010308 信访事务 项目支出: only what sets it apart."""
    words = []
    if q.entity:
        words.append(q.entity)
    if q.year is not None:
        words.append(f"{q.year}年" if lang == "zh" else str(q.year))
    if q.stage not in ("", "budget"):
        words.append(name("stage", q.stage, lang))
    detailed = q.function or q.economic or q.item or q.procurement or q.project or q.nature
    if q.flow and not (q.flow == "expenditure" and detailed):
        words.append(name("flow", q.flow, lang))
    words += [name(d, str(getattr(q, d)), lang) for d in _BY_CATALOG if getattr(q, d)]
    for table, code in ((functions(), q.function), (economics(), q.economic)):
        if code:
            rows = [r for r in table.get(code, ()) if not r.error]
            words.append(f"{code} {rows[0].name}" if rows else code)
    words += [w for w in (q.project, q.part) if w]
    if q.versus:
        year = q.versus.partition(":")[0]
        words.append(f"较{year}年增减" if lang == "zh" else f"change on {year}")
    return " ".join(words)
