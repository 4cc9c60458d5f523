"""Funds: all money = fiscal + other money, and fiscal = the three budgets, for each line printed.

Where a book prints a line both for all money and for one fund, the two differ by the other funds;
those are not negative, and no line has more of a fund than the whole department has.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.model.quantity import Quantity
from mingzhang.model.relation import Reason, Relation

_BUDGETS = ("general", "govfund", "soe")
_TREE = {"": ("fiscal", "nonfiscal"), "fiscal": _BUDGETS}


def fund_sums(stated: frozenset[Quantity]) -> Iterator[Relation]:
    """Relations over the funds of every line that is printed for more than one of them."""
    lines: dict[Quantity, set[str]] = {}
    for q in stated:
        if q.fund in ("", "fiscal", "nonfiscal", *_BUDGETS) and _is_line(q):
            lines.setdefault(q.with_(fund=""), set()).add(q.fund)
    wholes: set[Quantity] = set()
    for line, funds in sorted(lines.items(), key=lambda item: item[0].order):
        if len(funds) < 2 and line.flow in ("expenditure", "uses"):
            continue
        yield from _sums(line)
        wholes.add(line.with_(function="", economic="", nature="", project=""))
        if line.function or line.economic or line.nature or line.project:
            yield from _within(line, funds)
    for whole in sorted(wholes, key=lambda q: q.order):
        if whole.flow == "expenditure":
            yield from _covered(whole, stated)


def _is_line(q: Quantity) -> bool:
    if q.versus or q.measure != "money" or q.item or q.procurement or q.local or q.part:
        return False
    return q.flow in ("income", "sources", "carry_in", "expenditure", "uses", "carry_out")


def _sums(line: Quantity) -> Iterator[Relation]:
    for whole, parts in _TREE.items():
        terms = ((line.with_(fund=whole), 1), *((line.with_(fund=p), -1) for p in parts))
        yield Relation(terms, Reason("fund-sum"))


def _within(line: Quantity, funds: set[str]) -> Iterator[Relation]:
    """What a line has of a fund that it does not print is at most what the department has of it."""
    whole = line.with_(function="", economic="", nature="", project="")
    for fund in ("nonfiscal", *_BUDGETS):
        if fund not in funds:
            terms = ((whole.with_(fund=fund), 1), (line.with_(fund=fund), -1))
            yield Relation(terms, Reason("fund-within"), 0, None)


def _covered(whole: Quantity, stated: frozenset[Quantity]) -> Iterator[Relation]:
    """The expenditure of a fund is at most its income of the year and what was carried in.

    Non-fiscal money may besides come from reserves 使用非财政拨款结余, in books that have them.
    """
    for flow in ("income", "carry_in"):
        yield from _sums(whole.with_(flow=flow))
    for fund in ("nonfiscal", *_BUDGETS):
        spent = whole.with_(fund=fund)
        came = whole.with_(fund=fund, flow="income")
        kept = whole.with_(fund=fund, flow="carry_in")
        used = whole.with_(fund="", flow="reserve_used")
        extra = ((used, 1),) if fund == "nonfiscal" and used in stated else ()
        terms = ((came, 1), (kept, 1), *extra, (spent, -1))
        yield Relation(terms, Reason("fund-covered"), 0, None)


def own_money(stated: frozenset[Quantity]) -> Iterator[Relation]:
    """非财政拨款资金 = 财政专户 + 单位资金, where a book prints their income."""
    for q in stated:
        if q.fund in ("special", "own") and q.flow == "income" and not q.function:
            base = q.with_(fund="nonfiscal")
            parts = (q.with_(fund="special"), q.with_(fund="own"))
            yield Relation(((base, 1), *((p, -1) for p in parts)), Reason("fund-sum"))
